"""``fit``: train a model on examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import nn

from cnnlab.data.loaded import Loaded
from cnnlab.training import checkpoints
from cnnlab.training.distributed import Processes
from cnnlab.training.errors import TrainingError
from cnnlab.training.given_examples import GivenExamples, wrap
from cnnlab.training.history import History
from cnnlab.training.hooks import Hook, checked
from cnnlab.training.loop import run
from cnnlab.training.options import Options
from cnnlab.training.standard import standard
from cnnlab.training.state import State
from cnnlab.training.taking import takes
from cnnlab.training.weights import dtype_of


@takes(Options)
def fit(
    model: nn.Module,
    train: GivenExamples,
    test: GivenExamples | None = None,
    *,
    device: torch.device | str = "cpu",
    hooks: Sequence[Hook] = (),
    **options: Any,
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
            ``Dataset``, a ``DataLoader`` (whose batches are taken as they are, drawn from ``seed``; another
            ``batch_size`` beside it is refused), a
            :class:`~cnnlab.data.batches.Resident` or a :class:`~cnnlab.data.batches.Streamed`. Integer
            targets are class labels of shape (N,); floating ones of shape (N, C) whose rows add up to 1 are
            class shares. A dataset that does not list its targets is read once before the first step.
        test: the same, for loss and accuracy after each epoch, without label smoothing, in full precision.
        device: where to train.
        hooks: objects of classes made from :class:`~cnnlab.training.hooks.Hook`, which act at the moments of
            training in their order; a checkpoint keeps nothing of theirs.
        **options: see below; an unknown name is refused.

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
    chosen, own = Options(**options), checked(hooks)
    if not isinstance(model, nn.Module):
        raise TypeError(f"model must be a torch module, got {type(model).__name__}")
    train = wrap("train", train, dtype_of(model))
    test = None if test is None else wrap("test", test, dtype_of(model))
    if isinstance(train, Loaded):
        chosen = replace(chosen, batch_size=_only_batch_size(train.batch_size, options))
    if chosen.checkpoint is not None:
        checkpoints.check_path(Path(chosen.checkpoint))
    with torch.inference_mode(False), torch.enable_grad():  # whatever the caller has switched off
        state = State(model, train, test, chosen, Processes(device))
        return _run(state, standard(state, own))


def _only_batch_size(loaders: int, options: dict[str, Any]) -> int:
    """Return a loader's batch size, unless another one was asked for."""
    asked = options.get("batch_size", loaders)
    if asked != loaders:
        raise ValueError(f"batch_size must be that of the DataLoader, {loaders}, or not given, got {asked}")
    return loaders


def _run(state: State, hooks: Sequence[Hook]) -> History:
    """Train until the last epoch, the end of patience or Ctrl-C, and return the history."""
    try:
        run(state, hooks)
    except KeyboardInterrupt:
        state.history.interrupted = True
    except TrainingError as stopped:
        stopped.history = state.history
        raise
    return state.history
