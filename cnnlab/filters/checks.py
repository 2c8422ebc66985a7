"""Checks of numbers and generators, and the dtype in which pictures are computed."""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable
from typing import Any

import torch

from cnnlab.convolution.autocast import without_autocast
from cnnlab.convolution.operands import computing_dtype


def finite_number(name: str, value: Any) -> float:
    """Return ``value`` as a float.

    Raises:
        TypeError: not a real number.
        ValueError: infinite or not a number.
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a number, got {value!r}")
    if not math.isfinite(value):
        raise ValueError(f"{name} must be finite, got {value!r}")
    return float(value)


def fraction(name: str, value: Any) -> float:
    """Return ``value`` as a float in [0, 1].

    Raises:
        TypeError: not a real number.
        ValueError: outside [0, 1].
    """
    number = finite_number(name, value)
    if not 0 <= number <= 1:
        raise ValueError(f"{name} must lie in [0, 1], got {value!r}")
    return number


def check_generator(generator: Any, device: torch.device) -> None:
    """Raise one clear sentence unless ``generator`` is None or draws on ``device``."""
    if generator is None:
        return
    if not isinstance(generator, torch.Generator):
        raise TypeError(f"generator must be a torch.Generator or None, got {type(generator).__name__}")
    if generator.device.type != device.type:
        raise ValueError(f"generator must be on the device of images, {device}, got {generator.device}")


@without_autocast
def in_computing_dtype(
    images: torch.Tensor, function: Callable[[torch.Tensor], torch.Tensor]
) -> torch.Tensor:
    """Return ``function(images)`` in the dtype of ``images``; half precision is computed in float32."""
    return function(images.to(computing_dtype(images.dtype))).to(images.dtype)
