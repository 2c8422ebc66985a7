"""Explorers that hold a network, in an exported page: what the browser shows is what PyTorch computes."""

import inspect

import numpy as np
import pytest
from playwright.sync_api import expect

from cnnlab.explorers import NetworkBuilder
from tests.layer_lists import LENET, lenet

from .conftest import make_notebook, opened
from .controls import choose, minus, numbers, press, shown, type_in
from .networks import SEVEN, empty_drawing, full_drawing, lenet_builder, some_drawing, some_maps

pytestmark = pytest.mark.browser

STEP = 1 / 28
# What a kernel needs to make some_drawing.
IMPORTS = "import torch\nfrom cnnlab import models\nfrom cnnlab.explorers import DrawDigit\n"
SETUP = f"{IMPORTS}SEVEN = {SEVEN}\n" + "\n".join(map(inspect.getsource, (lenet, some_drawing)))

maps, drawing, builder = opened(some_maps), opened(empty_drawing), opened(lenet_builder)


def enlarged(maps, layer, index):
    """Whether the framed map is Python's, to the last bit."""
    expected = some_maps(layer=layer, index=index)
    found = expected.layers[layer]
    values = found["low"] + shown(maps, "Framed map") / 255 * (found["high"] - found["low"])
    return np.array_equal(values, expected.maps()[index].ravel())


def test_the_maps_are_pythons_and_told_in_words(maps):
    assert np.array_equal(shown(maps, "Picture"), some_maps().image().ravel())
    for layer, name in enumerate(found["name"] for found in some_maps().layers):
        choose(maps, "Layer", name)
        assert enlarged(maps, layer, 0)
        framed = some_maps(layer=layer).maps()[0]
        words = minus(f"Map 0: largest value {framed.max():.3g}")
        expect(maps).to_contain_text(words.rstrip("0"))
        expect(maps).to_contain_text(f"Layer {name}, {layer + 1} of 8: ")


def test_every_map_of_a_layer_stands_in_the_grid(maps):
    found = some_maps(layer=1)
    choose(maps, "Layer", found.chosen()["name"])
    width = maps.get_by_role("group", name="Feature maps").locator("canvas").evaluate("(it) => it.width")
    levels = shown(maps, "Feature maps").reshape(-1, width)
    low, high = found.chosen()["low"], found.chosen()["high"]
    # Six maps of 28 x 28 stand in two rows of three, with 4 pixels around each.
    wide = (width - 4) // 3 - 4
    middles = ((np.arange(28) + 0.5) * wide / 28).astype(int)
    for index, values in enumerate(found.maps()):
        down, across = (4 + place * (wide + 4) for place in divmod(index, 3))
        drawn = levels[np.ix_(down + middles, across + middles)]
        assert np.array_equal(drawn, np.round(255 * (values - low) / (high - low)))


def test_keys_and_clicks_move_the_frame_and_change_the_layer(maps):
    area = maps.get_by_role("group", name="Maps. The arrow keys")
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        area.press(key)
    expect(maps).to_contain_text("Map 1: largest value")
    assert enlarged(maps, 0, 1)
    area.press("PageDown")
    expect(maps).to_contain_text("Layer 2 Tanh (tanh1), 2 of 8")
    area.press("End")
    assert enlarged(maps, 1, 5)
    for key in ("PageDown", "PageDown", "End"):
        area.press(key)
    expect(maps).to_contain_text("Map 15: largest value")
    area.press("PageUp")
    expect(maps).to_contain_text("Map 5: largest value")
    box = maps.get_by_role("group", name="Feature maps").locator("canvas").bounding_box()
    maps.page.mouse.click(box["x"] + 5, box["y"] + 5)
    expect(maps).to_contain_text("Map 0: largest value")


def test_the_slider_changes_the_picture(maps):
    maps.get_by_role("slider", name="Picture").press("End")
    expect(maps).to_contain_text("Picture 3 of 3 (1).")
    assert np.array_equal(shown(maps, "Picture"), some_maps(picture=2).image().ravel())


def answers_as(drawing, expected, precision=1e-9):
    """Whether the browser's probabilities are Python's."""
    return numbers(drawing, "rect.bar") == pytest.approx(expected.probabilities().tolist(), abs=precision)


def seen_alike(drawing, expected):
    """Whether the browser sees and answers what Python does."""
    levels = shown(drawing, "What the network sees")
    assert np.abs(levels - 255 * expected.grid().ravel()).max() <= 0.5 + 1e-6
    assert answers_as(drawing, expected)


def paper(drawing):
    return drawing.get_by_role("group", name="Drawing", exact=True).locator("canvas")


def strokes_at(drawing, *spots):
    """Whole pixels at these shares of the paper, and the stroke they make."""
    paper(drawing).scroll_into_view_if_needed()
    box = paper(drawing).bounding_box()
    pixels = [(round(box["x"] + x * box["width"]), round(box["y"] + y * box["height"])) for x, y in spots]
    stroke = [
        [round((x - box["x"]) / box["width"], 3), round((y - box["y"]) / box["height"], 3)] for x, y in pixels
    ]
    return pixels, stroke


def test_the_mouse_draws_undo_takes_back_and_clear_empties(drawing):
    expect(drawing).to_contain_text("Nothing is drawn yet")
    strokes = []
    for line in ([(0.2, 0.2), (0.7, 0.25), (0.4, 0.8)], [(0.3, 0.5), (0.6, 0.5)]):
        pixels, stroke = strokes_at(drawing, *line)
        strokes.append(stroke)
        drawing.page.mouse.move(*pixels[0])
        drawing.page.mouse.down()
        for pixel in pixels[1:]:
            drawing.page.mouse.move(*pixel)
        drawing.page.mouse.up()
        expect(drawing).to_contain_text(f"{len(strokes)} stroke")
        assert answers_as(drawing, some_drawing(strokes), 1e-3)
    press(drawing, "Undo")
    expect(drawing).to_contain_text("1 stroke.")
    press(drawing, "Clear")
    expect(drawing).to_contain_text("Nothing is drawn yet")
    expect(drawing.get_by_role("button", name="Clear")).to_be_disabled()
    assert not shown(drawing, "What the network sees").any()


def test_a_finger_draws_and_the_page_stays(visit):
    drawing = visit(empty_drawing, has_touch=True)
    pixels, stroke = strokes_at(drawing, (0.5, 0.2), (0.5, 0.5), (0.45, 0.9))
    page = drawing.page
    before = page.evaluate("scrollY")
    session = page.context.new_cdp_session(page)
    for kind, (x, y) in zip(("touchStart", "touchMove", "touchMove"), pixels, strict=True):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(drawing).to_contain_text("1 stroke.")
    assert answers_as(drawing, some_drawing([stroke]), 1e-3)
    assert page.evaluate("scrollY") == before


def test_keys_draw(drawing):
    area = drawing.get_by_role("group", name="Drawing. The arrow keys")
    area.press("ArrowUp")
    expect(drawing).to_contain_text("Nothing is drawn yet")
    area.press("Space")
    expect(drawing).to_contain_text("The pen is down")
    for key in ["ArrowRight"] * 4 + ["ArrowDown"] * 6:
        area.press(key)
    area.press("Space")
    area.press("ArrowLeft")
    expect(drawing).to_contain_text("1 stroke. The pen is up")
    points = [[0.5, round(0.5 - STEP, 3)]]
    for across, down in [(STEP, 0)] * 4 + [(0, STEP)] * 6:
        points.append([round(points[-1][0] + across, 3), round(points[-1][1] + down, 3)])
    expected = some_drawing([points])
    seen_alike(drawing, expected)
    best, second = np.argsort(-expected.probabilities())[:2]
    first, then = (f"{100 * expected.probabilities()[place]:.1f}\u00a0%" for place in (best, second))
    expect(drawing).to_contain_text(f"sees {best} with a probability of {first}, then {second} with {then}.")
    area.press("Delete")
    expect(drawing).to_contain_text("Nothing is drawn yet")


def test_a_full_drawing_takes_no_more_and_says_so(visit):
    drawing = visit(full_drawing)
    expect(drawing).to_contain_text("The drawing is full, with 2000 points: clear it, or undo a stroke.")
    area = drawing.get_by_role("group", name="Drawing. The arrow keys")
    for key in ("Space", "ArrowDown", "ArrowDown", "Space"):
        area.press(key)
    seen_alike(drawing, full_drawing())
    press(drawing, "Undo")
    expect(drawing).not_to_contain_text("The drawing is full")


def test_a_drawing_reaches_python_in_jupyterlab(lab, page):
    cells = [
        SETUP + "drawing = some_drawing()\ndrawing",
        "print(drawing, drawing.probabilities().tolist())",
    ]
    lab.run_all(page, make_notebook(lab.folder / "drawing.ipynb", "# Drawing", *cells))
    drawing = page.get_by_role("group", name="DrawDigit explorer")
    seen_alike(drawing, some_drawing())
    press(drawing, "Undo")
    expect(drawing).to_contain_text("1 stroke.")
    words, _, probabilities = lab.run_cell(page, 2)[0]["text"].partition("[")
    assert "1 stroke" in words
    found = [float(number) for number in probabilities.strip("]\n").split(",")]
    assert numbers(drawing, "rect.bar") == pytest.approx(found, abs=1e-9)


def layer_table(builder):
    """Shape, parameters, activations, multiply-adds and field of every layer as the browser tells them."""
    rows = builder.locator("tbody tr").all()
    return [row.locator(".result").all_inner_texts() for row in rows]


def expected_table(layers, size=(1, 28, 28)):
    """What the table must say."""
    builder, kinds = NetworkBuilder(layers, size), [layer["kind"] for layer in layers]
    table = [
        [
            str(row.shape[0]) if "flatten" in kinds[: place + 1] else "×".join(map(str, row.shape)),
            *(f"{count:,}" for count in (row.parameters, row.activations, row.multiply_adds)),
            "×".join(map(str, row.field)),
        ]
        for place, row in enumerate(builder.rows())
    ]
    table += [["does not fit", *"––––"]] if builder.problem() else []
    return table + [["–"] * 5] * (len(layers) - len(table))


def test_lenets_counting_is_written_out_and_the_budget_told(builder):
    assert layer_table(builder) == expected_table(LENET)
    expect(builder).to_contain_text("In all 61,706 parameters. The budget is 61,700: 6 too many.")
    area = builder.get_by_role("group", name="Layers. The up and down")
    area.press("Home")
    words = "Layer 1, conv: (5·5·1 + 1)·6 = 156 parameters; 5·5·1·6·28·28 = 117,600 multiply-adds."
    expect(builder).to_contain_text(words)
    area.press("ArrowDown")
    expect(builder).to_contain_text("Layer 2, tanh: no parameters, no multiply-adds.")
    area.press("End")
    expect(builder).to_contain_text("Layer 12, linear: (84 + 1)·10 = 850 parameters; 84·10 = 840")


def test_an_edited_network_agrees_with_python(builder):
    layers, size = [dict(layer) for layer in LENET], (3, 32, 40)
    layers[1] = {"kind": "batch norm"}
    layers[2] = {"kind": "max pool", "kernel_size": 3, "stride": 1, "padding": 1}
    layers[3]["out_channels"] = 20
    layers[6]["kernel_size"] = 3
    layers[10] = {"kind": "dropout", "p": 0.3}
    layers[11]["out_features"] = 7
    for name, value in zip(("channels", "height", "width"), size, strict=True):
        type_in(builder, f"Input {name}", value)
    for number, (old, new) in enumerate(zip(LENET, layers, strict=True), start=1):
        if old["kind"] != new["kind"]:
            choose(builder, f"Layer {number} kind", new["kind"])
        for name in sorted(new.keys() - {"kind"}):
            if old.get(name) != new[name]:
                type_in(builder, f"Layer {number} {name.replace('_', ' ')}", new[name])
    assert layer_table(builder) == expected_table(layers, size)
    total = NetworkBuilder(layers, size).parameters()
    expect(builder).to_contain_text(f"In all {total:,} parameters.")
    expect(builder).not_to_contain_text("does not fit")

    layers[8] = {"kind": "sigmoid"}
    choose(builder, "Layer 9 kind", "sigmoid")
    assert layer_table(builder) == expected_table(layers, size)
    problem = NetworkBuilder(layers, size).problem()
    assert problem.startswith("Layer 10, linear, does not fit: ")
    expect(builder.locator("[aria-live=polite]")).to_contain_text(problem)


def test_layers_of_a_network_are_added_and_removed_where_the_keys_choose(builder):
    area = builder.get_by_role("group", name="Layers. The up and down")
    area.press("Home")
    builder.get_by_role("button", name="Add a layer after layer 1").press("Enter")
    expect(builder.get_by_role("button", name="Add a layer after layer 2")).to_be_focused()
    layers = [LENET[0], {"kind": "conv"}, *LENET[1:]]
    assert layer_table(builder) == expected_table(layers)
    for _ in range(13):
        area.press("Delete")
    expect(builder.locator("tbody tr")).to_have_count(1)
