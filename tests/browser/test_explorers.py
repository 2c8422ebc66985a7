"""The explorers in an exported page: what the browser computes is what torch or Python computes."""

import re

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

from cnnlab.explorers import (
    Arithmetic,
    KernelGrid,
    KernelPlayground,
    Orientation,
    PoolingShift,
    ReceptiveField,
)
from cnnlab.explorers.kernel_grid.widget import IMAGE, KERNEL
from cnnlab.explorers.pooling_shift.shifted_pooling import WAYS
from cnnlab.explorers.pooling_shift.widget import ROW
from cnnlab.explorers.receptive_field.stack import feeding, levels

from .conftest import opened
from .controls import choose, minus, numbers, press, shown, type_in

pytestmark = pytest.mark.browser

GRADIENT = "gradient of an edge"

grid, arithmetic, stack = opened(KernelGrid), opened(Arithmetic), opened(ReceptiveField)
playground, orientation, pooling = opened(KernelPlayground), opened(Orientation), opened(PoolingShift)


def outputs(grid):
    """The output as rows of numbers, None where it is still empty."""
    cells = grid.get_by_role("group", name="Output").locator(".cnnlab-cell")
    rows = {}
    for place, value in cells.evaluate_all(
        "(all) => all.map((cell) => [cell.style.gridRowStart, cell.dataset.value])"
    ):
        rows.setdefault(place, []).append(float(value) if value else None)
    return list(rows.values())


@pytest.mark.parametrize("operation", ["cross-correlation", "convolution"])
def test_each_covered_pixel_carries_the_weight_that_multiplies_it(grid, operation):
    choose(grid, "Operation", operation)
    press(grid, "Step")
    factors = grid.locator(".cnnlab-factor")
    weights = [f"·{weight}" for row in KERNEL for weight in row]
    assert factors.all_inner_texts() == (weights if operation == "cross-correlation" else weights[::-1])
    frame, first = (grid.locator(place).first.bounding_box() for place in (".cnnlab-mark", ".cnnlab-factor"))
    assert frame["x"] < first["x"] < frame["x"] + frame["width"] / 3


def test_the_edited_grid_shows_pythons_output(grid):
    choose(grid, "Operation", "convolution")
    choose(grid, "Stride", "2")
    choose(grid, "Padding", "1")
    type_in(grid, "image row 4 column 0", -7.5)
    type_in(grid, "kernel row 0 column 0", 4)
    assert sum(value is not None for row in outputs(grid) for value in row) == 1
    press(grid, "Show all")
    image = [list(row) for row in IMAGE]
    image[4][0] = -7.5
    kernel = [[4, *KERNEL[0][1:]], *KERNEL[1:]]
    assert outputs(grid) == KernelGrid(image, kernel, operation="convolution", stride=2, padding=1).output()


def test_the_grid_starts_with_one_output_and_moves_by_buttons_slider_and_keys(grid):
    assert outputs(grid) == [[12, None, None], [None] * 3, [None] * 3]
    expect(grid).to_contain_text("3·0 + 3·1 + 2·2+ 0·2 + 0·2 + 1·0+ 3·0 + 1·1 + 2·2 = 12")
    expect(grid.locator("[aria-live=polite]")).to_contain_text("1 of 9 outputs are filled in.")
    press(grid, "Step")
    press(grid, "Step")
    press(grid, "Back")
    assert outputs(grid)[0] == [12, 12, 17]
    expect(grid).to_contain_text("Position 2 of 9")
    grid.get_by_role("slider", name="Position").press("ArrowRight")
    expect(grid).to_contain_text("Position 3 of 9")
    expect(grid.get_by_role("slider", name="Position")).to_have_attribute("aria-valuetext", "Position 3")
    picture = grid.get_by_role("group", name="Grids")
    picture.press("ArrowDown")
    expect(grid).to_contain_text("output row 1, column 2")
    picture.press("ArrowDown")
    picture.press("ArrowDown")
    expect(grid).to_contain_text("Position 9 of 9")
    expect(grid.get_by_role("button", name="Step", exact=True)).to_be_disabled()
    press(grid, "Start over")
    assert outputs(grid) == [[12, None, None], [None] * 3, [None] * 3]


def test_an_edit_keeps_the_place_and_the_focus(grid):
    press(grid, "Step")
    field = grid.get_by_label("image row 0 column 1", exact=True)
    field.fill("9")
    field.press("Tab")
    expect(grid.get_by_label("image row 0 column 2", exact=True)).to_be_focused()
    assert outputs(grid)[0] == [18, 12, None]


def test_play_fills_the_grid_to_the_end(grid):
    grid.get_by_role("slider", name="Position").press("End")
    grid.get_by_role("slider", name="Position").press("ArrowLeft")
    press(grid, "Play")
    expect(grid).to_contain_text("Position 9 of 9")


@pytest.mark.parametrize(
    ("shape", "transposed"),
    [
        ({"input_size": 8, "kernel_size": 3, "stride": 3}, False),
        ({"input_size": 4, "kernel_size": 3, "stride": 3, "padding": 1, "output_padding": 2}, True),
    ],
)
def test_arithmetic_answers_when_asked_for_all_and_as_torch_does(arithmetic, shape, transposed):
    arithmetic.get_by_label("Transposed").set_checked(transposed)
    for name, value in shape.items():
        type_in(arithmetic, name.capitalize().replace("_", " "), value)
    outputs, missed = arithmetic.locator("rect.output"), arithmetic.locator(".missed")
    expect(arithmetic).to_contain_text("= ?.")
    expect(outputs).to_have_count(1)
    expect(missed).to_have_count(0)
    expect(arithmetic.locator(".tap")).to_have_count(shape["kernel_size"] ** 2)
    press(arithmetic, "Show all")

    options = {name: value for name, value in shape.items() if name not in ("input_size", "kernel_size")}
    operation = torch.nn.functional.conv_transpose2d if transposed else torch.nn.functional.conv2d
    image = torch.zeros(1, 1, shape["input_size"], shape["input_size"], requires_grad=True)
    result = operation(image, torch.ones(1, 1, shape["kernel_size"], shape["kernel_size"]), **options)
    size = result.shape[-1]
    expect(arithmetic).to_contain_text(f"= {size}, so the output is {size} × {size}.")
    expect(outputs).to_have_count(size**2)
    result.sum().backward()
    if not transposed:
        expect(missed).to_have_count(int((image.grad == 0).sum()))
        expect(arithmetic).to_contain_text(f"{missed.count()} of the")
        expect(arithmetic).to_contain_text("no position reaches the last 2 rows and columns of the padded")


def test_cells_that_a_large_padding_cuts_away_are_told(arithmetic):
    arithmetic.get_by_label("Transposed").check()
    type_in(arithmetic, "Padding", 3)
    expect(arithmetic).to_contain_text("cuts away the outermost cell on every side.")
    assert arithmetic.locator(".pixel").count() == 9


def test_arithmetic_answers_at_the_last_step(arithmetic):
    picture = arithmetic.get_by_role("group", name="Picture")
    picture.press("End")
    expect(arithmetic).to_contain_text("Output size: floor((5 + 2·0 − 1·(3 − 1) − 1)/1) + 1 = 3, so")
    expect(arithmetic).to_contain_text("Every one of the 25 pixels is covered.")
    type_in(arithmetic, "Stride", 2)
    expect(arithmetic).to_contain_text("= ?.")
    picture.press("ArrowRight")
    picture.press("ArrowDown")
    expect(arithmetic).to_contain_text("Step 4: the kernel's corner is at row 2, column 2")
    expect(arithmetic).to_contain_text("= 2, so")


def test_groups_link_the_channels_that_torch_joins(arithmetic):
    for label, value in (("Groups", 2), ("In channels", 8), ("Out channels", 4)):
        choose(arithmetic, label, str(value))
    layer = torch.nn.Conv2d(8, 4, 3, groups=2)
    expect(arithmetic.locator(".link")).to_have_count(layer.weight.numel() // 9)
    press(arithmetic, "Show all")
    expect(arithmetic).to_contain_text(f"= {layer.weight.numel()}, biases not counted.")


def test_a_kernel_that_does_not_fit_is_said_to(arithmetic):
    type_in(arithmetic, "Kernel size", 6)
    expect(arithmetic).to_contain_text("The kernel spans 6 cells, but there are only 5: it does not fit.")
    type_in(arithmetic, "Padding", 1)
    expect(arithmetic).to_contain_text("Step 1")


def test_output_padding_stays_within_the_stride(arithmetic):
    arithmetic.get_by_label("Transposed").check()
    type_in(arithmetic, "Stride", 3)
    type_in(arithmetic, "Output padding", 2)
    type_in(arithmetic, "Stride", 2)
    expect(arithmetic.get_by_label("Output padding")).to_have_value("1")
    type_in(arithmetic, "Output padding", 2)
    expect(arithmetic.get_by_role("alert")).to_have_text("Output padding must be from 0 to 1, got 2.")


def table(stack):
    """Length, jump, field and start of every layer as the table tells them."""
    rows = stack.locator("tbody tr").all()[1:]
    return [row.locator(".result").all_inner_texts() for row in rows]


def test_the_stack_tells_a_layer_only_when_it_is_reached(stack):
    assert table(stack) == [["14", "1", "3", "0"], ["?"] * 4, ["?"] * 4, ["?"] * 4]
    picture = stack.get_by_role("group", name="Picture")
    picture.press("ArrowUp")
    expect(stack).to_contain_text("it sees input cells 6 to 10, a receptive field of 5.")
    assert table(stack)[1:3] == [["12", "1", "5", "0"], ["?"] * 4]
    press(stack, "Show all")
    assert table(stack)[3] == ["5", "2", "8", "0"]
    press(stack, "Start over")
    assert table(stack)[1] == ["?"] * 4


LAYERS = [
    {"kind": "conv", "kernel_size": 5, "stride": 2, "padding": 2, "dilation": 1},
    {"kind": "conv", "kernel_size": 3, "stride": 1, "padding": 1, "dilation": 3},
    {"kind": "pool", "kernel_size": 3, "stride": 2, "padding": 1, "dilation": 1},
    {"kind": "conv", "kernel_size": 3, "stride": 1, "padding": 0, "dilation": 1},
]


def test_an_edited_stack_agrees_with_python(stack):
    type_in(stack, "Input size", 33)
    for number, layer in enumerate(LAYERS, start=1):
        choose(stack, f"Layer {number} kind", layer["kind"])
        for name in ("kernel_size", "stride", "padding", "dilation"):
            type_in(stack, f"Layer {number} {name.replace('_', ' ')}", layer[name])
    press(stack, "Show all")
    found = levels(LAYERS, 33)
    assert table(stack) == [[minus(str(number)) for number in level] for level in found[1:]]

    stack.get_by_role("slider", name="Unit").press("Home")
    lengths = [level.length for level in found]
    for unit in range(2):
        seen = [len(cells) for cells in feeding(LAYERS, lengths, unit)]
        expect(stack.locator("rect.seen")).to_have_count(sum(seen))
        stack.get_by_role("group", name="Picture").press("ArrowRight")


def test_a_click_chooses_a_unit(stack):
    heights = stack.locator("rect.cell").evaluate_all("(all) => all.map((c) => c.getAttribute('y'))")
    above, bottom = sorted(set(heights), key=float)
    stack.locator(f"rect.cell[y='{bottom}']").first.click(force=True)
    expect(stack).to_contain_text("unit 7 of 0 to 13")
    stack.locator(f"rect.cell[y='{above}']").first.click(force=True)
    expect(stack).to_contain_text("unit 0 of 0 to 13: it sees input cells 0 to 2,")


def test_a_layer_that_does_not_fit_is_named(stack):
    type_in(stack, "Input size", 5)
    press(stack, "Show all")
    words = "Layer 3, conv 3, does not fit: it spans 3 cells, and its padded input has 1."
    expect(stack).to_contain_text(words)
    assert table(stack)[2] == ["–"] * 4


def shows(playground, expected):
    """Whether the browser shows and tells what Python computes; rounding may fall to either side."""
    drawn = np.clip(expected.output(), 0, 1) * 255
    assert np.abs(shown(playground, "Result") - drawn.ravel()).max() <= 0.5 + 1e-6
    found = expected.effect()
    expect(playground).to_contain_text(minus(f"between {found.low:.3f} and {found.high:.3f}."))
    sides = ((found.below, "below 0 and are shown black"), (found.above, "above 1 and are shown white"))
    for count, side in sides:
        if count:
            percent = f"{100 * count / found.count:.1f}\u00a0%"
            expect(playground).to_contain_text(f"{count} of {found.count} pixels ({percent}) lie {side}")


def test_the_playground_starts_with_the_photograph_as_it_is(playground):
    levels = np.round(KernelPlayground().picture() * 255).ravel()
    assert np.array_equal(shown(playground, "Photograph"), levels)
    assert np.array_equal(shown(playground, "Result"), levels)
    expect(playground).to_contain_text("No pixel is clipped.")
    expect(playground).to_contain_text("even areas keep their brightness.")
    expect(playground).to_contain_text("Photograph: Lav Varshney, distributed with scikit-image; CC0 1.0.")


def test_an_edited_kernel_agrees_with_python(playground):
    choose(playground, "Kernel", "Sobel y")
    choose(playground, "Border", "reflect")
    expect(playground).to_contain_text("even areas all become 0.5, and only changes are seen.")
    shows(playground, KernelPlayground("Sobel y", border="reflect"))
    field = playground.get_by_label("weight row 1 column 1", exact=True)
    field.fill("2")
    field.press("Tab")
    expect(playground.get_by_label("weight row 1 column 2", exact=True)).to_be_focused()
    expect(playground.get_by_role("combobox", name="Kernel", exact=True)).to_have_value("own")
    type_in(playground, "Divisor", 4)
    type_in(playground, "Offset, typed", -0.1)
    expect(playground).to_contain_text("even areas are multiplied by 0.5, minus 0.1.")
    own = {"kernel": [[-1, -2, -1], [0, 2, 0], [1, 2, 1]], "divisor": 4, "offset": -0.1}
    shows(playground, KernelPlayground(**own, border="reflect"))


def test_a_larger_matrix_keeps_the_kernel_and_a_smaller_one_its_middle(playground):
    choose(playground, "Kernel", "sharpen")
    before = shown(playground, "Result")
    choose(playground, "Size", "5")
    expect(playground.get_by_role("group", name="Weights").locator("input")).to_have_count(25)
    assert np.array_equal(shown(playground, "Result"), before)
    choose(playground, "Size", "3")
    expect(playground.get_by_role("combobox", name="Kernel", exact=True)).to_have_value("sharpen")


def test_keys_and_clicks_move_the_playgrounds_frame(playground):
    choose(playground, "Kernel", "sharpen")
    picture = playground.get_by_role("group", name="Pictures")
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"):
        picture.press(key)
    value = KernelPlayground("sharpen").output()[41, 72]
    expect(playground).to_contain_text("Frame: row 41, column 72.")
    expect(playground).to_contain_text(minus(f"divided by 9: {value:.3f}"))
    box = playground.locator("canvas").first.bounding_box()
    # Near the pixel's lower right corner, for the browser tells a click's place in whole pixels.
    spot = box["x"] + (100.9 / 192) * box["width"], box["y"] + (50.9 / 192) * box["height"]
    playground.page.mouse.click(*spot)
    expect(playground).to_contain_text("Frame: row 50, column 100.")


@pytest.mark.parametrize(
    ("stimulus", "turn", "angle", "wavelength"),
    [("bar", 250, 75, 5.5), ("photograph", 30, 120, 4)],
)
def test_the_gabor_filter_agrees_with_python(orientation, stimulus, turn, angle, wavelength):
    type_in(orientation, "Pattern's angle, typed", turn)
    choose(orientation, "Picture", stimulus)
    type_in(orientation, "Filter's angle, typed", angle)
    type_in(orientation, "Wavelength, typed", wavelength)
    expected = Orientation(stimulus=stimulus, turn=turn, angle=angle, wavelength=wavelength)
    assert numbers(orientation, "circle.current") == [pytest.approx(expected.strength(), rel=1e-9)]
    curve = expected.tuning()
    best, least = int(np.argmax(curve)), int(np.argmin(curve))
    expect(orientation).to_contain_text(
        f"which is {curve[best]:.3f} at {5 * best}°; the least is {curve[least]:.3f} at {5 * least}°."
    )
    photograph = stimulus == "photograph"
    expect(orientation.get_by_role("slider", name="Pattern's angle")).to_be_visible(visible=not photograph)
    assert ("distributed with scikit-image" in orientation.inner_text()) == photograph


def test_the_gradient_of_the_edge_agrees_with_python(orientation):
    choose(orientation, "Show", GRADIENT)
    type_in(orientation, "Pattern's angle, typed", 25)
    type_in(orientation, "Contrast, typed", 0.4)
    across, down = Orientation(GRADIENT, turn=25, contrast=0.4).gradient()
    assert numbers(orientation, "circle.current") == [pytest.approx(np.hypot(across, down))]
    expect(orientation).to_contain_text(minus(f"x {across:.3f}, y {down:.3f} grey levels per pixel."))
    direction = np.degrees(np.arctan2(down, across)) % 360
    expect(orientation).to_contain_text(f"atan2(y, x) = {direction:.1f}°")


def test_keys_turn_the_filter_and_the_edge_round_and_round(orientation):
    picture = orientation.get_by_role("group", name="Picture. The")
    picture.press("ArrowLeft")
    expect(orientation).to_contain_text("The filter stands at 175°")
    picture.press("ArrowRight")
    expect(orientation).to_contain_text("The filter stands at 0°")
    choose(orientation, "Show", GRADIENT)
    picture.press("ArrowRight")
    expect(orientation).to_contain_text("The edge grows light towards 35°")


def test_pooling_agrees_with_python(pooling):
    choose(pooling, "Window", "3")
    choose(pooling, "Stride", "2")
    type_in(pooling, "cell 0", 7.5)
    type_in(pooling, "Shift, typed", 5)
    expected = PoolingShift([7.5, *ROW[1:]], window=3, stride=2, shift=5)
    outputs = [value for way in WAYS for value in expected.output(way)]
    assert numbers(pooling, "text.output") == pytest.approx([*np.roll(expected.row, 5), *outputs])
    steps = [value for way in WAYS for value in expected.changes(way)]
    assert numbers(pooling, "rect.step") == pytest.approx(steps)
    for way in WAYS:
        average = np.mean(expected.changes(way)) + 1e-12
        expect(pooling).to_contain_text(re.compile(f"{way}: [^.]*{average:.2f} a shift on average", re.I))


def test_a_period_of_two_cells_is_seen_to_move_by_the_stride_alone(pooling):
    choose(pooling, "Row", "period of 2 cells")
    type_in(pooling, "Shift, typed", 1)
    expect(pooling).to_contain_text("Max pooling: the last shift changed nothing; no shift changes anything;")
    words = "Stride alone: the last shift changed 8 of 8 outputs; 9.00 a shift on average"
    expect(pooling).to_contain_text(words)
    expect(pooling.locator("rect.changed")).to_have_count(8)


def test_keys_and_play_shift_the_row(pooling):
    picture = pooling.get_by_role("group", name="Picture. The")
    picture.press("ArrowRight")
    expect(pooling).to_contain_text("Shift 1, window 2, stride 2.")
    expect(pooling.locator("rect.step.current")).to_have_count(4)
    picture.press("End")
    expect(pooling).to_contain_text("Shift 16,")
    picture.press("ArrowLeft")
    press(pooling, "Play")
    expect(pooling).to_contain_text("Shift 16,")
    expect(pooling.get_by_role("button", name="Play")).to_be_visible()
