"""The state of training as a dictionary for a checkpoint, and back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from cnnlab.training import checkpoints
from cnnlab.training.history import History
from cnnlab.training.meter import Meter

if TYPE_CHECKING:
    from cnnlab.training.state import State


def capture(state: State) -> dict[str, Any]:
    """Return all that decides how training goes on; every process must call it."""
    meter = state.meter
    return {
        "settings": _settings(state),
        "model": state.model.state_dict(),
        "optimizer": state.optimizer.state_dict(),
        "optimizer_kind": type(state.optimizer).__name__,
        "scaler": state.scaler.state_dict(),
        "average": state.average.state(),
        "best": state.best.state(),
        "position": {"epoch": state.epoch, "position": state.position, "seconds": state.seconds},
        "meter": {"loss": meter.loss, "right": meter.right, "seen": meter.seen},
        "history": asdict(state.history),
        # In mid-epoch the shuffling of this epoch is drawn again; at its end the next one is due.
        "shuffler": state.shuffler_state if state.position else state.shuffler.get_state(),
        "random": state.processes.gather(_random_states(state)),
    }


def restore(state: State, saved: dict[str, Any], path: Path) -> None:
    """Let training go on where a checkpoint was written; sets PyTorch's global random state as it was.

    Raises:
        ValueError: the checkpoint is of another model, of other settings or of another optimizer.
    """
    checkpoints.check_model(path, saved["model"], state.model)
    checkpoints.check_same(path, saved["settings"], _settings(state))
    checkpoints.check_optimizer(path, saved, state.optimizer)
    state.model.load_state_dict(saved["model"])
    state.optimizer.load_state_dict(saved["optimizer"])
    state.scaler.load_state_dict(saved["scaler"])
    state.average.load(saved["average"])
    state.best.load(saved["best"], state.device)
    for name, value in saved["position"].items():
        setattr(state, name, value)
    state.meter = Meter(**saved["meter"])
    state.history = History(**saved["history"])
    state.shuffler.set_state(saved["shuffler"])
    _set_random_states(state, saved["random"][state.processes.rank])


def _settings(state: State) -> dict[str, Any]:
    around = {"train_examples": len(state.train), "processes": state.processes.count}
    return state.options.settings() | around


def _random_states(state: State) -> dict[str, Tensor]:
    states = {"torch": torch.get_rng_state(), "augmenter": state.augmenter.get_state()}
    if state.device.type == "cuda":
        states["cuda"] = torch.cuda.get_rng_state(state.device)
    return states


def _set_random_states(state: State, states: dict[str, Tensor]) -> None:
    torch.set_rng_state(states["torch"])
    state.augmenter.set_state(states["augmenter"])
    if state.device.type == "cuda" and "cuda" in states:
        torch.cuda.set_rng_state(states["cuda"], state.device)
