"""A model's weights and buffers, each once, however many names share it."""

from __future__ import annotations

import torch
from torch import Tensor, nn


def distinct(model: nn.Module) -> dict[str, Tensor]:
    """Return weights and buffers by their first names; what shares its memory with one before is left out.

    Example:
        >>> first, second = nn.Linear(2, 2), nn.Linear(2, 2)
        >>> second.weight = first.weight
        >>> list(distinct(nn.Sequential(first, second)))
        ['0.weight', '0.bias', '1.bias']
    """
    found: dict[tuple, tuple[str, Tensor]] = {}
    for name, value in model.state_dict().items():
        place = (value.device, value.data_ptr(), value.shape, value.stride())
        found.setdefault(place if value.numel() else (name,), (name, value))
    return dict(found.values())


def dtype_of(model: nn.Module) -> torch.dtype:
    """Return the dtype of the model's first floating weight, or PyTorch's default where there is none."""
    floating = (weight.dtype for weight in model.parameters() if weight.dtype.is_floating_point)
    return next(floating, torch.get_default_dtype())


def keep_modes(model: nn.Module) -> dict[nn.Module, bool]:
    """Return the mode of each part while training: its own, or where all are in eval mode training mode."""
    modes = {part: part.training for part in model.modules()}
    return modes if any(modes.values()) else dict.fromkeys(modes, True)


def set_modes(modes: dict[nn.Module, bool]) -> None:
    """Give each part its mode."""
    for part, mode in modes.items():
        part.training = mode
