"""The first line of every notebook: seeds, device and scale."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from cnnlab._arguments import non_negative_int, one_of, positive_number

if TYPE_CHECKING:
    import torch

Size = TypeVar("Size")

SCALES = ("quick", "full")


@dataclass(frozen=True)
class Lab:
    """What a notebook runs with.

    Attributes:
        device: where tensors and models belong.
        scale: "quick" (CPU, embedded data) or "full" (GPU, real data).
        seed: the number that random draws started from.
    """

    device: torch.device
    scale: str
    seed: int

    def choose(self, *, quick: Size, full: Size, full_cpu_minutes: float | None = None) -> Size:
        """Return the value that belongs to this run's scale.

        Args:
            quick: value at quick scale.
            full: value at full scale.
            full_cpu_minutes: how long the full value takes on a CPU, in minutes; said beforehand
                when this run is full and on a CPU.

        Returns:
            ``quick`` or ``full``, unchanged.

        Example:
            >>> import torch
            >>> Lab(torch.device("cpu"), "quick", 0).choose(quick=100, full=5000)
            100
        """
        if full_cpu_minutes is not None:
            positive_number("full_cpu_minutes", full_cpu_minutes)
        if self.scale == "quick":
            return quick
        if full_cpu_minutes is not None and self.device.type == "cpu":
            print(f"full scale on a CPU: this notebook takes about {full_cpu_minutes:g} minutes")
        return full

    def machine(self) -> str:
        """Return one line a fact about this machine: device, versions, threads."""
        import platform

        import numpy
        import torch

        cuda = self.device.type == "cuda"
        device = torch.cuda.get_device_name(self.device) if cuda else f"{self.device.type}"
        return "\n".join(
            [
                f"device    {device}",
                f"threads   {torch.get_num_threads()}",
                f"python    {platform.python_version()}",
                f"torch     {torch.__version__}",
                f"numpy     {numpy.__version__}",
            ]
        )


def start(seed: int = 0) -> Lab:
    """Return the :class:`Lab` of this run, after seeding Python, NumPy and PyTorch.

    Reads ``CNNLAB_SCALE`` ("quick" or "full"), ``CNNLAB_DEVICE`` ("cpu", "cuda", "cuda:1", "mps";
    by default the best one present) and ``CNNLAB_SEED`` (replaces ``seed``, so that the same
    notebook can be repeated with other seeds).

    Args:
        seed: start of all random draws, zero or positive.

    Returns:
        The device, the scale and the seed.

    Raises:
        TypeError: ``seed`` is not an integer.
        ValueError: ``seed`` is negative, the scale is unknown, or the device is not there.
    """
    text = os.environ.get("CNNLAB_SEED", str(non_negative_int("seed", seed)))
    if not text.isdigit():
        raise ValueError(f"CNNLAB_SEED must be zero or a positive integer, got {text!r}")
    seed = int(text)
    scale = one_of("CNNLAB_SCALE", os.environ.get("CNNLAB_SCALE", "quick"), SCALES)
    device = _device_from_environment()
    _seed_everything(seed)
    print(f"scale {scale}, seed {seed}")
    return Lab(device=device, scale=scale, seed=seed)


def _seed_everything(seed: int) -> None:
    import numpy
    import torch

    random.seed(seed)
    numpy.random.seed(seed % 2**32)  # noqa: NPY002 - readers' own cells may still draw from it
    torch.manual_seed(seed)
    # Determinism in cuDNN costs a few per cent; the stricter global switch refuses whole operations.
    torch.backends.cudnn.deterministic = True
    torch.backends.cudnn.benchmark = False


def _device_from_environment() -> torch.device:
    import torch

    name = os.environ.get("CNNLAB_DEVICE")
    if name is None:
        return next(filter(_is_present, map(torch.device, ("cuda", "mps", "cpu"))))
    try:
        device = torch.device(name)
    except RuntimeError:
        raise ValueError(f"CNNLAB_DEVICE must be cpu, cuda, cuda:N or mps, got {name!r}") from None
    if not _is_present(device):
        raise ValueError(
            f"CNNLAB_DEVICE must name a device that PyTorch finds on this machine, got {name!r}; "
            "unset it to take the best one"
        )
    return device


def _is_present(device: torch.device) -> bool:
    import torch

    if device.type == "cuda":
        return torch.cuda.is_available() and (device.index or 0) < torch.cuda.device_count()
    if device.type == "mps":
        return torch.backends.mps.is_available()
    return device.type == "cpu"
