"""What can stop training, each with the history of the epochs before."""

from __future__ import annotations

from cnnlab.training.history import History


class TrainingError(RuntimeError):
    """Training could not go on.

    Attributes:
        history: the epochs that were finished.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.history = History()


class DivergenceError(TrainingError):
    """The loss was no longer a finite number."""


class CheckpointError(TrainingError):
    """A checkpoint could not be written, or read."""
