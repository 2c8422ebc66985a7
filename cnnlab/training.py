"""Training: one loop for every model of the course."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from tqdm.auto import tqdm

from cnnlab._arguments import non_negative_int, positive_int, positive_number

Examples = tuple[Tensor, Tensor]


@dataclass
class History:
    """What happened in training, epoch by epoch.

    Attributes:
        train_loss: mean loss over the training examples in each epoch.
        test_loss: mean loss over the test examples after each epoch; empty without test examples.
        test_accuracy: share of test examples classified right after each epoch, 0 to 1; empty unless the
            targets are class labels.
    """

    train_loss: list[float] = field(default_factory=list)
    test_loss: list[float] = field(default_factory=list)
    test_accuracy: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        rows = ["epoch  train loss  test loss  accuracy"]
        for epoch, loss in enumerate(self.train_loss):
            test = f"{self.test_loss[epoch]:9.3g}" if self.test_loss else "        -"
            right = f"{self.test_accuracy[epoch]:8.1%}" if self.test_accuracy else "       -"
            rows.append(f"{epoch + 1:5d}  {loss:10.3g}  {test}  {right}")
        return "\n".join(rows)


def fit(
    model: nn.Module,
    train: Examples,
    test: Examples | None = None,
    *,
    epochs: int,
    batch_size: int = 64,
    learning_rate: float = 0.1,
    loss: Callable[[Tensor, Tensor], Tensor] | None = None,
    seed: int = 0,
    device: torch.device | str = "cpu",
) -> History:
    """Train ``model`` in place by stochastic gradient descent with momentum, and return its history.

    Args:
        model: any module; moved to ``device``.
        train: inputs (N, ...) and targets (N, ...), any device; moved to ``device``. Integer targets are
            class labels of shape (N,).
        test: the same, for the loss after each epoch, and for labels the accuracy.
        epochs: passes over the training examples.
        batch_size: examples a step; the last step of an epoch takes what is left.
        learning_rate: step size.
        loss: function of (outputs, targets) returning the mean over the batch; by default cross-entropy
            for class labels, mean squared error for other targets.
        seed: start of the shuffling; the caller's random state is left alone.
        device: where to train.

    Returns:
        Mean loss of every epoch.

    Raises:
        TypeError: an argument has the wrong type.
        ValueError: sizes are not positive, there are no examples, or inputs and targets differ in number.

    Example:
        >>> x = torch.linspace(-1, 1, 32).unsqueeze(1)
        >>> history = fit(nn.Linear(1, 1), (x, 2 * x + 1), epochs=50, batch_size=8)
        >>> history.train_loss[-1] < 1e-4
        True
    """
    epochs, batch_size = positive_int("epochs", epochs), positive_int("batch_size", batch_size)
    learning_rate = positive_number("learning_rate", learning_rate)
    if not isinstance(model, nn.Module):
        raise TypeError(f"model must be a torch module, got {type(model).__name__}")
    shuffler = torch.Generator().manual_seed(non_negative_int("seed", seed))
    inputs, targets = _examples("train", train, device)
    held_out = None if test is None else _examples("test", test, device)
    labelled = not targets.dtype.is_floating_point
    if loss is None:
        loss = nn.functional.cross_entropy if labelled else nn.functional.mse_loss
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=0.9)
    history = History()
    for _ in tqdm(range(epochs), desc="epochs", disable=os.environ.get("CNNLAB_PROGRESS") == "off"):
        model.train()
        total = 0.0
        for batch in torch.randperm(len(inputs), generator=shuffler).to(device).split(batch_size):
            error = loss(model(inputs[batch]), targets[batch])
            optimizer.zero_grad()
            error.backward()
            optimizer.step()
            total += error.item() * len(batch)
        history.train_loss.append(total / len(inputs))
        if held_out is not None:
            outputs = _outputs(model, held_out[0])
            history.test_loss.append(loss(outputs, held_out[1]).item())
            if labelled:
                history.test_accuracy.append((outputs.argmax(1) == held_out[1]).double().mean().item())
    return history


@torch.no_grad()
def _outputs(model: nn.Module, inputs: Tensor) -> Tensor:
    model.eval()
    return model(inputs)


def _examples(name: str, examples: Examples, device: torch.device | str) -> Examples:
    if not isinstance(examples, tuple) or [type(part) for part in examples] != [Tensor, Tensor]:
        raise TypeError(f"{name} must be a pair of tensors (inputs, targets), got {type(examples).__name__}")
    inputs, targets = examples
    if len(inputs) != len(targets):
        raise ValueError(f"{name} must have one target an input, got {len(inputs)} and {len(targets)}")
    if len(inputs) == 0:
        raise ValueError(f"{name} must have at least one example, got none")
    return inputs.to(device), targets.to(device)
