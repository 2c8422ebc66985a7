"""The hooks that every training has, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnlab.training.distributed import Together
from cnnlab.training.examining import Examination
from cnnlab.training.hooks import Hook
from cnnlab.training.progress import Progress
from cnnlab.training.saving import Saving
from cnnlab.training.stepping import Augmenting, Clipping, Layout, LearningRate, Scaling
from cnnlab.training.watching import Watch

if TYPE_CHECKING:
    from cnnlab.training.state import State


def standard(state: State, own: list[Hook]) -> list[Hook]:
    """Return all hooks, a reader's own among them.

    Those see whole gradients before they are shortened, and an epoch before it is saved. The layout comes
    after the weights that are left in the model, since they are copied in place.
    """
    inputs = [LearningRate(), Augmenting()]
    gradients = [Together(), Scaling(), Watch()]
    weights = [state.average, Examination(), state.best, Layout()]
    return [*inputs, *gradients, *weights, *own, Clipping(), Progress(), Saving()]
