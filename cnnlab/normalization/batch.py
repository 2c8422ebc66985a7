"""Batch normalization: means and variances of each channel over a batch, and running ones for later."""

from __future__ import annotations

import numbers
from typing import Any

import torch
from torch import Tensor, nn

from cnnlab._arguments import positive_int
from cnnlab.convolution.autocast import without_autocast
from cnnlab.normalization.standardized import (
    affine,
    channel_shape,
    check_eps,
    check_inputs,
    check_per_channel,
    standardized,
)


@without_autocast
def batch_norm(
    inputs: Tensor,
    running_mean: Tensor | None = None,
    running_var: Tensor | None = None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    *,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """Return each channel with mean 0 and variance 1, times its weight plus its bias.

    While training, mean and variance are those of the batch, and the running ones move towards them, in
    place: r becomes (1 - momentum) r + momentum times the batch's. The running variance takes the unbiased
    one, n / (n - 1) times what the batch is divided by. Otherwise the running ones are used. NaN or an
    infinity spoils its channel.

    Args:
        inputs: shape (N, C, ...), any floating dtype.
        running_mean: shape (C,), or None.
        running_var: shape (C,), or None.
        weight: shape (C,), 1 unless given.
        bias: shape (C,), 0 unless given.
        training: whether the batch's own statistics are used.
        momentum: weight of the batch in the running statistics, 0 to 1.
        eps: added to the variance under the root.

    Returns:
        Shape and dtype of ``inputs``.

    Raises:
        TypeError: not tensors, an unsupported dtype, or options that are not numbers.
        ValueError: shapes that do not fit; one value a channel while training; no running statistics
            otherwise.

    Source:
        Ioffe and Szegedy 2015, algorithms 1 and 2; ``torch.nn.functional.batch_norm``.

    Example:
        >>> batch_norm(torch.tensor([[1.0], [3.0]]), training=True).round(decimals=2)
        tensor([[-1.],
                [ 1.]])
    """
    check_inputs("inputs", inputs)
    running = {"running_mean": running_mean, "running_var": running_var}
    check_per_channel(inputs, inputs.shape[1:2], weight=weight, bias=bias, **running)
    eps, share, shape = check_eps(eps), _check_momentum(momentum), channel_shape(inputs)
    if not training:
        if running_mean is None or running_var is None:
            raise ValueError("running_mean and running_var must be given unless training is True, got None")
        exact = inputs.to(torch.promote_types(inputs.dtype, running_var.dtype))
        normal = (exact - running_mean.view(shape)) * (running_var.view(shape) + eps).rsqrt()
        return affine(normal, weight, bias, shape).to(inputs.dtype)
    count = inputs.numel() // inputs.shape[1]
    if count == 1:
        raise ValueError(f"training needs more than one value a channel, got inputs {tuple(inputs.shape)}")
    if count == 0:
        return affine(inputs, weight, bias, shape).to(inputs.dtype)
    axes = [axis for axis in range(inputs.ndim) if axis != 1]
    normal, mean, variance = standardized(inputs, axes, eps)
    with torch.no_grad():
        for old, new in ((running_mean, mean), (running_var, variance * (count / (count - 1)))):
            if old is not None:
                old.lerp_(new.flatten().to(old.dtype), share)
    return affine(normal, weight, bias, shape).to(inputs.dtype)


class BatchNorm(nn.Module):
    """Batch normalization as a layer, for inputs (N, C), (N, C, L) or (N, C, H, W).

    Its state has the names and shapes of ``torch.nn.BatchNorm2d``, and either takes the other's.

    Args:
        num_features: channels C.
        eps: added to the variance under the root.
        momentum: weight of a batch in the running statistics; None for the plain mean over all batches.
        affine: whether there is a weight and a bias to be trained.

    Raises:
        TypeError: an argument is not a number.
        ValueError: an argument is out of range.

    Example:
        >>> layer = BatchNorm(2)
        >>> layer(torch.tensor([[0.0, 1.0], [4.0, 1.0]])).round(decimals=2).tolist()
        [[-1.0, 0.0], [1.0, 0.0]]
        >>> layer.running_mean.tolist()
        [0.20000000298023224, 0.10000000149011612]
    """

    running_mean: Tensor
    running_var: Tensor
    num_batches_tracked: Tensor

    def __init__(
        self, num_features: int, *, eps: float = 1e-5, momentum: float | None = 0.1, affine: bool = True
    ) -> None:
        super().__init__()
        channels = positive_int("num_features", num_features)
        self.eps, self.momentum = check_eps(eps), None if momentum is None else _check_momentum(momentum)
        self.weight = nn.Parameter(torch.ones(channels)) if affine else None
        self.bias = nn.Parameter(torch.zeros(channels)) if affine else None
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_var", torch.ones(channels))
        self.register_buffer("num_batches_tracked", torch.tensor(0))

    def forward(self, inputs: Tensor) -> Tensor:
        """Return the inputs normalized: by their own statistics in train mode, else by the running ones."""
        share = 0.0 if self.momentum is None else self.momentum
        if self.training:
            self.num_batches_tracked += 1
            share = share if self.momentum is not None else 1 / float(self.num_batches_tracked)
        return batch_norm(
            inputs, self.running_mean, self.running_var, self.weight, self.bias,
            training=self.training, momentum=share, eps=self.eps,
        )  # fmt: skip


def _check_momentum(momentum: Any) -> float:
    if isinstance(momentum, bool) or not isinstance(momentum, numbers.Real):
        raise TypeError(f"momentum must be a number, got {momentum!r}")
    if not 0 <= float(momentum) <= 1:
        raise ValueError(f"momentum must be from 0 to 1, got {momentum!r}")
    return float(momentum)
