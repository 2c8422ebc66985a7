"""FashionMNIST: clothes, shoes and bags."""

from __future__ import annotations

from cnnlab.data.batches import Resident
from cnnlab.data.mnist_and_cifar import idx_pictures


def fashion_mnist(*, count: int | None = None) -> tuple[Resident, Resident]:
    """Return clothes, shoes and bags of ten kinds, 60,000 to train on and 10,000 to test on.

    Looked for in ``$CNNLAB_DATA`` and ``data/downloads``, downloaded (31 MB) where they are in neither.

    Args:
        count: how many to take of each, from the beginning; None takes all.

    Returns:
        ``(train, test)`` in the form of ``data.mnist``.

    Raises:
        TypeError: ``count`` is not an integer.
        ValueError: ``count`` is below 1.
        DataError: the set is not here and cannot be downloaded.

    Source:
        H. Xiao et al., Fashion-MNIST: a novel image dataset for benchmarking, 2017.

    Example:
        >>> fashion_mnist(count=0)
        Traceback (most recent call last):
        ValueError: count must be positive, got 0
    """
    return idx_pictures("fashion_mnist", count)
