"""The shapes generator: textured shapes with a label for either cue, a mask and a box, many at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from cnnlab._arguments import non_negative_int, one_of, positive_int
from cnnlab.data.cues import NONE, check_cues, labels
from cnnlab.data.outlines import SHAPES
from cnnlab.data.painting import Canvas, Scene, paint
from cnnlab.data.placement import Placement, Ranges, place
from cnnlab.data.surfaces import Surface, behind, cover, plain
from cnnlab.data.textures import TEXTURES

BACKGROUNDS = ("plain", "textured")


@dataclass(frozen=True)
class ShapePictures:
    """Pictures of textured shapes, with everything that is known of them.

    Attributes:
        images: pictures, (N, 3, H, W), in [0, 1].
        shape_labels: indices into ``shapes``, (N,), int64; -1 where there is no shape.
        texture_labels: indices into ``textures``, (N,), int64; -1 where there is no texture.
        background_labels: the background's textures, likewise; -1 where it is plain or hidden.
        masks: whether a pixel's centre lies in the shape, (N, H, W), bool.
        boxes: the least box around each mask, (N, 4), int64: left, top, right, bottom in pixels, so that the
            shape is in ``masks[n, top:bottom, left:right]``; zeros where the mask is empty.
        placement: where the shapes lie.
        surface: geometry and colours of their textures.
        backdrop: the same of the backgrounds.
        shapes: names of the shapes.
        textures: names of the textures.
    """

    images: Tensor
    shape_labels: Tensor
    texture_labels: Tensor
    background_labels: Tensor
    masks: Tensor
    boxes: Tensor
    placement: Placement
    surface: Surface
    backdrop: Surface
    shapes: tuple[str, ...]
    textures: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.images)


def shapes(
    count: int,
    *,
    size: int = 64,
    cues: str = "shuffled",
    shapes: Iterable[str] = SHAPES,
    textures: Iterable[str] = TEXTURES,
    background: str = "plain",
    ranges: Ranges = Ranges(),  # noqa: B008 (frozen)
    seed: int = 0,
    device: torch.device | str = "cpu",
    dtype: torch.dtype = torch.float32,
) -> ShapePictures:
    """Return pictures of textured shapes with shape label, texture label, mask and box, the same for a seed.

    All chance comes from one generator on the CPU, whatever the device. On another machine or device pictures
    may differ by rounding, at most 1e-3 in float32, and a mask only where a pixel's centre lies within 1e-4
    pixels of the outline.

    Args:
        count: number of pictures N, zero or more.
        size: height and width in pixels.
        cues: "congruent": texture k always goes with shape k; "shuffled": texture independent of shape;
            "conflict": always the texture of another shape; "shape": shapes in one flat colour; "texture":
            textures that fill the picture, without a shape. Labels are balanced to within one picture.
        shapes: which shapes, in the order of their labels.
        textures: which textures, in the order of their labels; as many as shapes for "congruent" and
            "conflict".
        background: "plain" (grey), or "textured" (another texture than the shape's, in a colour of its own).
        ranges: what position, scale, rotation, colour, contrast and so on are drawn from.
        seed: start of the random numbers.
        device: where the tensors lie.
        dtype: type of the pictures, a floating-point type.

    Returns:
        The pictures with all that is known of them.

    Raises:
        TypeError: an argument has the wrong type.
        ValueError: an argument is out of range, or a name is unknown.

    Example:
        >>> pictures = shapes(24, cues="congruent")
        >>> pictures.images.shape, bool((pictures.shape_labels == pictures.texture_labels).all())
        (torch.Size([24, 3, 64, 64]), True)
    """
    count, size = non_negative_int("count", count), positive_int("size", size)
    shape_names, texture_names = _names("shapes", shapes, SHAPES), _names("textures", textures, TEXTURES)
    check_cues(cues, shape_names, texture_names)
    _check_looks(background, ranges, dtype, texture_names)
    generator = torch.Generator().manual_seed(non_negative_int("seed", seed))
    both = labels(cues, count, len(shape_names), len(texture_names), generator)
    scene = _scene(both, len(texture_names), size, cues, background, ranges, generator)
    canvas = Canvas(size, _device(device), size * sum(ranges.period) / 2, shape_names, texture_names)
    images, masks = paint(scene, canvas)
    return ShapePictures(
        images=images.to(dtype),
        shape_labels=scene.shape.to(canvas.device),
        texture_labels=scene.texture.to(canvas.device),
        background_labels=scene.background.to(canvas.device),
        masks=masks,
        boxes=_boxes(masks),
        placement=scene.placement,
        surface=scene.surface,
        backdrop=scene.backdrop,
        shapes=shape_names,
        textures=texture_names,
    )


def _scene(
    both: tuple[Tensor, Tensor],
    textures: int,
    size: int,
    cues: str,
    background: str,
    ranges: Ranges,
    generator: torch.Generator,
) -> Scene:
    """Draw everything; shapes and their surfaces first, so that either background has the same before it."""
    shape, texture = both
    count, none = len(shape), torch.full_like(shape, NONE)
    placement = place(count, size, ranges, generator)
    surface = cover(count, size, ranges, generator)
    if background == "plain":
        other, backdrop = none, plain(count, size, ranges, generator)
    else:
        steps = 1 + torch.rand(count, generator=generator, dtype=torch.float64).mul(textures - 1).long()
        other, backdrop = (texture + steps) % textures, behind(surface, size, ranges, generator)
    shape, other = (none, none) if cues == "texture" else (shape, other)
    return Scene(shape, none if cues == "shape" else texture, other, placement, surface, backdrop)


def _boxes(masks: Tensor) -> Tensor:
    """Left, top, right and bottom of every mask; right and bottom are the first pixel outside."""
    # As bytes, since any() over the rows of booleans takes longer than painting them.
    columns, lines = (masks.view(torch.uint8).amax(dim) for dim in (1, 2))
    left, top = columns.argmax(1), lines.argmax(1)
    right, bottom = (masks.shape[1] - line.flip(1).argmax(1) for line in (columns, lines))
    boxes = torch.stack([left, top, right, bottom], dim=1)
    return boxes * columns.amax(1, keepdim=True)


def _names(argument: str, names: Iterable[str], known: tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(names, str) or not isinstance(names, Iterable):
        raise TypeError(f"{argument} must be a sequence of names, got {names!r}")
    chosen = tuple(one_of(f"each of {argument}", name, known) for name in names)
    if not chosen or len(set(chosen)) < len(chosen):
        raise ValueError(f"{argument} must be one or more different names, got {chosen}")
    return chosen


def _check_looks(background: str, ranges: Any, dtype: Any, textures: tuple[str, ...]) -> None:
    one_of("background", background, BACKGROUNDS)
    if background == "textured" and len(textures) < 2:
        raise ValueError(f'textures must be at least 2 for background="textured", got {len(textures)}')
    if not isinstance(ranges, Ranges):
        raise TypeError(f"ranges must be data.Ranges, got {ranges!r}")
    if not (isinstance(dtype, torch.dtype) and dtype.is_floating_point):
        raise TypeError(f"dtype must be a floating-point type of PyTorch, got {dtype!r}")


def _device(device: torch.device | str) -> torch.device:
    try:
        return torch.device(device)
    except (RuntimeError, TypeError) as error:
        raise ValueError(f"device must be a device of PyTorch, got {device!r}") from error
