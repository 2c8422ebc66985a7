"""What can act at the moments of training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnnlab.training.state import State


class Hook:
    """Acts at moments of training; a class of its own says at which, by a method of that name.

    Each method gets the state of training, whose ``model``, ``optimizer``, ``inputs``, ``targets``,
    ``outputs`` and ``loss`` it may read and change. ``step`` and ``epoch`` count those that are finished:
    ``after_step`` and ``end_of_epoch`` count the one that just was.

    Example:
        >>> class Losses(Hook):
        ...     def __init__(self):
        ...         self.values = []
        ...
        ...     def after_step(self, state):
        ...         self.values.append(state.loss.item())
        >>> from torch import nn, ones, zeros
        >>> from cnnlab import training
        >>> losses = Losses()
        >>> examples = ones(6, 1), zeros(6, 1)
        >>> _ = training.fit(nn.Linear(1, 1), examples, epochs=2, batch_size=2, hooks=[losses])
        >>> len(losses.values)
        6
    """

    def start(self, state: State) -> None:
        """Act before the first step; where training is resumed, before the next."""

    def before_step(self, state: State) -> None:
        """Act when a batch has come, as the model will see it unless ``state.inputs`` is changed."""

    def after_backward(self, state: State) -> None:
        """Act when the gradients are there, before they are shortened and the weights move."""

    def after_step(self, state: State) -> None:
        """Act when the weights have moved."""

    def end_of_epoch(self, state: State) -> None:
        """Act when an epoch stands in ``state.history``, with the model in eval mode if it was tested."""

    def end(self, state: State) -> None:
        """Act when training is over, by itself, by Ctrl-C or by an error; the model is ready for use."""


def checked(hooks: Sequence[Hook]) -> list[Hook]:
    """Return a reader's hooks.

    Raises:
        TypeError: they are none.
    """
    if not isinstance(hooks, Sequence):
        raise TypeError(f"hooks must be a list of hooks, got {type(hooks).__name__}")
    for hook in hooks:
        if not isinstance(hook, Hook):
            got = hook.__name__ if isinstance(hook, type) else type(hook).__name__
            raise TypeError(f"hooks must be objects of classes made from training.Hook, got {got}")
    return list(hooks)
