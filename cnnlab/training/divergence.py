"""Why a loss or a gradient stopped being a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from cnnlab.training.errors import DivergenceError

if TYPE_CHECKING:
    from cnnlab.training.state import State


def diverged(state: State, step: int, part: str) -> DivergenceError:
    """Return the error that says where loss or gradient was first not finite, at which rate, and why."""
    rate = state.rates[0] * state.schedule(step)
    where = f"step {step + 1} (epoch {step // state.steps_per_epoch + 1}), learning rate {rate:.3g}"
    if part == "gradient":
        part += _of_weights(state)
    return DivergenceError(f"{part} must stay finite, got nan or inf at {where}: {_cause(state, step, part)}")


def _of_weights(state: State) -> str:
    """Return for which weights the gradient is not finite, as far as it is still known."""
    gradients = ((name, weight.grad) for name, weight in state.model.named_parameters())
    bad = [name for name, grad in gradients if grad is not None and not torch.isfinite(grad).all()]
    more = f" and {len(bad) - 1} more" if len(bad) > 1 else ""
    return f" of {bad[0]!r}{more}" if bad else ""


def _cause(state: State, step: int, part: str) -> str:
    inputs, targets = _batch(state, step)
    for name, values in (("inputs", inputs), ("targets", targets)):
        rows = torch.isfinite(values).flatten(1).all(1) if values.ndim > 1 else torch.isfinite(values)
        if not rows.all():
            return f"the {name} hold nan or inf, first in train example {_order(state, step)[~rows.cpu()][0]}"
    if part.startswith("gradient"):
        return "a root, a norm or a quotient has no finite derivative at 0, or the learning rate is too high"
    if step == 0:
        return "before the first update, so the weights to start with, the augmentation or the loss made it"
    if state.options.mixed_precision == "float16":
        return "float16 ends at 65,504; take mixed_precision='bfloat16', or a smaller learning rate"
    return "the learning rate is probably too high; try a tenth of it, or clip_norm=1"


def _order(state: State, step: int) -> Tensor:
    """Return the numbers of the examples in a step's batch, over all processes."""
    shuffler = torch.Generator()
    shuffler.set_state(state.shuffler_state)
    order = torch.randperm(len(state.train), generator=shuffler)
    return state.train.plan(order, state.options.batch_size)[step % state.steps_per_epoch]


def _batch(state: State, step: int) -> tuple[Tensor, Tensor]:
    order = _order(state, step)
    return next(state.train.batches(order, len(order), state.device))
