"""Examples in batches: the one interface through which training sees data.

``Resident`` keeps tensors, ``Streamed`` reads any map-style dataset. ``order`` says which examples come
when, so that shuffling, sharing among processes and resuming belong to training.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence, Sized
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset, Subset, TensorDataset

from cnnlab._arguments import non_negative_int, positive_int

Batch = tuple[Tensor, Tensor]
Statistic = float | Sequence[float] | Tensor


class _Planned(Sized):
    """What every kind of examples says of its batches."""

    @property
    def indices(self) -> Tensor:
        """Number of each example, in its place."""
        return torch.arange(len(self))

    def plan(self, order: Tensor, batch_size: int) -> Sequence[Tensor]:
        """Return the numbers of the examples in each batch of an epoch shuffled into ``order``."""
        return order.split(batch_size)


class Resident(_Planned):
    """Examples kept as tensors; a batch is one gather on their device.

    Args:
        images: inputs (N, ...), floating, or uint8 whose 0 to 255 become 0 to 1 in the batches.
        targets: (N, ...); integers become int64.
        mean: subtracted from the batches, one number or one a channel (the second axis of ``images``).
        std: divided by after that, likewise.
        classes: name of each class, for tables and figures.

    Raises:
        TypeError: ``images`` or ``targets`` is not a tensor of the dtypes above.
        ValueError: they differ in length or are empty, or ``mean`` or ``std`` does not fit the channels.

    Example:
        >>> images = torch.tensor([0, 255, 255], dtype=torch.uint8).reshape(3, 1, 1, 1)
        >>> examples = Resident(images, torch.arange(3), mean=0.5, std=0.25)
        >>> examples
        3 examples: inputs (1, 1, 1) of uint8, targets () of int64, on cpu
        >>> for inputs, targets in examples.batches(batch_size=2):
        ...     print(inputs.flatten().round(decimals=3).tolist(), targets.tolist())
        [-2.0, 2.0] [0, 1]
        [2.0] [2]
    """

    def __init__(
        self,
        images: Tensor,
        targets: Tensor,
        *,
        mean: Statistic | None = None,
        std: Statistic | None = None,
        classes: Sequence[str] = (),
    ) -> None:
        self.images, self.targets = _pair(images, targets)
        self.mean, self.std = _statistic("mean", mean, images), _statistic("std", std, images)
        self.classes = tuple(classes)
        if self.std is not None and not (self.std > 0).all():
            raise ValueError(f"std must be positive, got {self.std.flatten().tolist()}")

    def __len__(self) -> int:
        return len(self.images)

    def __repr__(self) -> str:
        parts = f"inputs {_words(self.images)}, targets {_words(self.targets)}, on {self.images.device}"
        return f"{len(self)} example{'s' * (len(self) > 1)}: {parts}"

    def to(self, device: torch.device | str) -> Resident:
        """Return the same examples on ``device``."""
        pair = self.images.to(device), self.targets.to(device)
        return Resident(*pair, mean=self.mean, std=self.std, classes=self.classes)

    def batches(
        self, order: Tensor | None = None, batch_size: int = 64, device: torch.device | str = "cpu"
    ) -> Iterator[Batch]:
        """Yield (inputs, targets) in the given order.

        Args:
            order: indices (M,), int64; by default every example in its place.
            batch_size: examples a batch; the last one takes what is left.
            device: where the batches belong.
        """
        order, fused = _order(order, len(self)).to(self.images.device), self._scale_and_shift()
        for chosen in order.split(positive_int("batch_size", batch_size)) if len(order) else ():
            inputs = self.images.index_select(0, chosen)
            if fused is not None:
                scale, shift = fused
                inputs = torch.addcmul(shift, inputs.to(scale.dtype), scale)
            yield inputs.to(device), self.targets.index_select(0, chosen).to(device)

    def _scale_and_shift(self) -> tuple[Tensor, Tensor] | None:
        """Return what makes dividing by 255 and standardising one multiplication and one addition."""
        largest = 255.0 if self.images.dtype == torch.uint8 else 1.0
        if largest == 1 and self.mean is None and self.std is None:
            return None
        mean = torch.zeros(()) if self.mean is None else self.mean
        std = torch.ones(()) if self.std is None else self.std
        dtype = torch.get_default_dtype() if largest == 255 else self.images.dtype
        scale, shift = 1 / (largest * std), -mean / std
        return scale.to(self.images.device, dtype), shift.to(self.images.device, dtype)


class Streamed(_Planned):
    """Examples read one by one from a dataset, for sets that do not fit into memory.

    The same ``order`` gives the same batches, also when the dataset draws at random in its workers. Without
    workers such draws come from PyTorch's global random state.

    Args:
        dataset: any map-style dataset whose items are (input tensor, target); ``targets`` and ``classes``
            that it lists are known here too.
        workers: processes that read ahead; 0 reads in this one.

    Raises:
        TypeError, ValueError: ``dataset`` has no length, no items or no example, or ``workers`` is no count.

    Example:
        >>> squares = torch.utils.data.TensorDataset(torch.arange(3.0), torch.arange(3) ** 2)
        >>> examples = Streamed(squares)
        >>> examples
        3 examples streamed from TensorDataset, 0 workers
        >>> [targets.tolist() for _, targets in examples.batches(torch.tensor([2, 0, 1]), batch_size=2)]
        [[4, 0], [1]]
    """

    def __init__(self, dataset: Dataset[Any], *, workers: int = 0) -> None:
        if not hasattr(dataset, "__len__") or not hasattr(dataset, "__getitem__"):
            raise TypeError(f"dataset must have a length and items, got {type(dataset).__name__}")
        if len(dataset) == 0:
            raise ValueError("dataset must have at least one example, got none")
        self.dataset, self.workers = dataset, non_negative_int("workers", workers)
        self.targets = listed_targets(dataset)
        self.collate: Callable[[list[Any]], Any] | None = None
        self.classes = tuple(getattr(dataset, "classes", ()))

    def __len__(self) -> int:
        return len(self.dataset)

    def __repr__(self) -> str:
        source = f"{type(self.dataset).__name__}, {self.workers} worker{'s' * (self.workers != 1)}"
        return f"{len(self)} example{'s' * (len(self) > 1)} streamed from {source}"

    def to(self, device: torch.device | str) -> Streamed:
        """Return these examples unchanged: their batches go to the device one by one."""
        return self

    def batches(
        self, order: Tensor | None = None, batch_size: int = 64, device: torch.device | str = "cpu"
    ) -> Iterator[Batch]:
        """Yield (inputs, targets) as :meth:`Resident.batches` does."""
        order = _order(order, len(self)).cpu()
        loader = DataLoader(
            self.dataset,
            batch_size=positive_int("batch_size", batch_size),
            sampler=order.tolist(),
            num_workers=self.workers,
            collate_fn=self.collate,
            pin_memory=torch.device(device).type == "cuda",
            # The loader seeds its workers from here, and leaves the global random state alone.
            generator=torch.Generator().manual_seed(zlib.crc32(order.numpy().tobytes())),
        )
        for inputs, targets in loader:
            yield inputs.to(device, non_blocking=True), targets.to(device, non_blocking=True)


def listed_targets(dataset: Any) -> Tensor | None:
    """Return the targets of all examples, or None where the dataset lists none.

    Args:
        dataset: any map-style dataset; ``targets`` and ``labels`` are looked at, as torchvision's have them,
            unless a ``target_transform`` makes other targets of them.

    Example:
        >>> listed_targets(Subset(TensorDataset(torch.zeros(3), torch.tensor([5, 6, 7])), [2, 0]))
        tensor([7, 5])
    """
    for name in ("targets", "labels"):
        found = getattr(dataset, name, None)
        if found is not None and getattr(dataset, "target_transform", None) is None:
            return _as_numbers(found)
    if isinstance(dataset, TensorDataset) and len(dataset.tensors) == 2:
        return dataset.tensors[1]
    if isinstance(dataset, Subset):
        within = listed_targets(dataset.dataset)
        return None if within is None else within[list(dataset.indices)]
    return None


def _as_numbers(listed: Any) -> Tensor | None:
    try:
        return torch.as_tensor(listed)
    except (TypeError, ValueError, RuntimeError):  # names, boxes or files, not numbers
        return None


def _pair(images: Tensor, targets: Tensor) -> Batch:
    for name, value in (("images", images), ("targets", targets)):
        if not isinstance(value, Tensor):
            raise TypeError(f"{name} must be a tensor, got {type(value).__name__}")
        if value.ndim == 0 or len(value) == 0:
            raise ValueError(f"{name} must have at least one example, got none")
    if not (images.dtype.is_floating_point or images.dtype == torch.uint8):
        raise TypeError(f"images must be floating or uint8, got {images.dtype}")
    if len(images) != len(targets):
        raise ValueError(f"images and targets must have one length, got {len(images)} and {len(targets)}")
    return images, targets if targets.dtype.is_floating_point else targets.long()


def _statistic(name: str, value: Statistic | None, images: Tensor) -> Tensor | None:
    """Return one number, or one a channel, in a shape that spreads over the pixels."""
    if value is None:
        return None
    numbers = torch.as_tensor(value, dtype=torch.float64).flatten().cpu()
    channels = images.shape[1] if images.ndim > 1 else 1
    if len(numbers) not in (1, channels):
        rule = f"one number, or one for each of {channels} channels"
        raise ValueError(f"{name} must have {rule}, got {len(numbers)}")
    return numbers.view(-1, *[1] * max(0, images.ndim - 2))


def _order(order: Tensor | None, count: int) -> Tensor:
    order = torch.arange(count) if order is None else order
    if not isinstance(order, Tensor) or order.dtype != torch.int64 or order.ndim != 1:
        raise TypeError(f"order must be a one-dimensional tensor of int64, got {order!r}")
    return order


def _words(values: Tensor) -> str:
    return f"{tuple(values.shape[1:])} of {str(values.dtype).removeprefix('torch.')}"
