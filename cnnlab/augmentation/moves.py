"""Moves by whole pixels: shift, crop and flip copy pixels and never mix them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from cnnlab._arguments import non_negative_int, one_of
from cnnlab.augmentation.base import Augmentation
from cnnlab.augmentation.checks import Size, check_fill, check_number, check_size
from cnnlab.augmentation.draws import happens, whole
from cnnlab.geometry.pairs import pair

AXES = {"horizontal": 3, "vertical": 2}


@dataclass(frozen=True)
class RandomShift(Augmentation):
    """Shift each picture by whole pixels, drawn evenly from ``-pixels`` to ``pixels`` on either axis.

    Parameters are int64: ``down`` and ``right``, in pixels.

    Attributes:
        pixels: farthest shift, a number for both axes or one for rows and one for columns.
        fill: value where nothing is left, in the unit of the pictures, or "reflect": the picture goes on
            beyond its outermost pixels as it would in a mirror.

    Raises:
        TypeError: not integers, or ``fill`` neither a number nor this word.
        ValueError: ``pixels`` is negative, or ``fill`` is not finite.

    Example:
        >>> images = torch.tensor([[[[1.0, 2.0, 3.0]]]])
        >>> RandomShift(1).apply(images, torch.tensor([[0, 1]]))
        tensor([[[[0., 1., 2.]]]])
    """

    columns: ClassVar[tuple[str, ...]] = ("down", "right")
    pixels: int | tuple[int, int] = 4
    fill: float | str = 0.0

    def __post_init__(self) -> None:
        for pixels in pair("pixels", self.pixels):
            non_negative_int("pixels", pixels)
        if not (isinstance(self.fill, str) and self.fill == "reflect"):
            check_number("fill", self.fill)

    def _draw(self, count: int, size: Size, generator: torch.Generator | None) -> Tensor:
        reach = pair("pixels", self.pixels)
        return torch.stack([whole(-pixels, pixels, count, generator) for pixels in reach], 1)

    def _apply(self, images: Tensor, parameters: Tensor) -> Tensor:
        height, width = images.shape[2:]
        return windows(images, -parameters, (height, width), self.fill)


@dataclass(frozen=True)
class RandomCrop(Augmentation):
    """Cut a window out of each picture after padding it; every place is equally likely.

    Parameters are int64: ``top`` and ``left``, the window's upper left pixel, counted from the upper left
    pixel of the picture before padding, so ``-padding`` is the least.

    Attributes:
        size: of the window, a number for a square or height and width.
        padding: pixels added on each side, a number or one for rows and one for columns.
        fill: their value, in the unit of the pictures.

    Raises:
        TypeError: not integers, or ``fill`` not a number.
        ValueError: ``size`` is not positive, ``padding`` negative, ``fill`` not finite; when called, a
            window larger than the padded pictures.

    Example:
        >>> images = torch.arange(16).view(1, 1, 4, 4).float()
        >>> RandomCrop(2, padding=1).apply(images, torch.tensor([[-1, 2]]))
        tensor([[[[0., 0.],
                  [2., 3.]]]])
    """

    columns: ClassVar[tuple[str, ...]] = ("top", "left")
    size: int | tuple[int, int]
    padding: int | tuple[int, int] = 0
    fill: float = 0.0

    def __post_init__(self) -> None:
        self._window()
        for padding in pair("padding", self.padding):
            non_negative_int("padding", padding)
        check_number("fill", self.fill)

    def output_size(self, size: Size) -> Size:
        """Return height and width of the window; ``ValueError`` where it does not fit."""
        height, width = check_size("size", size)
        rows, columns = pair("padding", self.padding)
        padded, window = (height + 2 * rows, width + 2 * columns), self._window()
        if window[0] > padded[0] or window[1] > padded[1]:
            raise ValueError(f"size must fit into the padded pictures, {padded}, got {window}")
        return window

    def _draw(self, count: int, size: Size, generator: torch.Generator | None) -> Tensor:
        ends = zip(size, self.output_size(size), pair("padding", self.padding), strict=True)
        corners = [
            whole(-padding, side + padding - window, count, generator) for side, window, padding in ends
        ]
        return torch.stack(corners, 1)

    def _apply(self, images: Tensor, parameters: Tensor) -> Tensor:
        return windows(images, parameters, self._window(), self.fill)

    def _window(self) -> Size:
        return check_size("size", pair("size", self.size))


@dataclass(frozen=True)
class RandomFlip(Augmentation):
    """Mirror each picture with chance ``p``.

    Parameters are bool: ``flip``.

    Attributes:
        p: chance, in [0, 1].
        axis: "horizontal" exchanges left and right, "vertical" top and bottom.

    Raises:
        TypeError: ``p`` is not a number.
        ValueError: ``p`` lies outside [0, 1], or another word.

    Example:
        >>> RandomFlip(p=1)(torch.tensor([[[[1.0, 2.0, 3.0]]]]))
        tensor([[[[3., 2., 1.]]]])
    """

    columns: ClassVar[tuple[str, ...]] = ("flip",)
    p: float = 0.5
    axis: str = "horizontal"

    def __post_init__(self) -> None:
        check_number("p", self.p, 0, 1)
        one_of("axis", self.axis, AXES)

    def _draw(self, count: int, size: Size, generator: torch.Generator | None) -> Tensor:
        return happens(self.p, count, generator).unsqueeze(1)

    def _apply(self, images: Tensor, parameters: Tensor) -> Tensor:
        flip = parameters.to(images.device, torch.bool)[:, :, None, None]
        return torch.where(flip, images.flip(AXES[self.axis]), images)


def windows(images: Tensor, corners: Tensor, size: Size, fill: float | str) -> Tensor:
    """Return from each picture the window of ``size`` at its row of ``corners``, ``fill`` beside the picture.

    Args:
        images: shape (N, C, H, W).
        corners: row and column of the window's upper left pixel, (N, 2), which may lie outside.
        size: height and width of the windows.
        fill: value of pixels outside, or "reflect" for the picture's mirror image there.
    """
    corners = corners.to(images.device, torch.int64)
    if isinstance(fill, str):
        rows = _mirrored_places(corners[:, 0], size[0], images.shape[2])
        columns = _mirrored_places(corners[:, 1], size[1], images.shape[3])
        return _read(images, rows, columns, size)
    check_fill(fill, images.dtype)
    # Everything outside reads the border of one pixel: no mask, and corners may lie as far out as they like.
    framed = torch.nn.functional.pad(images, (1, 1, 1, 1), value=fill)
    rows = _framed_places(corners[:, 0], size[0], images.shape[2])
    columns = _framed_places(corners[:, 1], size[1], images.shape[3])
    return _read(framed, rows, columns, size)


def _read(images: Tensor, rows: Tensor, columns: Tensor, size: Size) -> Tensor:
    places = (rows * images.shape[3]).unsqueeze(2) + columns.unsqueeze(1)
    places = places.flatten(1).unsqueeze(1).expand(-1, images.shape[1], -1)
    return images.flatten(2).gather(2, places).unflatten(2, size)


def _framed_places(starts: Tensor, count: int, length: int) -> Tensor:
    """Return ``count`` positions from each start on, (N, count), where 0 and ``length + 1`` are the frame."""
    return (starts.unsqueeze(1) + torch.arange(1, count + 1, device=starts.device)).clamp(0, length + 1)


def _mirrored_places(starts: Tensor, count: int, length: int) -> Tensor:
    """Return ``count`` positions from each start on, (N, count), there and back again beyond the ends."""
    places = starts.unsqueeze(1) + torch.arange(count, device=starts.device)
    last = length - 1
    return last - (last - places % max(2 * last, 1)).abs()
