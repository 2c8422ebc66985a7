"""A reader's own ``DataLoader`` as examples: its batches, its order, its way of putting examples together."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import DataLoader, default_collate

from cnnlab.data.batches import Streamed


class Loaded(Streamed):
    """Examples in the batches of a ``DataLoader``, whose draws follow from the order asked for.

    Args:
        loader: any loader of a map-style dataset with batches of one size; the last may be smaller.

    Raises:
        TypeError: its dataset has no length or it makes no batches.
        ValueError: it gives no batch, or batches of several sizes.

    Example:
        >>> squares = torch.utils.data.TensorDataset(torch.arange(3.0), torch.arange(3) ** 2)
        >>> [part.tolist() for part in Loaded(DataLoader(squares, batch_size=2)).plan(torch.arange(3), 64)]
        [[0, 1], [2]]
    """

    def __init__(self, loader: DataLoader[Any]) -> None:
        if loader.batch_sampler is None or not hasattr(loader.dataset, "__len__"):
            raise TypeError(
                "a DataLoader must make batches of a dataset with a length, got one that does not"
            )
        super().__init__(loader.dataset, workers=loader.num_workers)
        self.loader, self.collate = loader, loader.collate_fn
        if loader.collate_fn is not default_collate:
            self.targets = None  # what the dataset lists may not be what the loader makes of it
        batches = self._batches(0)
        self._indices, self.batch_size = torch.cat(batches), len(batches[0])

    def __len__(self) -> int:
        return len(self._indices)

    @property
    def indices(self) -> Tensor:
        """Number of each example that the loader gives, in the order of an epoch."""
        return self._indices

    def plan(self, order: Tensor, batch_size: int) -> Sequence[Tensor]:
        """Return the loader's own batches; ``order`` only starts its draws."""
        return self._batches(zlib.crc32(order.numpy().tobytes()))

    def _batches(self, seed: int) -> list[Tensor]:
        with torch.random.fork_rng(devices=[]):
            torch.default_generator.manual_seed(seed)
            batches = [torch.tensor(list(chosen)) for chosen in self.loader.batch_sampler or ()]
        sizes = [len(chosen) for chosen in batches]
        if not sizes:
            raise ValueError("a DataLoader must give at least one batch, got none")
        if len(set(sizes[:-1])) > 1 or sizes[-1] > sizes[0]:
            raise ValueError(f"a DataLoader must give batches of one size, got {sorted(set(sizes))}")
        return batches
