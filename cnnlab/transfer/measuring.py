"""Features: what a network's body makes of pictures."""

from __future__ import annotations

import itertools

import torch
from torch import Tensor, nn

from cnnlab._arguments import positive_int
from cnnlab.transfer.checks import check_module
from cnnlab.transfer.modes import evaluating


def features(body: nn.Module, images: Tensor, *, batch_size: int = 256, pool: int | None = None) -> Tensor:
    """Return what ``body`` makes of pictures, one row a picture, in evaluation mode and without gradients.

    Args:
        body: any module from images (N, C, H, W) to maps or features (N, ...), such as :func:`cut` returns;
            each of its parts has its own mode back afterwards.
        images: shape (N, C, H, W), floating; taken to the body's device and dtype batch by batch.
        batch_size: pictures at a time.
        pool: side to which maps are averaged first, so that each channel gives ``pool * pool`` numbers; None
            leaves the maps as they are.

    Returns:
        Shape (N, D), on the body's device, in its dtype.

    Raises:
        TypeError: not a torch module, not a floating tensor, or a number that is not an integer.
        ValueError: ``images``, or the maps that are to be averaged, have not four axes; the body returns
            something else than one row a picture.

    Example:
        >>> images = torch.arange(8.0).reshape(1, 2, 2, 2)
        >>> features(nn.Identity(), images).shape, features(nn.Identity(), images, pool=1)
        (torch.Size([1, 8]), tensor([[1.5000, 5.5000]]))
    """
    check_module("body", body)
    _check_images(images)
    like = next((part for part in _tensors(body) if part.is_floating_point()), images)
    batches = images.split(positive_int("batch_size", batch_size))
    with evaluating(body), torch.no_grad():
        return torch.cat([_rows(body, batch.to(like), pool) for batch in batches])


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


def _tensors(body: nn.Module) -> itertools.chain[Tensor]:
    return itertools.chain(body.parameters(), body.buffers())


def _check_images(images: Tensor) -> None:
    if not isinstance(images, Tensor) or not images.is_floating_point():
        got = images.dtype if isinstance(images, Tensor) else type(images).__name__
        raise TypeError(f"images must be a floating tensor, got {got}")
    if images.ndim != 4:
        raise ValueError(f"images must have shape (N, C, H, W), got {tuple(images.shape)}")
