"""The bar that shows how far training is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tqdm.auto import tqdm

from cnnlab.training.hooks import Hook

if TYPE_CHECKING:
    from cnnlab.training.state import State


class Progress(Hook):
    """A bar over all steps, shown by the first process unless ``CNNLAB_PROGRESS`` is off."""

    def __init__(self) -> None:
        self.bar: tqdm | None = None

    def start(self, state: State) -> None:
        """Show the bar."""
        off = os.environ.get("CNNLAB_PROGRESS") == "off" or state.processes.rank > 0
        steps = state.options.epochs * state.steps_per_epoch
        self.bar = tqdm(total=steps, initial=state.step, unit="step", disable=off)

    def after_step(self, state: State) -> None:
        """Move on, and tell what has been read of the epoch so far."""
        if self.bar is not None:
            right = f", accuracy {state.meter.accuracy:.1%}" if state.labelled else ""
            self.bar.set_description(f"epoch {state.epoch + 1}/{state.options.epochs}", refresh=False)
            self.bar.set_postfix_str(f"loss {state.meter.mean_loss:.3g}{right}", refresh=False)
            self.bar.update()

    def end(self, state: State) -> None:
        """Leave the bar as it is."""
        if self.bar is not None:
            self.bar.close()
