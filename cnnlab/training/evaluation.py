"""How well a model does on examples it does not learn from."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import nn

from cnnlab._arguments import positive_int
from cnnlab.data.batches import Resident, Streamed
from cnnlab.training import weights
from cnnlab.training.distributed import Processes, usable
from cnnlab.training.fitting import check_examples, default_loss
from cnnlab.training.given_examples import GivenExamples, wrap
from cnnlab.training.meter import count_right, read
from cnnlab.training.options import Loss

# Without gradients more fits at once: up to so many examples, and so many numbers of input.
_EXAMPLES, _NUMBERS = 512, 2**22


class Evaluation(NamedTuple):
    """How well a model does.

    Attributes:
        loss: mean over the examples.
        accuracy: share of them classified right, 0 to 1; None unless the targets are class labels.
    """

    loss: float
    accuracy: float | None


def evaluate(
    model: nn.Module,
    examples: GivenExamples,
    *,
    batch_size: int = 64,
    loss: Loss | None = None,
    device: torch.device | str = "cpu",
) -> Evaluation:
    """Return loss and accuracy of a model in eval mode; its own mode comes back afterwards.

    Args:
        model: any module; moved to ``device``.
        examples: as in :func:`cnnlab.training.fit`.
        batch_size: examples at a time; small ones are taken more at a time, up to 512.
        loss: as in :func:`cnnlab.training.fit`.
        device: where to compute.

    Raises:
        TypeError: an argument has the wrong type.
        ValueError: ``batch_size`` is not positive, or model and examples do not fit each other.

    Example:
        >>> scores = torch.tensor([[2.0, 0.0], [0.0, 2.0], [0.0, 2.0]])
        >>> evaluate(nn.Identity(), (scores, torch.tensor([0, 1, 0]))).accuracy
        0.6666666666666666
    """
    if not isinstance(model, nn.Module):
        raise TypeError(f"model must be a torch module, got {type(model).__name__}")
    batch_size, device = positive_int("batch_size", batch_size), usable(device)
    batches = wrap("examples", examples, weights.dtype_of(model)).to(device)
    labelled = check_examples("examples", batches, model.to(device), loss, device)
    modes = {part: part.training for part in model.modules()}
    how = loss or default_loss(labelled), labelled, batch_size, Processes(device, alone=True)
    try:
        return measure(model, batches, *how)
    finally:
        weights.set_modes(modes)


@torch.no_grad()
def measure(
    model: nn.Module,
    examples: Resident | Streamed,
    loss: Loss,
    labelled: bool,
    batch_size: int,
    processes: Processes,
) -> Evaluation:
    """Return loss and accuracy over all processes, each with its part; leaves the model in eval mode."""
    model.eval()
    order = examples.indices.tensor_split(processes.count)[processes.rank]
    losses, hits, sizes = [], [], []
    for inputs, targets in examples.batches(order, _size(examples, batch_size), processes.device):
        outputs = model(inputs)
        losses.append(loss(outputs, targets).reshape(()))
        hits.append(count_right(outputs, targets) if labelled else targets.new_zeros(()))
        sizes.append(len(inputs))
    total = sum(value * size for value, size in zip(read(losses), sizes, strict=True))
    total, right = processes.sum_numbers([total, sum(read(hits))])
    return Evaluation(total / len(examples), right / len(examples) if labelled else None)


def _size(examples: Resident | Streamed, batch_size: int) -> int:
    if isinstance(examples, Streamed):
        return batch_size
    return max(batch_size, min(_EXAMPLES, _NUMBERS // max(1, examples.images[0].numel())))
