"""What holds for every pooling: how far what is not finite spreads, and what is refused."""

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
    "max_pool2d_gradient": (
        lambda x: pooling.max_pool2d_gradient(x[..., :6, :6], PLACES, SIZE),
        1,
    ),
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


ONES, PLACE = torch.ones(1, 4, 4), torch.zeros(2, 2, dtype=torch.int64)
SLIDING = (pooling.max_pool2d, pooling.avg_pool2d, pooling.lp_pool2d)
ADAPTIVE = (pooling.adaptive_max_pool2d, pooling.adaptive_avg_pool2d)
GLOBAL = (pooling.global_max_pool2d, pooling.global_avg_pool2d)
BLURRED = (pooling.blur_pool2d, pooling.max_blur_pool2d)
# Arguments that go together; and what is refused in place of some of them.
FITTING = {
    **{pool: {"images": ONES, "kernel_size": 2} for pool in SLIDING},
    **{pool: {"images": ONES, "output_size": 2} for pool in ADAPTIVE},
    **{pool: {"images": ONES} for pool in (*GLOBAL, *BLURRED)},
    pooling.BlurPool2d: {},
    pooling.max_pool2d_gradient: {"gradient": torch.ones(2, 2), "indices": PLACE, "input_size": 4},
    pooling.avg_pool2d_gradient: {"gradient": torch.ones(2, 2), "input_size": 4, "kernel_size": 2},
}
REFUSED = {
    (*SLIDING, *ADAPTIVE, *GLOBAL, *BLURRED): [
        ({"images": ONES.tolist()}, TypeError, "^images must be a torch.Tensor, got list$"),
        ({"images": ONES.int()}, TypeError, "^images must be float16, .*, got torch.int32$"),
        (
            {"images": ONES[0, 0]},
            ValueError,
            r"^images must have shape \(H, W\), .* or \(N, C, H, W\), got \(4,\)$",
        ),
        ({"images": ONES[None, None]}, ValueError, r"^images must have shape .*, got \(1, 1, 1, 4, 4\)$"),
        ({"images": ONES[:0]}, ValueError, r"^images must not be empty, got shape \(0, 4, 4\)$"),
    ],
    SLIDING: [
        ({"kernel_size": 0}, ValueError, "^kernel_size must be positive, got 0$"),
        ({"kernel_size": 2.0}, TypeError, "^kernel_size must be an integer, got 2.0$"),
        ({"kernel_size": (2, 2, 2)}, ValueError, "^kernel_size must be an integer or a pair, got"),
        ({"stride": 0}, ValueError, "^stride must be positive, got 0$"),
        ({"kernel_size": 5}, ValueError, "^kernel_size must fit the padded length 4, got 5"),
    ],
    (pooling.max_pool2d, pooling.avg_pool2d): [
        ({"padding": -1}, ValueError, "^padding must be zero or positive, got -1$"),
        ({"kernel_size": 3, "padding": 2}, ValueError, "^padding must be at most half of the span 3, got 2$"),
    ],
    (pooling.max_pool2d,): [({"dilation": 0}, ValueError, "^dilation must be positive, got 0$")],
    (pooling.lp_pool2d,): [
        ({"norm_type": -2}, ValueError, "^norm_type must be positive and finite, got -2$"),
        ({"norm_type": "2"}, TypeError, "^norm_type must be a number, got '2'$"),
    ],
    ADAPTIVE: [
        ({"output_size": 0}, ValueError, "^output_size must be positive, got 0$"),
        ({"output_size": (2, 1.5)}, TypeError, "^output_size must be an integer, got 1.5$"),
        (
            {"output_size": (1, 2, 3)},
            ValueError,
            r"^output_size must be an integer or a pair, got \(1, 2, 3\)$",
        ),
    ],
    (pooling.BlurPool2d, pooling.blur_pool2d): [
        ({"kernel_size": 0}, ValueError, "^kernel_size must be positive, got 0$"),
        ({"kernel_size": (3, 3)}, TypeError, r"^kernel_size must be an integer, got \(3, 3\)$"),
        ({"stride": 0}, ValueError, "^stride must be positive, got 0$"),
        ({"padding_mode": "mirror"}, ValueError, "^padding_mode must be one of 'zeros', .*, got 'mirror'$"),
    ],
    (pooling.max_pool2d_gradient,): [
        ({"gradient": torch.ones(2, 2).int()}, TypeError, "^gradient must be float16, .*, got torch.int32$"),
        ({"indices": [0]}, TypeError, "^indices must be an int64 tensor, got list$"),
        ({"indices": torch.ones(2, 2)}, TypeError, "^indices must be an int64 tensor, got torch.float32$"),
        ({"indices": PLACE[0]}, ValueError, r"^indices must have shape \(2, 2\), got \(2,\)$"),
        ({"indices": PLACE + 16}, ValueError, "^indices must lie among the 16 pixels, got 16$"),
        ({"input_size": 0}, ValueError, "^input_size must be positive, got 0$"),
    ],
    (pooling.avg_pool2d_gradient,): [
        ({"gradient": torch.ones(2, 2).long()}, TypeError, "^gradient must be float16, .*, got torch.int64$"),
        ({"gradient": torch.ones(2)}, ValueError, r"^gradient must have shape \(H, W\), .*, got \(2,\)$"),
        ({"input_size": 6}, ValueError, r"^gradient must have \(3, 3\) rows and columns, got \(2, 2\)$"),
        ({"input_size": 4.0}, TypeError, "^input_size must be an integer, got 4.0$"),
        ({"kernel_size": 5}, ValueError, "^kernel_size must fit the padded length 4, got 5"),
    ],
}


@pytest.mark.parametrize(
    ("pool", "changes", "error", "message"),
    [(pool, *row) for pools, rows in REFUSED.items() for pool in pools for row in rows],
)
def test_wrong_arguments(pool, changes, error, message):
    with pytest.raises(error, match=message):
        pool(**FITTING[pool] | changes)
