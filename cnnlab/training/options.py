"""The choices that ``fit`` was called with, checked."""

from __future__ import annotations

import numbers
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from cnnlab._arguments import non_negative_int, one_of, positive_int, positive_number
from cnnlab.training import schedules
from cnnlab.training.optimizers import OPTIMIZERS, MakeGroups, MakeOptimizer

Loss = Callable[[Tensor, Tensor], Tensor]
Augment = Callable[[Tensor, torch.Generator], Tensor]

# Whole tensors, names and functions: everything else in the options must be the same when training resumes.
_FREE = ("loss", "augment", "checkpoint", "checkpoint_every", "resume", "compile", "channels_last")


@dataclass(frozen=True, kw_only=True)
class Options:
    """How :func:`cnnlab.training.fit` trains: its options, stated here alone.

    Args:
        epochs: passes over the training examples.
        batch_size: examples a step, over all processes; the last step of an epoch takes what is left.
        learning_rate: step size where the schedule is at its highest; by default 0.1 for "sgd", 0.001 for
            "adamw".
        loss: function of (outputs, targets) returning the mean over the batch; by default cross-entropy
            for class labels and class shares, mean squared error for other targets.
        seed: start of the shuffling and of the augmentation; the caller's random state is left to the model.
        optimizer: "sgd", "adamw", or a function of the parameters (or of ``groups``) returning an optimizer
            with its own learning rate.
        groups: function of the model returning the weights by groups, as dictionaries with "params" and what
            a group has for itself, such as "lr"; every weight that wants gradients must be in one. The
            schedule acts on each group's rate; the history tells the first group's.
        momentum: share of the last step that "sgd" keeps, 0 to below 1.
        nesterov: whether "sgd" looks ahead.
        weight_decay: share of each weight taken off, times the learning rate.
        schedule: "constant"; "one_cycle", up and down; "triangle", likewise in straight lines; "cosine",
            down; "step", times ``gamma`` at each milestone; or a function of the step, from 0, returning the
            factor of the learning rate.
        milestones: finished epochs at which "step" acts, increasing.
        gamma: factor of "step".
        label_smoothing: share of each label that is spread over all classes.
        clip_norm: longest gradient, all weights together; longer ones are shortened to it.
        augment: function of (inputs, generator) returning changed inputs, called with each training batch
            on the device, as the objects of ``cnnlab.augmentation`` are.
        ema: decay of an exponential moving average of the weights, such as 0.999. The averaged weights are
            the ones tested, and left in the model.
        patience: epochs without a better test result after which training stops; the best epoch's weights
            are then left in the model (also when the last epoch comes first).
        watch: what is better for ``patience``, a smaller "loss" or a larger "accuracy".
        mixed_precision: "bfloat16" or "float16" to compute in it where that is safe; weights stay as they
            are.
        channels_last: whether pictures lie with their channels last in memory, a third faster on a CPU with
            rounding of its own; "auto" has them so where that is faster and the model can take it.
        compile: whether the model runs through ``torch.compile``, which needs a C++ compiler.
        drop_last: whether the last batch is left out where it is not full.
        checkpoint: file to save all state in after each epoch, in place of an older one; written whole or not
            at all.
        checkpoint_every: steps after which it is saved within an epoch as well.
        resume: whether to go on from ``checkpoint`` where it exists, as if training had never stopped (on a
            CPU to the bit); PyTorch's global random state is set as it was then.
    """

    epochs: int
    batch_size: int = 64
    learning_rate: float | None = None
    loss: Loss | None = None
    seed: int = 0
    optimizer: str | MakeOptimizer = "sgd"
    groups: MakeGroups | None = None
    momentum: float = 0.9
    nesterov: bool = False
    weight_decay: float = 0.0
    schedule: str | schedules.Schedule = "constant"
    milestones: Sequence[int] = ()
    gamma: float = 0.1
    label_smoothing: float = 0.0
    ema: float | None = None
    patience: int | None = None
    watch: str = "loss"
    clip_norm: float | None = None
    augment: Augment | None = None
    mixed_precision: str | None = None
    channels_last: bool | str = "auto"
    compile: bool = False
    drop_last: bool = False
    checkpoint: str | Path | None = None
    checkpoint_every: int | None = None
    resume: bool = False

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
        one_of("watch", self.watch, ("loss", "accuracy"))
        if self.mixed_precision is not None:
            one_of("mixed_precision", self.mixed_precision, ("bfloat16", "float16"))
        if not isinstance(self.channels_last, bool) and self.channels_last != "auto":
            raise ValueError(f"channels_last must be True, False or 'auto', got {self.channels_last!r}")
        for name in ("nesterov", "compile", "drop_last", "resume"):
            if not isinstance(getattr(self, name), bool):
                raise TypeError(f"{name} must be True or False, got {getattr(self, name)!r}")
        for name in ("loss", "augment", "groups"):
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

    def make_schedule(self, steps_per_epoch: int) -> schedules.Schedule:
        """Return the schedule of the learning rate."""
        if callable(self.schedule):
            return self.schedule
        if self.schedule == "step":
            return schedules.step(self.milestones, self.gamma, steps_per_epoch)
        if self.schedule == "constant":
            return schedules.constant()
        return getattr(schedules, self.schedule)(self.epochs * steps_per_epoch)

    def settings(self) -> dict[str, Any]:
        """Return what must be the same for a checkpoint to be resumed bit by bit."""
        settings = {name: value for name, value in vars(self).items() if name not in _FREE}
        if self.schedule not in ("one_cycle", "triangle", "cosine"):
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
