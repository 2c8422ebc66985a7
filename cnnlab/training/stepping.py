"""What belongs to single steps: their learning rate, their inputs, the length of their gradients."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from cnnlab.training.hooks import Hook

if TYPE_CHECKING:
    from cnnlab.training.state import State


class LearningRate(Hook):
    """Sets the learning rates of each step, by the schedule."""

    def before_step(self, state: State) -> None:
        """Multiply each group's own rate by the schedule's factor."""
        factor = _checked_factor(state.schedule(state.step), state.step)
        for group, rate in zip(state.optimizer.param_groups, state.rates, strict=True):
            group["lr"] = rate * factor


class Augmenting(Hook):
    """Changes the inputs of each step at random."""

    def before_step(self, state: State) -> None:
        """Let the augmentation have the inputs."""
        if state.options.augment is not None:
            with torch.no_grad():
                state.inputs = state.options.augment(state.inputs, state.augmenter)


class Layout(Hook):
    """Has pictures lie with their channels last where that is wanted, and leaves the model ready for use."""

    def before_step(self, state: State) -> None:
        """Lay out the inputs as the weights are."""
        if state.channels_last and state.inputs.ndim == 4:
            state.inputs = state.inputs.contiguous(memory_format=torch.channels_last)

    def end(self, state: State) -> None:
        """Give the weights the usual layout, and the model eval mode."""
        if state.channels_last:
            state.model.to(memory_format=torch.contiguous_format)
        state.model.eval()


class Clipping(Hook):
    """Shortens gradients that are too long."""

    def after_backward(self, state: State) -> None:
        """Shorten all weights' gradients together."""
        if state.options.clip_norm is not None:
            nn.utils.clip_grad_norm_(state.model.parameters(), state.options.clip_norm)


class Scaling(Hook):
    """Undoes the scaling that keeps gradients within float16, and adapts it; does nothing elsewhere."""

    def after_backward(self, state: State) -> None:
        """Give the gradients their true size."""
        state.scaler.unscale_(state.optimizer)

    def after_step(self, state: State) -> None:
        """Scale less after an overflow, and more after many steps without."""
        state.scaler.update()


def _checked_factor(factor: Any, step: int) -> float:
    """Return a schedule's factor.

    Raises:
        ValueError: it is not a finite number of at least 0.
    """
    if not isinstance(factor, (int, float)) or not 0 <= factor < math.inf:
        raise ValueError(
            f"schedule must return a finite number of at least 0, got {factor!r} for step {step}"
        )
    return float(factor)
