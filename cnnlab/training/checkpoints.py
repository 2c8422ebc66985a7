"""Checkpoints on disk: written whole or not at all, read without unpickling code."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn

from cnnlab.training.errors import CheckpointError

FORMAT = 1


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
    temporary = path.with_name(path.name + ".part")
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
    with path.open("wb") as file:
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
    except Exception as error:  # bytes that are no checkpoint can fail in any way
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise CheckpointError(f"checkpoint {path} must be a file that fit wrote, got: {first}") from error
    if not isinstance(contents, dict) or contents.get("format") != FORMAT:
        raise CheckpointError(f"checkpoint {path} must be a file that fit wrote, got something else")
    return contents


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
