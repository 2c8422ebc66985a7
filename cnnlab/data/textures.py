"""Textures: each gives a brightness in [0, 1] at a point of the surface, measured in periods of the pattern.

Edges are as wide as a pixel, so that no brightness jumps where a coordinate differs in its last digit.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import torch
from torch import Tensor
from torch.nn.functional import grid_sample, interpolate

from cnnlab.data.shipped import photograph

Pattern = Callable[[Tensor, Tensor], Tensor]


def _saw(x: Tensor) -> Tensor:
    """Distance to the middle of the period, 0 to 0.5."""
    return (x - x.floor()).sub_(0.5).abs_()


def _wave(x: Tensor) -> Tensor:
    """Two parabolas that follow a sine to 6 %: made of products, which every processor rounds alike."""
    middle = (x - x.floor()).sub_(0.5)
    return middle * (1 - 2 * middle.abs()).mul_(8)


def _either(a: Tensor, b: Tensor) -> Tensor:
    """Positive where exactly one of two fields is."""
    return torch.maximum(torch.minimum(a, -b), torch.minimum(-a, b))


def _stripes(s: Tensor, t: Tensor) -> Tensor:
    return _saw(s).sub_(0.25)


def _checks(s: Tensor, t: Tensor) -> Tensor:
    return _either(_saw(s * 0.6).sub_(0.25), _saw(t * 0.6).sub_(0.25)).mul_(1 / 0.6)


def _dots(s: Tensor, t: Tensor) -> Tensor:
    across, down = _saw(s), _saw(t)
    return (across * across).add_(down * down).sqrt_().neg_().add_(0.36)


def _grid(s: Tensor, t: Tensor) -> Tensor:
    return torch.maximum(_saw(s), _saw(t)).sub_(0.36)


def _waves(s: Tensor, t: Tensor) -> Tensor:
    return _saw(_wave(t * 0.45).mul_(0.42).add_(s)).sub_(0.25)


def _weave(s: Tensor, t: Tensor) -> Tensor:
    # Square cells, every other one turned by a quarter: two bars in each, dark at the cell's border.
    s, t = s * 0.5, t * 0.5
    turned = (s.floor() + t.floor()).remainder_(2) > 0
    across, along = torch.where(turned, s, t), torch.where(turned, t, s)
    return torch.minimum(0.32 - _saw(across * 2), 0.84 - 2 * _saw(along))


def _triangles(s: Tensor, t: Tensor) -> Tensor:
    s, t = s * 0.45, t * 0.45
    # A quarter of a period brings the three families of lines to meet in points.
    first, second = _saw(s + 0.25).sub_(0.25), _saw(s * 0.5 + t * 0.8660254).sub_(0.25)
    third = _saw(s * 0.5 - t * 0.8660254).sub_(0.25)
    return _either(_either(first, second), third).mul_(1 / 0.45)


PATTERNS: dict[str, Pattern] = {
    "stripes": _stripes,
    "checks": _checks,
    "dots": _dots,
    "grid": _grid,
    "waves": _waves,
    "weave": _weave,
    "triangles": _triangles,
}
# Periods on a side of each tile; photographs show surfaces on which so many bricks, tufts or stones fit.
TILES = {"noise": 28, "blobs": 28, "brick": 14, "grass": 22, "gravel": 22}
# Grains on a side of the made ones: blobs are coarse noise, with its contrast raised.
GRAINS = {"noise": 128, "blobs": 48}
STEEPNESS = {"noise": 0.35, "blobs": 1.5}
TEXTURES = (*PATTERNS, *TILES)


def brightness(name: str, s: Tensor, t: Tensor, *, pixels: Tensor, period: float) -> Tensor:
    """Return a texture's brightness.

    Args:
        name: one of ``TEXTURES``.
        s: first coordinate of every pixel, in periods, shape (N, H, W), float32.
        t: second coordinate, likewise.
        pixels: pixels in a period, shape (N, 1, 1), float32.
        period: the same on the average: noise and photographs are reduced to it before they are sampled.

    Returns:
        The brightness, shape (N, H, W), float32 in [0, 1].

    Example:
        >>> s = torch.tensor([[[0.0, 0.5]]])
        >>> brightness("stripes", s, s, pixels=torch.full((1, 1, 1), 8.0), period=8.0)
        tensor([[[1., 0.]]])
    """
    if name in PATTERNS:
        return PATTERNS[name](s, t).mul_(pixels).add_(0.5).clamp_(0, 1)
    # A tile is continued by its mirror images, which leaves no seam.
    points = torch.stack([s, t], dim=-1).mul_(2 / TILES[name])
    side = min(512, max(8, round(TILES[name] * period)))
    tiles = tile(name, side).to(s.device).expand(len(s), 1, side, side)
    return grid_sample(tiles, points, padding_mode="reflection", align_corners=True).squeeze(1)


@cache
def tile(name: str, side: int) -> Tensor:
    """Return a square of texture.

    Args:
        name: one of ``TILES``.
        side: height and width in pixels.

    Returns:
        The brightness, shape (side, side), float32 in [0, 1], its mean near 0.5. It is shared: leave it
        unchanged.

    Example:
        >>> tile("brick", 64).shape
        torch.Size([64, 64])
    """
    whole = _noise(name) if name in GRAINS else photograph(name).unsqueeze(0)
    small = interpolate(whole, (side, side), mode="bilinear", antialias=True, align_corners=False)[0, 0]
    spread = (small - small.mean()) / small.std(correction=0).clamp_min(1e-6)
    return (0.5 + spread * STEEPNESS.get(name, 0.25)).clamp_(0, 1)


def _noise(name: str) -> Tensor:
    generator = torch.Generator().manual_seed(0)
    grains = torch.rand(1, 1, GRAINS[name], GRAINS[name], generator=generator, dtype=torch.float64).float()
    return interpolate(grains, (512, 512), mode="bicubic", align_corners=False)
