"""Fair timings: functions take turns, and medians speak."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from statistics import median

from cnnlab._arguments import positive_int


def median_seconds(
    functions: Mapping[str, Callable[[], object]],
    repeats: int = 7,
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """Return the median time of each function over several rounds in which all take turns.

    At its turn a function runs twice and the second run counts, so that none pays for caches its neighbour
    left cold; every other round goes backwards. A function that starts work on a GPU must wait for it.

    Args:
        functions: name and function without arguments.
        repeats: number of rounds, at least 1.
        clock: returns the time in seconds.

    Returns:
        Name and median seconds, in the order of ``functions``.

    Raises:
        TypeError: ``repeats`` is not an integer.
        ValueError: ``repeats`` is below 1.

    Example:
        >>> ticks = iter([0.0, 2.0, 5.0, 6.0, 7.0, 10.0])  # three rounds: 2, 1 and 3 seconds
        >>> median_seconds({"nothing": lambda: None}, 3, clock=lambda: next(ticks))
        {'nothing': 2.0}
    """
    positive_int("repeats", repeats)
    seconds: dict[str, list[float]] = {name: [] for name in functions}
    for turn in range(repeats):
        for name in functions if turn % 2 == 0 else reversed(list(functions)):
            functions[name]()
            start = clock()
            functions[name]()
            seconds[name].append(clock() - start)
    return {name: median(values) for name, values in seconds.items()}


def crossover(sizes: Sequence[int], slow_seconds: Sequence[float], fast_seconds: Sequence[float]) -> int:
    """Return the smallest size from which on the fast method wins, there and at every larger size.

    Args:
        sizes: sizes measured, increasing.
        slow_seconds: seconds at each size of the method that loses in the end.
        fast_seconds: seconds at each size of the method that wins in the end.

    Returns:
        One of ``sizes``.

    Raises:
        ValueError: the sequences differ in length, ``sizes`` is empty or not increasing, or the fast method
            does not win at the largest size.

    Example:
        >>> crossover([16, 32, 64], slow_seconds=[1.0, 2.0, 4.0], fast_seconds=[1.5, 1.6, 1.7])
        32
    """
    if not len(sizes) == len(slow_seconds) == len(fast_seconds):
        lengths = f"{len(sizes)}, {len(slow_seconds)} and {len(fast_seconds)}"
        raise ValueError(f"sizes, slow_seconds and fast_seconds must have one length, got {lengths}")
    if not sizes or any(second <= first for first, second in pairwise(sizes)):
        raise ValueError(f"sizes must be increasing and not empty, got {list(sizes)}")
    losses = [i for i in range(len(sizes)) if fast_seconds[i] >= slow_seconds[i]]
    first_win = losses[-1] + 1 if losses else 0
    if first_win == len(sizes):
        raise ValueError(f"fast_seconds must be below slow_seconds at the largest size, {sizes[-1]}")
    return sizes[first_win]
