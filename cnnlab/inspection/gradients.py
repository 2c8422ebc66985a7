"""The gradient of one output of a network with respect to the picture."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from cnnlab._arguments import non_negative_int, positive_int
from cnnlab.geometry.pairs import Pair, int_pair

_SIGNAL_LAYERS = (nn.Conv1d, nn.ConvTranspose1d, nn.MaxPool1d, nn.AvgPool1d)
_CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.ConvTranspose1d, nn.ConvTranspose2d)


def picture_shape(model: nn.Module, input_size: int | Pair, in_channels: int | None) -> tuple[int, ...]:
    """Return the shape of one picture for ``model``: (1, C, H, W), or (1, C, L) if it works on signals.

    Args:
        model: the network.
        input_size: (H, W); (1, L) for signals.
        in_channels: C; by default that of the model's first convolution, or 1 if it has none.

    Raises:
        ValueError: a size is not positive, or signals of more than one row are asked for.
    """
    height, width = int_pair("input_size", input_size, positive_int)
    if in_channels is None:
        found = (part.in_channels for part in model.modules() if isinstance(part, _CONVOLUTIONS))
        in_channels = next(found, 1)
    channels = positive_int("in_channels", in_channels)
    if not any(isinstance(part, _SIGNAL_LAYERS) for part in model.modules()):
        return 1, channels, height, width
    if height != 1:
        raise ValueError(f"input_size must be (1, L) for a model of signals, got {(height, width)}")
    return 1, channels, width


def input_gradient(model: nn.Module, picture: Tensor, position: int | Pair | None) -> Tensor:
    """Return the gradient of one output, summed over its channels, with respect to ``picture``.

    Args:
        model: the network.
        picture: one picture or signal.
        position: (row, column) of the output, the central one if None; of features, all are summed.

    Returns:
        Shape (C, H, W), with H = 1 for signals.

    Raises:
        TypeError: the model does not return a tensor.
        ValueError: the output is neither maps nor features, or ``position`` lies outside it.
    """
    picture = picture.detach().requires_grad_()
    with torch.enable_grad(), torch.autocast(picture.device.type, enabled=False):
        output = model(picture.clone())  # a layer that works in place must not touch a leaf
        target = _at(output, position).sum()
        gradient = torch.zeros_like(picture)
        if target.requires_grad:
            (gradient,) = torch.autograd.grad(target, picture, allow_unused=True, materialize_grads=True)
    return gradient[0].unsqueeze(-2) if gradient.ndim == 3 else gradient[0]


def _at(output: Any, position: int | Pair | None) -> Tensor:
    if not isinstance(output, Tensor):
        raise TypeError(f"model must return a tensor, got {type(output).__name__}")
    if output.ndim not in (2, 3, 4):
        raise ValueError(f"model must return maps or features, got shape {tuple(output.shape)}")
    if output.ndim == 2:
        return output
    maps = output.unsqueeze(-2) if output.ndim == 3 else output
    height, width = maps.shape[-2:]
    if position is None:
        position = height // 2, width // 2
    row, column = int_pair("position", position, non_negative_int)
    if row >= height or column >= width:
        raise ValueError(f"position must lie within the output {(height, width)}, got {(row, column)}")
    return maps[..., row, column]
