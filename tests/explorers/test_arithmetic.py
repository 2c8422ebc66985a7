"""The Arithmetic explorer counts as torch does, and answers only at the end."""

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnnlab.explorers import Arithmetic

ENDS = {"input_size": (1, 12), "kernel_size": (1, 7), "stride": (1, 4), "padding": (0, 4), "dilation": (1, 3)}
shapes = st.fixed_dictionaries({name: st.integers(*ends) for name, ends in ENDS.items()})


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
    explorer = Arithmetic(**channels, transposed=kind is torch.nn.ConvTranspose2d)
    assert explorer.weights() == kind(kernel_size=3, **channels).weight.numel()


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


def test_a_kernel_that_does_not_fit_is_said_to(twin):
    explorer = Arithmetic(3, 3, dilation=3)
    assert explorer.output_size() == 0
    assert explorer.describe() == "The kernel spans 7 cells and does not fit the 3 there are."
    assert "does not fit" in twin(explorer).axes[0].get_title()


@pytest.mark.parametrize(
    ("explorer", "title"),
    [
        (Arithmetic(8, 3, stride=3), "output size: floor((8 + 2·0 − 1·(3 − 1) − 1)/3) + 1 = 2"),
        (Arithmetic(2, 3, transposed=True), "output size: (2 − 1)·1 − 2·0 + 1·(3 − 1) + 0 + 1 = 4"),
    ],
)
def test_twin_states_the_size(explorer, title, twin):
    fig = twin(explorer)
    assert fig.get_suptitle() == title
    assert len(fig.axes) == 3
    assert len(fig.legends) == (explorer.never_covered() > 0)
