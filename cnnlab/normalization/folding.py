"""Batch normalization folded into the layer before it: afterwards it costs nothing."""

from __future__ import annotations

import copy
from typing import TypeVar

import torch
from torch import nn

from cnnlab.normalization.batch import BatchNorm

Layer = TypeVar("Layer", nn.Conv1d, nn.Conv2d, nn.Linear)
NORMS = (BatchNorm, nn.BatchNorm1d, nn.BatchNorm2d)


def fold_batch_norm(layer: Layer, norm: BatchNorm | nn.BatchNorm1d | nn.BatchNorm2d) -> Layer:
    """Return a layer that does what ``layer`` and ``norm`` do one after the other in eval mode.

    Each output channel's kernel is multiplied by weight / sqrt(running variance + eps); its bias moves by
    the running mean, is multiplied by the same, and gets the norm's bias.

    Args:
        layer: a convolution or a linear layer, with or without bias; it stays as it is.
        norm: the batch normalization behind it, which stays as it is.

    Returns:
        A new layer of the same kind, with a bias, whose parameters depend on neither of the two.

    Raises:
        TypeError: not a convolution or linear layer, or not a batch normalization.
        ValueError: different numbers of channels, or no running statistics.

    Source:
        ``torch.nn.utils.fusion.fuse_conv_bn_eval``.

    Example:
        >>> norm = BatchNorm(1)
        >>> _ = norm(torch.tensor([[0.0], [4.0]]))
        >>> folded = fold_batch_norm(nn.Linear(1, 1), norm.eval())
        >>> folded.bias is not None
        True
    """
    if not isinstance(layer, (nn.Conv1d, nn.Conv2d, nn.Linear)):
        raise TypeError(f"layer must be a Conv1d, Conv2d or Linear, got {type(layer).__name__}")
    if not isinstance(norm, NORMS):
        raise TypeError(f"norm must be a batch normalization, got {type(norm).__name__}")
    mean, variance = norm.running_mean, norm.running_var
    if mean is None or variance is None:
        raise ValueError("norm must have running statistics, got track_running_stats=False")
    if len(mean) != len(layer.weight):
        raise ValueError(f"norm must have the layer's {len(layer.weight)} channels, got {len(mean)}")
    with torch.no_grad():
        factor = (variance + norm.eps).rsqrt()
        factor = factor if norm.weight is None else factor * norm.weight
        bias = -mean if layer.bias is None else layer.bias - mean
        folded = copy.deepcopy(layer)
        folded.weight = nn.Parameter(layer.weight * factor.view(-1, *[1] * (layer.weight.ndim - 1)))
        folded.bias = nn.Parameter(bias * factor if norm.bias is None else bias * factor + norm.bias)
    return folded
