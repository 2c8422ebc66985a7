"""Timing is fair, and a crossover is one that lasts: proved with clocks that do what the test says."""

import pytest

from cnnlab.timing import crossover, median_seconds
from tests.refused import refused


class Clock:
    """A clock that only the timed functions move."""

    now = 0.0

    def __call__(self):
        return self.now

    def taking(self, *seconds):
        turns = iter(seconds)

        def function():
            self.now += next(turns)

        return function


def test_the_second_run_of_a_turn_counts_and_the_median_resists_an_outlier():
    clock = Clock()
    functions = {"steady": clock.taking(100, 2, 9, 2, 9, 2), "disturbed": clock.taking(100, 3, 9, 50, 9, 3)}
    assert median_seconds(functions, 3, clock=clock) == {"steady": 2, "disturbed": 3}


def test_functions_take_turns_and_the_order_alternates():
    calls = []
    functions = {name: lambda name=name: calls.append(name) for name in "abc"}
    median_seconds(functions, 3)
    assert "".join(calls) == "aabbcc" + "ccbbaa" + "aabbcc"


def test_seven_rounds_unless_told_otherwise_and_results_in_the_given_order():
    clock = Clock()
    functions = {"b": clock.taking(*[1] * 14), "a": clock.taking(*[2] * 14)}
    assert list(median_seconds(functions, clock=clock).items()) == [("b", 1), ("a", 2)]
    with pytest.raises(StopIteration):
        functions["a"]()


def test_the_real_clock_measures_seconds():
    seconds = median_seconds({"sum": lambda: sum(range(100_000))}, 3)["sum"]
    assert 1e-5 < seconds < 10


@pytest.mark.parametrize(
    ("slow", "fast", "expected"),
    [
        ([1, 2, 4, 8], [3, 3, 3, 3], 4),
        ([1, 2, 4, 8], [0.5, 0.5, 0.5, 0.5], 1),
        ([4, 1, 4, 8], [3, 3, 3, 3], 4),  # an early win that does not last is none
        ([1, 2, 3, 8], [3, 3, 3, 3], 8),  # a tie is no win
    ],
)
def test_the_crossover_is_where_every_larger_size_wins_too(slow, fast, expected):
    assert crossover([1, 2, 4, 8], slow, fast) == expected


def test_repeats_are_whole():
    with pytest.raises(TypeError, match=r"^repeats must be an integer, got 2\.5$"):
        median_seconds({}, 2.5)


WRONG_VALUES = {
    "repeats must be positive, got 0": lambda: median_seconds({}, 0),
    "fast_seconds must be below slow_seconds at the largest size, 8": lambda: crossover(
        [4, 8], [9, 1], [2, 2]
    ),
    "sizes must be increasing and not empty, got []": lambda: crossover([], [], []),
    "sizes must be increasing and not empty, got [4, 4]": lambda: crossover([4, 4], [2, 2], [1, 1]),
    "sizes must be increasing and not empty, got [8, 4]": lambda: crossover([8, 4], [2, 2], [1, 1]),
    "sizes, slow_seconds and fast_seconds must have one length, got 2, 2 and 1": lambda: crossover(
        [1, 2], [1, 2], [1]
    ),
}
test_wrong_values_are_named = refused(ValueError, WRONG_VALUES)
