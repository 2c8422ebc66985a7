"""Rotation, shear, zoom and shift in one resampling, so that pictures are blurred once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor
from torch.nn.functional import grid_sample

from cnnlab._arguments import one_of
from cnnlab.augmentation.base import Augmentation
from cnnlab.augmentation.checks import Range, Size, check_fill, check_number, check_range
from cnnlab.augmentation.draws import uniform
from cnnlab.convolution.operands import computing_dtype

MODES = ("bilinear", "nearest")


@dataclass(frozen=True)
class RandomAffine(Augmentation):
    """Shear, zoom, rotate and shift each picture about its middle, in this order and in one resampling.

    Each number is drawn uniformly from its range. A pixel's position is that of its middle, and the middle
    of the picture lies at ((H - 1) / 2, (W - 1) / 2). Positive degrees turn counterclockwise, as in
    ``torchvision.transforms.v2.functional.rotate`` (its ``affine`` turns the other way). A positive shear
    moves what lies above the middle to the right, as there: a vertical line leans by that angle.

    Parameters are float32: ``degrees``, ``shear`` (degrees), ``zoom``, ``right`` and ``down`` (pixels).
    Half precision is computed in float32. A picture that shrinks is not smoothed first. It can be
    differentiated by the pictures.

    Attributes:
        degrees: range of the turn.
        shear: range of the shear in degrees, between -90 and 90.
        zoom: range of the factor by which pictures grow, above 0.
        shift: farthest shift in pixels, to either side on either axis, not rounded.
        mode: "bilinear", or "nearest" for label masks.
        fill: value around the picture, in its unit; pixels on its edge are mixed with it.

    Raises:
        TypeError: a range is not a pair of numbers, or something else not a number.
        ValueError: ends out of order, or numbers outside what is said above.

    Source:
        ``torchvision.transforms.v2.functional.affine`` without a fill; with one, torchvision mixes pixels on
        the edge with it twice, here the picture is as if surrounded by it.

    Example:
        >>> quarter = RandomAffine(degrees=(90, 90), mode="nearest")
        >>> quarter(torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]]]))
        tensor([[[[2., 4.],
                  [1., 3.]]]])
    """

    columns: ClassVar[tuple[str, ...]] = ("degrees", "shear", "zoom", "right", "down")
    whole_numbers: ClassVar[bool] = False
    degrees: Range = (0.0, 0.0)
    shear: Range = (0.0, 0.0)
    zoom: Range = (1.0, 1.0)
    shift: float = 0.0
    mode: str = "bilinear"
    fill: float = 0.0

    def __post_init__(self) -> None:
        for name in ("degrees", "shear", "zoom"):
            check_range(name, getattr(self, name))
        if max(map(abs, self.shear)) >= 90:
            raise ValueError(f"shear must lie between -90 and 90 degrees, got {self.shear!r}")
        if self.zoom[0] <= 0:
            raise ValueError(f"zoom must be above 0, got {self.zoom!r}")
        check_number("shift", self.shift, 0)
        one_of("mode", self.mode, MODES)
        check_number("fill", self.fill)

    def _draw(self, count: int, size: Size, generator: torch.Generator | None) -> Tensor:
        reach = (-self.shift, self.shift)
        ranges = (self.degrees, self.shear, self.zoom, reach, reach)
        return torch.stack([uniform(ends, count, generator) for ends in ranges], 1)

    def _apply(self, images: Tensor, parameters: Tensor) -> Tensor:
        check_fill(self.fill, images.dtype)
        height, width = images.shape[2:]
        dtype = computing_dtype(images.dtype)
        grid = sources(parameters.to(images.device, dtype), (height, width))
        # Beside the picture grid_sample reads 0: taken as zero, the fill is what it reads.
        pictures = images.to(dtype) - self.fill if self.fill else images.to(dtype)
        moved = grid_sample(pictures, grid, mode=self.mode, padding_mode="zeros", align_corners=False)
        return moved.add_(self.fill).to(images.dtype)


class RandomRotation(RandomAffine):
    """Rotate each picture about its middle, counterclockwise for positive degrees; see ``RandomAffine``."""

    def __init__(self, degrees: Range, *, mode: str = "bilinear", fill: float = 0.0) -> None:
        super().__init__(degrees=degrees, mode=mode, fill=fill)


class RandomShear(RandomAffine):
    """Slide the rows of each picture sideways, the upper ones to the right; see ``RandomAffine``."""

    def __init__(self, degrees: Range, *, mode: str = "bilinear", fill: float = 0.0) -> None:
        super().__init__(shear=degrees, mode=mode, fill=fill)


class RandomZoom(RandomAffine):
    """Enlarge each picture about its middle by a factor drawn from ``zoom``; see ``RandomAffine``."""

    def __init__(self, zoom: Range, *, mode: str = "bilinear", fill: float = 0.0) -> None:
        super().__init__(zoom=zoom, mode=mode, fill=fill)


def sources(parameters: Tensor, size: Size) -> Tensor:
    """Return where every pixel of every output picture is read in its input, as ``grid_sample`` wants it.

    Args:
        parameters: as ``RandomAffine`` draws them, (N, 5).
        size: height and width.

    Returns:
        Shape (N, H, W, 2), x and y: -1 is the left or upper border of the picture, 1 the right or lower one.

    Example:
        >>> sources(torch.tensor([[0.0, 0.0, 1.0, 0.0, 0.0]]), (1, 2))[0, 0]
        tensor([[-0.5000,  0.0000],
                [ 0.5000,  0.0000]])
    """
    height, width = size
    degrees, shear, zoom, right, down = parameters.unsqueeze(2).unbind(1)
    x = _from_middle(width, parameters) - right
    y = _from_middle(height, parameters) - down
    # Undone in reverse: the turn, the zoom, the shear. No matrix product, which TF32 would round.
    cosine, sine = (turned(degrees.deg2rad()) / zoom for turned in (torch.cos, torch.sin))
    lean = shear.deg2rad().tan()
    of_x = torch.stack(((cosine + lean * sine) * (2 / width), sine * (2 / height)))
    of_y = torch.stack(((lean * cosine - sine) * (2 / width), cosine * (2 / height)))
    # One plane of x and one of y, so that the largest tensor is written once, along its rows.
    return ((of_x * x).unsqueeze(2) + (of_y * y).unsqueeze(3)).permute(1, 2, 3, 0)


def _from_middle(length: int, like: Tensor) -> Tensor:
    return torch.arange(length, dtype=like.dtype, device=like.device) - (length - 1) / 2
