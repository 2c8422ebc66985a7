"""Features: what a network's body makes of pictures."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn

from cnnlab._arguments import positive_int
from cnnlab.data import Resident, Streamed
from cnnlab.transfer.checks import check_module
from cnnlab.transfer.modes import evaluating


def features(
    body: nn.Module, images: Tensor | Resident | Streamed, *, batch_size: int = 256, pool: int | None = None
) -> Tensor:
    """Return what ``body`` makes of pictures, one row a picture, in evaluation mode and without gradients.

    Args:
        body: any module from images (N, C, H, W) to maps or features (N, ...), such as :func:`cut` returns;
            each of its parts has its own mode back afterwards.
        images: shape (N, C, H, W), floating; or examples as ``data`` gives them, whose targets are left out.
            Taken to the body's device and dtype batch by batch.
        batch_size: pictures at a time.
        pool: side to which maps are averaged first, so that each channel gives ``pool * pool`` numbers; None
            leaves the maps as they are.

    Returns:
        Shape (N, D), on the body's device, in its dtype.

    Raises:
        TypeError: not a torch module, neither a floating tensor nor examples, or a number that is not an
            integer.
        ValueError: ``images``, or the maps that are to be averaged, have not four axes; the body returns
            something else than one row a picture.

    Example:
        >>> images = torch.arange(8.0).reshape(1, 2, 2, 2)
        >>> features(nn.Identity(), images).shape, features(nn.Identity(), images, pool=1)
        (torch.Size([1, 8]), tensor([[1.5000, 5.5000]]))
    """
    check_module("body", body)
    numbers = itertools.chain(body.parameters(), body.buffers())
    like = next((value for value in numbers if value.is_floating_point()), None)
    with evaluating(body), torch.no_grad():
        batches = _batches(images, positive_int("batch_size", batch_size))
        placed = (batch if like is None else batch.to(like) for batch in batches)
        return torch.cat([_rows(body, batch, pool) for batch in placed])


def _rows(body: nn.Module, images: Tensor, pool: int | None) -> Tensor:
    found = body(images)
    if not isinstance(found, Tensor) or found.ndim < 2 or len(found) != len(images):
        got = tuple(found.shape) if isinstance(found, Tensor) else type(found).__name__
        raise ValueError(f"body must return a tensor with one row a picture, {len(images)}, got {got}")
    if pool is not None:
        if found.ndim != 4:
            raise ValueError(f"pool must come with maps (N, C, H, W), got {tuple(found.shape)}")
        found = nn.functional.adaptive_avg_pool2d(found, positive_int("pool", pool))
    return found.flatten(1)


def _batches(images: Any, size: int) -> Iterable[Tensor]:
    if isinstance(images, (Resident, Streamed)):
        return (_checked(inputs) for inputs, _ in images.batches(batch_size=size))
    return _checked(images).split(size)


def _checked(images: Any) -> Tensor:
    if not isinstance(images, Tensor) or not images.is_floating_point():
        got = images.dtype if isinstance(images, Tensor) else type(images).__name__
        raise TypeError(f"images must be a floating tensor, got {got}")
    if images.ndim != 4:
        raise ValueError(f"images must have shape (N, C, H, W), got {tuple(images.shape)}")
    return images
