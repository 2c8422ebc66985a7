"""The Arithmetic explorer counts as torch does, and answers only at the end."""

import matplotlib.pyplot as plt
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnnlab import figures
from cnnlab.explorers import Arithmetic

shapes = st.fixed_dictionaries(
    {
        "input_size": st.integers(1, 12),
        "kernel_size": st.integers(1, 7),
        "stride": st.integers(1, 4),
        "padding": st.integers(0, 4),
        "dilation": st.integers(1, 3),
    }
)


@settings(deadline=None)
@given(shapes, st.booleans())
def test_the_formula_gives_as_many_as_there_are_positions(shape, transposed):
    explorer = Arithmetic(**shape, transposed=transposed)
    assume(explorer.output_size())
    words = explorer.formula().replace("·", "*")
    assert eval(words, {"floor": lambda x: x // 1}) == explorer.output_size()


@pytest.mark.parametrize("groups", [1, 2, 4])
@pytest.mark.parametrize("in_channels", [4, 8])
@pytest.mark.parametrize("out_channels", [4, 8])
@pytest.mark.parametrize("kind", [torch.nn.Conv2d, torch.nn.ConvTranspose2d])
def test_weights_are_torchs(groups, in_channels, out_channels, kind):
    channels = {"groups": groups, "in_channels": in_channels, "out_channels": out_channels}
    layer = kind(in_channels, out_channels, 3, groups=groups)
    explorer = Arithmetic(**channels, transposed=kind is torch.nn.ConvTranspose2d)
    assert explorer.weights() == layer.weight.numel()


def test_a_rest_of_the_stride_is_never_covered():
    assert Arithmetic(8, 3, stride=3).never_covered() == 64 - 36
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
