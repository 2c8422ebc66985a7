"""The Arithmetic explorer counts as torch does, and answers only at the end."""

import matplotlib.pyplot as plt
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnnlab import figures
from cnnlab.explorers import Arithmetic
from cnnlab.explorers.arithmetic import CHOICES, RANGES
from cnnlab.explorers.coverage import axis, size_formula

shapes = st.fixed_dictionaries({name: st.integers(*limits) for name, limits in RANGES.items()})


def formula_value(shape):
    words = size_formula(**shape).replace("·", "*")
    return eval(words, {"floor": lambda x: x // 1})


@settings(deadline=None)
@given(shapes)
def test_positions_are_as_many_as_torchs_outputs(shape):
    shape["output_padding"] = 0
    found = axis(**shape)
    assume(found.starts)
    layer = torch.nn.Conv1d(1, 1, *(shape[name] for name in ("kernel_size", "stride", "padding", "dilation")))
    assert (
        len(found.starts) == layer(torch.zeros(1, 1, shape["input_size"])).shape[-1] == formula_value(shape)
    )


@settings(deadline=None)
@given(shapes)
def test_what_is_never_covered_has_no_gradient(shape):
    shape["output_padding"] = 0
    found = axis(**shape)
    assume(found.starts)
    pixels = torch.zeros(1, 1, shape["input_size"], requires_grad=True)
    options = {name: shape[name] for name in ("stride", "padding", "dilation")}
    torch.nn.functional.conv1d(pixels, torch.ones(1, 1, shape["kernel_size"]), **options).sum().backward()
    missed = [pixel in found.uncovered() for pixel in found.pixels]
    assert missed == (pixels.grad[0, 0] == 0).tolist()


@settings(deadline=None)
@given(shapes)
def test_a_spread_input_gives_torchs_transposed_convolution(shape):
    assume(shape["output_padding"] < max(shape["stride"], shape["dilation"]))
    found = axis(**shape, transposed=True)
    assume(found.starts)
    pixels = torch.arange(1, shape["input_size"] + 1, dtype=torch.float64)
    kernel = torch.arange(1, shape["kernel_size"] + 1, dtype=torch.float64)
    options = {name: shape[name] for name in ("stride", "padding", "dilation", "output_padding")}
    expected = torch.nn.functional.conv_transpose1d(pixels[None, None], kernel[None, None], **options)[0, 0]

    # A padding beyond the kernel's reach cuts pixels away, the first ones included.
    cut = max(0, shape["padding"] - found.offsets[-1])
    kept = pixels[-(-cut // shape["stride"]) :][: len(found.pixels)]
    spread = torch.zeros(found.length, dtype=torch.float64)
    spread[list(found.pixels)] = kept
    turned = kernel.flip(0)
    sums = [
        sum(turned[i] * spread[start + at] for i, at in enumerate(found.offsets)) for start in found.starts
    ]
    assert torch.stack(sums).tolist() == expected.tolist()
    assert len(sums) == formula_value(shape | {"transposed": True})


@pytest.mark.parametrize("groups", CHOICES["groups"])
@pytest.mark.parametrize("in_channels", CHOICES["in_channels"])
@pytest.mark.parametrize("out_channels", CHOICES["out_channels"])
@pytest.mark.parametrize("kind", [torch.nn.Conv2d, torch.nn.ConvTranspose2d])
def test_weights_are_torchs(groups, in_channels, out_channels, kind):
    channels = {"groups": groups, "in_channels": in_channels, "out_channels": out_channels}
    layer = kind(in_channels, out_channels, 3, groups=groups)
    explorer = Arithmetic(**channels, transposed=kind is torch.nn.ConvTranspose2d)
    assert explorer.weights() == layer.weight.numel()


def test_a_rest_of_the_stride_is_never_covered():
    assert Arithmetic(8, 3, stride=3).never_covered() == 64 - 36
    assert axis(8, 3, stride=3).uncovered() == [6, 7]
    assert Arithmetic(5, 3, stride=2).never_covered() == 0
    assert Arithmetic(5, 1, stride=4).never_covered() == 25 - 4


def test_the_size_is_told_only_after_the_last_step():
    explorer = Arithmetic(5, 3, stride=2, padding=1)
    assert explorer.describe().endswith("floor((5 + 2·1 - 1·(3 - 1) - 1)/2) + 1 = ?.")
    explorer.step = 8
    explorer.step = 0
    assert explorer.describe().endswith("+ 1 = 3. Of 25 pixels, 0 are never covered. 144 weights.")
    explorer.padding = 0
    assert (explorer.step, explorer.shown) == (0, 1)
    assert explorer.describe().endswith("= ?.")


def test_what_is_revealed_stays_revealed():
    explorer = Arithmetic()
    explorer.reveal = True
    explorer.stride = 2
    assert explorer.describe().endswith("= 2. Of 25 pixels, 0 are never covered. 144 weights.")


def test_a_kernel_that_does_not_fit_is_said_to():
    explorer = Arithmetic(3, 3, dilation=3)
    assert explorer.output_size() == 0
    assert explorer.describe() == "The kernel spans 7 cells and does not fit the 3 there are."


def test_repr_states_the_settings():
    shape = "input 4, kernel 3, stride 2, padding 0, dilation 1, groups 1, channels 4 to 4, step 1"
    assert repr(Arithmetic(4, stride=2)) == f"Arithmetic explorer: {shape}"
    transposed = Arithmetic(4, stride=2, transposed=True, output_padding=1)
    assert repr(transposed) == f"Arithmetic explorer: transposed, output_padding 1, {shape}"


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({"input_size": 13}, ValueError, "input_size must be from 1 to 12, got 13"),
        ({"kernel_size": 0}, ValueError, "kernel_size must be from 1 to 7, got 0"),
        ({"stride": 1.0}, TypeError, "stride must be an integer, got 1.0"),
        ({"groups": 3}, ValueError, "groups must be one of 1, 2, 4, got 3"),
        ({"in_channels": True}, ValueError, "in_channels must be one of 4, 8, got True"),
        ({"transposed": 1}, TypeError, "transposed must be True or False, got 1"),
        ({"stride": 2, "output_padding": 1}, ValueError, "output_padding must be 0 unless transposed, got 1"),
        (
            {"stride": 2, "transposed": True, "output_padding": 2},
            ValueError,
            "output_padding must be less than stride 2 or dilation 1, got 2",
        ),
    ],
)
def test_wrong_arguments_give_one_sentence(arguments, error, sentence):
    with pytest.raises(error, match=f"^{sentence}$"):
        Arithmetic(**arguments)


@pytest.mark.parametrize(
    ("name", "value"), [("step", 9), ("stride", 5), ("groups", 8), ("output_padding", 1), ("padding", -1)]
)
def test_wrong_assignments_change_nothing(name, value):
    explorer = Arithmetic()
    before = explorer.get_state()
    with pytest.raises(ValueError, match=name):
        setattr(explorer, name, value)
    assert explorer.get_state() == before


@pytest.mark.parametrize(
    ("explorer", "title"),
    [
        (Arithmetic(8, 3, stride=3), "output size: floor((8 + 2·0 − 1·(3 − 1) − 1)/3) + 1 = 2"),
        (Arithmetic(2, 3, transposed=True), "output size: (2 − 1)·1 − 2·0 + 1·(3 − 1) + 0 + 1 = 4"),
    ],
)
def test_twin_states_the_size(explorer, title):
    fig = explorer.static_twin()
    fig.draw_without_rendering()
    assert fig.get_suptitle() == title
    assert len(fig.axes) == 3
    assert len(fig.legends) == (explorer.never_covered() > 0)
    assert figures.describe(fig) == figures.describe(explorer.static_twin())
    plt.close("all")


def test_twin_says_that_a_kernel_does_not_fit():
    fig = Arithmetic(3, 7).static_twin()
    assert "does not fit" in fig.axes[0].get_title()
    plt.close(fig)
