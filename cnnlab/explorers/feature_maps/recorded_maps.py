"""Feature maps recorded while a network runs, and rounded to bytes."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from cnnlab.inspection.copies import evaluating_copy

# They hand on what they are given, once the network is trained, or string it out.
SILENT = (nn.Identity, nn.Dropout, nn.Dropout1d, nn.Dropout2d, nn.AlphaDropout, nn.Flatten)


class Recording(NamedTuple):
    """What one module returned.

    Attributes:
        name: its place among all, its kind, and its name in the network where that is not a number, such as
            "2 ReLU" or "1 Conv2d (c1)".
        maps: shape (N, C, H, W), float32.
    """

    name: str
    maps: np.ndarray


def record(model: Any, images: Tensor) -> list[Recording]:
    """Return the feature maps of each module of a network that has no parts of its own, in order of use.

    Modules that return features instead of maps are left out, and so are dropout and flattening. An operation
    that is a function, not a module, is not seen.

    Args:
        model: the network; it is copied, and left as it is.
        images: shape (N, C, H, W), as the network takes them.

    Raises:
        TypeError: ``model`` is not a torch module.
        ValueError: no module returns maps, or a value is not finite.

    Example:
        >>> network = nn.Sequential(nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2))
        >>> [(name, maps.shape) for name, maps in record(network, torch.zeros(1, 1, 12, 12))][1:]
        [('2 ReLU', (1, 6, 8, 8)), ('3 MaxPool2d', (1, 6, 4, 4))]
    """
    model = evaluating_copy(model)
    found: list[Recording] = []

    def keep(path: str, module: nn.Module, inputs: Any, output: Any) -> None:
        if isinstance(output, Tensor) and output.ndim == 4:
            name = f"{len(found) + 1} {type(module).__name__}" + ("" if path.isdigit() else f" ({path})")
            # A copy, for the next module may work in place.
            found.append(Recording(name, output.detach().float().cpu().numpy().copy()))

    for path, part in model.named_modules():
        if not isinstance(part, SILENT) and next(part.children(), None) is None:
            part.register_forward_hook(partial(keep, path))
    like = next(model.parameters(), images)
    with torch.no_grad():
        model(images.to(like.device, like.dtype))
    if not found:
        raise ValueError("model must have a module that returns maps, got none")
    for name, maps in found:
        if not np.isfinite(maps).all():
            raise ValueError(f"model must give finite maps, got others at {name!r}")
    return found


class Rounded(NamedTuple):
    """Values as bytes, 0 for the least and 255 for the largest; zero always lies between them.

    Attributes:
        levels: dtype uint8.
        low: the value of level 0, at most 0.
        high: the value of level 255, at least 0.
    """

    levels: np.ndarray
    low: float
    high: float


def rounded(values: np.ndarray) -> Rounded:
    """Return values rounded to 256 levels that are equally far apart.

    Args:
        values: any shape, finite.

    Example:
        >>> rounded(np.array([-1.0, 0.0, 4.0])).levels.tolist()
        [0, 51, 255]
    """
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    levels = np.round(255 * (values.astype(np.float64) - low) / ((high - low) or 1.0))
    return Rounded(levels.astype(np.uint8), low, high)


def maps_within(shapes: list[tuple[int, ...]], room: int) -> int:
    """Return how many maps a layer may show at most, so that all of them fit into ``room`` bytes.

    Args:
        shapes: (N, C, H, W) of each layer.
        room: bytes there are for the maps of all layers.

    Returns:
        The number, 0 where not even one map of every layer fits; the most channels where all fit.

    Example:
        >>> maps_within([(1, 6, 10, 10), (1, 16, 5, 5)], 800), maps_within([(1, 6, 10, 10)], 50)
        (8, 0)
    """
    for most in range(max(shape[1] for shape in shapes), 0, -1):
        if sum(n * min(c, most) * h * w for n, c, h, w in shapes) <= room:
            return most
    return 0
