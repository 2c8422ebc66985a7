"""Whether examples and model fit each other, found out before the first step."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from cnnlab.data.batches import Batch, Resident, Streamed
from cnnlab.training.options import Loss
from cnnlab.training.untouched import untouched

_CLOSE = 1e-3  # by how much the shares of a row may miss 1


def default_loss(labelled: bool, label_smoothing: float = 0.0) -> Loss:
    """Return cross-entropy for class labels and class shares, mean squared error for other targets."""
    if not labelled:
        return nn.functional.mse_loss
    if not label_smoothing:
        return nn.functional.cross_entropy
    return nn.CrossEntropyLoss(label_smoothing=label_smoothing)


def first_batch(name: str, examples: Resident | Streamed, order: Tensor, device: torch.device) -> Batch:
    """Return the batch of some examples, read as training will read it.

    Raises:
        ValueError: they are no pairs of tensors.
    """
    rule = f"{name} must give pairs of tensors (inputs, targets)"
    pair = attempt(rule, next, examples.batches(order, len(order), device))
    if [isinstance(part, Tensor) for part in pair] != [True, True]:
        raise ValueError(f"{rule}, got {', '.join(type(part).__name__ for part in pair)}")
    return pair


def check(
    name: str, examples: Resident | Streamed, batch: Batch, model: nn.Module, loss: Loss | None
) -> bool:
    """Try the model on two examples of a batch, in eval mode; return whether classes are told apart.

    That is the case where targets are class labels, or by the default loss class shares.

    Raises:
        ValueError: the model does not take the inputs, its outputs do not fit the targets, or labels lie
            outside of the classes.
    """
    inputs, targets = (part[:2] for part in batch)
    with torch.no_grad():
        model.eval()
        outputs = attempt(f"model must take {name} inputs of shape {tuple(inputs.shape)}", model, inputs)
        if not isinstance(outputs, Tensor) or outputs.ndim == 0 or len(outputs) != len(inputs):
            found = tuple(outputs.shape) if isinstance(outputs, Tensor) else type(outputs).__name__
            raise ValueError(f"model must return a tensor with one row an input, {len(inputs)}, got {found}")
        if loss is not None:
            check_loss(name, loss, outputs, targets)
            return not targets.dtype.is_floating_point and outputs.ndim == targets.ndim + 1
        _check_shapes(name, outputs, targets)
        if targets.dtype.is_floating_point:
            return are_shares(examples.targets if examples.targets is not None else batch[1])
        _check_labels(name, outputs, examples)
        return True


def are_shares(values: Tensor) -> bool:
    """Return whether each row (N, C) holds shares of at least two classes, which add up to 1."""
    if not values.dtype.is_floating_point or values.ndim != 2 or values.shape[1] < 2:
        return False
    in_range = (values >= 0).all() and (values <= 1).all()
    return bool(in_range and ((values.sum(1) - 1).abs() <= _CLOSE).all())


def warn_of_softmax(outputs: Tensor, loss: Loss) -> None:
    """Warn where cross-entropy is asked to take the softmax of a softmax."""
    cross = loss is nn.functional.cross_entropy or isinstance(loss, nn.CrossEntropyLoss)
    scores = outputs.detach().float()
    if cross and are_shares(scores) and ((scores > 0) & (scores < 1)).any():
        warnings.warn(
            "the model's outputs are probabilities already, and cross-entropy takes their softmax once more: "
            "training will be slow; leave out the model's softmax",
            UserWarning,
            stacklevel=2,
        )


def _check_shapes(name: str, outputs: Tensor, targets: Tensor) -> None:
    """Hold outputs (N, classes, ...) against labels (N, ...), or outputs against other targets like them."""
    got = f"got {tuple(targets.shape)} of {targets.dtype} for outputs {tuple(outputs.shape)}"
    if not targets.dtype.is_floating_point:
        if outputs.ndim < 2 or targets.shape != outputs[:, 0].shape:
            raise ValueError(f"{name} targets must be one class label for each row of scores, {got}")
    elif targets.shape != outputs.shape:
        hint = "; class labels must be integers" if targets.ndim == outputs.ndim - 1 else ""
        raise ValueError(f"{name} targets must have the shape of the model's outputs, {got}{hint}")


def _check_labels(name: str, outputs: Tensor, examples: Resident | Streamed) -> None:
    listed = examples.targets
    parts = [targets for _, targets in examples.batches(examples.indices)] if listed is None else [listed]
    low, high = min(int(part.min()) for part in parts), max(int(part.max()) for part in parts)
    classes = outputs.shape[1]
    if low < 0 or high >= classes:
        limits = f"0 to {classes - 1}, as the model has {classes} outputs"
        raise ValueError(f"{name} labels must be {limits}, got {low if low < 0 else high}")


def check_loss(name: str, loss: Loss, outputs: Tensor, targets: Tensor) -> Tensor:
    """Return the loss.

    Raises:
        ValueError: it is not one number.
    """
    shapes = f"outputs {tuple(outputs.shape)} and {name} targets {tuple(targets.shape)} of {targets.dtype}"
    error = attempt(f"loss must take {shapes}", loss, outputs, targets)
    if not isinstance(error, Tensor) or error.numel() != 1:
        found = tuple(error.shape) if isinstance(error, Tensor) else type(error).__name__
        raise ValueError(f"loss must return one number, the mean over the batch, got {found}")
    return error


def attempt(rule: str, function: Callable[..., Any], *arguments: Any) -> Any:
    """Return what a function returns.

    Raises:
        ValueError: it raised; the sentence is the ``rule`` and the first line of what it said.
    """
    try:
        return function(*arguments)
    except (RuntimeError, ValueError, LookupError, TypeError, AttributeError) as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ValueError(f"{rule}, got: {first}") from error


def check_examples(
    name: str, examples: Resident | Streamed, model: nn.Module, loss: Loss | None, device: torch.device
) -> bool:
    """Read two examples, try the model on them, and leave model and random state as they were."""
    with untouched(model, device):
        batch = first_batch(name, examples, examples.indices[:2], device)
        return check(name, examples, batch, model, loss)
