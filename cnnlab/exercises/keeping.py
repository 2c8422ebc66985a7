"""What a check must leave as it found it in the notebook's own process."""

from __future__ import annotations

import contextlib
import os
import random
from collections.abc import Iterator

import numpy as np
import torch


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """Give back at the end: random states, default dtype, gradient mode, threads, environment and folder."""
    python, numpy = random.getstate(), np.random.get_state()  # noqa: NPY002 - the one that students draw from
    dtype, gradients, threads = torch.get_default_dtype(), torch.is_grad_enabled(), torch.get_num_threads()
    environment, folder = dict(os.environ), os.getcwd()
    gpus = range(torch.cuda.device_count()) if torch.cuda.is_initialized() else []
    try:
        with torch.random.fork_rng(devices=gpus):
            yield
    finally:
        random.setstate(python)
        np.random.set_state(numpy)  # noqa: NPY002
        torch.set_default_dtype(dtype)
        torch.set_grad_enabled(gradients)
        if torch.get_num_threads() != threads:
            torch.set_num_threads(threads)
        if os.environ != environment:
            os.environ.clear()
            os.environ.update(environment)
        if os.getcwd() != folder:
            os.chdir(folder)


def seed_everything() -> None:
    """Start all random draws at 0, so that a function that draws gets the same verdict every time."""
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002 - a student's function may draw from it
    torch.default_generator.manual_seed(0)
    # Unless a GPU is in use: the seed would wait for its first use, long after the check.
    if torch.cuda.is_initialized():
        torch.cuda.manual_seed_all(0)
