"""The child process: it cuts its lines to the notebook, answers in JSON and never returns."""

from __future__ import annotations

import builtins
import faulthandler
import json
import os
import random
import signal
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import numpy as np
import torch

from cnnlab.exercises import rows
from cnnlab.exercises.exercise import Case
from cnnlab.exercises.values import Read

END = '"end"\n'
GRACE_SECONDS = 2.0


def live(
    function: Callable[..., Any], cases: Sequence[Case], pipe: int, seconds: float, read: Read
) -> NoReturn:
    """Write one JSON line a row of ``rows.answers`` and a last one that says ``END``, then exit.

    Args:
        function: the student's.
        cases: the exercise's.
        pipe: file descriptor to write to.
        seconds: after these, and a few more, the child ends even if nobody is left to kill it.
        read: turns what the function hands back into an array, or raises RefusedError.
    """
    try:
        printed = _leave_the_notebook()
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE_SECONDS)
        with os.fdopen(pipe, "w", encoding="ascii") as answers:
            for row in rows.answers(function, cases, printed, read):
                answers.write(json.dumps(row) + "\n")
                answers.flush()
            answers.write(END)
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
    seed_everything()
    return printed


def seed_everything() -> None:
    """Start all random draws at 0, so that a function that draws gets the same verdict every time."""
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002 - a student's function may draw from it
    torch.manual_seed(0)


def _display_nothing() -> None:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        from IPython.core.displaypub import CapturingDisplayPublisher

        shell.display_pub = CapturingDisplayPublisher()


def _no_input(prompt: object = "") -> str:
    raise EOFError("a checked function cannot ask for input")
