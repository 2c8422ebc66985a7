"""The gradients of normalization written out: what is left of a gradient without its mean and its slope."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

from cnnlab.convolution.autocast import without_autocast
from cnnlab.convolution.operands import computing_dtype
from cnnlab.normalization.standardized import (
    channel_shape,
    check_eps,
    check_inputs,
    check_per_channel,
    groups_of,
    standardized,
)


@without_autocast
def batch_norm_gradient(
    gradient: Tensor, inputs: Tensor, weight: Tensor | None = None, *, eps: float = 1e-5
) -> tuple[Tensor, Tensor, Tensor]:
    """Return the loss's gradients with respect to inputs, weight and bias of a ``batch_norm`` in training.

    Mean and variance depend on the inputs too. Let g be the gradient times the weight, and z the inputs
    standardized: what arrives is (g - mean(g) - z mean(g z)) / sqrt(variance + eps), with means over all
    that a channel's mean is taken over. NaN or an infinity spoils its channel.

    Args:
        gradient: the loss's gradient with respect to the result, shape (N, C, ...).
        inputs: of that call, same shape.
        weight: shape (C,), 1 unless given.
        eps: as in that call.

    Returns:
        Gradients of shapes (N, C, ...), (C,) and (C,); dtype of ``gradient``.

    Raises:
        TypeError: not tensors, or an unsupported dtype.
        ValueError: shapes that do not fit.

    Source:
        Ioffe and Szegedy 2015, section 3.

    Example:
        >>> import torch
        >>> inputs, gradient = torch.tensor([[1.0], [2.0], [6.0]]), torch.tensor([[1.0], [0.0], [0.0]])
        >>> batch_norm_gradient(gradient, inputs)[0].sum().abs() < 1e-6  # all pushed alike changes nothing
        tensor(True)
    """
    check_inputs("inputs", inputs)
    axes = [axis for axis in range(inputs.ndim) if axis != 1]
    return _gradient(gradient, inputs, weight, axes, eps)


@without_autocast
def group_norm_gradient(
    gradient: Tensor, inputs: Tensor, num_groups: int, weight: Tensor | None = None, *, eps: float = 1e-5
) -> tuple[Tensor, Tensor, Tensor]:
    """Return the loss's gradients with respect to inputs, weight and bias of ``group_norm``.

    The same formula as in ``batch_norm_gradient``, with means over a group of one sample.

    Args:
        gradient: the loss's gradient with respect to the result, shape (N, C, ...).
        inputs: of that call, same shape.
        num_groups: as in that call.
        weight: shape (C,), 1 unless given.
        eps: as in that call.

    Returns:
        Gradients of shapes (N, C, ...), (C,) and (C,); dtype of ``gradient``.

    Raises:
        TypeError: not tensors, an unsupported dtype, or a number of groups that is not an integer.
        ValueError: shapes that do not fit, or groups that do not divide the channels.

    Source:
        Wu and He 2018.

    Example:
        >>> import torch
        >>> group_norm_gradient(torch.ones(1, 2, 3), torch.arange(6.0).view(1, 2, 3), 1)[2]
        tensor([3., 3.])
    """
    check_inputs("inputs", inputs)
    return _gradient(gradient, inputs, weight, [2], eps, num_groups)


def _gradient(
    gradient: Tensor,
    inputs: Tensor,
    weight: Tensor | None,
    axes: Sequence[int],
    eps: float,
    num_groups: int | None = None,
) -> tuple[Tensor, Tensor, Tensor]:
    check_inputs("gradient", gradient)
    if gradient.shape != inputs.shape:
        shapes = f"{tuple(gradient.shape)} and {tuple(inputs.shape)}"
        raise ValueError(f"gradient must have the shape of inputs, got {shapes}")
    check_per_channel(inputs, inputs.shape[1:2], weight=weight)
    eps, shape = check_eps(eps), channel_shape(inputs)
    exact = gradient.to(computing_dtype(gradient.dtype))
    scaled = exact if weight is None else exact * weight.view(shape)
    if num_groups is None:
        normal, _, variance = standardized(inputs, axes, eps)
    else:
        normal, _, variance = standardized(groups_of(inputs, num_groups), axes, eps)
        scaled = groups_of(scaled, num_groups)
    along = normal * (scaled * normal).mean(tuple(axes), keepdim=True)
    left = scaled - scaled.mean(tuple(axes), keepdim=True) - along
    arrives = (left * (variance + eps).rsqrt()).view(inputs.shape)
    channels = [axis for axis in range(inputs.ndim) if axis != 1]
    slope, shift = (exact * normal.view(inputs.shape)).sum(channels), exact.sum(channels)
    return arrives.to(gradient.dtype), slope.to(gradient.dtype), shift.to(gradient.dtype)
