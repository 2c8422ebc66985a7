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
    from cnnlab.training.loop import Loop


def capture(loop: Loop) -> dict[str, Any]:
    """Return all that decides how training goes on; every process must call it."""
    meter = loop.meter
    return {
        "settings": _settings(loop),
        "model": loop.model.state_dict(),
        "optimizer": loop.optimizer.state_dict(),
        "optimizer_kind": type(loop.optimizer).__name__,
        "scaler": loop.scaler.state_dict(),
        "average": loop.average.state(),
        "best": loop.best.state(),
        "position": {"epoch": loop.epoch, "position": loop.position, "seconds": loop.seconds},
        "meter": {"loss": meter.loss, "right": meter.right, "seen": meter.seen},
        "history": asdict(loop.history),
        # In mid-epoch the shuffling of this epoch is drawn again; at its end the next one is due.
        "shuffler": loop.shuffler_state if loop.position else loop.shuffler.get_state(),
        "random": loop.processes.gather(_random_states(loop)),
    }


def restore(loop: Loop, saved: dict[str, Any], path: Path) -> None:
    """Let training go on where a checkpoint was written; sets PyTorch's global random state as it was.

    Raises:
        ValueError: the checkpoint is of another model, of other settings or of another optimizer.
    """
    checkpoints.check_model(path, saved["model"], loop.model)
    checkpoints.check_same(path, saved["settings"], _settings(loop))
    checkpoints.check_optimizer(path, saved, loop.optimizer)
    loop.model.load_state_dict(saved["model"])
    loop.optimizer.load_state_dict(saved["optimizer"])
    loop.scaler.load_state_dict(saved["scaler"])
    loop.average.load(saved["average"])
    loop.best.load(saved["best"], loop.device)
    for name, value in saved["position"].items():
        setattr(loop, name, value)
    loop.meter = Meter(**saved["meter"])
    loop.history = History(**saved["history"])
    loop.shuffler.set_state(saved["shuffler"])
    _set_random_states(loop, saved["random"][loop.processes.rank])


def _settings(loop: Loop) -> dict[str, Any]:
    around = {"train_examples": len(loop.train), "processes": loop.processes.count}
    return loop.options.settings() | around


def _random_states(loop: Loop) -> dict[str, Tensor]:
    states = {"torch": torch.get_rng_state(), "augmenter": loop.augmenter.get_state()}
    if loop.device.type == "cuda":
        states["cuda"] = torch.cuda.get_rng_state(loop.device)
    return states


def _set_random_states(loop: Loop, states: dict[str, Tensor]) -> None:
    torch.set_rng_state(states["torch"])
    loop.augmenter.set_state(states["augmenter"])
    if loop.device.type == "cuda" and "cuda" in states:
        torch.cuda.set_rng_state(states["cuda"], loop.device)
