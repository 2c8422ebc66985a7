"""What options come to with this model, these examples and this device, resolved before the first step."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from cnnlab.data.batches import Batch, Resident, Streamed
from cnnlab.training import fitting
from cnnlab.training.distributed import Processes
from cnnlab.training.options import Options

if TYPE_CHECKING:
    from cnnlab.training.state import State


def check_sizes(options: Options, count: int, processes: int) -> None:
    """Refuse a batch that the training examples cannot fill, or that is too small to share.

    Raises:
        ValueError: it is.
    """
    size = options.batch_size
    if size > count:
        raise ValueError(f"batch_size must be at most the number of train examples, {count}, got {size}")
    if size < processes:
        raise ValueError(f"batch_size must be at least the number of processes, {processes}, got {size}")


def check_fit(
    model: nn.Module,
    train: Resident | Streamed,
    test: Resident | Streamed | None,
    options: Options,
    device: torch.device,
    batch: Batch,
) -> bool:
    """Return whether the targets are class labels, after a try of the model on both sets.

    Raises:
        ValueError: the model does not fit them, or options ask for labels or test examples that are not
            there.
    """
    labelled = fitting.check("train", train, batch, model, options.loss)
    if test is not None and fitting.check_examples("test", test, model, options.loss, device) != labelled:
        raise ValueError("test targets must be of the train targets' kind, class labels or not")
    if options.patience is not None and test is None:
        raise ValueError("patience must come with test examples to watch, got none")
    if not labelled and options.label_smoothing:
        raise ValueError("label_smoothing must come with class labels, got other targets")
    if not labelled and options.patience is not None and options.watch == "accuracy":
        raise ValueError("watch must be 'loss' where targets are no class labels, got 'accuracy'")
    return labelled


def steps_per_epoch(options: Options, count: int) -> int:
    """Return the number of batches in ``count`` examples."""
    size = options.batch_size
    return count // size if options.drop_last else math.ceil(count / size)


def channels_last(options: Options, model: nn.Module, device: torch.device) -> bool:
    """Return whether the channels lie last in memory; "auto" is yes where that is faster."""
    if options.channels_last != "auto":
        return bool(options.channels_last)
    convolves = any(isinstance(part, nn.Conv2d) for part in model.modules())
    return convolves and (
        device.type == "cpu" or (device.type == "cuda" and options.mixed_precision is not None)
    )


def autocast(options: Options, device: torch.device) -> AbstractContextManager[Any]:
    """Return the context in which the model computes in mixed precision, if that is asked for."""
    if options.mixed_precision is None:
        return nullcontext()
    return torch.autocast(device.type, dtype=getattr(torch, options.mixed_precision))


def casting(function: Callable[..., Tensor], state: State) -> Callable[..., Tensor]:
    """Return a function that computes in mixed precision, if that is asked for."""
    if state.options.mixed_precision is None:
        return function

    def cast(*arguments: Tensor) -> Tensor:
        with autocast(state.options, state.device):
            return function(*arguments)

    return cast


def augmenter(seed: int, processes: Processes) -> torch.Generator:
    """Return the augmentation's generator: not the shuffling's stream, and each process's own."""
    other = (seed + 0x9E3779B9 * (processes.rank + 1)) % 2**32
    return torch.Generator(processes.device).manual_seed(other)
