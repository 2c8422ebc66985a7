import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch

from cnnlab import figures
from tests.refused import refused


def words(draw, detail="values"):
    fig, ax = figures.subplots()
    draw(ax)
    return figures.describe(fig, detail)


def test_a_line_is_described_by_name_count_extremes_and_samples():
    text = words(lambda ax: ax.plot([0.0, 1, 2, 3], label="ramp"))
    assert "line 'ramp', 4 points, min 0, max 3, mean 1.5, deviation 1.12, samples 0 1 2 3" in text


def test_title_labels_and_log_scales_are_named():
    text = words(lambda ax: ax.set(title="a title", xlabel="time (s)", ylabel="voltage", yscale="log"))
    assert text == "panel 1: a title; x: time (s); y: voltage; y on a log scale"


def test_other_x_positions_than_counting_are_given():
    assert "x from 2 to 8" in words(lambda ax: ax.plot([2, 8], [0, 1]))


KINDS = {
    "line": (lambda ax, y: ax.plot(y), "line, 6 points"),
    "image": (lambda ax, y: ax.imshow(y.reshape(2, 3)), "image, 2 x 3 values"),
    "bars": (lambda ax, y: ax.bar(range(6), y), "bars, 6 points"),
    "points": (lambda ax, y: ax.scatter(range(6), y), "points, 6 points"),
    "area": (lambda ax, y: ax.fill_between(range(6), y), "area,"),
    "mesh": (lambda ax, y: ax.pcolormesh(y.reshape(2, 3)), "mesh, 2 x 3 values"),
    "segments": (lambda ax, y: ax.vlines(range(6), 0, y), "segments,"),
    "rectangle": (lambda ax, y: ax.add_patch(plt.Rectangle((0, 0), 1, y[3])), "rectangle,"),
    "stems": (lambda ax, y: figures.stems(ax, y), "line, 6 points"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_drawing_is_named_and_one_changed_value_shows(kind):
    draw, name = KINDS[kind]
    values = np.array([1.0, 2, 4, 3, 5, 2])
    before = words(lambda ax: draw(ax, values))
    assert name in before
    values[3] += 0.5
    assert words(lambda ax: draw(ax, values)) != before


def test_structure_stops_at_names_and_shapes():
    def draw(height):
        return words(lambda ax: ax.plot([0, height], label="loss"), "structure")

    assert draw(1) == draw(2) == "panel 1\n  line 'loss', 2 points"


def test_written_numbers_are_part_of_the_values():
    assert "text: 42" in words(lambda ax: ax.text(0, 0, "42"))


def test_decorations_and_colour_bars_are_left_out():
    fig, ax = figures.subplots()
    figures.decoration(ax.axhline(1))
    fig.colorbar(ax.imshow(np.eye(2)), ax=ax)
    assert figures.describe(fig).count("\n") == 1


def test_rounding_noise_beside_large_values_reads_zero():
    assert "samples 0 5" in words(lambda ax: ax.plot([-1e-16, 5.0]))


def test_missing_values_are_counted():
    assert "1 missing, samples 1 -" in words(lambda ax: ax.plot([1.0, np.nan]))


def spoiled():
    return np.ma.masked_equal([1.0, np.inf, 3.0, np.nan, -np.inf, 99.0], 99)


NOT_FINITE = {
    "line": lambda ax: ax.plot(spoiled()),
    "image": lambda ax: ax.imshow(spoiled().reshape(2, 3)),
    "points": lambda ax: ax.scatter(range(6), spoiled()),
    "mesh": lambda ax: ax.pcolormesh(spoiled().reshape(2, 3)),
    "stems": lambda ax: figures.stems(ax, spoiled()),
}


@pytest.mark.parametrize("kind", NOT_FINITE)
def test_finite_values_are_described_and_the_others_counted(kind):
    text = words(NOT_FINITE[kind])
    assert "min 1, max 3, mean 2, deviation 1, 2 missing, 2 infinite, samples 1 inf 3 - -inf -" in text


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_positions_that_are_not_finite_are_counted_too(value):
    kind = "missing" if np.isnan(value) else "infinite"
    assert f"x from 2 to 3, 1 {kind}, min 4" in words(lambda ax: ax.plot([2, 3, value], [4, 5, 6]))
    assert f"x, 2 {kind}, min 4" in words(lambda ax: ax.plot([value, value], [4, 5]))


def test_bars_are_described_by_their_length_whichever_way_they_lie():
    standing = words(lambda ax: ax.bar(["a", "b"], [3, 7]))
    assert "bars, 2 points, min 3, max 7" in standing
    assert words(lambda ax: ax.barh(["a", "b"], [3, 7])) == standing
    counts = words(lambda ax: ax.hist([1, 1, 2], bins=2, orientation="horizontal"))
    assert "bars, 2 points, min 1, max 2" in counts


def edges(ax):
    """Markers that stand at the upper (1) and lower edge (0) of the axes."""
    lines = [line for line in ax.lines if line.get_transform() == ax.get_xaxis_transform()]
    return {(line.get_marker(), *line.get_xdata(), *line.get_ydata()) for line in lines}


DRAWINGS = {
    "stems": lambda ax, y: figures.stems(ax, y, x=[5, 6, 7]).axes,
    "panels": lambda ax, y: figures.panels([5, 6, 7], {"y": y}, xlabel="t").axes[0],
    "overlay": lambda ax, y: figures.overlay([5, 6, 7], {"y": y}, xlabel="t").axes[0],
}


@pytest.mark.parametrize("kind", DRAWINGS)
def test_an_infinity_of_a_curve_is_a_mark_at_the_edge(kind):
    ax = DRAWINGS[kind](figures.subplots()[1], [-np.inf, 2.0, np.inf])
    ax.figure.canvas.draw()
    assert {mark[:3] for mark in edges(ax)} >= {("^", 7, 1), ("v", 5, 0)}
    assert np.isfinite(ax.get_ylim()).all()


@pytest.mark.parametrize("kind", DRAWINGS)
@pytest.mark.parametrize("values", [[1.0, 2.0, np.nan], [np.nan] * 3, [np.inf] * 3])
def test_a_curve_with_holes_keeps_its_name_and_a_finite_frame(kind, values):
    ax = DRAWINGS[kind](figures.subplots()[1], values)
    ax.figure.canvas.draw()
    assert np.isfinite([*ax.get_ylim(), *(place for text in ax.texts for place in text.get_position())]).all()


def test_a_table_colours_its_finite_numbers_and_writes_all():
    fig = figures.table([[1, np.nan], [np.inf, -4]], title="numbers", highlight=[(0, 1)])
    fig.canvas.draw()
    assert fig.axes[0].images[0].get_clim() == (-8.8, 8.8)
    assert [text.get_text() for text in fig.axes[0].texts] == ["1", "nan", "inf", "-4"]
    assert figures.describe(fig).startswith("panel 1: numbers\n  image, 2 x 2 values, min -4, max 1")


def test_panels_and_overlay_draw_every_series_under_its_name():
    series = {"first": torch.arange(3.0), "second": [2.0, 1.0, 0.0]}
    for fig in (figures.panels(range(3), series, xlabel="t"), figures.overlay(range(3), series, xlabel="t")):
        text = figures.describe(fig)
        assert "line 'first', 3 points, min 0, max 2" in text
        assert "line 'second'" in text


def test_names_at_the_ends_of_an_overlay_do_not_overlap():
    same = {name: [0.0, 1.0] for name in ("one", "two", "three")}
    fig = figures.overlay([0, 1], same, xlabel="t")
    fig.canvas.draw()
    boxes = [text.get_window_extent() for text in fig.axes[0].texts]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


def stems(*values, **options):
    return figures.stems(figures.subplots()[1], *values, **options)


WRONG_TYPES = {"values must be numbers, got 'word'": lambda: stems("word")}
test_wrong_types_are_named = refused(TypeError, WRONG_TYPES)

WRONG_VALUES = {
    "values must have 1 axes and not be empty, got shape (1, 2)": lambda: stems([[1, 2]]),
    "values must have 1 axes and not be empty, got shape (0,)": lambda: stems([]),
    "x must have one position a value, got 1 for 2": lambda: stems([1, 2], x=[1]),
    "series must hold at least one name and its values, got none": lambda: figures.panels(
        [1], {}, xlabel="t"
    ),
    "x must have one position a value, got 1 for 3": lambda: figures.panels(
        [1], {"a": [1, 2, 3]}, xlabel="t"
    ),
    "series 'a' must have 1 axes and not be empty, got shape ()": lambda: figures.overlay(
        [1], {"a": None}, xlabel="t"
    ),
    "values must have 2 axes and not be empty, got shape (2,)": lambda: figures.table([1, 2]),
    "highlight must lie inside 1 x 1, got (0, 1)": lambda: figures.table([[1]], highlight=[(0, 1)]),
    "describe must be one of 'values', 'structure', got 'all'": lambda: words(print, "all"),
}
test_wrong_values_are_named = refused(ValueError, WRONG_VALUES)


def test_words_given_to_a_drawing_stand_in_place_of_its_numbers():
    def draw(ax):
        figures.described(ax.add_patch(plt.Rectangle((0, 0), 1, 2)), "a box of two")

    assert words(draw) == words(draw, "structure") == "panel 1\n  a box of two"
