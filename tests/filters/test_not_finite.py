"""What is not finite stays within the windows that weigh it, whatever the filter, dtype or length of taps."""

import math

import pytest
import torch

from cnnlab import filters

# Pixels of the window around the one that is not finite: rows times columns, or the cross of a Laplacian.
WINDOWS = {
    "gaussian": (lambda x: filters.gaussian(x, 2), 17 * 17),
    "laplacian": (filters.laplacian, 5),
    "box": (lambda x: filters.box(x, 15), 15 * 15),
    "cross_correlate": (lambda x: filters.cross_correlate(x, torch.ones(3, 5)), 3 * 5),
    "convolve": (lambda x: filters.convolve(x, torch.ones(12, 11)), 12 * 11),
    "unsharp_mask": (lambda x: filters.unsharp_mask(x, 1), 9 * 9),
}


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
@pytest.mark.parametrize("value", [math.nan, math.inf])
@pytest.mark.parametrize("name", WINDOWS)
def test_one_pixel_that_is_not_finite_spoils_its_window_alone(name, value, dtype):
    apply, count = WINDOWS[name]
    picture = torch.rand(100, 100, generator=torch.Generator().manual_seed(0)).to(dtype)
    whole = apply(picture)
    picture[50, 50] = value
    spoilt = apply(picture)
    finite = spoilt.isfinite()
    assert (~finite).sum() == count
    torch.testing.assert_close(spoilt[finite], whole[finite])
