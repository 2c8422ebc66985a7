"""Do predictions stay the same when the picture moves? Shift it pixel by pixel and count."""

from __future__ import annotations

import numbers
from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn

from cnnlab._arguments import one_of
from cnnlab.inspection.copies import evaluating_copy

AGAINST = ("unshifted", "previous")


def shift_images(images: Tensor, down: int, right: int, *, fill: float | None = 0.0) -> Tensor:
    """Return the images moved by whole pixels.

    Args:
        images: shape (..., H, W).
        down: pixels downwards; negative ones upwards.
        right: pixels to the right; negative ones to the left.
        fill: what comes in where the picture has left; None for a circular shift, where what leaves on one
            side comes in on the other and no pixel is lost.

    Returns:
        New tensor of the shape and dtype of ``images``.

    Raises:
        TypeError: not a tensor, or a shift that is not an integer.
        ValueError: fewer than two axes.

    Example:
        >>> row = torch.tensor([[1, 2, 3]])
        >>> shift_images(row, 0, 1), shift_images(row, 0, 1, fill=None)
        (tensor([[0, 1, 2]]), tensor([[3, 1, 2]]))
    """
    if not isinstance(images, Tensor):
        raise TypeError(f"images must be a torch.Tensor, got {type(images).__name__}")
    if images.ndim < 2:
        raise ValueError(f"images must have shape (..., H, W), got {tuple(images.shape)}")
    down, right = _integer("down", down), _integer("right", right)
    if fill is None:
        return images.roll((down, right), (-2, -1))
    height, width = images.shape[-2:]
    down, right = max(-height, min(down, height)), max(-width, min(right, width))
    # A negative side of the padding cuts pixels off.
    return nn.functional.pad(images, (right, -right, down, -down), value=fill)


def shifted_predictions(
    model: nn.Module,
    images: Tensor,
    shifts: Iterable[int],
    *,
    direction: tuple[int, int] = (0, 1),
    fill: float | None = 0.0,
) -> Tensor:
    """Return the class that a model gives to each picture at each shift.

    Args:
        model: maps (N, C, H, W) to logits (N, num_classes); asked in evaluation mode, left as it is.
        images: shape (N, C, H, W).
        shifts: how far to move the pictures, in steps of ``direction``; negative ones backwards.
        direction: (down, right) in pixels of one step; (0, 1) moves to the right, (1, 1) diagonally.
        fill: what comes in at the edge; None for a circular shift.

    Returns:
        Shape (number of shifts, N), int64.

    Raises:
        TypeError: not a torch module, not a tensor, or a shift that is not an integer.
        ValueError: images or logits of another shape, or no shifts at all.

    Example:
        >>> leftmost = nn.Sequential(nn.Flatten(), nn.Linear(3, 3, bias=False))
        >>> _ = nn.init.eye_(leftmost[1].weight)  # the class is the brightest column
        >>> shifted_predictions(leftmost, torch.tensor([[[[1.0, 0.0, 0.0]]]]), range(3)).flatten()
        tensor([0, 1, 2])
    """
    model = evaluating_copy(model)
    _check_images(images)
    steps = [_integer("shifts", shift) for shift in shifts]
    if not steps:
        raise ValueError("shifts must hold at least one shift, got none")
    down, right = _direction(direction)
    with torch.no_grad():
        moved = (shift_images(images, step * down, step * right, fill=fill) for step in steps)
        return torch.stack([_classes(model(pictures), len(images)) for pictures in moved])


def shift_consistency(
    model: nn.Module,
    images: Tensor,
    shifts: Iterable[int],
    *,
    against: str = "unshifted",
    direction: tuple[int, int] = (0, 1),
    fill: float | None = 0.0,
) -> Tensor:
    """Return, for each shift, the share of pictures whose predicted class is unchanged by it.

    Whether the class is right does not matter: a model that always says 3 is perfectly consistent.

    Args:
        model: maps (N, C, H, W) to logits (N, num_classes); asked in evaluation mode, left as it is.
        images: shape (N, C, H, W), at least one.
        shifts: how far to move the pictures, such as ``range(1, 9)``, in steps of ``direction``.
        against: "unshifted" compares each shift with the picture as it was given; "previous" with the same
            picture one step less far, so that every change counts once.
        direction: (down, right) in pixels of one step.
        fill: what comes in at the edge; None for a circular shift, which loses no pixel and is the fair test
            of a model whose own padding is circular.

    Returns:
        Shape (number of shifts,), float64, 0 to 1.

    Raises:
        TypeError: not a torch module, not a tensor, or a shift that is not an integer.
        ValueError: images or logits of another shape, no shifts at all, or an unknown ``against``.

    Source:
        Zhang 2019, Making convolutional networks shift-invariant again, whose classification consistency
        compares two random shifts of a picture.

    Example:
        >>> largest = nn.Sequential(nn.MaxPool2d(2), nn.Flatten(), nn.Linear(2, 2, bias=False))
        >>> _ = nn.init.eye_(largest[2].weight)  # the class is the half that holds the bright pixel
        >>> image = torch.tensor([[[[1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]]]])
        >>> shift_consistency(largest, image, range(1, 4))
        tensor([1., 0., 0.], dtype=torch.float64)
    """
    one_of("against", against, AGAINST)
    steps = [_integer("shifts", shift) for shift in shifts]
    options: dict[str, Any] = {"direction": direction, "fill": fill}
    predicted = shifted_predictions(model, images, steps, **options)
    others = [0] if against == "unshifted" else [step - 1 for step in steps]
    return (predicted == shifted_predictions(model, images, others, **options)).double().mean(1)


def _integer(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} must be whole pixels, got {value!r}")
    return int(value)


def _direction(value: Any) -> tuple[int, int]:
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise ValueError(f"direction must be a pair (down, right), got {value!r}")
    return _integer("direction", value[0]), _integer("direction", value[1])


def _check_images(images: Any) -> None:
    if not isinstance(images, Tensor):
        raise TypeError(f"images must be a torch.Tensor, got {type(images).__name__}")
    if images.ndim != 4 or 0 in images.shape:
        raise ValueError(f"images must have shape (N, C, H, W) without empty axes, got {tuple(images.shape)}")


def _classes(logits: Any, count: int) -> Tensor:
    if not isinstance(logits, Tensor):
        raise TypeError(f"model must return a tensor, got {type(logits).__name__}")
    if logits.ndim != 2 or len(logits) != count:
        raise ValueError(f"model must return logits ({count}, num_classes), got shape {tuple(logits.shape)}")
    return logits.argmax(1)
