"""MNIST: handwritten digits."""

from __future__ import annotations

from cnnlab.data.batches import Resident
from cnnlab.data.mnist_and_cifar import idx_pictures


def mnist(*, count: int | None = None) -> tuple[Resident, Resident]:
    """Return handwritten digits, 60,000 to train on and 10,000 to test on.

    Looked for in ``$CNNLAB_DATA`` and ``data/downloads``, downloaded (12 MB) where they are in neither.

    Args:
        count: how many to take of each, from the beginning; None takes all.

    Returns:
        ``(train, test)`` with images (N, 1, 28, 28), uint8, and targets (N,), int64, 0 to 9; both are
        standardised by mean and deviation of all pixels to train on.

    Raises:
        TypeError: ``count`` is not an integer.
        ValueError: ``count`` is below 1.
        DataError: the set is not here and cannot be downloaded.

    Source:
        Y. LeCun et al., Gradient-based learning applied to document recognition, 1998.

    Example:
        >>> mnist(count=0)
        Traceback (most recent call last):
        ValueError: count must be positive, got 0
    """
    return idx_pictures("mnist", count)
