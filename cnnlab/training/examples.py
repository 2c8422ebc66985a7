"""Whether examples and model fit each other, found out before the first step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

from cnnlab.data.batches import Resident, Streamed
from cnnlab.training.options import Loss

Examples = tuple[Tensor, Tensor] | Resident | Streamed


def wrap(name: str, examples: Any) -> Resident | Streamed:
    """Return examples as something that gives batches.

    Args:
        name: what the caller calls them.
        examples: a pair of tensors (inputs, targets), or already such a thing.

    Raises:
        TypeError: they are something else.
        ValueError: there are none, or inputs and targets differ in number.
    """
    if isinstance(examples, (Resident, Streamed)):
        return examples
    if not isinstance(examples, tuple) or [isinstance(part, Tensor) for part in examples] != [True, True]:
        kinds = "a pair of tensors (inputs, targets), Resident or Streamed"
        raise TypeError(f"{name} must be {kinds}, got {type(examples).__name__}")
    inputs, targets = examples
    if inputs.ndim and targets.ndim and len(inputs) != len(targets):
        raise ValueError(f"{name} must have one target an input, got {len(inputs)} and {len(targets)}")
    if inputs.ndim and len(inputs) == 0:
        raise ValueError(f"{name} must have at least one example, got none")
    return Resident(inputs, targets)


def default_loss(labelled: bool, label_smoothing: float = 0.0) -> Loss:
    """Return cross-entropy for class labels, mean squared error for other targets."""
    if not labelled:
        return nn.functional.mse_loss
    if not label_smoothing:
        return nn.functional.cross_entropy
    return nn.CrossEntropyLoss(label_smoothing=label_smoothing)


def check(
    name: str,
    examples: Resident | Streamed,
    model: nn.Module,
    loss: Loss | None,
    device: torch.device,
    augment: Callable[[Tensor], Tensor] | None = None,
) -> bool:
    """Try the model on two examples, in eval mode; return whether the targets are class labels.

    Raises:
        ValueError: the model does not take the inputs, its outputs do not fit the targets, or labels lie
            outside of the classes.
    """
    order = torch.arange(min(2, len(examples)))
    with _eval_mode(model), torch.no_grad():
        inputs, targets = next(examples.batches(order, 2, device))
        inputs = inputs if augment is None else augment(inputs)
        outputs = _try(f"model must take {name} inputs of shape {tuple(inputs.shape)}", model, inputs)
    if not isinstance(outputs, Tensor) or outputs.ndim == 0 or len(outputs) != len(inputs):
        found = tuple(outputs.shape) if isinstance(outputs, Tensor) else type(outputs).__name__
        raise ValueError(f"model must return a tensor with one row an input, {len(inputs)}, got {found}")
    labelled = not targets.dtype.is_floating_point and outputs.ndim == targets.ndim + 1
    if loss is None:
        _check_shapes(name, outputs, targets)
        _check_labels(name, outputs, examples.targets)
    else:
        _check_loss(name, loss, outputs, targets)
    return labelled


def _check_shapes(name: str, outputs: Tensor, targets: Tensor) -> None:
    """Hold outputs (N, classes, ...) against labels (N, ...), or outputs against other targets like them."""
    got = f"got {tuple(targets.shape)} of {targets.dtype} for outputs {tuple(outputs.shape)}"
    if not targets.dtype.is_floating_point:
        if outputs.ndim < 2 or targets.shape != outputs[:, 0].shape:
            raise ValueError(f"{name} targets must be one class label for each row of scores, {got}")
    elif targets.shape != outputs.shape:
        hint = "; class labels must be integers" if targets.ndim == outputs.ndim - 1 else ""
        raise ValueError(f"{name} targets must have the shape of the model's outputs, {got}{hint}")


def _check_labels(name: str, outputs: Tensor, targets: Tensor | None) -> None:
    if targets is None or targets.dtype.is_floating_point:
        return
    low, high, classes = int(targets.min()), int(targets.max()), outputs.shape[1]
    if low < 0 or high >= classes:
        limits = f"0 to {classes - 1}, as the model has {classes} outputs"
        raise ValueError(f"{name} labels must be {limits}, got {low if low < 0 else high}")


def _check_loss(name: str, loss: Loss, outputs: Tensor, targets: Tensor) -> None:
    shapes = f"outputs {tuple(outputs.shape)} and {name} targets {tuple(targets.shape)} of {targets.dtype}"
    with torch.no_grad():
        error = _try(f"loss must take {shapes}", loss, outputs, targets)
    if not isinstance(error, Tensor) or error.numel() != 1:
        found = tuple(error.shape) if isinstance(error, Tensor) else type(error).__name__
        raise ValueError(f"loss must return one number, the mean over the batch, got {found}")


def _try(rule: str, function: Callable[..., Any], *arguments: Tensor) -> Any:
    try:
        return function(*arguments)
    except (RuntimeError, ValueError, IndexError, TypeError) as error:
        raise ValueError(f"{rule}, got: {str(error).strip().splitlines()[0]}") from error


@contextmanager
def _eval_mode(model: nn.Module) -> Iterator[None]:
    """Let the model be in eval mode, and give back its modes and the random state."""
    modes = {part: part.training for part in model.modules()}
    model.eval()
    try:
        with torch.random.fork_rng(devices=[]):
            yield
    finally:
        for part, mode in modes.items():
            part.training = mode
