"""The KernelPlayground explorer filters as PyTorch does, and counts what is clipped."""

import numpy as np
import pytest
import torch

from cnnlab import filters, kernels
from cnnlab.explorers import KernelPlayground
from cnnlab.explorers.kernel_playground.effect import effect
from cnnlab.explorers.kernel_playground.presets import PRESETS
from cnnlab.explorers.kernel_playground.widget import BORDERS


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("side", [3, 5])
def test_every_border_agrees_with_pytorch(border, side):
    kernel = np.random.default_rng(0).integers(-9, 9, (side, side))
    explorer = KernelPlayground(kernel=kernel, divisor=4, offset=0.5, border=border)
    options = {"padding": side // 2, "padding_mode": border, "bias": False, "dtype": torch.float64}
    layer = torch.nn.Conv2d(1, 1, side, **options)
    layer.weight.data = torch.tensor(explorer.kernel, dtype=torch.float64)[None, None]
    expected = layer(torch.tensor(explorer.picture())[None, None])[0, 0].detach().numpy() / 4 + 0.5
    np.testing.assert_allclose(explorer.output(), expected, atol=1e-12)


@pytest.mark.parametrize("name", kernels.PRESETS)
def test_every_named_kernel_answers_a_spot_as_its_own_operation_would(name):
    spot = torch.zeros(7, 7, dtype=torch.float64)
    spot[3, 3] = 1
    entry, kernel = PRESETS[name], kernels.preset(name)
    laid = torch.tensor(entry["kernel"], dtype=torch.float64) / entry["divisor"]
    found = filters.cross_correlate(spot, laid, border="constant").numpy()
    values = kernel.values.numpy()
    # Cross-correlation turns the kernel around the spot; convolution leaves it as it is.
    drawn = values if kernel.operation == "convolution" else values[::-1, ::-1]
    assert np.array_equal(_without_zeros_around(found), _without_zeros_around(drawn))


def _without_zeros_around(matrix):
    rows, columns = np.nonzero(matrix)
    return matrix[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def test_only_kernels_whose_weights_sum_to_zero_get_an_offset():
    for entry in PRESETS.values():
        assert (entry["offset"] == 0.5) == (np.sum(entry["kernel"]) == 0)


def test_the_identity_changes_nothing():
    explorer = KernelPlayground()
    assert np.array_equal(explorer.output(), explorer.picture())
    assert (explorer.effect().below, explorer.effect().above, explorer.effect().gain) == (0, 0, 1)


def test_results_below_0_and_above_1_are_counted():
    found = effect(np.array([[-1.0, 0, 1, 2, 3]]), [[1, 1, 1]], 2)
    assert (found.below, found.above, found.count) == (1, 2, 5)
    assert (found.low, found.high, found.gain) == (-1, 3, 1.5)


def test_the_text_tells_gain_range_and_clipping():
    explorer = KernelPlayground(kernel=np.full((3, 3), 1), photograph="coins")
    found = explorer.effect()
    assert "The weights sum to 9; divided by 1 that is 9." in explorer.describe()
    assert f"{found.above} above 1 and are shown white" in explorer.describe()
    assert found.above > 30_000
    assert explorer.photo.credit in explorer.describe()


def test_an_edited_preset_is_the_readers_own():
    explorer = KernelPlayground("box 3x3")
    explorer.divisor = 8
    assert explorer.preset() == "own"
    explorer.divisor = 9
    assert explorer.preset() == "box 3x3"


def test_twin_holds_kernel_photograph_and_result(twin):
    explorer = KernelPlayground("Sobel x", border="zeros")
    kernel, before, after = (ax.images[0].get_array() for ax in twin(explorer).axes)
    assert kernel.tolist() == explorer.kernel
    assert np.array_equal(before, explorer.picture())
    assert np.array_equal(after, explorer.output())
