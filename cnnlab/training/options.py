"""The choices that ``fit`` was called with, checked."""

from __future__ import annotations

import numbers
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from cnnlab._arguments import non_negative_int, one_of, positive_int, positive_number
from cnnlab.training import schedules

Loss = Callable[[Tensor, Tensor], Tensor]
Augment = Callable[[Tensor, torch.Generator], Tensor]
MakeOptimizer = Callable[[Iterable[nn.Parameter]], torch.optim.Optimizer]

OPTIMIZERS = ("sgd", "adamw")
PRECISIONS = {None: torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}
WATCHED = ("loss", "accuracy")
# Whole tensors, names and functions: everything else in the options must be the same when training resumes.
_FREE = ("loss", "augment", "checkpoint", "checkpoint_every", "resume", "compile", "channels_last")


@dataclass(frozen=True, kw_only=True)
class Options:
    """The arguments of :func:`cnnlab.training.fit`, by the same names and with the same meaning."""

    epochs: int
    batch_size: int
    learning_rate: float | None
    loss: Loss | None
    seed: int
    optimizer: str | MakeOptimizer
    momentum: float
    nesterov: bool
    weight_decay: float
    schedule: str | schedules.Schedule
    milestones: Sequence[int]
    gamma: float
    label_smoothing: float
    ema: float | None
    patience: int | None
    watch: str
    clip_norm: float | None
    augment: Augment | None
    mixed_precision: str | None
    channels_last: bool | str
    compile: bool
    drop_last: bool
    checkpoint: str | Path | None
    checkpoint_every: int | None
    resume: bool

    def __post_init__(self) -> None:
        for name in ("epochs", "batch_size"):
            positive_int(name, getattr(self, name))
        non_negative_int("seed", self.seed)
        for name in ("patience", "checkpoint_every"):
            if getattr(self, name) is not None:
                positive_int(name, getattr(self, name))
        for name in ("learning_rate", "clip_norm"):
            if getattr(self, name) is not None:
                positive_number(name, getattr(self, name))
        for name in ("momentum", "weight_decay", "label_smoothing"):
            _share(name, getattr(self, name))
        if self.ema is not None:
            _share("ema", self.ema)
        self._check_words()
        self._check_pairs()

    def _check_words(self) -> None:
        if not callable(self.optimizer):
            one_of("optimizer", self.optimizer, OPTIMIZERS)
        if not callable(self.schedule):
            one_of("schedule", self.schedule, schedules.SCHEDULES)
        one_of("watch", self.watch, WATCHED)
        if self.mixed_precision is not None:
            one_of("mixed_precision", self.mixed_precision, ("bfloat16", "float16"))
        if not isinstance(self.channels_last, bool) and self.channels_last != "auto":
            raise ValueError(f"channels_last must be True, False or 'auto', got {self.channels_last!r}")
        for name in ("nesterov", "compile", "drop_last", "resume"):
            if not isinstance(getattr(self, name), bool):
                raise TypeError(f"{name} must be True or False, got {getattr(self, name)!r}")
        for name in ("loss", "augment"):
            if not (getattr(self, name) is None or callable(getattr(self, name))):
                raise TypeError(f"{name} must be a function, got {getattr(self, name)!r}")

    def _check_pairs(self) -> None:
        """Refuse options that would be ignored."""
        if callable(self.optimizer) and (
            self.learning_rate is not None or self.weight_decay or self.nesterov
        ):
            raise ValueError(
                "optimizer must be a word for learning_rate, weight_decay or nesterov to go with it: "
                "a function sets them itself"
            )
        if self.nesterov and (self.optimizer != "sgd" or not self.momentum):
            raise ValueError(
                f"nesterov must go with 'sgd' and a momentum, got {self.optimizer!r}, {self.momentum}"
            )
        self._check_milestones()
        if self.label_smoothing and self.loss is not None:
            raise ValueError("label_smoothing must go with the default loss, got a loss as well")
        if self.checkpoint is None and (self.resume or self.checkpoint_every is not None):
            raise ValueError(
                "checkpoint must be a file for resume and checkpoint_every to go with it, got None"
            )

    def _check_milestones(self) -> None:
        positive_number("gamma", self.gamma)
        for milestone in self.milestones:
            positive_int("milestones", milestone)
        if (self.schedule == "step") != bool(self.milestones):
            raise ValueError(f"milestones must go with schedule 'step', got {list(self.milestones)}")
        if list(self.milestones) != sorted(set(self.milestones)):
            raise ValueError(f"milestones must increase, got {list(self.milestones)}")

    @property
    def dtype(self) -> torch.dtype:
        """What the model computes in."""
        return PRECISIONS[self.mixed_precision]

    def make_optimizer(self, model: nn.Module) -> torch.optim.Optimizer:
        """Return the optimizer of the model's weights that want gradients.

        Raises:
            ValueError: there are none.
        """
        weights = [weight for weight in model.parameters() if weight.requires_grad]
        if not weights:
            raise ValueError("model must have weights that want gradients, got none")
        if callable(self.optimizer):
            return self.optimizer(weights)
        decay = self.weight_decay
        if self.optimizer == "adamw":
            return torch.optim.AdamW(weights, lr=self.learning_rate or 0.001, weight_decay=decay)
        return torch.optim.SGD(
            weights,
            lr=self.learning_rate or 0.1,
            momentum=self.momentum,
            nesterov=self.nesterov,
            weight_decay=decay,
        )

    def make_schedule(self, steps_per_epoch: int) -> schedules.Schedule:
        """Return the schedule of the learning rate."""
        if callable(self.schedule):
            return self.schedule
        if self.schedule == "step":
            return schedules.step(self.milestones, self.gamma, steps_per_epoch)
        if self.schedule == "constant":
            return schedules.constant()
        steps = self.epochs * steps_per_epoch
        return schedules.cosine(steps) if self.schedule == "cosine" else schedules.one_cycle(steps)

    def settings(self) -> dict[str, Any]:
        """Return what must be the same for a checkpoint to be resumed bit by bit."""
        settings = {name: value for name, value in vars(self).items() if name not in _FREE}
        if self.schedule not in ("one_cycle", "cosine"):
            del settings["epochs"]  # more of them may be added
        settings["milestones"] = [int(milestone) for milestone in self.milestones]
        return {name: _plain(value) for name, value in settings.items()}


def _plain(value: Any) -> Any:
    """Return a value that a checkpoint can hold and compare: functions all look the same."""
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        return int(value) if isinstance(value, numbers.Integral) else float(value)
    return "a function" if callable(value) else value


def _share(name: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a number, got {value!r}")
    if not 0 <= float(value) < 1:
        raise ValueError(f"{name} must be at least 0 and below 1, got {value!r}")
