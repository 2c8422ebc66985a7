"""The mistakes of the exercise on local response normalisation, and what they make of its inputs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnlab.exercises.exercise import Mistake

SIZE, ALPHA, BETA, K = 5, 1e-4, 0.75, 2.0
_Array = np.ndarray


def _sums(squares: _Array, before: int = 2, after: int = 2) -> _Array:
    """Return for each channel the sum over those from ``before`` it to ``after`` it that exist."""
    channels = range(len(squares))
    return np.array([squares[max(0, c - before) : c + after + 1].sum(0) for c in channels])


def _divided(x: _Array, sums: _Array, alpha: float = ALPHA, beta: float = BETA, k: float = K) -> _Array:
    return np.asarray(x / (k + alpha * sums) ** beta)


def normalised(x: _Array) -> _Array:
    """Return the right answer, shape (C, H, W)."""
    return _divided(x, _sums(x**2))


def _constants(name: str, says: str, **constants: float) -> Mistake:
    return Mistake(name, says, lambda x: _divided(x, _sums(x**2), **constants))


def _summed(name: str, says: str, sums: Callable[[_Array], _Array]) -> Mistake:
    return Mistake(name, says, lambda x: _divided(x, sums(x)))


def _neighbours(name: str, says: str, before: int, after: int) -> Mistake:
    return _summed(name, says, lambda x: _sums(x**2, before, after))


def _sums_as_sliced(squares: _Array) -> _Array:
    """Return the sums of squares[c - 2 : c + 3], whose start is negative at the first two channels."""
    return np.array([squares[c - 2 : c + 3].sum(0) for c in range(len(squares))])


def _counted(x: _Array) -> _Array:
    return np.maximum(_sums(np.ones_like(x)), 1)


def _over_pixels(x: _Array, axes: tuple[int, ...]) -> _Array:
    squares = x**2
    for axis in axes:
        squares = np.moveaxis(_sums(np.moveaxis(squares, axis, 0)), 0, axis)
    return _divided(x, squares)


def _padded(x: _Array, mode: str) -> _Array | None:
    if len(x) < 3:
        return None
    wide = np.pad(x**2, [(2, 2), (0, 0), (0, 0)], mode=mode)  # type: ignore[call-overload]
    return _divided(x, _sums(wide)[2:-2])


def _inside(x: _Array) -> _Array | None:
    return normalised(x)[2:-2] if len(x) > 4 else None


def _of_result(of: Callable[[_Array], _Array]) -> Callable[[_Array], _Array]:
    return lambda x: of(K + ALPHA * _sums(x**2))


def _power_of_all(x: _Array) -> _Array:
    whole = x / (K + ALPHA * _sums(x**2))
    return np.where(whole < 0, np.nan, np.abs(whole) ** BETA)  # as torch and NumPy have it


def _fed_back(x: _Array) -> _Array:
    """Return what comes of writing into the channels that are read."""
    result = x.copy()
    for c in range(len(x)):
        result[c] = result[c] / (K + ALPHA * (result[max(0, c - 2) : c + 3] ** 2).sum(0)) ** BETA
    return result


_MEAN = "This is the mean of the squares, as in PyTorch, which divides alpha by n: here they are added."
_PIXELS = "The neighbours are channels at the same pixel: here neighbouring pixels were added."
_ENDS = "Beyond the first and the last channel there is none: add only those that exist."
_FIVE = "The channel itself and two on each side are added, five in all."

MISTAKES = (
    _constants("mean", _MEAN, alpha=ALPHA / SIZE),
    _summed("mean", _MEAN, lambda x: _sums(x**2) / _counted(x)),
    Mistake("over pixels", _PIXELS, lambda x: _over_pixels(x, (2,))),
    Mistake("over pixels", _PIXELS, lambda x: _over_pixels(x, (1,))),
    Mistake("over pixels", _PIXELS, lambda x: _over_pixels(x, (1, 2))),
    _summed("no squares", "The values were added: add their squares.", lambda x: _sums(x)),
    _summed("absolute values", "Absolute values were added: add the squares.", lambda x: _sums(np.abs(x))),
    _summed(
        "sum squared", "The sum was squared: square each value first, then add.", lambda x: _sums(x) ** 2
    ),
    _summed(
        "root",
        "The root of the sum was taken: alpha multiplies the sum of squares itself.",
        lambda x: np.sqrt(_sums(x**2)),
    ),
    _constants("no beta", "The power beta = 0.75 is missing.", beta=1),
    _constants("beta of one half", "This is the root: the power is beta = 0.75.", beta=0.5),
    Mistake(
        "beta multiplied", "beta is a power, no factor.", lambda x: x / (BETA * (K + ALPHA * _sums(x**2)))
    ),
    Mistake(
        "beta too soon",
        "The power is taken of all of k + alpha * sum, not of the sum alone.",
        lambda x: x / (K + (ALPHA * _sums(x**2)) ** BETA),
    ),
    Mistake(
        "beta too soon",
        "The power is taken of all of k + alpha * sum, not of the sum alone.",
        lambda x: x / (K + ALPHA * _sums(x**2) ** BETA),
    ),
    Mistake(
        "beta of the whole",
        "Only the divisor is raised to the power: x is not.",
        _power_of_all,
    ),
    _constants("k = 1", "k is 2 here; PyTorch's own default is 1.", k=1),
    _constants(
        "k = 1",
        "k is 2 here and alpha belongs to the sum; PyTorch's defaults are others.",
        alpha=ALPHA / SIZE,
        k=1,
    ),
    _constants("k forgotten", "k = 2 is missing: without it small values are divided by almost 0.", k=0),
    _constants("alpha forgotten", "alpha = 0.0001 is missing.", alpha=1),
    Mistake(
        "alpha on k",
        "alpha multiplies the sum only, not k.",
        lambda x: x / (ALPHA * (K + _sums(x**2))) ** BETA,
    ),
    _constants("alpha too large", "alpha is 0.0001: this is 0.001.", alpha=1e-3),
    Mistake("wrapped round", _ENDS, lambda x: _padded(x, "wrap")),
    Mistake("edge repeated", _ENDS, lambda x: _padded(x, "edge")),
    Mistake("edge repeated", _ENDS, lambda x: _padded(x, "reflect")),
    _summed("wrapped round", _ENDS, lambda x: sum((np.roll(x**2, s, 0) for s in range(-2, 3)), 0 * x)),
    Mistake(
        "ends lost",
        "The first two and the last two channels are lost: add as many neighbours as exist.",
        _inside,
    ),
    _summed(
        "negative start",
        "A slice that starts below 0 counts from the end: let it start at max(0, c - 2).",
        lambda x: _sums_as_sliced(x**2),
    ),
    _neighbours("only itself", "Only the channel itself was squared: two on each side are added.", 0, 0),
    _neighbours("three channels", f"These are three channels. {_FIVE}", 1, 1),
    _neighbours("five on each side", f"This takes five on each side. {_FIVE}", 5, 5),
    _neighbours("four channels", f"A slice ends before its second number: c + 3. {_FIVE}", 2, 1),
    _neighbours("four channels", f"One channel is missing. {_FIVE}", 1, 2),
    _neighbours("not centred", f"These are the channel and those after it. {_FIVE}", 0, 4),
    _neighbours("not centred", f"These are the channel and those before it. {_FIVE}", 4, 0),
    _neighbours("one side", f"Neighbours of one side only. {_FIVE}", 0, 2),
    _neighbours("one side", f"Neighbours of one side only. {_FIVE}", 2, 0),
    _summed("without itself", f"The channel itself is missing. {_FIVE}", lambda x: _sums(x**2) - x**2),
    _summed("all channels", f"All channels were added. {_FIVE}", lambda x: (x**2).sum(0, keepdims=True)),
    _summed(
        "all of it", "The squares of all channels and pixels were added.", lambda x: (x**2).sum() * np.ones(1)
    ),
    _constants("multiplied", "Divide by the power: it was multiplied.", beta=-BETA),
    Mistake("divisor", "This is the divisor: divide x by it.", _of_result(lambda sums: sums**BETA)),
    Mistake("divisor", "This is the factor: multiply x by it.", _of_result(lambda sums: sums**-BETA)),
    Mistake("divisor", "This is the divisor without its power: x is missing.", _of_result(lambda sums: sums)),
    Mistake(
        "squares divided", "The squares were divided: x itself is.", lambda x: _divided(x**2, _sums(x**2))
    ),
    Mistake(
        "changed while read",
        "Channels that were changed before are read again: write into a new array.",
        _fed_back,
    ),
)
