"""What is not finite stays within the windows that hold it, whatever the pooling."""

import math

import pytest
import torch

from cnnlab import pooling

SIZE = (12, 12)
PLACES = pooling.max_pool2d(torch.rand(2, 12, 12), 2, return_indices=True)[1]
# Results whose window holds the pixel (4, 4): so many along each axis.
WINDOWS = {
    "max_pool2d": (lambda x: pooling.max_pool2d(x, 3, stride=1, padding=1), 3),
    "max_pool2d, dilated": (lambda x: pooling.max_pool2d(x, 2, stride=1, dilation=3), 2),
    "avg_pool2d": (lambda x: pooling.avg_pool2d(x, 3, stride=2, ceil_mode=True), 2),
    "avg_pool2d, padded": (lambda x: pooling.avg_pool2d(x, 3, padding=1, count_include_pad=False), 1),
    "lp_pool2d": (lambda x: pooling.lp_pool2d(x, 2, stride=1), 2),
    "lp_pool2d, odd": (lambda x: pooling.lp_pool2d(x, 2, norm_type=3), 1),
    "adaptive_max_pool2d": (lambda x: pooling.adaptive_max_pool2d(x, 5), 2),
    "adaptive_avg_pool2d": (lambda x: pooling.adaptive_avg_pool2d(x, 5), 2),
    "global_max_pool2d": (pooling.global_max_pool2d, 1),
    "global_avg_pool2d": (pooling.global_avg_pool2d, 1),
    **{
        f"blur_pool2d, {mode}": (lambda x, mode=mode: pooling.blur_pool2d(x, 4, padding_mode=mode), 2)
        for mode in pooling.PADDING_MODES
    },
    "BlurPool2d": (pooling.BlurPool2d(3, stride=1), 3),
    "max_blur_pool2d": (pooling.max_blur_pool2d, 2),
    "max_pool2d_gradient": (lambda x: pooling.max_pool2d_gradient(x[..., :6, :6], PLACES, SIZE), 1),
    "avg_pool2d_gradient": (lambda x: pooling.avg_pool2d_gradient(x, (25, 25), 3, stride=2), 3),
}


def test_every_pooling_is_here():
    names = {name for name in pooling.__all__ if callable(getattr(pooling, name))}
    assert {name.split(",")[0] for name in WINDOWS} == names


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("name", WINDOWS)
def test_one_pixel_that_is_not_finite_spoils_its_windows_alone(name, value, dtype):
    apply, count = WINDOWS[name]
    pictures = torch.rand(2, *SIZE, generator=torch.Generator().manual_seed(0)).to(dtype)
    whole = apply(pictures)
    pictures[1, 4, 4] = value
    spoilt = apply(pictures)
    assert torch.equal(spoilt[0], whole[0])
    changed = spoilt[1] != whole[1]
    if "max" in name and value < 0 and "gradient" not in name:
        assert spoilt.isfinite().all()  # the other pixels of the window are larger
        assert changed.sum() <= count**2
    else:
        assert torch.equal(changed, ~spoilt[1].isfinite())
        assert changed.sum() == count**2
