"""Faces and pieces of background that ship with scikit-image."""

from __future__ import annotations

import torch

from cnnlab.data.embedded import Examples, permutation, split


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
    order = permutation(100, seed)
    train, test = order[:50], order[50:]
    return split(images, labels, torch.cat([train, train + 100]), torch.cat([test, test + 100]))
