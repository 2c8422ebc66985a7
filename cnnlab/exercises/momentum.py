"""The exercise of notebook 06 on one step of gradient descent with momentum."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnlab.exercises.answers import momentum as answers
from cnnlab.exercises.exercise import Exercise, Hint, Mistake

_Array = np.ndarray
_Pair = tuple[_Array, _Array]
_Model = Callable[[_Array, _Array, _Array, float, float], object]


def _step(weight: _Array, velocity: _Array, gradient: _Array, learning_rate: float, momentum: float) -> _Pair:
    moved = momentum * velocity + gradient
    return weight - learning_rate * moved, moved


def _mistake(name: str, says: str, velocity: _Model, weight: _Model | None = None) -> Mistake:
    """Return a mistake in the new velocity, or in the weight, whose model is given that velocity."""

    def model(w: _Array, v: _Array, g: _Array, lr: float, m: float) -> object:
        moved = velocity(w, v, g, lr, m)
        return (weight or _moved)(w, np.asarray(moved), g, lr, m), moved

    return Mistake(name, says, model)


def _moved(
    weight: _Array, velocity: _Array, gradient: _Array, learning_rate: float, momentum: float
) -> object:
    return weight - learning_rate * velocity


def _right(
    weight: _Array, velocity: _Array, gradient: _Array, learning_rate: float, momentum: float
) -> _Array:
    return _step(weight, velocity, gradient, learning_rate, momentum)[1]


_OLDER = "The learning rate is inside the velocity, an older convention: here only the weight's step has it."
_IGNORED = "Momentum is left out: the weight moves by the new velocity, not by the gradient alone."
_OLD = "The old velocity was used: work out the new one first, and move the weight by it."
_SIGN = "The weight moved uphill: take learning_rate * velocity away."
_DAMPED = "The gradient was multiplied by 1 - momentum: here it is added in full."
_ON_GRADIENT = "The momentum belongs to the old velocity, not to the gradient."

MOMENTUM = Exercise(
    name="lenet.momentum",
    prompt="Write a function of weight, velocity, gradient, learning_rate, momentum: the new first two.",
    cases=(
        {"weight": [1, 2], "velocity": [3, 0], "gradient": [1, -4], "learning_rate": 0.1, "momentum": 0.5},
        {
            "weight": [0.5, -1, 4],
            "velocity": [0, 0, 0],
            "gradient": [2, 1, -3],
            "learning_rate": 0.5,
            "momentum": 0.9,
        },
        {
            "weight": [[1, -2, 0.5], [3, 0, -1]],
            "velocity": [[-1, 2, 4], [0.5, -3, 1]],
            "gradient": [[0.25, 1, -2], [4, -1, 0]],
            "learning_rate": 0.2,
            "momentum": 0.8,
        },
        {"weight": [2], "velocity": [10], "gradient": [0], "learning_rate": 0.1, "momentum": 0.9},
        {"weight": [5, 1], "velocity": [7, -2], "gradient": [2, 3], "learning_rate": 0.3, "momentum": 0},
    ),
    reference=_step,
    mistakes=(
        _mistake(
            "older convention", _OLDER, lambda w, v, g, lr, m: m * v - lr * g, lambda w, v, g, lr, m: w + v
        ),
        _mistake(
            "older convention", _OLDER, lambda w, v, g, lr, m: m * v + lr * g, lambda w, v, g, lr, m: w - v
        ),
        _mistake(
            "learning rate twice",
            "The learning rate counts twice: leave it out of the velocity.",
            lambda w, v, g, lr, m: m * v + lr * g,
        ),
        _mistake(
            "Nesterov",
            "This is Nesterov's version: plain momentum moves by the new velocity alone.",
            _right,
            lambda w, v, g, lr, m: w - lr * (g + m * v),
        ),
        Mistake("old velocity", _OLD, lambda w, v, g, lr, m: (w - lr * v, m * v + g)),
        Mistake("old velocity", _OLD, lambda w, v, g, lr, m: (w - lr * m * v, m * v + g)),
        Mistake(
            "old velocity handed back",
            "The new velocity must come back too: this is the old one.",
            lambda w, v, g, lr, m: (w - lr * (m * v + g), v),
        ),
        _mistake("uphill", _SIGN, _right, lambda w, v, g, lr, m: w + lr * v),
        _mistake(
            "gradient taken away",
            "The gradient is added to the velocity: the minus stands before the weight's step.",
            lambda w, v, g, lr, m: m * v - g,
        ),
        _mistake(
            "sign in the velocity",
            "The gradient is added to the velocity, and the weight's step taken away.",
            lambda w, v, g, lr, m: m * v - g,
            lambda w, v, g, lr, m: w + lr * v,
        ),
        _mistake(
            "velocity taken away",
            "The old velocity is added: it keeps the direction.",
            lambda w, v, g, lr, m: g - m * v,
        ),
        _mistake("damped", _DAMPED, lambda w, v, g, lr, m: m * v + (1 - m) * g),
        _mistake("no momentum", _IGNORED, _right, lambda w, v, g, lr, m: w - lr * g),
        _mistake(
            "no momentum",
            "Momentum is left out: the new velocity holds part of the old.",
            lambda w, v, g, lr, m: g,
        ),
        _mistake(
            "not slowed",
            "The old velocity must be multiplied by momentum, or it never slows down.",
            lambda w, v, g, lr, m: v + g,
        ),
        _mistake("momentum on the gradient", _ON_GRADIENT, lambda w, v, g, lr, m: v + m * g),
        _mistake("momentum on both", _ON_GRADIENT, lambda w, v, g, lr, m: m * (v + g)),
        _mistake(
            "roles of the two",
            "Learning rate and momentum have changed places.",
            lambda w, v, g, lr, m: lr * v + g,
            lambda w, v, g, lr, m: w - m * v,
        ),
        _mistake(
            "no learning rate",
            "The learning rate is missing in the weight's step.",
            _right,
            lambda w, v, g, lr, m: w - v,
        ),
        Mistake(
            "only the weight",
            "Only the weight came back: the next step needs the velocity too.",
            lambda *case: _step(*case)[0],
        ),
        Mistake(
            "only the velocity",
            "Only the velocity came back: give the weight first.",
            lambda *case: _step(*case)[1],
        ),
        Mistake("swapped", "The weight comes first, the velocity second.", lambda *case: _step(*case)[::-1]),
        Mistake(
            "only the step",
            "This is the step: take it away from the weight.",
            lambda w, v, g, lr, m: (lr * (m * v + g), m * v + g),
        ),
        Mistake(
            "only the step",
            "This is the step: the weight is missing.",
            lambda w, v, g, lr, m: (-lr * (m * v + g), m * v + g),
        ),
        Mistake(
            "weight unmoved",
            "The weight is as it was: take learning_rate * velocity away.",
            lambda w, v, g, lr, m: (w, m * v + g),
        ),
    ),
    hints=(
        Hint(
            "items of a tensor",
            "Work on the whole arrays at once: they may be of any shape.",
            ("only one element", "only 0-dimensional", "only length-1", "ambiguous", "Boolean value"),
        ),
    ),
    right=answers.MOMENTUM_RIGHT,
    wrong=answers.MOMENTUM_WRONG,
)
