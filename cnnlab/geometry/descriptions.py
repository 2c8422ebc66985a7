"""What a PyTorch module or function is in the words of ``layers``, read from its name and attributes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cnnlab.geometry.layers import (
    Add,
    BatchNorm,
    Concatenate,
    Conv,
    Dense,
    Flatten,
    Layer,
    Pointwise,
    Pool,
)
from cnnlab.geometry.pairs import Pair
from cnnlab.geometry.sizes import same_padding

POINTWISE_MODULES = frozenset(
    """
    Identity Dropout Dropout1d Dropout2d AlphaDropout LocalResponseNorm ReLU ReLU6 LeakyReLU ELU CELU
    SELU GELU SiLU Mish Sigmoid Tanh LogSigmoid Softplus Softsign Hardsigmoid Hardswish Hardtanh
    Hardshrink
    """.split()  # noqa: SIM905 - a word list reads better than fifty quoted lines
)
ACTIVATION_CALLS = frozenset(
    """
    relu relu_ relu6 leaky_relu prelu elu celu selu gelu silu mish sigmoid tanh logsigmoid softplus softsign
    hardsigmoid hardswish hardtanh hardshrink softmax log_softmax local_response_norm clamp abs neg
    """.split()  # noqa: SIM905 - a word list reads better than fifty quoted lines
)
SCALING_CALLS = frozenset({"add", "iadd", "sub", "isub", "mul", "imul", "truediv", "div", "contiguous"})
DROPOUT_CALLS = frozenset({"dropout", "dropout1d", "dropout2d", "alpha_dropout", "stochastic_depth"})
POINTWISE_CALLS = (ACTIVATION_CALLS | SCALING_CALLS | DROPOUT_CALLS) - {"prelu", "softmax", "log_softmax"}
POOLING_CALLS = {
    "max_pool1d": ("kernel_size", "stride", "padding", "dilation", "ceil_mode"),
    "max_pool2d": ("kernel_size", "stride", "padding", "dilation", "ceil_mode"),
    "avg_pool1d": ("kernel_size", "stride", "padding", "ceil_mode"),
    "avg_pool2d": ("kernel_size", "stride", "padding", "ceil_mode"),
}


def from_leaf(module: Any, size: Pair | None) -> Layer | None:
    """Return the layer that a module of ``torch.nn`` is, or None for a kind that this package does not know.

    Adaptive pooling needs the ``size`` (H, W) of its input.

    Raises:
        ValueError: a known kind with an option that has no description.
    """
    kind = type(module).__name__
    if kind in POINTWISE_MODULES:
        return Pointwise()
    if kind.startswith("Conv") and kind.endswith(("1d", "2d")):
        return _conv(module, kind)
    if kind in ("BatchNorm1d", "BatchNorm2d"):
        if module.running_mean is None:
            raise ValueError("track_running_stats must be True, got False: it sees the whole picture")
        return BatchNorm(module.num_features, module.affine)
    if kind == "Linear":
        return Dense(module.in_features, module.out_features, module.bias is not None)
    if kind == "Flatten":
        return _flatten(module.start_dim, module.end_dim)
    if kind in ("Softmax", "LogSoftmax"):
        return Pointwise() if module.dim in (None, 1) else None
    if kind.startswith("Adaptive") and kind.endswith(("Pool1d", "Pool2d")):
        return _adaptive(module.output_size, size, kind.endswith("1d"))
    if kind.startswith(("Max", "Avg", "LP")) and kind.endswith(("Pool1d", "Pool2d")):
        return _pool(vars(module), kind.endswith("1d"))
    return None


def from_call(
    name: str, args: Sequence[Any], options: Mapping[str, Any], inputs: int, size: Pair | None
) -> Layer | None:
    """Return the layer that a function or a tensor's method is, as ``from_leaf`` does.

    The first of ``args`` is the picture, or a list of pictures; ``inputs`` says how many pictures there are.
    """
    rest = args[1:]
    if name in ("add", "iadd", "add_") and inputs > 1:
        return Add()
    if name in ("cat", "concat"):
        return Concatenate() if _argument(rest, 0, options, "dim", 0) in (1, -3) else None
    if name in POINTWISE_CALLS:
        return Pointwise() if inputs == 1 else None
    if name in ("softmax", "log_softmax"):
        return Pointwise() if _argument(rest, 0, options, "dim", None) == 1 else None
    if name == "flatten":
        first = _argument(rest, 0, options, "start_dim", 0)
        return _flatten(first, _argument(rest, 1, options, "end_dim", -1))
    if name in ("view", "reshape"):
        return Flatten() if len(rest) == 2 and -1 in rest else None
    if name in POOLING_CALLS:
        given = dict(zip(POOLING_CALLS[name], rest, strict=False)) | dict(options)
        return _pool(given, name.endswith("1d"))
    if name == "mean":
        return _mean(_argument(rest, 0, options, "dim", None), size)
    if name.startswith("adaptive_") and name.endswith(("pool1d", "pool2d")):
        return _adaptive(_argument(rest, 0, options, "output_size", 1), size, name.endswith("1d"))
    return None


def _argument(args: Sequence[Any], index: int, options: Mapping[str, Any], name: str, default: Any) -> Any:
    return args[index] if index < len(args) else options.get(name, default)


def _conv(module: Any, kind: str) -> Conv:
    if module.padding_mode != "zeros":
        raise ValueError(f"padding_mode must be 'zeros', got {module.padding_mode!r}")
    signal = kind.endswith("1d")
    kernel_size, dilation = _axes(module.kernel_size, 1, signal), _axes(module.dilation, 1, signal)
    padding = 0 if module.padding == "valid" else module.padding
    return Conv(
        module.in_channels,
        module.out_channels,
        kernel_size,
        stride=_axes(module.stride, 1, signal),
        padding=same_padding(kernel_size, dilation) if padding == "same" else _axes(padding, 0, signal),
        dilation=dilation,
        groups=module.groups,
        bias=module.bias is not None,
        transposed=module.transposed,
        output_padding=_axes(module.output_padding, 0, signal),
    )


def _pool(options: Mapping[str, Any], signal: bool) -> Pool:
    kernel_size = options["kernel_size"]
    return Pool(
        _axes(kernel_size, 1, signal),
        _axes(options.get("stride") or kernel_size, 1, signal),
        _axes(options.get("padding", 0), 0, signal),
        _axes(options.get("dilation", 1), 1, signal),
        options.get("ceil_mode", False),
    )


def _adaptive(output_size: Any, size: Pair | None, signal: bool) -> Pool:
    if size is None:
        raise ValueError("input_size must be given where pooling adapts to it, got None")
    wanted = _axes(output_size, 1, signal)
    wanted = wanted[0] or size[0], wanted[1] or size[1]
    if size[0] % wanted[0] or size[1] % wanted[1]:
        raise ValueError(f"input_size must lead to a multiple of the pooled size {wanted}, got {size}")
    return Pool((size[0] // wanted[0], size[1] // wanted[1]))


def _mean(axes: Any, size: Pair | None) -> Pool | None:
    """Global average pooling where the mean goes over rows and columns."""
    numbered = isinstance(axes, (tuple, list)) and all(isinstance(axis, int) for axis in axes)
    if not numbered or sorted(axis % 4 for axis in axes) != [2, 3]:
        return None
    return _adaptive(1, size, signal=False)


def _flatten(first: int, last: int) -> Flatten:
    if (first, last) != (1, -1):
        raise ValueError(f"flatten must go from dimension 1 to -1, got {first} to {last}")
    return Flatten()


def _axes(value: Any, row: int, signal: bool) -> Any:
    """``value`` for both axes; of a signal, ``row`` for the vertical one."""
    halves = tuple(value) if isinstance(value, (tuple, list)) else (value,) * (1 if signal else 2)
    return (row, *halves) if signal else halves
