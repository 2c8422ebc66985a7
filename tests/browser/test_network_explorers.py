"""Explorers that hold a network, in an exported page: what the browser shows is what PyTorch computes."""

import inspect

import numpy as np
import pytest
import torch
from playwright.sync_api import expect
from torch import nn

from cnnlab.explorers import DrawDigit, FeatureMaps, NetworkBuilder
from tests.layer_lists import LENET, random_network

from .conftest import make_notebook
from .legibility import assert_fields_are_named, assert_legible
from .test_explorers import LEVELS, choose, numbers, press, type_in

pytestmark = pytest.mark.browser

SEVEN = [[(0.3, 0.2), (0.7, 0.2), (0.4, 0.8)], [(0.4, 0.5), (0.6, 0.5)]]
STEP = 1 / 28
SEEDS = range(4)


def lenet():
    torch.manual_seed(0)
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2)),
        *(nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2)),
        *(nn.Conv2d(16, 120, 5), nn.Tanh(), nn.Flatten()),
        *(nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10)),
    )


def odd():
    """Every option that the browser must follow."""
    torch.manual_seed(1)
    return nn.Sequential(
        *(nn.Conv2d(1, 4, (3, 5), stride=(1, 2), padding=(2, 0), dilation=(2, 1)), nn.ReLU()),
        *(nn.MaxPool2d(3, stride=1, padding=1), nn.Conv2d(4, 6, 3, groups=2, padding="same", bias=False)),
        *(nn.Sigmoid(), nn.AvgPool2d(3, stride=2, padding=1), nn.Conv2d(6, 8, 1)),
        *(nn.AvgPool2d((2, 3), padding=(1, 1), count_include_pad=False), nn.Dropout(0.5), nn.Tanh()),
        *(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 5), nn.Softmax(1)),
    )


def some_maps(**options):
    images = torch.rand(3, 1, 28, 28, generator=torch.Generator().manual_seed(1))
    return FeatureMaps(lenet(), images, labels=[7, 2, 1], **options)


def some_drawing(strokes=SEVEN):
    return DrawDigit(lenet(), mean=0.1307, std=0.3081, box=20, strokes=strokes)


def full_drawing():
    return some_drawing([[(0.2 + 0.0003 * place, 0.5) for place in range(2000)]])


def empty_drawing():
    return some_drawing(())


def lenet_builder():
    return NetworkBuilder(LENET, (1, 28, 28), 61_700)


def random_builders():
    return tuple(NetworkBuilder(*random_network(seed)) for seed in SEEDS)


def odd_drawing():
    return DrawDigit(odd(), 19, pen=2, edge=2.5, centre=False, strokes=SEVEN, classes="abcde")


# What a kernel needs to make some_drawing.
SETUP = "\n".join(
    [
        "import torch",
        "from torch import nn",
        "from cnnlab.explorers import DrawDigit",
        f"SEVEN = {SEVEN}",
        *map(inspect.getsource, (lenet, some_drawing)),
    ]
)


def shown(explorer, name):
    """The grey levels that a picture shows, in reading order."""
    return np.array(explorer.get_by_role("group", name=name, exact=True).locator("canvas").evaluate(LEVELS))


def enlarged(maps, layer, index):
    """Whether the framed map is Python's, to the last bit."""
    levels = shown(maps, "Framed map")
    expected = some_maps(layer=layer, index=index)
    found = expected.layers[layer]
    values = found["low"] + levels / 255 * (found["high"] - found["low"])
    return np.array_equal(values, expected.maps()[index].ravel())


def test_the_maps_are_pythons_and_told_in_words(visit):
    maps = visit(some_maps)
    assert np.array_equal(shown(maps, "Picture"), some_maps().image().ravel())
    for layer, name in enumerate(found["name"] for found in some_maps().layers):
        choose(maps, "Layer", name)
        assert enlarged(maps, layer, 0)
        framed = some_maps(layer=layer).maps()[0]
        words = f"Map 0: largest value {framed.max():.3g}".replace("-", "−")
        expect(maps).to_contain_text(words.rstrip("0"))
        expect(maps).to_contain_text(f"Layer {name}, {layer + 1} of 8: ")


def test_every_map_of_a_layer_stands_in_the_grid(visit):
    maps = visit(some_maps)
    choose(maps, "Layer", "2 Tanh")
    width = maps.get_by_role("group", name="Feature maps").locator("canvas").evaluate("(it) => it.width")
    levels = shown(maps, "Feature maps").reshape(-1, width)
    found = some_maps(layer=1)
    low, high = found.layers[1]["low"], found.layers[1]["high"]
    # Six maps of 28 x 28 stand in two rows of three, with 4 pixels around each.
    wide = (width - 4) // 3 - 4
    middles = ((np.arange(28) + 0.5) * wide / 28).astype(int)
    for index, values in enumerate(found.maps()):
        down, across = (4 + place * (wide + 4) for place in divmod(index, 3))
        drawn = levels[np.ix_(down + middles, across + middles)]
        assert np.array_equal(drawn, np.round(255 * (values - low) / (high - low)))


def test_keys_and_clicks_move_the_frame_and_change_the_layer(visit):
    maps = visit(some_maps)
    area = maps.get_by_role("group", name="Maps. The arrow keys")
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        area.press(key)
    expect(maps).to_contain_text("Map 1: largest value")
    assert enlarged(maps, 0, 1)
    area.press("PageDown")
    expect(maps).to_contain_text("Layer 2 Tanh, 2 of 8")
    area.press("End")
    assert enlarged(maps, 1, 5)
    for key in ("PageDown", "PageDown"):
        area.press(key)
    area.press("End")
    expect(maps).to_contain_text("Map 15: largest value")
    area.press("PageUp")
    expect(maps).to_contain_text("Map 5: largest value")
    box = maps.get_by_role("group", name="Feature maps").locator("canvas").bounding_box()
    maps.page.mouse.click(box["x"] + 5, box["y"] + 5)
    expect(maps).to_contain_text("Map 0: largest value")


def test_the_slider_changes_the_picture(visit):
    maps = visit(some_maps)
    maps.get_by_role("slider", name="Picture").press("End")
    expect(maps).to_contain_text("Picture 3 of 3 (1).")
    assert np.array_equal(shown(maps, "Picture"), some_maps(picture=2).image().ravel())


def seen_alike(drawing, expected):
    """Whether the browser sees and answers what Python does."""
    levels = shown(drawing, "What the network sees")
    assert np.abs(levels - 255 * expected.grid().ravel()).max() <= 0.5 + 1e-6
    assert numbers(drawing, "rect.bar") == pytest.approx(expected.probabilities().tolist(), abs=1e-9)


@pytest.mark.parametrize("make", [some_drawing, odd_drawing])
def test_the_network_answers_in_the_browser_as_in_python(visit, make):
    drawing = visit(make)
    expected = make()
    seen_alike(drawing, expected)
    first, second = np.argsort(-expected.probabilities())[:2]
    best, next_best = (f"{100 * expected.probabilities()[place]:.1f}\u00a0%" for place in (first, second))
    words = (
        f"sees {expected.classes[first]} with a probability of {best}, then {expected.classes[second]} with"
    )
    expect(drawing).to_contain_text(f"{words} {next_best}.")


def paper(drawing):
    return drawing.get_by_role("group", name="Drawing", exact=True).locator("canvas")


def strokes_at(box, *spots):
    """Whole pixels at these shares of the paper, and the stroke they make."""
    pixels = [(round(box["x"] + x * box["width"]), round(box["y"] + y * box["height"])) for x, y in spots]
    stroke = [
        [round((x - box["x"]) / box["width"], 3), round((y - box["y"]) / box["height"], 3)] for x, y in pixels
    ]
    return pixels, stroke


def test_the_mouse_draws_undo_takes_back_and_clear_empties(visit):
    drawing = visit(empty_drawing)
    expect(drawing).to_contain_text("Nothing is drawn yet")
    strokes = []
    for line in ([(0.2, 0.2), (0.7, 0.25), (0.4, 0.8)], [(0.3, 0.5), (0.6, 0.5)]):
        paper(drawing).scroll_into_view_if_needed()
        pixels, stroke = strokes_at(paper(drawing).bounding_box(), *line)
        strokes.append(stroke)
        drawing.page.mouse.move(*pixels[0])
        drawing.page.mouse.down()
        for pixel in pixels[1:]:
            drawing.page.mouse.move(*pixel)
        drawing.page.mouse.up()
        expect(drawing).to_contain_text(f"{len(strokes)} stroke")
        assert numbers(drawing, "rect.bar") == pytest.approx(
            some_drawing(strokes).probabilities().tolist(), abs=1e-3
        )
    press(drawing, "Undo")
    expect(drawing).to_contain_text("1 stroke.")
    press(drawing, "Clear")
    expect(drawing).to_contain_text("Nothing is drawn yet")
    expect(drawing.get_by_role("button", name="Clear")).to_be_disabled()
    assert not shown(drawing, "What the network sees").any()


def test_a_finger_draws_and_the_page_stays(visit):
    drawing = visit(empty_drawing, has_touch=True)
    paper(drawing).scroll_into_view_if_needed()
    page = drawing.page
    before = page.evaluate("scrollY")
    pixels, stroke = strokes_at(paper(drawing).bounding_box(), (0.5, 0.2), (0.5, 0.5), (0.45, 0.9))
    session = page.context.new_cdp_session(page)
    for kind, (x, y) in zip(("touchStart", "touchMove", "touchMove"), pixels, strict=True):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(drawing).to_contain_text("1 stroke.")
    assert numbers(drawing, "rect.bar") == pytest.approx(
        some_drawing([stroke]).probabilities().tolist(), abs=1e-3
    )
    assert page.evaluate("scrollY") == before


def test_keys_draw(visit):
    drawing = visit(empty_drawing)
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
    seen_alike(drawing, some_drawing([points]))
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


def expected_table(layers, size):
    """What the table must say."""
    builder, kinds = NetworkBuilder(layers, size), [layer["kind"] for layer in layers]
    rows = builder.rows()
    table = [
        [
            str(row.shape[0]) if "flatten" in kinds[: place + 1] else "×".join(map(str, row.shape)),
            *(f"{count:,}" for count in (row.parameters, row.activations, row.multiply_adds)),
            "×".join(map(str, row.field)),
        ]
        for place, row in enumerate(rows)
    ]
    table += [["does not fit", *"––––"]] if builder.problem() else []
    return table + [["–"] * 5] * (len(layers) - len(table)), builder.problem()


def test_the_table_is_geometrys_for_random_networks(visit):
    builders, fitting = visit(random_builders), []
    for seed in SEEDS:
        shown = builders.nth(seed)
        table, problem = expected_table(*random_network(seed))
        assert layer_table(shown) == table
        fitting.append(not problem)
        if problem:
            expect(shown.locator("[aria-live=polite]")).to_contain_text(problem)
        else:
            expect(shown).not_to_contain_text("does not fit")
    assert any(fitting)
    assert not all(fitting)


def test_lenets_counting_is_written_out_and_the_budget_told(visit):
    builder = visit(lenet_builder)
    assert layer_table(builder) == expected_table(LENET, (1, 28, 28))[0]
    expect(builder).to_contain_text("In all 61,706 parameters. The budget is 61,700: 6 too many.")
    area = builder.get_by_role("group", name="Layers. The up and down")
    area.press("Home")
    expect(builder).to_contain_text(
        "Layer 1, conv: (5·5·1 + 1)·6 = 156 parameters; 5·5·1·6·28·28 = 117,600 multiply-adds."
    )
    area.press("ArrowDown")
    expect(builder).to_contain_text("Layer 2, tanh: no parameters, no multiply-adds.")
    area.press("End")
    expect(builder).to_contain_text("Layer 12, linear: (84 + 1)·10 = 850 parameters; 84·10 = 840")


def test_an_edited_network_agrees_with_python(visit):
    builder = visit(lenet_builder)
    type_in(builder, "Input channels", 3)
    type_in(builder, "Input height", 32)
    type_in(builder, "Input width", 40)
    choose(builder, "Layer 2 kind", "batch norm")
    choose(builder, "Layer 3 kind", "max pool")
    for name, value in (("kernel size", 3), ("stride", 1), ("padding", 1)):
        type_in(builder, f"Layer 3 {name}", value)
    type_in(builder, "Layer 4 out channels", 20)
    type_in(builder, "Layer 7 kernel size", 3)
    choose(builder, "Layer 11 kind", "dropout")
    type_in(builder, "Layer 11 p", 0.3)
    type_in(builder, "Layer 12 out features", 7)
    layers = [dict(layer) for layer in LENET]
    layers[1] = {"kind": "batch norm"}
    layers[2] = {"kind": "max pool", "kernel_size": 3, "stride": 1, "padding": 1}
    layers[3]["out_channels"] = 20
    layers[6]["kernel_size"] = 3
    layers[10] = {"kind": "dropout", "p": 0.3}
    layers[11]["out_features"] = 7
    table, problem = expected_table(layers, (3, 32, 40))
    assert problem == ""
    assert layer_table(builder) == table
    total = NetworkBuilder(layers, (3, 32, 40)).parameters()
    expect(builder).to_contain_text(f"In all {total:,} parameters.")


def test_layers_of_a_network_are_added_moved_and_removed_by_keyboard(visit):
    builder = visit(lenet_builder)
    area = builder.get_by_role("group", name="Layers. The up and down")
    builder.get_by_role("button", name="Layer 4: earlier").press("Enter")
    expect(builder.get_by_label("Layer 3 kind", exact=True)).to_have_value("conv")
    expect(builder.get_by_role("button", name="Layer 3: earlier")).to_be_focused()
    builder.get_by_role("button", name="Layer 3: remove").press("Enter")
    expect(builder.locator("tbody tr")).to_have_count(11)
    expect(builder.get_by_role("button", name="Layer 3: remove")).to_be_focused()
    area.press("Home")
    builder.get_by_role("button", name="Add a layer after layer 1").press("Enter")
    expect(builder.get_by_label("Layer 2 kind", exact=True)).to_have_value("conv")
    expect(builder.get_by_role("button", name="Add a layer after layer 2")).to_be_focused()
    table, _ = expected_table([LENET[0], {"kind": "conv"}, LENET[1], LENET[2], *LENET[4:]], (1, 28, 28))
    assert layer_table(builder) == table
    for _ in range(13):
        area.press("Delete")
    expect(builder.locator("tbody tr")).to_have_count(1)
    expect(builder.get_by_role("button", name="Layer 1: remove")).to_be_disabled()
    for _ in range(29):
        builder.get_by_role("button", name="Add a layer").press("Enter")
    expect(builder.get_by_role("button", name="Add a layer")).to_be_disabled()


def test_a_wrong_setting_gives_one_sentence(visit):
    builder = visit(lenet_builder)
    for label, text, words in (
        ("Layer 1 kernel size", "16", "from 1 to 15, got 16."),
        ("Layer 4 out channels", "", "an integer, got nothing."),
        ("Layer 12 out features", "1.5", "an integer, got 1.5."),
        ("Input height", "0", "from 1 to 256, got 0."),
    ):
        type_in(builder, label, text)
        expect(builder.get_by_role("alert")).to_have_text(f"{label} must be {words}")
    type_in(builder, "Layer 3 padding", 2)
    expect(builder.get_by_role("alert")).to_have_text(
        "padding of a pool must be at most half its kernel, 1, got 2."
    )
    assert layer_table(builder) == expected_table(LENET, (1, 28, 28))[0]


def change_what_is_seen(explorer, make):
    if make is lenet_builder:
        return choose(explorer, "Layer 9 kind", "conv")
    if make is some_maps:
        return choose(explorer, "Layer", "7 Conv2d")
    return explorer.get_by_role("group", name="Drawing. The arrow keys").press("Delete")


@pytest.mark.parametrize("make", [some_maps, some_drawing, lenet_builder])
def test_legible_on_every_ground_and_width_and_every_field_named(visit, make):
    explorer = visit(make)
    assert_fields_are_named(explorer)
    assert_legible(explorer)
    change_what_is_seen(explorer, make)
    assert_legible(explorer)
