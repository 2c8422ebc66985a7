"""The receptive field measured: where the gradient of an output is not zero."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from cnnlab.geometry.descriptions import ACTIVATION_CALLS
from cnnlab.geometry.pairs import Pair
from cnnlab.geometry.sizes import output_size
from cnnlab.inspection.copies import evaluating_copy
from cnnlab.inspection.gradients import input_gradient, picture_shape


@torch.inference_mode(mode=False)
def measured_receptive_field(
    model: nn.Module,
    input_size: int | Pair,
    position: int | Pair | None = None,
    *,
    in_channels: int | None = None,
) -> tuple[Pair, Pair] | None:
    """Return the first and last row and column of the pixels that influence one output, by its gradient.

    The gradient is that of a copy in evaluation mode in which layers cannot cancel each other: weights are
    positive and biases 0, activations return their input, and maximum pooling averages, because a maximum
    hands its gradient to one pixel only. The answer depends on the model's geometry alone, and
    ``geometry.receptive_field(..., input_size).field_at(position, inside=True)`` has to agree with it. What
    the model subtracts or divides by in its own ``forward`` stays as it is, and so do normalisations other
    than batch normalisation.

    Args:
        model: maps (1, in_channels, H, W) to (1, C, H', W') or (1, features); left as it is. One of signals
            takes (1, in_channels, L), and ``input_size`` is (1, L).
        input_size: (H, W) in pixels; an integer stands for both.
        position: (row, column) of the output; the central one by default. Of features, all are meant.
        in_channels: channels of the picture; by default those of the model's first convolution, or 1.

    Returns:
        ((top, bottom), (left, right)), both included; None if no pixel influences the output.

    Raises:
        TypeError: ``model`` is not a torch module or does not return a tensor.
        ValueError: a size is not positive, or ``position`` lies outside the output.

    Example:
        >>> model = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))
        >>> measured_receptive_field(model, 12, (3, 0))
        ((5, 8), (0, 2))
    """
    model = evaluating_copy(model).double()  # deep products of small numbers leave the range of float32
    _make_positive(model)
    shape = picture_shape(model, input_size, in_channels)
    device = next((weight.device for weight in model.parameters()), None)
    picture = torch.ones(shape, dtype=torch.float64, device=device)
    with _Transparent():
        gradient = input_gradient(model, picture, position)
    seen = (gradient != 0).any(dim=0)
    if not seen.any():
        return None
    return _ends(seen.any(dim=1)), _ends(seen.any(dim=0))


def _ends(seen: Tensor) -> Pair:
    places = seen.nonzero().flatten()
    return int(places[0]), int(places[-1])


@torch.no_grad()
def _make_positive(model: nn.Module) -> None:
    for name, weight in model.named_parameters():
        if name.endswith("bias"):
            weight.zero_()
        else:  # a kernel takes the mean, so that numbers neither grow nor vanish with depth
            weight.fill_(1 / max(1, weight[0].numel()) if weight.ndim > 1 else 1)
    for buffer in model.buffers():
        if buffer.is_floating_point():
            buffer.abs_()


class _Transparent(TorchFunctionMode):
    """While it holds, activations return their input and maximum pooling averages: modules and functions."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        name, options = getattr(func, "__name__", ""), dict(kwargs or {})
        if name in ACTIVATION_CALLS:
            return args[0] if args else options["input"]
        if name in ("max_pool1d", "max_pool2d"):
            return _mean_pool(*args, **options)
        if name in ("adaptive_max_pool1d", "adaptive_max_pool2d"):
            options.pop("return_indices", None)
            return getattr(nn.functional, name.replace("max", "avg"))(*args, **options)
        return func(*args, **options)


def _mean_pool(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Tensor:
    """The mean over the windows of maximum pooling, with its every option (PyTorch's has no dilation)."""
    maps = input if input.ndim == 4 else input.unsqueeze(-2)
    kernel, step = _row(input, kernel_size, 1), _row(input, stride or kernel_size, 1)
    edge, spread = _row(input, padding, 0), _row(input, dilation, 1)
    size = maps.shape[-2], maps.shape[-1]
    height, width = output_size(size, kernel, stride=step, padding=edge, dilation=spread, ceil_mode=ceil_mode)
    # Zeros beyond the far edges, for windows that ceil_mode lets hang over them.
    room = [0, kernel[1] * spread[1] + step[1], 0, kernel[0] * spread[0] + step[0]]
    planes = nn.functional.pad(maps.flatten(0, 1).unsqueeze(1), room)
    weight = planes.new_full((1, 1, *kernel), 1 / (kernel[0] * kernel[1]))
    mean = nn.functional.conv2d(planes, weight, stride=step, padding=edge, dilation=spread)
    mean = mean[..., :height, :width].unflatten(0, maps.shape[:2]).squeeze(2)
    return mean if input.ndim == 4 else mean.squeeze(-2)


def _row(input: Tensor, value: Any, row: int) -> Pair:
    """An option of pooling as a pair; signals are pictures of one row."""
    halves = tuple(value) if isinstance(value, (tuple, list)) else (value,) * (input.ndim - 2)
    return (row, *halves) if input.ndim == 3 else halves
