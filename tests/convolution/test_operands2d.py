"""Each wrong argument of a 2-D convolution is named in one sentence."""

import pytest
import torch

from cnnlab.convolution import METHODS_2D, convolve2d, cross_correlate2d

IMAGE, KERNEL = torch.ones(5, 6), torch.ones(3, 2)
BATCH, WEIGHT = torch.ones(2, 4, 5, 6), torch.ones(6, 2, 3, 3)  # WEIGHT fits BATCH in two groups

each_operation = pytest.mark.parametrize("operation", [convolve2d, cross_correlate2d])


@each_operation
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([[1.0]], KERNEL), TypeError, "^images must be a torch.Tensor, got list$"),
        ((IMAGE, None), TypeError, "^kernel must be a torch.Tensor, got NoneType$"),
        (
            (IMAGE.to_sparse(), KERNEL),
            TypeError,
            "^images must be a dense tensor, got layout torch.sparse_coo$",
        ),
        ((IMAGE.byte(), KERNEL), TypeError, "^images must be float16, .*, got torch.uint8$"),
        ((IMAGE, KERNEL.to(torch.complex64)), TypeError, "^kernel must be float16, .*, got torch.complex64$"),
        (
            (IMAGE, KERNEL.double()),
            TypeError,
            "^images and kernel must share a dtype, got torch.float32 and torch.float64$",
        ),
        (
            (IMAGE, KERNEL.to("meta")),
            ValueError,
            "^images and kernel must be on one device, got cpu and meta$",
        ),
        (
            (IMAGE.to("meta"), KERNEL),
            ValueError,
            "^images and kernel must be on one device, got meta and cpu$",
        ),
        (
            (BATCH[0], KERNEL),
            ValueError,
            r"^images must have shape \(H, W\) or \(N, C, H, W\), got \(4, 5, 6\)$",
        ),
        ((torch.ones(5), KERNEL), ValueError, r"^images must have shape .*, got \(5,\)$"),
        (
            (IMAGE, WEIGHT),
            ValueError,
            r"^kernel must have shape \(kh, kw\) for images of shape \(5, 6\), got \(6, 2, 3, 3\)$",
        ),
        (
            (BATCH, KERNEL),
            ValueError,
            r"^kernel must have shape \(out_channels, in_channels // groups, kh, kw\) for images of shape "
            r"\(2, 4, 5, 6\), got \(3, 2\)$",
        ),
        ((IMAGE[:, :0], KERNEL), ValueError, r"^images must not be empty, got shape \(5, 0\)$"),
        ((BATCH[:, :0], WEIGHT), ValueError, r"^images must not be empty, got shape \(2, 0, 5, 6\)$"),
        ((IMAGE, KERNEL[:0]), ValueError, r"^kernel must not be empty, got shape \(0, 2\)$"),
        ((BATCH, WEIGHT), ValueError, "^kernel must have in_channels // groups = 4 channels, got 2$"),
        ((IMAGE, torch.ones(6, 1)), ValueError, "^kernel_size must fit the padded length 5, got 6 "),
        ((IMAGE, torch.ones(1, 7)), ValueError, "^kernel_size must fit the padded length 6, got 7 "),
    ],
)
def test_wrong_operands(operation, arguments, error, message):
    for method in METHODS_2D:
        with pytest.raises(error, match=message):
            operation(*arguments, method=method)


@each_operation
@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"method": "matrix"}, ValueError, "^method must be one of 'loops', .*, got 'matrix'$"),
        ({"mode": "reflect"}, ValueError, "^mode must be one of 'valid', 'full', 'same', got 'reflect'$"),
        ({"stride": 0}, ValueError, "^stride must be positive, got 0$"),
        ({"stride": (1, -1)}, ValueError, "^stride must be positive, got -1$"),
        ({"stride": (1, 2, 3)}, ValueError, r"^stride must be an integer or a pair, got \(1, 2, 3\)$"),
        ({"stride": [2]}, ValueError, r"^stride must be an integer or a pair, got \[2\]$"),
        ({"stride": (1.0, 1)}, TypeError, "^stride must be an integer, got 1.0$"),
        ({"stride": True}, TypeError, "^stride must be an integer, got True$"),
        ({"dilation": (1, 0)}, ValueError, "^dilation must be positive, got 0$"),
        (
            {"dilation": (3, 1)},
            ValueError,
            "^kernel_size must fit the padded length 5, got 3 with dilation 3",
        ),
        ({"padding": (0, -1)}, ValueError, "^padding must be zero or positive, got -1$"),
        ({"padding": "same"}, TypeError, "^padding must be an integer, got 'same'$"),
        ({"padding": (0, 1), "mode": "same"}, ValueError, "^padding must be 0 in mode 'same', .*, got 1$"),
        ({"padding": 2, "mode": "full"}, ValueError, "^padding must be 0 in mode 'full', .*, got 2$"),
        ({"stride": (1, 2), "mode": "same"}, ValueError, "^stride must be 1 in mode 'same', got 2$"),
        ({"groups": 0}, ValueError, "^groups must be positive, got 0$"),
        ({"groups": 2}, ValueError, "^groups must be 1 for images without channels, got 2$"),
    ],
)
def test_wrong_options(operation, options, error, message):
    with pytest.raises(error, match=message):
        operation(IMAGE, KERNEL, **options)


@each_operation
def test_groups_must_divide_the_channels_on_both_sides(operation):
    with pytest.raises(ValueError, match=r"^groups must divide in_channels = 4, got 3$"):
        operation(BATCH, WEIGHT, groups=3)
    with pytest.raises(ValueError, match=r"^groups must divide out_channels = 5, got 2$"):
        operation(BATCH, WEIGHT[:5], groups=2)
