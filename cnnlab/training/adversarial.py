"""Training on batches that an attack has made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from torch import Tensor, nn

from cnnlab.training.hooks import Hook
from cnnlab.training.weights import set_modes

if TYPE_CHECKING:
    from cnnlab.training.state import State

Attack = Callable[[nn.Module, Tensor, Tensor], Tensor]


class AdversarialBatches(Hook):
    """Lets an attack change the inputs of every step, against the model as it is at that step.

    The model is in eval mode meanwhile: the attack moves no statistics of batch norm, and dropout draws
    nothing. What it leaves in the weights' gradients is cleared before the step's own.

    Args:
        attack: function of (model, inputs, targets) returning inputs of the same shape.

    Source: Goodfellow, Shlens and Szegedy, "Explaining and harnessing adversarial examples" (2015),
    section 6, without the clean half of the batch.

    Example:
        >>> import torch
        >>> from cnnlab import training
        >>> def against(model, inputs, targets):
        ...     inputs = inputs.clone().requires_grad_()
        ...     nn.functional.mse_loss(model(inputs), targets).backward()
        ...     return inputs + 0.1 * inputs.grad.sign()
        >>> examples = torch.ones(6, 1), torch.zeros(6, 1)
        >>> hooks = [AdversarialBatches(against)]
        >>> len(training.fit(nn.Linear(1, 1), examples, epochs=1, batch_size=2, hooks=hooks))
        1
    """

    def __init__(self, attack: Attack) -> None:
        if not callable(attack):
            raise TypeError(f"attack must be a function, got {attack!r}")
        self.attack = attack

    def before_step(self, state: State) -> None:
        """Take the attack's inputs for the step.

        Raises:
            ValueError: they are none of the shape asked for.
        """
        modes = {part: part.training for part in state.model.modules()}
        state.model.eval()
        try:
            inputs = self.attack(state.model, state.inputs, state.targets)
        finally:
            set_modes(modes)
        if not isinstance(inputs, Tensor) or inputs.shape != state.inputs.shape:
            got = tuple(inputs.shape) if isinstance(inputs, Tensor) else type(inputs).__name__
            raise ValueError(f"attack must return inputs of shape {tuple(state.inputs.shape)}, got {got}")
        state.inputs = inputs.detach()
