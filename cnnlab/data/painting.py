"""Painting: from where shapes lie and how they look to masks and pictures, many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import TypeVar

import torch
from torch import Tensor

from cnnlab.data.cues import NONE
from cnnlab.data.frames import Frame
from cnnlab.data.outlines import OUTLINES
from cnnlab.data.placement import Placement
from cnnlab.data.surfaces import Surface
from cnnlab.data.textures import brightness

# Pixels painted at a time: on the CPU, so few that the planes of one step stay in its cache.
STEP = {"cpu": 2**20}
LARGE_STEP = 2**23
Rows = TypeVar("Rows", Placement, Surface)


@dataclass(frozen=True)
class Scene:
    """What is drawn for N pictures before any is painted, on the CPU.

    Labels are ``NONE`` where there is nothing.
    """

    shape: Tensor
    texture: Tensor
    background: Tensor
    placement: Placement
    surface: Surface
    backdrop: Surface

    def piece(self, part: slice) -> Scene:
        """Return some of the pictures."""
        tables = rows(self.surface, part), rows(self.backdrop, part)
        labels = self.shape[part], self.texture[part], self.background[part]
        return Scene(*labels, rows(self.placement, part), *tables)


@dataclass(frozen=True)
class Canvas:
    """What all pictures of a call share.

    Attributes:
        size: height and width in pixels.
        device: where they are painted.
        period: middle of the range of periods, in pixels.
        shapes: names behind the shape labels.
        textures: names behind the texture labels.
    """

    size: int
    device: torch.device
    period: float
    shapes: tuple[str, ...]
    textures: tuple[str, ...]

    def outside(self, labels: Tensor, placement: Placement, out: Tensor) -> Tensor:
        """Write how far every pixel lies outside its picture's shape, in pixels, (N, H, W)."""
        frame = Frame.turned(self.size, placement.centre, placement.rotation, placement.radius, self.device)

        def distance(label: int, members: Tensor) -> Tensor:
            return OUTLINES[self.shapes[label]](*frame.points(members)).mul_(frame.unit[members])

        # Where there is no shape, the texture covers everything.
        return self._fill(labels, distance, out.fill_(-1))

    def pattern(self, labels: Tensor, surface: Surface, out: Tensor) -> Tensor:
        """Write the brightness of every picture's texture, (N, H, W); one half where it has none."""
        frame = Frame.turned(self.size, surface.origin, surface.orientation, surface.period, self.device)

        def bright(label: int, members: Tensor) -> Tensor:
            s, t = frame.points(members)
            return brightness(self.textures[label], s, t, pixels=frame.unit[members], period=self.period)

        return self._fill(labels, bright, out.fill_(0.5))

    def backdrop(self, labels: Tensor, surface: Surface, out: Tensor) -> Tensor:
        """Return the backgrounds, (N, 3, H, W), or (N, 3, 1, 1) where all are plain; ``out`` is (N, H, W)."""
        light, dark = self.colour(surface.light), self.colour(surface.dark)
        if bool((labels == NONE).all()):
            return dark
        return dark + self.pattern(labels, surface, out).unsqueeze(1) * (light - dark)

    def colour(self, values: Tensor) -> Tensor:
        """Return a colour for each picture as (N, 3, 1, 1), float32 on the canvas's device."""
        return values[:, :, None, None].float().to(self.device)

    def _fill(self, labels: Tensor, plane: Callable[[int, Tensor], Tensor], out: Tensor) -> Tensor:
        """Write ``plane(label, members)`` for the pictures of each label."""
        for label, members in groups(labels):
            members = members.to(self.device)
            out[members] = plane(label, members)
        return out


def paint(scene: Scene, canvas: Canvas) -> tuple[Tensor, Tensor]:
    """Return pictures (N, 3, size, size), float32, and masks (N, size, size)."""
    count, size = len(scene.shape), canvas.size
    images = torch.empty(count, 3, size, size, device=canvas.device)
    masks = torch.empty(count, size, size, dtype=torch.bool, device=canvas.device)
    step = min(count, max(1, STEP.get(canvas.device.type, LARGE_STEP) // size**2))
    # Used again in every step: fresh memory would cost as much time as painting.
    planes = torch.empty(2, step, size, size, device=canvas.device)
    for start in range(0, count, step or 1):
        part = slice(start, start + step)
        _paint_piece(scene.piece(part), canvas, planes[:, : count - start], images[part], masks[part])
    return images, masks


def _paint_piece(scene: Scene, canvas: Canvas, planes: Tensor, images: Tensor, masks: Tensor) -> None:
    """Write pictures and masks; a pixel on the outline shows the shape in the share that lies inside."""
    outside = canvas.outside(scene.shape, scene.placement, planes[0])
    torch.le(outside, 0, out=masks)
    masks &= (scene.shape != NONE).to(canvas.device)[:, None, None]
    share = outside.add_(0.5).clamp_(0, 1).unsqueeze(1)
    torch.mul(canvas.backdrop(scene.background, scene.backdrop, planes[1]), share, out=images)
    covered = share.neg_().add_(1)
    weight = canvas.pattern(scene.texture, scene.surface, planes[1]).unsqueeze(1).mul_(covered)
    light, dark = canvas.colour(scene.surface.light), canvas.colour(scene.surface.dark)
    images.addcmul_(covered, dark).addcmul_(weight, light - dark).clamp_(0, 1)


def rows(table: Rows, part: slice) -> Rows:
    """Return the same table with some of its rows.

    Example:
        >>> two = Placement(torch.zeros(2, 2), torch.tensor([1.0, 2.0]), torch.zeros(2))
        >>> rows(two, slice(1, 2)).radius
        tensor([2.])
    """
    return type(table)(**{field.name: getattr(table, field.name)[part] for field in fields(table)})


def groups(labels: Tensor) -> Iterator[tuple[int, Tensor]]:
    """Yield every label that is not ``NONE`` with the indices of its pictures.

    Example:
        >>> [(label, members.tolist()) for label, members in groups(torch.tensor([1, -1, 0, 1]))]
        [(0, [2]), (1, [0, 3])]
    """
    for label in labels.unique().tolist():
        if label != NONE:
            yield label, (labels == label).nonzero()[:, 0]
