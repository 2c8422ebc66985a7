"""Everything that training holds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor, nn

from cnnlab.data.batches import Batch, Resident, Streamed
from cnnlab.training import checkpoints, optimizers, resolved, snapshots, trial
from cnnlab.training.averaging import Average
from cnnlab.training.best import Best
from cnnlab.training.distributed import Processes
from cnnlab.training.fitting import default_loss
from cnnlab.training.history import History
from cnnlab.training.meter import Meter
from cnnlab.training.options import Options
from cnnlab.training.weights import keep_modes, set_modes


class State:
    """What training has come to, for the loop to go on from and for hooks to read and change.

    Args:
        model: what is trained, in place.
        train: examples to learn from.
        test: examples to measure after each epoch, or None.
        options: how.
        processes: who takes part, and on which device.

    Attributes:
        inputs: this process's share of the batch.
        targets: its targets.
        outputs: what the model made of the inputs.
        loss: the mean over them.
        epoch: epochs finished.
        position: steps finished in the epoch under way.

    Raises:
        ValueError: they or the checkpoint do not fit each other.
    """

    inputs: Tensor
    targets: Tensor
    outputs: Tensor
    loss: Tensor

    def __init__(
        self,
        model: nn.Module,
        train: Resident | Streamed,
        test: Resident | Streamed | None,
        options: Options,
        processes: Processes,
    ) -> None:
        self.options, self.processes, self.device = options, processes, processes.device
        resolved.check_sizes(options, len(train), processes.count)
        trial.check_weights(model)
        self.model, self.modes = model.to(self.device), keep_modes(model)
        self.augmenter = resolved.augmenter(options.seed, processes)
        self.train, self.test = train.to(self.device), None if test is None else test.to(self.device)
        self.steps_per_epoch = resolved.steps_per_epoch(options, len(train))
        self.labelled, self.channels_last = False, False
        self.criterion = self.test_criterion = options.loss or default_loss(False)
        trial.rehearse(self)
        if self.channels_last:
            model.to(memory_format=torch.channels_last)
        try:
            self._make_parts()
            self._resume()
        except Exception:
            model.to(memory_format=torch.contiguous_format)
            raise

    def _make_parts(self) -> None:
        """Make what acts on the model."""
        options, model = self.options, self.model
        self.forward = resolved.casting(torch.compile(model) if options.compile else model, self)
        self.criterion = resolved.casting(self.criterion, self)
        self.optimizer = optimizers.make(options, model)
        self.rates = [group["lr"] for group in self.optimizer.param_groups]
        self.schedule = options.make_schedule(self.steps_per_epoch)
        self.scaler = torch.amp.GradScaler(self.device.type, enabled=options.mixed_precision == "float16")
        self.average = Average(model, options.ema)
        self.best = Best(options.patience, options.watch)
        self.shuffler = torch.Generator().manual_seed(options.seed)
        self.shuffler_state = self.shuffler.get_state()  # as it was before this epoch's shuffling

    def _resume(self) -> None:
        """Go on from the checkpoint where that is asked for and there is one."""
        self.history, self.meter, self.epoch, self.position, self.seconds = History(), Meter(), 0, 0, 0.0
        path = None if self.options.checkpoint is None else Path(self.options.checkpoint)
        if path is not None and self.options.resume and path.exists():
            snapshots.restore(self, checkpoints.load(path), path)

    @property
    def step(self) -> int:
        """Steps finished."""
        return self.epoch * self.steps_per_epoch + self.position

    @property
    def goes_on(self) -> bool:
        """Whether another epoch is due: neither epochs nor patience are used up."""
        return self.epoch < self.options.epochs and not self.best.over

    @property
    def batch_size(self) -> int:
        """Examples in the batch that comes at this position, over all processes."""
        return min(self.options.batch_size, len(self.train) - self.position * self.options.batch_size)

    @property
    def numbers(self) -> Tensor:
        """Numbers of the examples in this process's share of the batch, in the order of ``inputs``."""
        return self.shares[self.position]

    def batches(self) -> Iterator[Batch]:
        """Begin an epoch: shuffle, and give this process's share of the batches that are not done yet."""
        self.started = time.monotonic() - self.seconds
        set_modes(self.modes)
        self.shuffler_state = self.shuffler.get_state()
        order = torch.randperm(len(self.train), generator=self.shuffler)
        batches = self.train.plan(order, self.options.batch_size)[self.position : self.steps_per_epoch]
        shares = [self.processes.share(batch) for batch in batches]
        self.shares = dict(enumerate(shares, start=self.position))
        return self.train.batches(torch.cat(shares), len(shares[0]), self.device) if shares else iter(())

    def scaled(self, loss: Tensor) -> Tensor:
        """Return a loss whose gradients add up over the processes, and are large enough for float16."""
        return self.scaler.scale(self.processes.weigh(loss, self.batch_size))
