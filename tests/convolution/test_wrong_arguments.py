"""Each wrong argument is named in one sentence."""

import re

import pytest
import torch
from torch import ones

from cnnlab.convolution import (
    LocallyConnected2d,
    conv_transpose2d,
    input_gradient2d,
    locally_connected2d,
    operands,
    toeplitz1d,
    weight_gradient2d,
)
from tests.convolution.operands import METHODS, OPERATIONS

# What goes together along one axis and along two: without channels, and in two groups of them.
PLAIN = {1: (ones(5), ones(3)), 2: (ones(5, 6), ones(3, 2))}
GROUPED = {axes: (ones(2, 4, *[5] * axes), ones(6, 2, *[3] * axes)) for axes in (1, 2)}
NAMES = {
    1: ("signal", "a signal", "L,", "L", "k,", "k"),
    2: ("images", "images", "H, W", "H, W", "kh, kw", "kh, kw"),
}
each_operation = pytest.mark.parametrize(
    ("axes", "operation"), [(axes, operation) for axes in (1, 2) for operation in OPERATIONS[axes]]
)


def refuses(error, message, axes, operation, arguments, **options):
    """The operation raises the message, in which names and shapes of the operands are filled in."""
    words = dict(zip(("name", "noun", "axes", "last", "taps", "some"), NAMES[axes], strict=True))
    words["first"], words["second"] = (tuple(argument.shape) for argument in arguments)
    sentence = re.escape(message.format(**words)).replace(re.escape("..."), ".*")
    for method in METHODS[axes]:
        with pytest.raises(error, match=f"^{sentence}$"):
            operation(*arguments, **{"method": method} | options)


@each_operation
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda x, w: (x[None], w), "{name} must have shape ({axes}) or (N, C, {last}), got {first}"),
        (lambda x, w: (x.sum(), w), "{name} must have shape ({axes}) or (N, C, {last}), got {first}"),
        (
            lambda x, w: (x, w[None, None]),
            "kernel must have shape ({taps}) for {noun} of shape {first}, got {second}",
        ),
        (lambda x, w: (x[..., :0], w), "{name} must not be empty, got shape {first}"),
        (lambda x, w: (x, w[:0]), "kernel must not be empty, got shape {second}"),
        (lambda x, w: (x, ones([6] * w.ndim)), "kernel_size must fit the padded length 5, got 6 ..."),
        (lambda x, w: (x, ones(*w.shape[1:], 7)), "kernel_size must fit the padded length ..., got 7 ..."),
    ],
)
def test_operands_without_channels_that_do_not_fit(axes, operation, wrong, message):
    refuses(ValueError, message, axes, operation, wrong(*PLAIN[axes]))


@each_operation
@pytest.mark.parametrize(
    ("wrong", "groups", "message"),
    [
        (
            lambda x, w: (x, w[0, 0]),
            1,
            "kernel must have shape (out_channels, in_channels // groups, {some}) "
            "for {noun} of shape {first}, got {second}",
        ),
        (lambda x, w: (x[:, :0], w), 1, "{name} must not be empty, got shape {first}"),
        (lambda x, w: (x[:, :, :0], w), 1, "{name} must not be empty, got shape {first}"),
        (lambda x, w: (x, w[:0]), 1, "kernel must not be empty, got shape {second}"),
        (lambda x, w: (x, w), 1, "kernel must have in_channels // groups = 4 channels, got 2"),
        (lambda x, w: (x, w), 3, "groups must divide in_channels = 4, got 3"),
        (lambda x, w: (x, w[:5]), 2, "groups must divide out_channels = 5, got 2"),
    ],
)
def test_operands_with_channels_that_do_not_fit(axes, operation, wrong, groups, message):
    refuses(ValueError, message, axes, operation, wrong(*GROUPED[axes]), groups=groups)


@each_operation
@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"method": "magic"}, ValueError, "method must be one of 'loops', ..., got 'magic'"),
        ({"mode": "reflect"}, ValueError, "mode must be one of 'valid', 'full', 'same', got 'reflect'"),
        ({"stride": 0}, ValueError, "stride must be positive, got 0"),
        ({"stride": -1}, ValueError, "stride must be positive, got -1"),
        ({"stride": 1.0}, TypeError, "stride must be an integer, got 1.0"),
        ({"stride": True}, TypeError, "stride must be an integer, got True"),
        ({"dilation": 0}, ValueError, "dilation must be positive, got 0"),
        (
            {"dilation": 3},
            ValueError,
            "kernel_size must fit the padded length 5, got 3 with dilation 3, ... 7",
        ),
        ({"padding": -1}, ValueError, "padding must be zero or positive, got -1"),
        ({"padding": "same"}, TypeError, "padding must be an integer, got 'same'"),
        ({"padding": 1, "mode": "same"}, ValueError, "padding must be 0 in mode 'same', ..., got 1"),
        ({"padding": 2, "mode": "full"}, ValueError, "padding must be 0 in mode 'full', ..., got 2"),
        ({"stride": 2, "mode": "same"}, ValueError, "stride must be 1 in mode 'same', got 2"),
        ({"groups": 0}, ValueError, "groups must be positive, got 0"),
        ({"groups": 1.5}, TypeError, "groups must be an integer, got 1.5"),
        ({"groups": 2}, ValueError, "groups must be 1 for {noun} without channels, got 2"),
    ],
)
def test_options(axes, operation, options, error, message):
    refuses(error, message, axes, operation, PLAIN[axes], **options)


@pytest.mark.parametrize("operation", OPERATIONS[2])
@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"method": "matrix"}, ValueError, "method must be one of 'loops', ..., got 'matrix'"),
        ({"stride": (1, -1)}, ValueError, "stride must be positive, got -1"),
        ({"stride": (1, 2, 3)}, ValueError, "stride must be an integer or a pair, got (1, 2, 3)"),
        ({"stride": [2]}, ValueError, "stride must be an integer or a pair, got [2]"),
        ({"stride": (1.0, 1)}, TypeError, "stride must be an integer, got 1.0"),
        ({"dilation": (1, 0)}, ValueError, "dilation must be positive, got 0"),
        (
            {"dilation": (3, 1)},
            ValueError,
            "kernel_size must fit the padded length 5, got 3 with dilation 3, ...",
        ),
        ({"padding": (0, -1)}, ValueError, "padding must be zero or positive, got -1"),
        ({"padding": (0, 1), "mode": "same"}, ValueError, "padding must be 0 in mode 'same', ..., got 1"),
        ({"stride": (1, 2), "mode": "same"}, ValueError, "stride must be 1 in mode 'same', got 2"),
    ],
)
def test_options_of_two_axes(operation, options, error, message):
    refuses(error, message, 2, operation, PLAIN[2], **options)


def test_float64_on_mps_is_refused_before_the_device_is_asked():
    message = r"^signal must not be float64 on mps, which has no float64: use float32$"
    with pytest.raises(TypeError, match=message):
        operands.check_dtype("signal", torch.float64, torch.device("mps"))
    operands.check_dtype("signal", torch.float32, torch.device("mps"))


# Arguments that go together, of every operation; and what is refused in place of some of them.
FITTING = {
    **{operation: {"signal": ones(5), "kernel": ones(3)} for operation in OPERATIONS[1]},
    **{operation: {"images": ones(5, 6), "kernel": ones(3, 2)} for operation in OPERATIONS[2]},
    conv_transpose2d: {"images": ones(1, 4, 3, 3), "kernel": ones(4, 1, 2, 2)},
    input_gradient2d: {"gradient": ones(2, 6, 3, 3), "kernel": ones(6, 4, 3, 3), "input_size": 5},
    weight_gradient2d: {"images": ones(2, 4, 5, 5), "gradient": ones(2, 6, 3, 3), "kernel_size": 3},
    locally_connected2d: {
        "images": ones(1, 2, 4, 4),
        "weight": ones(3, 2, 2, 2, 3, 3),
        "bias": ones(3, 2, 2),
    },
    LocallyConnected2d: {"in_channels": 1, "out_channels": 1, "input_size": 4, "kernel_size": 3},
    toeplitz1d: {"kernel": ones(3), "length": 3},
}
REFUSED = {
    conv_transpose2d: [
        ({"images": ones(4, 3, 3)}, r"^images must have shape \(H, W\) or \(N, C, H, W\), got"),
        (
            {"kernel": ones(2, 2)},
            r"^kernel must have shape \(in_channels, out_channels // groups, kh, kw\) for images .*, got",
        ),
        ({"images": ones(1, 4, 3, 0)}, r"^images must not be empty, got shape \(1, 4, 3, 0\)$"),
        ({"kernel": ones(4, 1, 0, 2)}, r"^kernel must not be empty, got shape \(4, 1, 0, 2\)$"),
        ({"kernel": ones(3, 1, 2, 2)}, "^kernel must have as first size the 4 channels of images, got 3$"),
        ({"groups": 3}, "^groups must divide the 4 channels of images, got 3$"),
        ({"groups": 0}, "^groups must be positive, got 0$"),
        (
            {"images": ones(3, 3), "kernel": ones(2, 2), "groups": 2},
            "^groups must divide the 1 channels of images",
        ),
        ({"stride": 0}, "^stride must be positive, got 0$"),
        ({"stride": (1, 2, 3)}, "^stride must be an integer or a pair, got"),
        ({"padding": -1}, "^padding must be zero or positive, got -1$"),
        ({"padding": 2}, "^padding must leave some of a result of length 4, got 2$"),
        ({"output_padding": (0, 1)}, "^output_padding must be below stride or dilation, got 1$"),
    ],
    input_gradient2d: [
        ({"gradient": ones(6, 3, 3)}, r"^gradient must have shape \(H, W\) or \(N, C, H, W\), got"),
        ({"kernel": ones(3, 3)}, "^kernel must have shape .* for a gradient of shape"),
        ({"kernel": ones(5, 4, 3, 3)}, "^kernel must have as first size the 6 channels of gradient"),
        ({"input_size": 6}, r"^gradient must have \(4, 4\) rows and columns, got \(3, 3\)$"),
        ({"stride": 2}, r"^gradient must have \(2, 2\) rows and columns"),
        ({"input_size": (5, 0)}, "^input_size must be positive, got 0$"),
        ({"input_size": (5, 5, 5)}, "^input_size must be an integer or a pair"),
        ({"input_size": 2}, "^kernel_size must fit the padded length 2, got 3"),
        ({"groups": 4}, "^groups must divide the 6 channels of gradient, got 4$"),
    ],
    weight_gradient2d: [
        ({"gradient": ones(3, 3)}, "^images and gradient must both have shape .*, got"),
        ({"images": ones(1, 4, 5, 5)}, "^images and gradient must be batches of one length, got"),
        ({"kernel_size": 2}, r"^gradient must have \(4, 4\) rows and columns, got \(3, 3\)$"),
        ({"kernel_size": 0}, "^kernel_size must be positive, got 0$"),
        ({"kernel_size": 6}, "^kernel_size must fit the padded length 5, got 6"),
        ({"groups": 3}, "^groups must divide in_channels = 4, got 3$"),
        ({"groups": 4}, "^groups must divide out_channels = 6, got 4$"),
        ({"images": ones(5, 5), "gradient": ones(3, 3), "groups": 2}, "^groups must be 1 for images without"),
    ],
    locally_connected2d: [
        ({"images": ones(2, 4, 4)}, r"^images must have shape \(N, C, H, W\), got \(2, 4, 4\)$"),
        ({"weight": ones(2, 2)}, r"^weight must have shape \(out_channels, H', W', 2, kh, kw\), got"),
        ({"images": ones(1, 1, 4, 4)}, r"^weight must have shape \(out_channels, H', W', 1, kh, kw\), got"),
        ({"images": ones(1, 2, 4, 0)}, r"^images must not be empty, got shape"),
        ({"weight": ones(0, 2, 2, 2, 3, 3)}, r"^weight must not be empty, got shape"),
        ({"weight": ones(3, 1, 2, 2, 3, 3)}, r"^weight must have \(2, 2\) places, got \(1, 2\)$"),
        ({"bias": ones(3, 2)}, r"^bias must have shape \(3, 2, 2\), got \(3, 2\)$"),
        ({"images": ones(1, 2, 4, 2)}, "^kernel_size must fit the padded length 2, got 3"),
    ],
    LocallyConnected2d: [
        ({"in_channels": 0}, "^in_channels must be positive, got 0$"),
        ({"input_size": (4, 0)}, "^input_size must be positive, got 0$"),
        ({"kernel_size": -1}, "^kernel_size must be positive, got -1$"),
        ({"kernel_size": 5}, "^kernel_size must fit the padded length 4, got 5"),
        ({"stride": 0}, "^stride must be positive, got 0$"),
        ({"padding": (1, 1, 1)}, r"^padding must be an integer or a pair, got \(1, 1, 1\)$"),
    ],
    toeplitz1d: [
        ({"kernel": ones(0)}, r"^kernel must have shape \(k,\) with k at least 1, got \(0,\)$"),
        ({"kernel": ones(1, 3)}, r"^kernel must have shape \(k,\) .*, got \(1, 3\)$"),
        ({"length": 0}, "^length must be positive, got 0$"),
        ({"length": 2, "mode": "valid"}, "^kernel_size must fit the padded length 2, got 3"),
        ({"mode": "half"}, "^mode must be one of .*, got 'half'$"),
    ],
}

TENSORS = {
    operation: [name for name, argument in arguments.items() if isinstance(argument, torch.Tensor)]
    for operation, arguments in FITTING.items()
}


@pytest.mark.parametrize(
    ("operation", "name"), [(operation, name) for operation, names in TENSORS.items() for name in names]
)
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (torch.Tensor.tolist, "a torch.Tensor, got list"),
        (torch.Tensor.numpy, "a torch.Tensor, got ndarray"),
        (torch.Tensor.to_sparse, "a dense tensor, got layout torch.sparse_coo"),
        (torch.Tensor.long, "float16, bfloat16, float32 or float64, got torch.int64"),
        (torch.Tensor.byte, "float16, bfloat16, float32 or float64, got torch.uint8"),
        (torch.Tensor.bool, "float16, bfloat16, float32 or float64, got torch.bool"),
        (torch.Tensor.cfloat, "float16, bfloat16, float32 or float64, got torch.complex64"),
        (lambda x: x.to(torch.float8_e5m2), "float16, bfloat16, float32 or float64, got torch.float8_e5m2"),
    ],
)
def test_what_is_no_tensor_of_a_supported_dtype(operation, name, change, message):
    arguments = FITTING[operation]
    with pytest.raises(TypeError, match=f"^{name} must be {message}$"):
        operation(**arguments | {name: change(arguments[name])})


@pytest.mark.parametrize("operation", [operation for operation, names in TENSORS.items() if len(names) > 1])
def test_tensors_of_different_dtypes_and_devices(operation):
    arguments, (first, *others) = FITTING[operation], TENSORS[operation]
    for name in others:
        message = f"^{first} and {name} must share a dtype, got torch.float32 and torch.float64$"
        with pytest.raises(TypeError, match=message):
            operation(**arguments | {name: arguments[name].double()})
        message = f"^{first} and {name} must be on one device, got cpu and meta$"
        with pytest.raises(ValueError, match=message):
            operation(**arguments | {name: arguments[name].to("meta")})


@pytest.mark.parametrize(
    ("operation", "changes"),
    [
        (conv_transpose2d, {"dilation": 1.5}),
        (LocallyConnected2d, {"out_channels": 1.5}),
        (toeplitz1d, {"length": 1.5}),
    ],
)
def test_what_is_no_integer(operation, changes):
    (name,) = changes
    with pytest.raises(TypeError, match=f"^{name} must be an integer, got 1.5$"):
        operation(**FITTING[operation] | changes)


@pytest.mark.parametrize(
    ("operation", "changes", "message"),
    [(operation, *row) for operation, rows in REFUSED.items() for row in rows],
)
def test_what_does_not_fit(operation, changes, message):
    with pytest.raises(ValueError, match=message):
        operation(**FITTING[operation] | changes)
