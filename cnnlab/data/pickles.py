"""Pickles that others wrote, read without giving them anything to run."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

# What an array is made of, and nothing that acts.
ARRAYS = {("numpy.core.multiarray", "_reconstruct"), ("numpy", "ndarray"), ("numpy", "dtype")}


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in ARRAYS:
            raise pickle.UnpicklingError(f"a pickle of arrays and plain values must not hold {module}.{name}")
        return super().find_class(module, name)


def read_plain(path: Path) -> Any:
    """Return what a pickle of plain values and NumPy arrays holds; Python 2's strings become text.

    Args:
        path: the file, which may come from anywhere.

    Raises:
        UnpicklingError: it holds anything else, such as a function to call.
    """
    with path.open("rb") as file:
        return _Plain(file, encoding="latin1").load()
