"""Training by several processes that torchrun started, each with its share of every batch."""

from __future__ import annotations

import atexit
import contextlib
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, distributed, nn

from cnnlab.training.errors import TrainingError
from cnnlab.training.hooks import Hook

if TYPE_CHECKING:
    from cnnlab.training.state import State


class Processes:
    """The processes that train together: those of torchrun, or this one alone.

    Args:
        device: where to train.
        alone: whether to leave the others out of it.

    Attributes:
        rank: this process's number, from 0.
        count: number of processes.
        device: where this one trains: the device asked for, or with several GPUs its own.
    """

    def __init__(self, device: torch.device | str, *, alone: bool = False) -> None:
        self.device = usable(device)
        if not alone:
            self._join()
        together = not alone and distributed.is_available() and distributed.is_initialized()
        self.rank = distributed.get_rank() if together else 0
        self.count = distributed.get_world_size() if together else 1

    def _join(self) -> None:
        started = int(os.environ.get("WORLD_SIZE", "1")) > 1 and "RANK" in os.environ
        if started and self.device.type == "cuda" and self.device.index is None:
            self.device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
            torch.cuda.set_device(self.device)
        if started and not distributed.is_initialized():
            distributed.init_process_group("nccl" if self.device.type == "cuda" else "gloo")
            atexit.register(_leave)

    @property
    def alone(self) -> bool:
        """Whether no other process trains along."""
        return self.count == 1

    def share(self, batch: Tensor) -> Tensor:
        """Return this process's part of a batch; the first example, to be weighted 0, where it gets none."""
        part = batch.tensor_split(self.count)[self.rank]
        return part if len(part) else batch[:1]

    def weight(self, size: int) -> float:
        """Return the share of a batch of ``size`` examples that is this process's."""
        extra = self.rank < size % self.count
        return (size // self.count + extra) / size

    def weigh(self, error: Tensor, size: int) -> Tensor:
        """Return a mean over this process's share so that the sum over all is the mean over the batch."""
        return error if self.alone else error * self.weight(size)

    def sum_results(self, error: Tensor, right: Tensor, size: int) -> tuple[Tensor, Tensor]:
        """Return the mean error and the number of right answers of the whole batch."""
        if self.alone:
            return error, right
        wide = torch.float32 if self.device.type == "mps" else torch.float64
        weight = self.weight(size)
        results = torch.stack([error.detach().reshape(()).to(wide) * weight, right.to(wide) * (weight > 0)])
        return self.sum(results).unbind()  # type: ignore[return-value]  # two numbers

    def broadcast(self, model: nn.Module) -> None:
        """Give every process the weights and buffers of the first."""
        if not self.alone:
            for tensor in (*model.parameters(), *model.buffers()):
                distributed.broadcast(tensor.detach(), 0)

    def sum(self, values: Tensor) -> Tensor:
        """Return the sum over the processes."""
        if not self.alone:
            distributed.all_reduce(values)
        return values

    def sum_numbers(self, values: list[float]) -> list[float]:
        """Return each number's sum over the processes."""
        if self.alone:
            return values
        wide = torch.float32 if self.device.type == "mps" else torch.float64
        return self.sum(torch.tensor(values, dtype=wide, device=self.device)).tolist()

    def sum_gradients(self, model: nn.Module) -> None:
        """Replace every gradient by its sum over the processes, in one message."""
        if self.alone:
            return
        gradients = [part.grad for part in model.parameters() if part.grad is not None]
        message = self.sum(torch.cat([gradient.flatten() for gradient in gradients]))
        for gradient, part in zip(gradients, message.split([g.numel() for g in gradients]), strict=True):
            gradient.copy_(part.view(gradient.shape))

    def first_only(self, act: Callable[[], None]) -> None:
        """Let the first process act while the others wait; where it fails, all do.

        Raises:
            TrainingError: what ``act`` raised, of its kind in the first process.
        """
        error = None
        if self.rank == 0:
            try:
                act()
            except TrainingError as raised:
                error = raised
        message = self.gather(None if error is None else str(error))[0]
        if message is not None:
            raise error or TrainingError(message)

    def gather(self, value: Any) -> list[Any]:
        """Return every process's value, in the order of their ranks."""
        if self.alone:
            return [value]
        values: list[Any] = [None] * self.count
        distributed.all_gather_object(values, value)
        return values


class Together(Hook):
    """Keeps the processes' models one model."""

    def start(self, state: State) -> None:
        """Start from the first process's weights."""
        state.processes.broadcast(state.model)

    def after_backward(self, state: State) -> None:
        """Let every process have the gradients of the whole batch."""
        state.processes.sum_gradients(state.model)

    def end_of_epoch(self, state: State) -> None:
        """Take batch norm's statistics, each process's own until here, from the first."""
        state.processes.broadcast(state.model)


def usable(device: torch.device | str) -> torch.device:
    """Return a device.

    Raises:
        ValueError: this machine does not have it.
    """
    try:
        found = torch.device(device)
        torch.empty(0, device=found)
    except (RuntimeError, AssertionError, TypeError, NotImplementedError) as error:
        cure = "take 'cpu', or let lab.device choose"
        raise ValueError(f"device must be one that this machine has, got {str(device)!r}; {cure}") from error
    return found


def _leave() -> None:
    if distributed.is_initialized():
        # A process that leaves while another still talks to it may abort that one.
        with contextlib.suppress(RuntimeError):
            distributed.barrier()
        distributed.destroy_process_group()
