"""The targets that a dataset lists, so that none of its examples has to be read for them."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.utils.data import Subset, TensorDataset


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
