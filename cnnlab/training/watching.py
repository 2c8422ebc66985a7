"""The loss of every step, and a stop where it or its gradient is no number."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from cnnlab.training import divergence
from cnnlab.training.hooks import Hook
from cnnlab.training.meter import count_right

if TYPE_CHECKING:
    from cnnlab.training.state import State

# The CPU answers at once; an accelerator would have to stop and wait, so it is asked now and then.
_STEPS_BETWEEN_READINGS = 50


class Watch(Hook):
    """Enters the results of each step into the meter, and stops training that diverges."""

    def after_backward(self, state: State) -> None:
        """Read before the update, so that a loss that is not finite changes no weight."""
        size, targets = state.batch_size, state.targets
        right = count_right(state.outputs, targets) if state.labelled else targets.new_zeros(())
        results = state.processes.sum_results(state.loss, right, size)
        state.meter.add(state.step, *results, size, _slope(state))
        if state.device.type == "cpu" or state.position % _STEPS_BETWEEN_READINGS == 0:
            read(state)

    def end_of_epoch(self, state: State) -> None:
        """Read what is still on the device."""
        read(state)


def read(state: State) -> None:
    """Read the meter.

    Raises:
        DivergenceError: a loss or a gradient is not finite.
    """
    bad = state.meter.read()
    if bad is not None:
        raise divergence.diverged(state, *bad)


def _slope(state: State) -> Tensor:
    """Return what is finite where all of the gradient is; 0 for float16, whose scaler skips the rest."""
    parts = [part for group in state.optimizer.param_groups for part in group["params"]]
    gradients = [part.grad for part in parts if part.grad is not None]
    if state.scaler.is_enabled() or not gradients:
        return torch.zeros(())
    if state.device.type == "cpu":
        # Lengths take a fifth of the time there, but numbers beyond 1e19 make them overflow.
        length = torch.stack(torch._foreach_norm(gradients)).sum()
        if math.isfinite(length.item()):
            return length
    return torch.stack(torch._foreach_norm(gradients, math.inf)).max()
