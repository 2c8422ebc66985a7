"""What people have in their hands, as examples that give batches."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset, IterableDataset, TensorDataset

from cnnlab.data.batches import Resident, Streamed
from cnnlab.data.loaded import Loaded

Array = Tensor | np.ndarray
GivenExamples = tuple[Array, Array] | Resident | Streamed | Dataset[Any] | DataLoader[Any]

_KINDS = "a pair of tensors or arrays (inputs, targets), a Dataset with a length or a DataLoader"


def wrap(name: str, examples: Any, dtype: torch.dtype = torch.float32) -> Resident | Streamed:
    """Return examples as something that gives batches.

    Args:
        name: what the caller calls them.
        examples: a pair of tensors or arrays (inputs, targets), a map-style dataset, a ``DataLoader``, or
            already a ``Resident`` or ``Streamed``.
        dtype: what floating arrays become, for NumPy's are float64 unless someone asked for less.

    Raises:
        TypeError: they are something else.
        ValueError: there are none, or inputs and targets differ in number.

    Example:
        >>> wrap("train", (np.zeros((5, 2)), np.arange(5)))
        5 examples: inputs (2,) of float32, targets () of int64, on cpu
    """
    if isinstance(examples, (Resident, Streamed)):
        return examples
    if isinstance(examples, DataLoader):
        return Loaded(examples)
    if isinstance(examples, TensorDataset) and examples.tensors[0].dtype.is_floating_point:
        examples = examples.tensors if len(examples.tensors) == 2 else examples
    if isinstance(examples, tuple) and [isinstance(part, Array) for part in examples] == [True, True]:
        return _resident(name, *(_tensor(name, part, dtype) for part in examples))
    if _is_dataset(examples):
        return Streamed(examples)
    raise TypeError(f"{name} must be {_KINDS}, got {type(examples).__name__}")


def _is_dataset(examples: Any) -> bool:
    if isinstance(examples, IterableDataset):
        return False
    if isinstance(examples, list):
        return bool(examples) and all(isinstance(item, (tuple, list)) and len(item) == 2 for item in examples)
    other = isinstance(examples, (Tensor, np.ndarray, tuple, dict, str, bytes))
    return not other and hasattr(examples, "__getitem__") and hasattr(examples, "__len__")


def _resident(name: str, inputs: Tensor, targets: Tensor) -> Resident:
    if inputs.ndim and targets.ndim and len(inputs) != len(targets):
        raise ValueError(f"{name} must have one target an input, got {len(inputs)} and {len(targets)}")
    if inputs.ndim and len(inputs) == 0:
        raise ValueError(f"{name} must have at least one example, got none")
    return Resident(inputs, targets)


def _tensor(name: str, part: Array, dtype: torch.dtype) -> Tensor:
    if isinstance(part, Tensor):
        return part
    if part.dtype.kind not in "biuf":
        raise TypeError(f"{name} must have arrays of numbers, got one of {part.dtype}")
    found = torch.from_numpy(np.require(part, part.dtype.newbyteorder("="), ["C", "W"]))
    return found.to(dtype) if found.dtype.is_floating_point else found
