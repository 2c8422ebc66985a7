"""The training loop: the one that a lesson writes by hand, with moments at which hooks act."""

from __future__ import annotations

from collections.abc import Sequence

from cnnlab.training.hooks import Hook
from cnnlab.training.state import State


def run(state: State, hooks: Sequence[Hook]) -> None:
    """Train; at each moment the hooks act in their order, and "end" comes whatever ended training."""

    def now(moment: str) -> None:
        for hook in hooks:
            getattr(hook, moment)(state)

    try:
        now("start")
        while state.goes_on:
            for batch in state.batches():
                state.inputs, state.targets = batch
                now("before_step")
                state.outputs = state.forward(state.inputs)
                state.loss = state.criterion(state.outputs, state.targets)
                state.optimizer.zero_grad()
                state.scaled(state.loss).backward()
                now("after_backward")
                state.scaler.step(state.optimizer)
                state.position += 1
                now("after_step")
            state.epoch, state.position = state.epoch + 1, 0
            now("end_of_epoch")
    finally:
        now("end")
