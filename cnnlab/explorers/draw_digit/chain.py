"""A trained chain of layers as plain settings and 16-bit numbers, so that a browser can run it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils import vector_to_parameters

from cnnlab.explorers.kit.packed import MOST_BYTES
from cnnlab.geometry.sizes import same_padding
from cnnlab.inspection.copies import copied

Settings = dict[str, Any]

MOST_NUMBERS = MOST_BYTES // 2
ACTIVATIONS = {nn.ReLU: "relu", nn.Tanh: "tanh", nn.Sigmoid: "sigmoid"}
# What does nothing to a picture once the network is trained, or nothing to numbers in reading order.
SILENT = (nn.Identity, nn.Dropout, nn.Dropout1d, nn.Dropout2d, nn.Flatten)
KNOWN = (
    "Conv2d, Linear, ReLU, Tanh, Sigmoid, MaxPool2d, AvgPool2d, AdaptiveAvgPool2d(1), Flatten, Dropout and, "
    "at the end, Softmax"
)


class Chain:
    """A chain of layers with its numbers rounded to 16 bits, as the browser has them.

    Attributes:
        layers: settings of each layer that does something, those of a convolution and a linear layer with
            the place ``at`` which their numbers begin.
        numbers: weights and biases in order of the layers, float16.

    Args:
        model: an ``nn.Sequential``, also of others; left as it is.

    Raises:
        TypeError: ``model`` is not an ``nn.Sequential``.
        ValueError: a layer is of another kind, or there are too many numbers, or one is not finite.

    Example:
        >>> Chain(nn.Sequential(nn.Flatten(), nn.Linear(4, 2), nn.Tanh())).layers
        [{'kind': 'linear', 'out': 2, 'bias': True, 'at': 0}, {'kind': 'tanh'}]
    """

    def __init__(self, model: Any) -> None:
        if not isinstance(model, nn.Sequential):
            raise TypeError(f"model must be an nn.Sequential, got {type(model).__name__}")
        parts = list(_leaves(copied(model)))
        _check_flattening(parts)
        if parts and isinstance(parts[-1][1], (nn.Softmax, nn.LogSoftmax)):
            parts = parts[:-1]  # the softmax that follows anyway changes nothing then
        self.layers, numbers = _described(parts)
        joined = torch.cat([*numbers, torch.zeros(0)]).numpy()
        if len(joined) > MOST_NUMBERS:
            raise ValueError(f"model must have at most {MOST_NUMBERS} numbers, got {len(joined)}")
        with np.errstate(over="ignore"):
            self.numbers = joined.astype("<f2")
        if not np.isfinite(self.numbers).all():
            raise ValueError("model must have numbers from -65504 to 65504, got others")
        self._modules = nn.Sequential(*(part for _, part in parts)).cpu().double().eval()
        values = torch.from_numpy(self.numbers.astype(np.float64))
        vector_to_parameters(values, [found for part in self._modules for found in _numbers_of(part)])

    def logits(self, images: Tensor) -> Tensor:
        """Return what the chain gives before the softmax, float64.

        Args:
            images: shape (N, C, H, W).
        """
        with torch.no_grad():
            return self._modules(images.double())


def _leaves(model: nn.Sequential, prefix: str = "") -> Iterator[tuple[str, nn.Module]]:
    for place, part in enumerate(model):
        if isinstance(part, nn.Sequential):
            yield from _leaves(part, f"{prefix}{place}.")
        else:
            yield f"{prefix}{place}", part


def _check_flattening(parts: list[tuple[str, nn.Module]]) -> None:
    flat = False
    for name, part in parts:
        if isinstance(part, nn.Flatten) and (part.start_dim, part.end_dim) != (1, -1):
            raise ValueError(
                f"layer {name!r}: start_dim must be 1 and end_dim -1, got {part.start_dim}, {part.end_dim}"
            )
        if isinstance(part, nn.Linear) and not flat:
            raise ValueError(f"layer {name!r}: Linear must follow a Flatten, got none before it")
        flat = flat or isinstance(part, nn.Flatten)


def _numbers_of(part: nn.Module) -> list[nn.Parameter]:
    found = (getattr(part, "weight", None), getattr(part, "bias", None))
    return [parameter for parameter in found if parameter is not None]


def _described(parts: list[tuple[str, nn.Module]]) -> tuple[list[Settings], list[Tensor]]:
    layers: list[Settings] = []
    numbers: list[Tensor] = []
    for name, part in parts:
        if isinstance(part, SILENT):
            continue
        settings = _settings(name, part)
        found = [parameter.detach().float().cpu().flatten() for parameter in _numbers_of(part)]
        layers.append(settings | ({"at": sum(map(len, numbers))} if found else {}))
        numbers += found
    return layers, numbers


def _settings(name: str, part: nn.Module) -> Settings:
    if type(part) in ACTIVATIONS:
        return {"kind": ACTIVATIONS[type(part)]}
    describe = DESCRIBED.get(type(part))
    if describe is None:
        raise ValueError(f"model must consist of {KNOWN}, got {type(part).__name__} at {name!r}")
    try:
        return describe(part)
    except ValueError as error:
        raise ValueError(f"layer {name!r}: {error}") from error


def _conv(part: Any) -> Settings:
    if part.padding_mode != "zeros":
        raise ValueError(f"padding_mode must be 'zeros', got {part.padding_mode!r}")
    named = {"same": lambda: same_padding(part.kernel_size, part.dilation), "valid": lambda: 0}
    padding = named[part.padding]() if isinstance(part.padding, str) else part.padding
    return {
        "kind": "conv",
        "out": part.out_channels,
        "kernel": _pair(part.kernel_size),
        "stride": _pair(part.stride),
        "padding": _pair(padding),
        "dilation": _pair(part.dilation),
        "groups": part.groups,
        "bias": part.bias is not None,
    }


def _linear(part: Any) -> Settings:
    return {"kind": "linear", "out": part.out_features, "bias": part.bias is not None}


def _max(part: Any) -> Settings:
    return {"kind": "max", **_window(part, {"ceil_mode": False, "dilation": 1, "return_indices": False})}


def _average(part: Any) -> Settings:
    window = _window(part, {"ceil_mode": False, "divisor_override": None})
    return {"kind": "average", **window, "padded": part.count_include_pad}


def _global(part: Any) -> Settings:
    if part.output_size not in (1, (1, 1)):
        raise ValueError(f"output_size must be 1, got {part.output_size}")
    return {"kind": "average", "kernel": None, "stride": None, "padding": [0, 0], "padded": True}


def _window(part: Any, needed: Settings) -> Settings:
    for name, value in needed.items():
        if getattr(part, name) != value:
            raise ValueError(f"{name} must be {value}, got {getattr(part, name)}")
    return {
        name.removesuffix("_size"): _pair(getattr(part, name))
        for name in ("kernel_size", "stride", "padding")
    }


def _pair(value: Any) -> list[int]:
    return list(value) if isinstance(value, (tuple, list)) else [value, value]


DESCRIBED: dict[type, Callable[[Any], Settings]] = {
    nn.Conv2d: _conv,
    nn.Linear: _linear,
    nn.MaxPool2d: _max,
    nn.AvgPool2d: _average,
    nn.AdaptiveAvgPool2d: _global,
}
