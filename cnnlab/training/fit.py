"""``fit``: train a model on examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import nn

from cnnlab.data.loaded import Loaded
from cnnlab.training import checkpoints
from cnnlab.training.distributed import Processes
from cnnlab.training.examples import Examples, wrap
from cnnlab.training.history import History
from cnnlab.training.loop import Loop
from cnnlab.training.options import Augment, Loss, MakeOptimizer, Options
from cnnlab.training.schedules import Schedule
from cnnlab.training.weights import dtype_of


def fit(
    model: nn.Module,
    train: Examples,
    test: Examples | None = None,
    *,
    epochs: int,
    batch_size: int = 64,
    learning_rate: float | None = None,
    loss: Loss | None = None,
    seed: int = 0,
    device: torch.device | str = "cpu",
    optimizer: str | MakeOptimizer = "sgd",
    momentum: float = 0.9,
    nesterov: bool = False,
    weight_decay: float = 0.0,
    schedule: str | Schedule = "constant",
    milestones: Sequence[int] = (),
    gamma: float = 0.1,
    label_smoothing: float = 0.0,
    clip_norm: float | None = None,
    augment: Augment | None = None,
    ema: float | None = None,
    patience: int | None = None,
    watch: str = "loss",
    mixed_precision: str | None = None,
    channels_last: bool | str = "auto",
    compile: bool = False,
    drop_last: bool = False,
    checkpoint: str | Path | None = None,
    checkpoint_every: int | None = None,
    resume: bool = False,
) -> History:
    """Train ``model`` in place, leave it in eval mode, and return what happened.

    Ctrl-C ends training; the history then says ``interrupted``. Training that ends by itself before its time
    raises an error whose ``history`` holds the finished epochs.

    Started by ``torchrun``, every process calls ``fit`` alike and takes its share of each batch; gradients
    are averaged so that the result is that of one process with the same ``batch_size``, save for rounding.
    With batch norm or dropout it is not: statistics and draws are each process's own (batch norm's running
    statistics are the first process's at the end of each epoch). Checkpoints and the progress bar are the
    first process's.

    Args:
        model: any module; moved to ``device``. Where some of its parts are in eval mode and others are not,
            each keeps its mode while training, such as frozen batch norm.
        train: a pair of tensors or arrays (inputs (N, ...), targets (N, ...)), a torchvision or any map-style
            ``Dataset``, a ``DataLoader`` (whose batches are taken as they are, drawn from ``seed``), a
            :class:`~cnnlab.data.batches.Resident` or a :class:`~cnnlab.data.batches.Streamed`. Integer
            targets are class labels of shape (N,); floating ones of shape (N, C) whose rows add up to 1 are
            class shares. A dataset that does not list its targets is read once before the first step.
        test: the same, for loss and accuracy after each epoch, without label smoothing, in full precision.
        epochs: passes over the training examples.
        batch_size: examples a step, over all processes; the last step of an epoch takes what is left.
        learning_rate: step size where the schedule is at its highest; by default 0.1 for "sgd", 0.001 for
            "adamw".
        loss: function of (outputs, targets) returning the mean over the batch; by default cross-entropy
            for class labels and class shares, mean squared error for other targets.
        seed: start of the shuffling and of the augmentation; the caller's random state is left to the model.
        device: where to train.
        optimizer: "sgd", "adamw", or a function of the parameters returning an optimizer with its own
            learning rate.
        momentum: share of the last step that "sgd" keeps, 0 to below 1.
        nesterov: whether "sgd" looks ahead.
        weight_decay: share of each weight taken off, times the learning rate.
        schedule: "constant"; "one_cycle", up and down; "cosine", down; "step", times ``gamma`` at each
            milestone; or a function of the step, from 0, returning the factor of the learning rate.
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

    Returns:
        Losses, accuracies, learning rates and seconds of every epoch.

    Raises:
        TypeError: an argument has the wrong type.
        ValueError: an option is out of its range or in conflict with another, or model, examples and
            checkpoint do not fit each other; found before the first step, with all weights as they were.
        DivergenceError: the loss or its gradient is not finite; says at which step, with which learning
            rate, and the likely cause. On a CPU the weights are those of the step before.
        CheckpointError: the checkpoint cannot be written (the one before is whole) or read.

    Example:
        >>> x = torch.linspace(-1, 1, 32).unsqueeze(1)
        >>> history = fit(nn.Linear(1, 1), (x, 2 * x + 1), epochs=50, batch_size=8)
        >>> history.train_loss[-1] < 1e-4
        True

        Class labels, a schedule, and an average of the weights:

        >>> labels = (x[:, 0] > 0).long()
        >>> options = {"schedule": "one_cycle", "ema": 0.9, "label_smoothing": 0.1, "batch_size": 8}
        >>> history = fit(nn.Linear(1, 2), (x, labels), (x, labels), epochs=20, **options)
        >>> history.test_accuracy[-1] > 0.9
        True

        Stop, and go on later:

        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / "line.pt"
        >>> line = nn.Linear(1, 1)
        >>> _ = fit(line, (x, 2 * x), epochs=1, batch_size=8, checkpoint=path)
        >>> len(fit(line, (x, 2 * x), epochs=3, batch_size=8, checkpoint=path, resume=True))
        3
    """
    options = Options(
        epochs=epochs,
        batch_size=batch_size,
        learning_rate=learning_rate,
        loss=loss,
        seed=seed,
        optimizer=optimizer,
        momentum=momentum,
        nesterov=nesterov,
        weight_decay=weight_decay,
        schedule=schedule,
        milestones=milestones,
        gamma=gamma,
        label_smoothing=label_smoothing,
        clip_norm=clip_norm,
        augment=augment,
        ema=ema,
        patience=patience,
        watch=watch,
        mixed_precision=mixed_precision,
        channels_last=channels_last,
        compile=compile,
        drop_last=drop_last,
        checkpoint=checkpoint,
        checkpoint_every=checkpoint_every,
        resume=resume,
    )
    if not isinstance(model, nn.Module):
        raise TypeError(f"model must be a torch module, got {type(model).__name__}")
    train = wrap("train", train, dtype_of(model))
    test = None if test is None else wrap("test", test, dtype_of(model))
    if isinstance(train, Loaded):
        options = replace(options, batch_size=train.batch_size)
    if checkpoint is not None:
        checkpoints.check_path(Path(checkpoint))
    with torch.inference_mode(False), torch.enable_grad():  # whatever the caller has switched off
        return Loop(model, train, test, options, Processes(device)).run()
