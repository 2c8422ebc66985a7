"""What all normalizations share: checks, a mean and a variance, and what follows them."""

from __future__ import annotations

import numbers
from collections.abc import Sequence
from typing import Any

from torch import Tensor

from cnnlab._arguments import positive_int
from cnnlab.convolution.operands import check_tensor, computing_dtype


def standardized(inputs: Tensor, axes: Sequence[int], eps: float) -> tuple[Tensor, Tensor, Tensor]:
    """Return the inputs with mean 0 and variance 1 over ``axes``, and the mean and variance they had.

    Half precision is computed in float32. The variance is the mean of squared distances: divided by their
    number, not by one less.
    """
    exact = inputs.to(computing_dtype(inputs.dtype))
    mean = exact.mean(tuple(axes), keepdim=True)
    variance = (exact - mean).square().mean(tuple(axes), keepdim=True)
    return (exact - mean) * (variance + eps).rsqrt(), mean, variance


def affine(normal: Tensor, weight: Tensor | None, bias: Tensor | None, shape: Sequence[int]) -> Tensor:
    """Return the numbers times ``weight`` plus ``bias``, which get a shape that meets theirs."""
    result = normal if weight is None else normal * weight.view(*shape)
    return result if bias is None else result + bias.view(*shape)


def channel_shape(inputs: Tensor) -> tuple[int, ...]:
    """Return the shape of one number a channel that meets inputs (N, C, ...)."""
    return 1, inputs.shape[1], *[1] * (inputs.ndim - 2)


def check_inputs(name: str, inputs: Any, least: int = 2) -> None:
    """Raise one clear sentence unless ``inputs`` can be normalized.

    Raises:
        TypeError: not a dense tensor of a supported dtype.
        ValueError: fewer than ``least`` axes, or empty in anything but the batch.
    """
    check_tensor(name, inputs)
    shape = tuple(inputs.shape)
    if inputs.ndim < least:
        axes = "(N, C, ...)" if least == 2 else "(N, C, L) or more axes"
        raise ValueError(f"{name} must have shape {axes}, got {shape}")
    if 0 in shape[1:]:
        raise ValueError(f"{name} must not be empty, got shape {shape}")


def check_per_channel(inputs: Tensor, sizes: Sequence[int], **given: Any) -> None:
    """Raise one clear sentence unless each tensor that was given has these sizes and lies beside the inputs.

    Raises:
        TypeError: not a tensor.
        ValueError: another shape or device.
    """
    for name, value in given.items():
        if value is None:
            continue
        if not isinstance(value, Tensor):
            raise TypeError(f"{name} must be a tensor, got {type(value).__name__}")
        if tuple(value.shape) != tuple(sizes):
            raise ValueError(f"{name} must have shape {tuple(sizes)}, got {tuple(value.shape)}")
        if value.device != inputs.device:
            raise ValueError(f"{name} must be on {inputs.device}, got {value.device}")


def check_eps(eps: Any) -> float:
    """Return ``eps`` as a float of at least 0.

    Raises:
        TypeError: not a number.
        ValueError: negative or not finite.
    """
    if isinstance(eps, bool) or not isinstance(eps, numbers.Real):
        raise TypeError(f"eps must be a number, got {eps!r}")
    if not 0 <= float(eps) < float("inf"):
        raise ValueError(f"eps must be zero or positive and finite, got {eps!r}")
    return float(eps)


def groups_of(inputs: Tensor, num_groups: Any) -> Tensor:
    """Return inputs (N, C, ...) as (N, groups, all numbers of a group).

    Raises:
        TypeError: ``num_groups`` is not an integer.
        ValueError: it does not divide the channels.
    """
    groups, channels = positive_int("num_groups", num_groups), inputs.shape[1]
    if channels % groups:
        raise ValueError(f"num_groups must divide the {channels} channels, got {groups}")
    return inputs.reshape(len(inputs), groups, channels // groups * inputs.shape[2:].numel())
