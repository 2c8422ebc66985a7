"""The exercise of notebook 07 on dropout."""

from __future__ import annotations

import numpy as np

from cnnlab.exercises.answers import dropout as answers
from cnnlab.exercises.exercise import Exercise, Hint, Mistake

_X, _P = np.array([2.0, -1, 4, 3]), 0.2
_KEPT = np.array([True, True, False, True])


def _another_draw(answer: np.ndarray) -> bool:
    """Return whether the first case's numbers are divided as they should be, or 0 at other places."""
    right, stays = _X / (1 - _P), answer != 0
    if answer.shape != right.shape or not stays.any() or np.array_equal(stays, _KEPT):
        return False
    return bool(np.all((np.abs(answer - right) < 1e-4) | ~stays))


_TURNED = "The mask is turned round: kept is True where x stays."
_OWN_DRAW = "Other places are zero than kept says: draw nothing here, the draw is handed over."

DROPOUT = Exercise(
    name="alexnet.dropout",
    prompt="Write a function of x, kept (booleans of x's shape) and p: what inverted dropout makes of x.",
    cases=(
        {"x": _X.tolist(), "kept": _KEPT, "p": _P},
        {
            "x": [[1, -2, 3], [0.5, 4, -6]],
            "kept": np.array([[False, True, True], [True, False, False]]),
            "p": 0.75,
        },
        {"x": [[[5, 1]], [[-3, 2]]], "kept": np.array([[[True, True]], [[False, True]]]), "p": 0.5},
        {"x": [1, 2, 3], "kept": np.array([False, False, False]), "p": 0.9},
        {"x": [7, -8], "kept": np.array([True, True]), "p": 0},
    ),
    reference=lambda x, kept, p: x * kept / (1 - p),
    mistakes=(
        Mistake(
            "not scaled",
            "What stays must be divided by 1 - p, so that the mean remains as it was.",
            lambda x, kept, p: x * kept,
        ),
        Mistake(
            "scaled down",
            "Divide by 1 - p, do not multiply: what stays makes up for what is missing.",
            lambda x, kept, p: x * kept * (1 - p),
        ),
        Mistake(
            "divided by p",
            "p is the share that is dropped: divide by the share that stays, 1 - p.",
            lambda x, kept, p: x * kept / p if p else None,
        ),
        Mistake(
            "multiplied by p",
            "p is the share that is dropped: divide by the share that stays, 1 - p.",
            lambda x, kept, p: x * kept * p,
        ),
        Mistake("mask turned round", _TURNED, lambda x, kept, p: x * ~kept / (1 - p)),
        Mistake("mask turned round", f"{_TURNED} And divide by 1 - p.", lambda x, kept, p: x * ~kept),
        Mistake(
            "mask turned round",
            f"{_TURNED} And divide by 1 - p.",
            lambda x, kept, p: x * ~kept / p if p else None,
        ),
        Mistake(
            "share of this draw",
            "Divided by the share that stayed in this draw: divide by 1 - p, what stays on average.",
            lambda x, kept, p: x * kept / kept.mean(),
        ),
        Mistake(
            "share of this draw",
            "Divided by the share that stayed in this draw: divide by 1 - p, what stays on average.",
            lambda x, kept, p: x * kept / max(kept.mean(), 1e-9),
        ),
        Mistake(
            "divided by 1 + p",
            "Divide by the share that stays, 1 - p.",
            lambda x, kept, p: x * kept / (1 + p),
        ),
        Mistake(
            "nothing dropped",
            "Nothing is dropped: where kept is False the result is 0.",
            lambda x, kept, p: x / (1 - p),
        ),
        Mistake(
            "nothing dropped",
            "This is how the network is used after training in 2012: here the draw counts.",
            lambda x, kept, p: x * (1 - p),
        ),
        Mistake(
            "only some scaled",
            "Where kept is False the result is 0: here x stands there.",
            lambda x, kept, p: np.where(kept, x / (1 - p), x),
        ),
        Mistake(
            "scaled by p",
            "Multiplied by 1 + p: divide by 1 - p.",
            lambda x, kept, p: x * kept * (1 + p),
        ),
        Mistake(
            "left out",
            "What is dropped becomes 0 and keeps its place: the shape stays.",
            lambda x, kept, p: x[kept] / (1 - p),
        ),
        Mistake(
            "left out",
            "What is dropped becomes 0 and keeps its place: the shape stays.",
            lambda x, kept, p: x[kept],
        ),
        Mistake("mask", "This is the mask: multiply x by it.", lambda x, kept, p: kept / (1 - p)),
        Mistake("mask", "This is the mask: multiply x by it.", lambda x, kept, p: kept * 1.0),
        Mistake(
            "another draw",
            _OWN_DRAW,
            lambda x, kept, p: x * (np.arange(x.size) % 2).reshape(x.shape) / (1 - p),
            _another_draw,
        ),
        Mistake(
            "mean kept",
            "Dropped numbers become 0, not the mean.",
            lambda x, kept, p: np.where(kept, x, x.mean()) / (1 - p),
        ),
    ),
    hints=(
        Hint(
            "minus on booleans",
            "kept holds booleans: turn them round with ~kept, or make them numbers with kept.double().",
            ("a bool tensor is not supported", "bool tensors is not", "numpy boolean"),
        ),
        Hint(
            "if on an array",
            "kept holds many booleans: no single if, but torch.where(kept, ..., 0) or a product.",
            ("is ambiguous",),
        ),
    ),
    right=answers.DROPOUT_RIGHT,
    wrong=answers.DROPOUT_WRONG,
)
