"""The value that stands where a student's answer will go."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np


class YourTurn:
    """An answer that is not there yet: whatever is done with it gives it back and nothing raises.

    There is one such object, ``YOUR_TURN``. It counts as false, as an empty sequence, as the integer 0
    and as the float NaN, so that loops over it end and plots of it stay empty.

    Example:
        >>> YOUR_TURN + 1, YOUR_TURN.mean(dim=0), list(YOUR_TURN)
        (your turn, your turn, [])
    """

    def __reduce__(self) -> str:
        return "YOUR_TURN"  # also to ``copy`` and ``pickle`` there is one

    def __repr__(self) -> str:
        return "your turn"

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __getattr__(self, name: str) -> YourTurn:
        # Underscored names are protocols (copying, IPython's display, NumPy's): answering them would lie.
        if name.startswith("_"):
            raise AttributeError(name)
        return self

    def __call__(self, *inputs: Any, **options: Any) -> YourTurn:
        """Return the placeholder itself."""
        return self

    def __setitem__(self, index: Any, value: Any) -> None:
        pass

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __int__(self) -> int:
        return 0

    __index__ = __int__

    def __float__(self) -> float:
        return math.nan

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        # One element and not a row of none: an array built around it still shows whose turn it is.
        result = np.empty((), object)
        result[()] = self
        return result if dtype is None else result.astype(dtype)

    __array_ufunc__ = __array_function__ = __call__

    @classmethod
    def __torch_function__(cls, *inputs: Any, **options: Any) -> YourTurn:
        return YOUR_TURN


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor"):
    setattr(YourTurn, f"__{_name}__", YourTurn.__call__)
    setattr(YourTurn, f"__r{_name}__", YourTurn.__call__)
for _name in ("neg", "pos", "abs", "invert", "round", "getitem"):
    setattr(YourTurn, f"__{_name}__", YourTurn.__call__)
for _name in ("lt", "le", "gt", "ge"):
    setattr(YourTurn, f"__{_name}__", lambda self, other: False)

YOUR_TURN = YourTurn()
