"""Checkpoints on disk: written whole or not at all, read without unpickling code."""

from __future__ import annotations

import io
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn

from cnnlab.training.errors import CheckpointError

FORMAT = 1
PARTS = (
    "settings", "model", "optimizer", "scaler", "average", "best", "position", "meter", "history",
    "shuffler", "random",
)  # fmt: skip


def check_path(path: Path) -> None:
    """Refuse a path where no file can be written.

    Raises:
        ValueError: it is a folder, or does not lie in one.
    """
    if path.is_dir():
        raise ValueError(f"checkpoint must be a file, got the folder {path}")
    if not path.absolute().parent.is_dir():
        raise ValueError(f"checkpoint must lie in a folder that exists, got {path}")


def save(path: Path, contents: dict[str, Any]) -> None:
    """Write a checkpoint so that at every moment ``path`` is a whole one: the new one, or the one before.

    Args:
        path: where it belongs; a temporary file beside it is renamed when it is complete and on the disk.
        contents: tensors, numbers and texts in dictionaries and lists.

    Raises:
        CheckpointError: the disk is full, or cannot be written.
    """
    buffer = io.BytesIO()  # torch.save to a full disk would fail deep in its archive writer
    torch.save(contents | {"format": FORMAT}, buffer)
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")  # its own: several may save to one path
    try:
        _write(temporary, buffer)
        os.replace(temporary, path)
        _sync_folder(path.absolute().parent)
    except OSError as error:
        room = f"room and permission for {len(buffer.getbuffer()) / 2**20:.1f} MiB"
        cure = "free space or name another folder; an earlier checkpoint there is whole, to resume from"
        raise CheckpointError(f"checkpoint {path} must have {room}, got: {error.strerror}; {cure}") from error
    finally:
        temporary.unlink(missing_ok=True)


def _write(path: Path, buffer: io.BytesIO) -> None:
    with path.open("xb") as file:
        file.write(buffer.getbuffer())
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Bring the renaming itself to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def load(path: Path) -> dict[str, Any]:
    """Return the contents of a checkpoint, on the CPU.

    Raises:
        CheckpointError: the file is not a whole checkpoint of ``fit``, or cannot be read.
    """
    try:
        contents = torch.load(path, map_location="cpu", weights_only=True)
    except OSError as error:
        rule = f"checkpoint {path} must be a file that fit wrote and that can be read"
        raise CheckpointError(f"{rule}, got: {error.strerror or 'an error of the disk'}") from error
    except Exception as error:  # bytes that are no checkpoint can fail in any way
        # Not PyTorch's sentence: it advises to run whatever code the file holds.
        raise CheckpointError(f"{_rule(path)}, got something else, or a part of one") from error
    if not isinstance(contents, dict) or contents.get("format") != FORMAT:
        raise CheckpointError(f"{_rule(path)}, got something else")
    missing = [name for name in PARTS if name not in contents]
    if missing:
        raise CheckpointError(f"{_rule(path)}, got one without {missing[0]!r}")
    return contents


def _rule(path: Path) -> str:
    return f"checkpoint {path} must be a file that fit wrote"


def check_same(path: Path, saved: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Refuse a checkpoint that was written with other settings.

    Raises:
        ValueError: it was.
    """
    for name in sorted(saved.keys() | now.keys()):
        if saved.get(name) != now.get(name):
            rule = f"{name} must be {saved.get(name)!r} as in checkpoint {path}"
            raise ValueError(f"{rule}, got {now.get(name)!r}; delete the file to start anew")


def check_model(path: Path, saved: Mapping[str, torch.Tensor], model: nn.Module) -> None:
    """Refuse a checkpoint of another model.

    Raises:
        ValueError: names or shapes of its weights differ.
    """
    there = {name: tuple(value.shape) for name, value in saved.items()}
    here = {name: tuple(value.shape) for name, value in model.state_dict().items()}
    for name in [*here, *there]:
        if there.get(name) != here.get(name):
            saved_shape = there.get(name, "missing")
            rule = f"model must be the one of checkpoint {path}, where {name!r} is {saved_shape}"
            raise ValueError(f"{rule}, got {here.get(name, 'none')}")


def check_optimizer(path: Path, saved: Mapping[str, Any], optimizer: torch.optim.Optimizer) -> None:
    """Refuse a checkpoint of another optimizer.

    Raises:
        ValueError: its kind, its settings by name, or the number of its weights differ.
    """
    there, here = (
        [(len(group["params"]), sorted(group)) for group in state["param_groups"]]
        for state in (saved["optimizer"], optimizer.state_dict())
    )
    kind = saved.get("optimizer_kind", type(optimizer).__name__)
    rule = f"optimizer must be the one of checkpoint {path}"
    if kind != type(optimizer).__name__:
        raise ValueError(f"{rule}, {kind}, got {type(optimizer).__name__}; delete the file to start anew")
    if there != here:
        raise ValueError(f"{rule}, got one with other groups of weights or other settings")
