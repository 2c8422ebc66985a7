"""A student's function at arm's length: in a child process that can be killed and answers in JSON."""

from __future__ import annotations

import builtins
import contextlib
import contextvars
import ctypes
import faulthandler
import json
import os
import selectors
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

import numpy as np
import torch

from cnnlab.exercises import rows
from cnnlab.exercises.exercise import Exercise
from cnnlab.exercises.faults import SAYS, Fault, Outcome, Run
from cnnlab.exercises.keeping import kept

END = b'"end"\n'
GRACE_SECONDS = 2.0
MOST_BYTES = 64 * 2**20
CUDA_AFTER_FORK = b"Cannot re-initialize CUDA in forked subprocess"
_SECONDS_TO_DIE = 2.0


def run(function: Callable[..., Any], exercise: Exercise, seconds: float) -> Run:
    """Return what a function gives on every case, whatever it does to the process that runs it.

    The process is a fork, so the function finds everything that the notebook has defined. Where no
    fork is to be had, or the function needs a GPU (CUDA cannot be used after one), a thread runs it.

    Args:
        function: the student's.
        exercise: its cases become the function's arguments in order, and it reads what comes back.
        seconds: wall-clock limit for all cases together.
    """
    try:
        text, ending = _in_child(function, exercise, seconds)
    except OSError:
        return run_here(function, exercise, seconds)
    if torch.cuda.is_available() and CUDA_AFTER_FORK in text:
        torch.cuda.init()  # with its random state known, it can be kept
        return run_here(function, exercise, seconds)
    return _as_run(map(json.loads, text.removesuffix(END).splitlines()), ending)


def run_here(function: Callable[..., Any], exercise: Exercise, seconds: float) -> Run:
    """Return the same, from a thread: much sooner than a fork, but only asked to end when out of time."""
    found: list[rows.Row] = []
    printed = rows.Printed()
    late = threading.Event()

    def collect() -> None:
        for row in rows.answers(function, exercise, printed):
            if late.is_set():
                return
            found.append(row)

    # NumPy keeps in the context what it says of a division by zero.
    worker = threading.Thread(target=contextvars.copy_context().run, args=(collect,), daemon=True)
    with kept(), contextlib.redirect_stdout(printed), contextlib.redirect_stderr(rows.Printed()):
        worker.start()
        worker.join(seconds)
    late.set()
    if worker.is_alive() and worker.ident is not None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(worker.ident), ctypes.py_object(SystemExit))
    return _as_run(list(found), _late(seconds))


def _late(seconds: float) -> Fault:
    return Fault("time limit", f"nothing within {seconds:g} s")


def _in_child(function: Callable[..., Any], exercise: Exercise, seconds: float) -> tuple[bytes, Fault]:
    """Return what the child wrote, and the fault to report if that is not complete."""
    process, pipe = _start(function, exercise, seconds)
    patience = 0.0
    try:
        text, in_time = _read(pipe, time.monotonic() + seconds)
        patience = _SECONDS_TO_DIE if in_time else 0.0
    finally:
        os.close(pipe)
        status = _end(process, patience)
    return text, _ending(status) if in_time else _late(seconds)


def _start(function: Callable[..., Any], exercise: Exercise, seconds: float) -> tuple[int, int]:
    """Return the child's process id and the end of the pipe to read its answers from."""
    if not hasattr(os, "fork"):
        raise OSError("this system has no fork")
    read_end, write_end = os.pipe()
    try:
        # Python 3.12 warns of a fork beside threads; the child touches nothing that they may hold.
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            process = os.fork()
    except OSError:
        os.close(read_end)
        os.close(write_end)
        raise
    if process == 0:
        os.close(read_end)
        _live(function, exercise, write_end, seconds)
    os.close(write_end)
    return process, read_end


def _live(function: Callable[..., Any], exercise: Exercise, pipe: int, seconds: float) -> NoReturn:
    """Write one JSON line a row of ``rows.answers`` and a last one that says ``END``, then exit.

    Some time after the ``seconds`` the child ends by itself, if nobody is left to kill it.
    """
    try:
        printed = _leave_the_notebook()
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE_SECONDS)
        with os.fdopen(pipe, "w", encoding="ascii") as answers:
            for row in rows.answers(function, exercise, printed):
                answers.write(json.dumps(row) + "\n")
                answers.flush()
            answers.write(END.decode())
    finally:
        # Anything else would run the notebook's own clean-up, or go on with its cells, a second time.
        os._exit(0)


def _leave_the_notebook() -> rows.Printed:
    """Return the new standard output, once nothing leads to the kernel any more."""
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    faulthandler.disable()
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    printed = rows.Printed()
    sys.stdout, sys.stderr = printed, rows.Printed()
    # The kernel's sockets are shared with the parent: asking or displaying through them could break it.
    builtins.input = _no_input
    _display_nothing()
    torch.set_num_threads(1)  # OpenMP's other threads did not survive the fork: waiting for them hangs
    return printed


def _display_nothing() -> None:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        from IPython.core.displaypub import CapturingDisplayPublisher

        shell.display_pub = CapturingDisplayPublisher()


def _no_input(prompt: object = "") -> str:
    raise EOFError("a checked function cannot ask for input")


def _read(pipe: int, deadline: float) -> tuple[bytes, bool]:
    """Return what the child wrote until it stopped, and whether it did so in time."""
    text = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        # The last line ends it, not the end of the file: what the function started may hold the pipe.
        while len(text) < MOST_BYTES and not text.endswith(END):
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


def _as_run(found: Iterable[rows.Row], ending: Fault) -> Run:
    """Return the outcomes up to the first row that the child's own code cannot have written."""
    outcomes: list[Outcome] = []
    instead = ""
    with contextlib.suppress(ValueError, TypeError, LookupError, RecursionError):
        for row in found:
            if "printed" in row:
                return Run(outcomes, str(row["printed"]), int(row["characters"]), instead)
            if "instead" in row:
                outcomes, instead = [], str(row["instead"])
            else:
                outcomes.append(_outcome(row))
    return Run([*outcomes, Outcome(fault=ending)])


def _outcome(row: rows.Row) -> Outcome:
    if "fault" not in row:
        value = np.array(row["data"], dtype=np.float64).reshape(row["shape"])
        return Outcome(value=value, changed=tuple(map(str, row["changed"])))
    if row["fault"] not in {*SAYS, "your turn"}:
        raise ValueError(f"fault must be one of {sorted(SAYS)}, got {row['fault']!r}")
    return Outcome(fault=Fault(row["fault"], str(row["detail"]), str(row["line"])))
