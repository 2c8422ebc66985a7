"""Labelled pictures that ship with scikit-learn and scikit-image, split into training and test examples."""

from __future__ import annotations

import torch

from cnnlab._arguments import non_negative_int, positive_int

Examples = tuple[torch.Tensor, torch.Tensor]


def digits(*, size: int = 8, seed: int = 0) -> tuple[Examples, Examples]:
    """Return handwritten digits, 1,437 to train on and 360 to test on.

    Args:
        size: height and width in pixels; the 8 x 8 originals are resized bicubically.
        seed: start of the one permutation that splits them.

    Returns:
        ``((images, labels), (images, labels))``: images (N, 1, size, size), float32, with mean 0 and standard
        deviation 1 over the training pixels; labels (N,), int64, 0 to 9.

    Raises:
        TypeError: an argument is not an integer.
        ValueError: ``size`` is below 1, or ``seed`` is negative.

    Example:
        >>> (images, labels), _ = digits()
        >>> images.shape, labels.shape
        (torch.Size([1437, 1, 8, 8]), torch.Size([1437]))
    """
    from sklearn.datasets import load_digits

    size = positive_int("size", size)
    bunch = load_digits()
    images = torch.from_numpy(bunch.images).float().div(16).unsqueeze(1)
    if size != images.shape[-1]:
        images = torch.nn.functional.interpolate(images, (size, size), mode="bicubic", antialias=True)
    order = _permutation(len(images), seed)
    return _split(images, torch.from_numpy(bunch.target), order[:1437], order[1437:])


def faces(*, seed: int = 0) -> tuple[Examples, Examples]:
    """Return centred faces and pieces of background, 50 of each to train on and 50 of each to test on.

    Args:
        seed: start of the permutation that splits them.

    Returns:
        ``((images, labels), (images, labels))``: images (100, 1, 25, 25), float32, with mean 0 and standard
        deviation 1 over the training pixels; labels (100,), int64, 1 for a face.

    Raises:
        TypeError: ``seed`` is not an integer.
        ValueError: ``seed`` is negative.

    Example:
        >>> (images, labels), _ = faces()
        >>> images.shape, int(labels.sum())
        (torch.Size([100, 1, 25, 25]), 50)
    """
    from skimage.data import lfw_subset

    images = torch.from_numpy(lfw_subset()).float().unsqueeze(1)
    labels = torch.arange(200).lt(100).long()
    order = _permutation(100, seed)
    train, test = order[:50], order[50:]
    return _split(images, labels, torch.cat([train, train + 100]), torch.cat([test, test + 100]))


def _permutation(count: int, seed: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(non_negative_int("seed", seed))
    return torch.randperm(count, generator=generator)


def _split(
    images: torch.Tensor, labels: torch.Tensor, train: torch.Tensor, test: torch.Tensor
) -> tuple[Examples, Examples]:
    """Split, and scale both parts by the training part's mean and deviation."""
    images = (images - images[train].mean()) / images[train].std(correction=0)
    return (images[train], labels[train]), (images[test], labels[test])
