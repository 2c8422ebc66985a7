"""Why a loss or a gradient stopped being a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from cnnlab.training.errors import DivergenceError

if TYPE_CHECKING:
    from cnnlab.training.loop import Loop


def diverged(loop: Loop, step: int, part: str) -> DivergenceError:
    """Return the error that says where loss or gradient was first not finite, at which rate, and why."""
    rate = loop.rates[0] * loop.schedule(step)
    where = f"step {step + 1} (epoch {step // loop.steps_per_epoch + 1}), learning rate {rate:.3g}"
    if part == "gradient":
        part += _of_weights(loop)
    return DivergenceError(f"{part} must stay finite, got nan or inf at {where}: {_cause(loop, step, part)}")


def _of_weights(loop: Loop) -> str:
    """Return for which weights the gradient is not finite, as far as it is still known."""
    gradients = ((name, weight.grad) for name, weight in loop.model.named_parameters())
    bad = [name for name, grad in gradients if grad is not None and not torch.isfinite(grad).all()]
    more = f" and {len(bad) - 1} more" if len(bad) > 1 else ""
    return f" of {bad[0]!r}{more}" if bad else ""


def _cause(loop: Loop, step: int, part: str) -> str:
    inputs, targets = _batch(loop, step)
    for name, values in (("inputs", inputs), ("targets", targets)):
        rows = torch.isfinite(values).flatten(1).all(1) if values.ndim > 1 else torch.isfinite(values)
        if not rows.all():
            return f"the {name} hold nan or inf, first in train example {_order(loop, step)[~rows.cpu()][0]}"
    if part.startswith("gradient"):
        return "a root, a norm or a quotient has no finite derivative at 0, or the learning rate is too high"
    if step == 0:
        return "before the first update, so the weights to start with, the augmentation or the loss made it"
    if loop.options.mixed_precision == "float16":
        return "float16 ends at 65,504; take mixed_precision='bfloat16', or a smaller learning rate"
    return "the learning rate is probably too high; try a tenth of it, or clip_norm=1"


def _order(loop: Loop, step: int) -> Tensor:
    """Return the numbers of the examples in a step's batch, over all processes."""
    shuffler = torch.Generator()
    shuffler.set_state(loop.shuffler_state)
    order = torch.randperm(len(loop.train), generator=shuffler)
    return loop.train.plan(order, loop.options.batch_size)[step % loop.steps_per_epoch]


def _batch(loop: Loop, step: int) -> tuple[Tensor, Tensor]:
    order = _order(loop, step)
    return next(loop.train.batches(order, len(order), loop.device))
