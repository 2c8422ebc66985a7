"""The training loop itself."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor, nn

from cnnlab.data.batches import Batch, Resident, Streamed
from cnnlab.training import checkpoints, diagnosis, setting, snapshots, trial
from cnnlab.training.averaging import Average
from cnnlab.training.best import Best
from cnnlab.training.distributed import Processes
from cnnlab.training.errors import TrainingError
from cnnlab.training.evaluation import measure
from cnnlab.training.fitting import default_loss
from cnnlab.training.history import History
from cnnlab.training.meter import Meter, count_right
from cnnlab.training.options import Options
from cnnlab.training.weights import keep_modes, set_modes

# The CPU answers at once; an accelerator would have to stop and wait, so it is asked now and then.
_STEPS_BETWEEN_READINGS = 50


class Loop:
    """Everything that training holds, and the loop over it.

    Args:
        model: what is trained, in place.
        train: examples to learn from.
        test: examples to measure after each epoch, or None.
        options: how.
        processes: who takes part, and on which device.

    Raises:
        ValueError: they or the checkpoint do not fit each other.
    """

    def __init__(
        self,
        model: nn.Module,
        train: Resident | Streamed,
        test: Resident | Streamed | None,
        options: Options,
        processes: Processes,
    ) -> None:
        self.options, self.processes, self.device = options, processes, processes.device
        setting.check_sizes(options, len(train), processes.count)
        trial.check_weights(model)
        self.model, self.modes = model.to(self.device), keep_modes(model)
        self.augmenter = setting.augmenter(options.seed, processes)
        self.train, self.test = train.to(self.device), None if test is None else test.to(self.device)
        self.steps_per_epoch = setting.steps_per_epoch(options, len(train))
        self.labelled, self.channels_last = False, False
        self.loss = self.test_loss = options.loss or default_loss(False)
        trial.rehearse(self)
        if self.channels_last:
            model.to(memory_format=torch.channels_last)
        self.forward = torch.compile(model) if options.compile else model
        self.optimizer = options.make_optimizer(model)
        self.rates = [group["lr"] for group in self.optimizer.param_groups]
        self.schedule = options.make_schedule(self.steps_per_epoch)
        self.scaler = torch.amp.GradScaler(self.device.type, enabled=options.mixed_precision == "float16")
        self.average = Average(model, options.ema)
        self.best = Best(options.patience, options.watch)
        self.shuffler = torch.Generator().manual_seed(options.seed)
        self.shuffler_state = self.shuffler.get_state()  # as it was before this epoch's shuffling
        self.history, self.meter, self.epoch, self.position, self.seconds = History(), Meter(), 0, 0, 0.0
        self.path = None if options.checkpoint is None else Path(options.checkpoint)
        if self.path is not None and options.resume and self.path.exists():
            self._resume(self.path)
        processes.broadcast(model)

    def _resume(self, path: Path) -> None:
        try:
            snapshots.restore(self, checkpoints.load(path), path)
        except (ValueError, TrainingError):
            self.model.to(memory_format=torch.contiguous_format)
            raise

    @property
    def step(self) -> int:
        """Steps taken so far."""
        return self.epoch * self.steps_per_epoch + self.position

    def run(self) -> History:
        """Train until the last epoch, the end of patience or Ctrl-C, and return the history."""
        try:
            steps = self.options.epochs * self.steps_per_epoch
            with setting.progress(steps, self.step, self.processes) as self.bar:
                while self.epoch < self.options.epochs and not self.best.over:
                    self._run_epoch()
        except KeyboardInterrupt:
            self.history.interrupted = True
        except TrainingError as stopped:
            stopped.history = self.history
            raise
        finally:
            self._hand_over()
        return self.history

    def _run_epoch(self) -> None:
        """Take the steps of one epoch that are not taken yet, measure, and save."""
        self.started = time.monotonic() - self.seconds
        set_modes(self.modes)
        for inputs, targets in self._remaining_batches():
            self._take_step(inputs, targets)
            self.position += 1
            self.bar.update()
            if self.position % (self.options.checkpoint_every or self.steps_per_epoch + 1) == 0:
                self._save()
        self._read_meter()
        self._close_epoch()
        self._save()

    def _take_step(self, inputs: Tensor, targets: Tensor) -> None:
        """Learn from one batch."""
        size = min(self.options.batch_size, len(self.train) - self.position * self.options.batch_size)
        self._set_learning_rate()
        inputs = self._prepare(inputs)
        with setting.autocast(self.options, self.device):
            outputs = self.forward(inputs)
            error = self.loss(outputs, targets)
        self.optimizer.zero_grad()
        self.scaler.scale(self.processes.weigh(error, size)).backward()
        self.processes.sum_gradients(self.model)
        right = count_right(outputs, targets) if self.labelled else targets.new_zeros(())
        slope = self._largest_slope()
        self.meter.add(self.step, *self.processes.sum_results(error, right, size), size, slope)
        if self.device.type == "cpu" or self.position % _STEPS_BETWEEN_READINGS == 0:
            self._read_meter()  # before the update, so that a loss that is not finite changes no weight
        self._update()

    def _largest_slope(self) -> Tensor:
        """Return the largest number in the gradient; 0 for float16, whose scaler skips what overflows."""
        gradients = [part.grad for part in self.model.parameters() if part.grad is not None]
        if self.scaler.is_enabled() or not gradients:
            return torch.zeros(())
        return torch.stack(torch._foreach_norm(gradients, math.inf)).max()

    def _update(self) -> None:
        """Move the weights along the gradients."""
        if self.options.clip_norm is not None:
            self.scaler.unscale_(self.optimizer)
            nn.utils.clip_grad_norm_(self.model.parameters(), self.options.clip_norm)
        self.scaler.step(self.optimizer)
        self.scaler.update()
        self.average.update()

    def _remaining_batches(self) -> Iterator[Batch]:
        """Shuffle for this epoch, and give this process's share of the batches from the position on."""
        self.shuffler_state = self.shuffler.get_state()
        order = torch.randperm(len(self.train), generator=self.shuffler)
        batches = self.train.plan(order, self.options.batch_size)[self.position : self.steps_per_epoch]
        shares = [self.processes.share(batch) for batch in batches]
        return self.train.batches(torch.cat(shares), len(shares[0]), self.device) if shares else iter(())

    def _set_learning_rate(self) -> None:
        factor = setting.checked_factor(self.schedule(self.step), self.step)
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * factor

    def _prepare(self, inputs: Tensor) -> Tensor:
        """Return a batch as the model shall see it."""
        if self.options.augment is not None:
            with torch.no_grad():
                inputs = self.options.augment(inputs, self.augmenter)
        if self.channels_last and inputs.ndim == 4:
            inputs = inputs.contiguous(memory_format=torch.channels_last)
        return inputs

    def _read_meter(self) -> None:
        bad = self.meter.read()
        if bad is not None:
            raise diagnosis.diverged(self, *bad)
        right = f", accuracy {self.meter.accuracy:.1%}" if self.labelled else ""
        self.bar.set_description(f"epoch {self.epoch + 1}/{self.options.epochs}", refresh=False)
        self.bar.set_postfix_str(f"loss {self.meter.mean_loss:.3g}{right}", refresh=False)

    def _close_epoch(self) -> None:
        """Measure on the test examples, and write the epoch into the history."""
        test, rate = None, self.optimizer.param_groups[0]["lr"]
        self.processes.broadcast(self.model)  # batch norm's statistics are each process's own until here
        with self.average.in_place():
            self.processes.broadcast(self.model)
            if self.test is not None:
                how = self.test_loss, self.labelled, self.options.batch_size, self.processes
                test = measure(self.model, self.test, *how)
                self.best.update(self.epoch + 1, test, self.model)
        accuracy = self.meter.accuracy if self.labelled else None
        self.history.add(self.meter.mean_loss, accuracy, test, rate, time.monotonic() - self.started)
        self.history.best_epoch = self.best.epoch
        self.epoch, self.position, self.seconds, self.meter = self.epoch + 1, 0, 0.0, Meter()

    def _save(self) -> None:
        """Write a checkpoint, if one is asked for."""
        if (path := self.path) is None:
            return
        if self.position:
            self._read_meter()
            self.seconds = time.monotonic() - self.started
        contents = snapshots.capture(self)
        self.processes.first_only(lambda: checkpoints.save(path, contents))

    def _hand_over(self) -> None:
        """Leave the model ready for use: the averaged or the best weights, the usual layout, eval mode."""
        if self.options.ema is not None:
            self.average.swap()
        self.best.restore(self.model)
        if self.channels_last:
            self.model.to(memory_format=torch.contiguous_format)
        self.model.eval()
