"""Checks of pictures, draws, ranges and fills: one sentence each, with the name, the rule and the value."""

from __future__ import annotations

import math
import numbers
from typing import Any

import torch
from torch import Tensor

from cnnlab._arguments import positive_int
from cnnlab.convolution.operands import check_tensor

Range = tuple[float, float]
Size = tuple[int, int]


def check_images(images: Any, *, whole_numbers: bool = True) -> Tensor:
    """Return ``images`` if they are a batch (N, C, H, W), not empty but for N.

    Args:
        images: what is checked.
        whole_numbers: whether uint8 is allowed beside the floating-point types.

    Raises:
        TypeError: not a dense tensor of such a dtype.
        ValueError: another shape.
    """
    if not (whole_numbers and isinstance(images, Tensor) and images.dtype == torch.uint8):
        check_tensor("images", images)
    shape = tuple(images.shape)
    if len(shape) != 4:
        raise ValueError(f"images must have shape (N, C, H, W), got {shape}")
    if 0 in shape[1:]:
        raise ValueError(f"images must not be empty, got shape {shape}")
    return images


def check_generator(generator: Any) -> None:
    """Raise ``TypeError`` unless ``generator`` is None or a generator."""
    if generator is not None and not isinstance(generator, torch.Generator):
        raise TypeError(f"generator must be a torch.Generator or None, got {type(generator).__name__}")


def check_size(name: str, value: Any) -> Size:
    """Return ``value`` as a height and a width of at least one pixel."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise TypeError(f"{name} must be a height and a width, got {value!r}")
    return positive_int(f"the height in {name}", value[0]), positive_int(f"the width in {name}", value[1])


def check_parameters(parameters: Any, count: int, columns: tuple[str, ...]) -> None:
    """Raise one clear sentence unless ``parameters`` is a tensor with a row for each picture."""
    if not isinstance(parameters, Tensor):
        raise TypeError(f"parameters must be a torch.Tensor, got {type(parameters).__name__}")
    if tuple(parameters.shape) != (count, len(columns)):
        rule = f"{(count, len(columns))}, a row for each picture with {', '.join(columns)}"
        raise ValueError(f"parameters must have shape {rule}, got {tuple(parameters.shape)}")


def check_range(name: str, value: Any) -> None:
    """Raise one clear sentence unless ``value`` is a pair of finite numbers in order."""
    if not (isinstance(value, tuple | list) and len(value) == 2 and all(map(_is_real, value))):
        raise TypeError(f"{name} must be a pair of numbers (low, high), got {value!r}")
    if not -math.inf < value[0] <= value[1] < math.inf:
        raise ValueError(f"{name} must be finite with low <= high, got {value!r}")


def check_number(name: str, value: Any, low: float = -math.inf, high: float = math.inf) -> None:
    """Raise one clear sentence unless ``value`` is a finite number from ``low`` to ``high``."""
    if not _is_real(value):
        raise TypeError(f"{name} must be a number, got {value!r}")
    if not math.isfinite(value):
        raise ValueError(f"{name} must be finite, got {value!r}")
    if not low <= value <= high:
        rule = f"at least {low:g}" if high == math.inf else f"in [{low:g}, {high:g}]"
        raise ValueError(f"{name} must be {rule}, got {value!r}")


def check_fill(fill: float, dtype: torch.dtype) -> None:
    """Raise ``ValueError`` unless pictures of ``dtype`` can hold ``fill``."""
    if dtype == torch.uint8:
        fits = 0 <= fill <= 255 and fill == int(fill)
    else:
        fits = abs(fill) <= torch.finfo(dtype).max
    if not fits:
        raise ValueError(f"fill must be a value that {dtype} holds, got {fill!r}")


def _is_real(value: Any) -> bool:
    return isinstance(value, numbers.Real) and not isinstance(value, bool)
