"""Normalizations that look at one sample alone, and so do the same in training and afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

from cnnlab._arguments import positive_int
from cnnlab.convolution.autocast import without_autocast
from cnnlab.convolution.operands import check_tensor
from cnnlab.normalization.standardized import (
    affine,
    channel_shape,
    check_eps,
    check_inputs,
    check_per_channel,
    groups_of,
    standardized,
)


@without_autocast
def layer_norm(
    inputs: Tensor,
    normalized_shape: int | Sequence[int],
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    *,
    eps: float = 1e-5,
) -> Tensor:
    """Return inputs with mean 0 and variance 1 over their last axes, times a weight plus a bias.

    NaN or an infinity spoils what it shares a mean with.

    Args:
        inputs: shape (..., *normalized_shape), any floating dtype.
        normalized_shape: sizes of the last axes, over which a mean is taken.
        weight: shape ``normalized_shape``, 1 unless given.
        bias: shape ``normalized_shape``, 0 unless given.
        eps: added to the variance under the root.

    Returns:
        Shape and dtype of ``inputs``.

    Raises:
        TypeError: not tensors, an unsupported dtype, or sizes that are not integers.
        ValueError: shapes that do not fit.

    Source:
        Ba, Kiros and Hinton 2016; ``torch.nn.functional.layer_norm``.

    Example:
        >>> import torch
        >>> layer_norm(torch.tensor([[1.0, 3.0], [5.0, 5.0]]), 2).round(decimals=2)
        tensor([[-1.,  1.],
                [ 0.,  0.]])
    """
    check_tensor("inputs", inputs)
    given = normalized_shape if isinstance(normalized_shape, Sequence) else [normalized_shape]
    sizes = tuple(positive_int("normalized_shape", size) for size in given)
    if not sizes or tuple(inputs.shape[-len(sizes) :]) != sizes:
        raise ValueError(
            f"inputs must have shape (..., {', '.join(map(str, sizes))}), got {tuple(inputs.shape)}"
        )
    check_per_channel(inputs, sizes, weight=weight, bias=bias)
    normal, _, _ = standardized(inputs, range(-len(sizes), 0), check_eps(eps))
    return affine(normal, weight, bias, sizes).to(inputs.dtype)


@without_autocast
def group_norm(
    inputs: Tensor,
    num_groups: int,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    *,
    eps: float = 1e-5,
) -> Tensor:
    """Return each group of channels of each sample with mean 0 and variance 1, times a weight plus a bias.

    One group is layer normalization over all axes but the batch; as many groups as channels is instance
    normalization. NaN or an infinity spoils its group.

    Args:
        inputs: shape (N, C, ...), any floating dtype.
        num_groups: groups, a divisor of C.
        weight: shape (C,), 1 unless given.
        bias: shape (C,), 0 unless given.
        eps: added to the variance under the root.

    Returns:
        Shape and dtype of ``inputs``.

    Raises:
        TypeError: not tensors, an unsupported dtype, or a number of groups that is not an integer.
        ValueError: shapes that do not fit, or groups that do not divide the channels.

    Source:
        Wu and He 2018; ``torch.nn.functional.group_norm``.

    Example:
        >>> import torch
        >>> group_norm(torch.tensor([[1.0, 3.0, 10.0, 10.0]]), 2).round(decimals=2)
        tensor([[-1.,  1.,  0.,  0.]])
    """
    check_inputs("inputs", inputs)
    check_per_channel(inputs, inputs.shape[1:2], weight=weight, bias=bias)
    normal, _, _ = standardized(groups_of(inputs, num_groups), [2], check_eps(eps))
    return affine(normal.view(inputs.shape), weight, bias, channel_shape(inputs)).to(inputs.dtype)


def instance_norm(
    inputs: Tensor, weight: Tensor | None = None, bias: Tensor | None = None, *, eps: float = 1e-5
) -> Tensor:
    """Return each channel of each sample with mean 0 and variance 1, times a weight plus a bias.

    NaN or an infinity spoils its channel.

    Args:
        inputs: shape (N, C, L), (N, C, H, W) and so on, any floating dtype.
        weight: shape (C,), 1 unless given.
        bias: shape (C,), 0 unless given.
        eps: added to the variance under the root.

    Returns:
        Shape and dtype of ``inputs``.

    Raises:
        TypeError: not tensors, or an unsupported dtype.
        ValueError: shapes that do not fit, or one value a channel.

    Source:
        Ulyanov, Vedaldi and Lempitsky 2016; ``torch.nn.functional.instance_norm``.

    Example:
        >>> import torch
        >>> instance_norm(torch.tensor([[[1.0, 3.0], [10.0, 20.0]]])).round(decimals=2)
        tensor([[[-1.,  1.],
                 [-1.,  1.]]])
    """
    check_inputs("inputs", inputs, least=3)
    if inputs.shape[2:].numel() == 1:
        raise ValueError(f"inputs must have more than one value a channel, got shape {tuple(inputs.shape)}")
    return group_norm(inputs, inputs.shape[1], weight, bias, eps=eps)
