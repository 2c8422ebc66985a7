"""A student's function at arm's length: in a child process that can be killed and answers in JSON."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import time
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch

from cnnlab.exercises import child, thread
from cnnlab.exercises.exercise import Case
from cnnlab.exercises.faults import SAYS, Fault, Outcome, Run
from cnnlab.exercises.values import Read, to_array

MOST_BYTES = 64 * 2**20
CUDA_AFTER_FORK = "Cannot re-initialize CUDA in forked subprocess"
_SECONDS_TO_DIE = 2.0
_Rows = list[dict[str, Any]]


def run(function: Callable[..., Any], cases: Sequence[Case], seconds: float, read: Read = to_array) -> Run:
    """Return what a function gives on every case, whatever it does to the process that runs it.

    The process is a fork, so the function finds everything that the notebook has defined. Where no
    fork is to be had, or the function needs a GPU (CUDA cannot be used after one), a thread runs it.

    Args:
        function: the student's.
        cases: inputs, each becoming the function's arguments in order.
        seconds: wall-clock limit for all cases together.
        read: turns what the function hands back into an array, or raises RefusedError.

    Returns:
        Outcomes up to the first fault; fewer than the cases only if the last one is a fault.
    """
    try:
        rows, ending = _in_child(function, cases, seconds, read)
        needs_thread = torch.cuda.is_available() and CUDA_AFTER_FORK in str(rows[-2:])
    except OSError:
        needs_thread = True
    if needs_thread:
        rows, ending = thread.run(function, cases, seconds, read)
    return _as_run(rows, ending)


def run_here(function: Callable[..., Any], cases: Sequence[Case], seconds: float, read: Read) -> Run:
    """Return the same for a function that can be trusted, in a thread: much sooner than a fork.

    Args:
        function: one of the course's own.
        cases: inputs, each becoming the function's arguments in order.
        seconds: wall-clock limit for all cases together.
        read: turns what the function hands back into an array, or raises RefusedError.
    """
    return _as_run(*thread.run(function, cases, seconds, read))


def _in_child(
    function: Callable[..., Any], cases: Sequence[Case], seconds: float, read: Read
) -> tuple[_Rows, Fault]:
    process, pipe = _start(function, cases, seconds, read)
    late = Fault("time limit", f"nothing within {seconds:g} s")
    patience = 0.0
    try:
        text, in_time = _read(pipe, time.monotonic() + seconds)
        patience = _SECONDS_TO_DIE if in_time else 0.0
    finally:
        os.close(pipe)
        status = _end(process, patience)
    return _rows(text), _ending(status) if in_time else late


def _start(
    function: Callable[..., Any], cases: Sequence[Case], seconds: float, read: Read = to_array
) -> tuple[int, int]:
    """Return the child's process id and the end of the pipe to read its answers from."""
    if not hasattr(os, "fork"):
        raise OSError("this system has no fork")
    read_end, write_end = os.pipe()
    try:
        process = _fork()
    except OSError:
        os.close(read_end)
        os.close(write_end)
        raise
    if process == 0:
        os.close(read_end)
        child.live(function, cases, write_end, seconds, read)
    os.close(write_end)
    return process, read_end


def _fork() -> int:
    with warnings.catch_warnings():
        # Python 3.12 warns of a fork beside threads; the child touches nothing that they may hold.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _read(pipe: int, deadline: float) -> tuple[bytes, bool]:
    """Return what the child wrote until it stopped, and whether it did so in time."""
    text = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        # The last line ends it, not the end of the file: what the function started may hold the pipe.
        while len(text) < MOST_BYTES and not text.endswith(child.END.encode()):
            if not selector.select(max(0.0, deadline - time.monotonic())):
                return bytes(text), False
            chunk = os.read(pipe, 2**16)
            if not chunk:
                break
            text += chunk
    return bytes(text), True


def _end(process: int, patience: float) -> int:
    """Return the wait status of a child, killed with all that it started once patience ends (seconds)."""
    deadline = time.monotonic() + patience
    finished, status = os.waitpid(process, os.WNOHANG)
    while not finished and time.monotonic() < deadline:
        time.sleep(0.001)
        finished, status = os.waitpid(process, os.WNOHANG)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process, signal.SIGKILL)
    if not finished:
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
    return status


def _ending(status: int) -> Fault:
    if os.WIFSIGNALED(status):
        how = f"was ended by signal {os.WTERMSIG(status)}"
    else:
        how = f"ended with exit status {os.waitstatus_to_exitcode(status)}"
    return Fault("ended the process", f"no answer: the process {how}")


def _rows(text: bytes) -> _Rows:
    rows: _Rows = []
    for line in text.removesuffix(child.END.encode()).splitlines():
        try:
            rows.append(json.loads(line))
        except ValueError:
            break
    return rows


def _as_run(rows: _Rows, ending: Fault) -> Run:
    """Return the outcomes up to the first row that the child's own code cannot have written."""
    outcomes: list[Outcome] = []
    instead = ""
    for row in rows:
        try:
            if "printed" in row:
                return Run(outcomes, str(row["printed"]), int(row["characters"]), instead)
            if "instead" in row:
                outcomes, instead = [], str(row["instead"])
            else:
                outcomes.append(_outcome(row))
        except (ValueError, TypeError, LookupError):
            break
    return Run([*outcomes, Outcome(fault=ending)])


def _outcome(row: dict[str, Any]) -> Outcome:
    if "fault" not in row:
        value = np.array(row["data"], dtype=np.float64).reshape(row["shape"])
        return Outcome(value=value, changed=tuple(map(str, row["changed"])))
    if row["fault"] not in {*SAYS, "your turn"}:
        raise ValueError(f"fault must be one of {sorted(SAYS)}, got {row['fault']!r}")
    return Outcome(fault=Fault(row["fault"], str(row["detail"]), str(row["line"])))
