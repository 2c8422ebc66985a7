"""Each wrong argument of a convolution is named in one sentence."""

import numpy as np
import pytest
import torch

from cnnlab.convolution import METHODS, convolve1d, cross_correlate1d, operands, toeplitz1d

SIGNAL, KERNEL = torch.ones(5), torch.ones(3)
BATCH, WEIGHT = torch.ones(2, 4, 5), torch.ones(6, 2, 3)  # WEIGHT fits BATCH in two groups


@pytest.mark.parametrize("operation", [convolve1d, cross_correlate1d])
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([1.0, 2.0], KERNEL), TypeError, "^signal must be a torch.Tensor, got list$"),
        ((SIGNAL, np.ones(3)), TypeError, "^kernel must be a torch.Tensor, got ndarray$"),
        ((SIGNAL, None), TypeError, "^kernel must be a torch.Tensor, got NoneType$"),
        (
            (SIGNAL.to_sparse(), KERNEL),
            TypeError,
            "^signal must be a dense tensor, got layout torch.sparse_coo$",
        ),
        ((SIGNAL.long(), KERNEL), TypeError, "^signal must be float16, .*, got torch.int64$"),
        ((SIGNAL, KERNEL.bool()), TypeError, "^kernel must be float16, .*, got torch.bool$"),
        (
            (SIGNAL.to(torch.complex64), KERNEL),
            TypeError,
            "^signal must be float16, .*, got torch.complex64$",
        ),
        ((SIGNAL.to(torch.float8_e5m2), KERNEL), TypeError, "^signal must be .*, got torch.float8_e5m2$"),
        (
            (SIGNAL, KERNEL.double()),
            TypeError,
            "^signal and kernel must share a dtype, got torch.float32 and torch.float64$",
        ),
        (
            (SIGNAL, KERNEL.to("meta")),
            ValueError,
            "^signal and kernel must be on one device, got cpu and meta$",
        ),
        (
            (torch.ones(2, 5), KERNEL),
            ValueError,
            r"^signal must have shape \(L,\) or \(N, C, L\), got \(2, 5\)$",
        ),
        ((torch.tensor(1.0), KERNEL), ValueError, r"^signal must have shape \(L,\) or .*, got \(\)$"),
        (
            (SIGNAL, WEIGHT),
            ValueError,
            r"^kernel must have shape \(k,\) for a signal of shape \(5,\), got \(6, 2, 3\)$",
        ),
        (
            (BATCH, KERNEL),
            ValueError,
            r"^kernel must have shape \(out_channels, in_channels // groups, k\) for a signal of shape "
            r"\(2, 4, 5\), got \(3,\)$",
        ),
        ((SIGNAL[:0], KERNEL), ValueError, r"^signal must not be empty, got shape \(0,\)$"),
        ((SIGNAL, KERNEL[:0]), ValueError, r"^kernel must not be empty, got shape \(0,\)$"),
        ((BATCH[:, :0], WEIGHT), ValueError, r"^signal must not be empty, got shape \(2, 0, 5\)$"),
        ((BATCH[:, :, :0], WEIGHT), ValueError, r"^signal must not be empty, got shape \(2, 4, 0\)$"),
        ((BATCH, WEIGHT[:0]), ValueError, r"^kernel must not be empty, got shape \(0, 2, 3\)$"),
        ((BATCH, WEIGHT), ValueError, "^kernel must have in_channels // groups = 4 channels, got 2$"),
        ((torch.ones(5), torch.ones(6)), ValueError, "^kernel_size must fit the padded length 5, got 6 "),
    ],
)
def test_wrong_operands(operation, arguments, error, message):
    for method in METHODS:
        with pytest.raises(error, match=message):
            operation(*arguments, method=method)


@pytest.mark.parametrize("operation", [convolve1d, cross_correlate1d])
@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"method": "magic"}, ValueError, "^method must be one of 'loops', .*, got 'magic'$"),
        ({"mode": "reflect"}, ValueError, "^mode must be one of 'valid', 'full', 'same', got 'reflect'$"),
        ({"stride": 0}, ValueError, "^stride must be positive, got 0$"),
        ({"stride": -1}, ValueError, "^stride must be positive, got -1$"),
        ({"stride": 1.0}, TypeError, "^stride must be an integer, got 1.0$"),
        ({"dilation": 0}, ValueError, "^dilation must be positive, got 0$"),
        (
            {"dilation": 3},
            ValueError,
            "^kernel_size must fit the padded length 5, got 3 with dilation 3, .* 7$",
        ),
        ({"padding": -1}, ValueError, "^padding must be zero or positive, got -1$"),
        ({"padding": "same"}, TypeError, "^padding must be an integer, got 'same'$"),
        ({"padding": 1, "mode": "same"}, ValueError, "^padding must be 0 in mode 'same', .*, got 1$"),
        ({"padding": 2, "mode": "full"}, ValueError, "^padding must be 0 in mode 'full', .*, got 2$"),
        ({"stride": 2, "mode": "same"}, ValueError, "^stride must be 1 in mode 'same', got 2$"),
        ({"groups": 0}, ValueError, "^groups must be positive, got 0$"),
        ({"groups": 1.5}, TypeError, "^groups must be an integer, got 1.5$"),
        ({"groups": 2}, ValueError, "^groups must be 1 for a signal without channels, got 2$"),
    ],
)
def test_wrong_options(operation, options, error, message):
    with pytest.raises(error, match=message):
        operation(SIGNAL, KERNEL, **options)


def test_groups_must_divide_the_channels_on_both_sides():
    with pytest.raises(ValueError, match=r"^groups must divide in_channels = 4, got 3$"):
        convolve1d(BATCH, WEIGHT, groups=3)
    with pytest.raises(ValueError, match=r"^groups must divide out_channels = 5, got 2$"):
        convolve1d(BATCH, WEIGHT[:5], groups=2)


def test_float64_on_mps_is_refused_before_the_device_is_asked():
    with pytest.raises(
        TypeError, match=r"^signal must not be float64 on mps, which has no float64: use float32$"
    ):
        operands.check_dtype("signal", torch.float64, torch.device("mps"))
    operands.check_dtype("signal", torch.float32, torch.device("mps"))


@pytest.mark.parametrize(
    ("arguments", "options", "error", "message"),
    [
        (([1.0], 3), {}, TypeError, "^kernel must be a torch.Tensor, got list$"),
        ((torch.ones(3, dtype=torch.int32), 3), {}, TypeError, "^kernel must be .*, got torch.int32$"),
        (
            (torch.ones(0), 3),
            {},
            ValueError,
            r"^kernel must have shape \(k,\) with k at least 1, got \(0,\)$",
        ),
        ((torch.ones(1, 3), 3), {}, ValueError, r"^kernel must have shape \(k,\) .*, got \(1, 3\)$"),
        ((KERNEL, 0), {}, ValueError, "^length must be positive, got 0$"),
        ((KERNEL, 2.0), {}, TypeError, "^length must be an integer, got 2.0$"),
        ((KERNEL, 2), {"mode": "valid"}, ValueError, "^kernel_size must fit the padded length 2, got 3"),
        ((KERNEL, 5), {"mode": "half"}, ValueError, "^mode must be one of .*, got 'half'$"),
    ],
)
def test_wrong_arguments_of_toeplitz1d(arguments, options, error, message):
    with pytest.raises(error, match=message):
        toeplitz1d(*arguments, **options)
