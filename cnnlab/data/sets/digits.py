"""Handwritten digits that ship with scikit-learn."""

from __future__ import annotations

import torch

from cnnlab._arguments import positive_int
from cnnlab.data.embedded import Examples, permutation, split


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
    order = permutation(len(images), seed)
    return split(images, torch.from_numpy(bunch.target), order[:1437], order[1437:])
