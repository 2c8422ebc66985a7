"""Checkpoints of training while it goes on."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from cnnlab.training import checkpoints, snapshots, watching
from cnnlab.training.hooks import Hook

if TYPE_CHECKING:
    from cnnlab.training.state import State


class Saving(Hook):
    """Writes a checkpoint after each epoch and, if that is asked for, after every so many steps of one."""

    def after_step(self, state: State) -> None:
        """Save in mid-epoch, with nothing left on the device."""
        every = state.options.checkpoint_every
        if every is not None and state.position % every == 0:
            watching.read(state)
            state.seconds = time.monotonic() - state.started
            self.end_of_epoch(state)

    def end_of_epoch(self, state: State) -> None:
        """Save; every process takes part, and the first one writes."""
        if state.options.checkpoint is not None:
            path, contents = Path(state.options.checkpoint), snapshots.capture(state)
            state.processes.first_only(lambda: checkpoints.save(path, contents))
