"""CIFAR-10: small pictures of vehicles and animals."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from cnnlab.data.batches import Resident
from cnnlab.data.mnist_and_cifar import checked_count, resident
from cnnlab.data.registry import cards
from cnnlab.data.store import fetch

# What an array is made of, and nothing that acts.
ARRAYS = {("numpy.core.multiarray", "_reconstruct"), ("numpy", "ndarray"), ("numpy", "dtype")}


def cifar10(*, count: int | None = None) -> tuple[Resident, Resident]:
    """Return small colour pictures of ten vehicles and animals, 50,000 to train on and 10,000 to test on.

    Looked for in ``$CNNLAB_DATA`` and ``data/downloads``, downloaded (170 MB) where they are in neither.

    Args:
        count: how many to take of each, from the beginning; None takes all.

    Returns:
        ``(train, test)`` with images (N, 3, 32, 32), uint8, and targets (N,), int64, 0 to 9; both are
        standardised, channel by channel, by mean and deviation of all pixels to train on.

    Raises:
        TypeError: ``count`` is not an integer.
        ValueError: ``count`` is below 1.
        DataError: the set is not here and cannot be downloaded.

    Source:
        A. Krizhevsky, Learning multiple layers of features from tiny images, 2009.

    Example:
        >>> cifar10(count=0)
        Traceback (most recent call last):
        ValueError: count must be positive, got 0
    """
    count = checked_count(count)
    folder = fetch("cifar10") / cards()["cifar10"].place
    train = _read([folder / f"data_batch_{k}" for k in range(1, 6)])
    return resident("cifar10", train, _read([folder / "test_batch"]), count)


def _read(paths: list[Path]) -> tuple[Tensor, Tensor]:
    batches = [read_plain(path) for path in paths]
    images = np.concatenate([batch["data"] for batch in batches]).reshape(-1, 3, 32, 32)
    return torch.from_numpy(images), torch.tensor([label for batch in batches for label in batch["labels"]])


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in ARRAYS:
            raise pickle.UnpicklingError(f"a pickle of arrays and plain values must not hold {module}.{name}")
        return super().find_class(module, name)


def read_plain(path: Path) -> Any:
    """Return what a pickle of plain values and NumPy arrays holds; Python 2's strings become text.

    Args:
        path: the file, which may come from anywhere.

    Raises:
        UnpicklingError: it holds anything else, such as a function to call.
    """
    with path.open("rb") as file:
        return _Plain(file, encoding="latin1").load()
