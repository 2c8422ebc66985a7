import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch

from cnnlab import figures


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


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


def test_an_unknown_detail_is_refused():
    with pytest.raises(ValueError, match="describe must be one of 'values', 'structure', got 'all'"):
        words(lambda ax: None, "all")


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


def test_a_table_writes_every_number():
    fig = figures.table([[1, 2], [3, 4]], title="numbers", highlight=[(0, 1)])
    assert [text.get_text() for text in fig.axes[0].texts] == ["1", "2", "3", "4"]
    assert "image, 2 x 2 values, min 1, max 4" in figures.describe(fig)


@pytest.mark.parametrize(
    ("draw", "error", "sentence"),
    [
        (
            lambda ax: figures.stems(ax, [[1, 2]]),
            ValueError,
            r"values must have 1 axes .* got shape \(1, 2\)",
        ),
        (lambda ax: figures.stems(ax, []), ValueError, r"not be empty, got shape \(0,\)"),
        (lambda ax: figures.stems(ax, "word"), TypeError, "values must be numbers, got 'word'"),
        (
            lambda ax: figures.stems(ax, [1, 2], x=[1]),
            ValueError,
            "x must have one position a value, got 1 for 2",
        ),
        (lambda ax: figures.panels([1], {}, xlabel="t"), ValueError, "series must hold at least one name"),
        (lambda ax: figures.panels([1], {"a": [1, 2]}, xlabel="t"), ValueError, "got 1 for 2"),
        (lambda ax: figures.overlay([1], {"a": None}, xlabel="t"), ValueError, "series 'a' must have 1 axes"),
        (lambda ax: figures.table([1, 2]), ValueError, r"values must have 2 axes .* got shape \(2,\)"),
        (lambda ax: figures.table([[1]], highlight=[(0, 1)]), ValueError, r"inside 1 x 1, got \(0, 1\)"),
    ],
)
def test_bad_input_to_a_drawing_gets_one_sentence(draw, error, sentence):
    _, ax = figures.subplots()
    with pytest.raises(error, match=sentence):
        draw(ax)
