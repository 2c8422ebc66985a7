"""How the model does after each epoch, on examples it does not learn from."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from cnnlab.training.evaluation import measure
from cnnlab.training.hooks import Hook
from cnnlab.training.meter import Meter

if TYPE_CHECKING:
    from cnnlab.training.state import State


class Examination(Hook):
    """Measures on the test examples, and writes the epoch into the history."""

    def end_of_epoch(self, state: State) -> None:
        """Measure the averaged weights where there are such."""
        test, rate, meter = None, state.optimizer.param_groups[0]["lr"], state.meter
        with state.average.in_place():
            state.processes.broadcast(state.model)
            if state.test is not None:
                how = state.test_criterion, state.labelled, state.options.batch_size, state.processes
                test = measure(state.model, state.test, *how)
                state.best.update(state.epoch, test, state.model)
        accuracy = meter.accuracy if state.labelled else None
        state.history.add(meter.mean_loss, accuracy, test, rate, time.monotonic() - state.started)
        state.history.best_epoch = state.best.epoch
        state.seconds, state.meter = 0.0, Meter()
