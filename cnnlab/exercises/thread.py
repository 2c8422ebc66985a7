"""A student's function in a thread of the notebook's own process, for where a child process will not do."""

from __future__ import annotations

import contextlib
import ctypes
import threading
from collections.abc import Callable, Sequence
from typing import Any

from cnnlab.exercises import rows
from cnnlab.exercises.exercise import Case
from cnnlab.exercises.faults import Fault
from cnnlab.exercises.values import Read, to_array


def run(
    function: Callable[..., Any], cases: Sequence[Case], seconds: float, read: Read = to_array
) -> tuple[list[rows.Row], Fault]:
    """Return the rows of ``rows.answers`` and the fault to report if they are not complete.

    A thread cannot be killed: one that is out of time is asked to end, and otherwise left behind.

    Args:
        function: the student's.
        cases: the exercise's.
        seconds: wall-clock limit for all cases together.
        read: turns what the function hands back into an array, or raises RefusedError.
    """
    found: list[rows.Row] = []
    printed = rows.Printed()
    late = threading.Event()

    def collect() -> None:
        for row in rows.answers(function, cases, printed, read):
            if late.is_set():
                return
            found.append(row)

    worker = threading.Thread(target=collect, daemon=True)
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(rows.Printed()):
        worker.start()
        worker.join(seconds)
    late.set()
    if worker.is_alive() and worker.ident is not None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(worker.ident), ctypes.py_object(SystemExit))
    return list(found), Fault("time limit", f"nothing within {seconds:g} s")
