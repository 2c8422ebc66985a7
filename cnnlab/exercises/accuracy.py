"""The exercise of notebook 06 on accuracy."""

from __future__ import annotations

import numpy as np

from cnnlab.exercises.answers import accuracy as answers
from cnnlab.exercises.exercise import Exercise, Hint, Mistake


def _right(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return np.asarray(logits.argmax(1) == labels)


def _shares(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits)
    return np.asarray(powers / powers.sum(1, keepdims=True))


def _of_label(values: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return np.asarray(values[np.arange(len(labels)), labels])


def _rank(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return how many classes have a larger logit than the right one."""
    return np.asarray((logits > _of_label(logits, labels)[:, None]).sum(1))


def _by_class(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    right = _right(logits, labels)
    return np.mean([right[labels == label].mean() for label in np.unique(labels)])


_SOFTMAX = "This is the mean probability of the right class: count where the right class is the largest."

ACCURACY = Exercise(
    name="lenet.accuracy",
    prompt="Write a function of logits (N, K) and labels (N,): the share of the pictures that is right.",
    cases=(
        {
            "logits": [[2, 1, 0], [0, 3, 1], [4, 1, 2], [0, -1, 1]],
            "labels": np.array([0, 2, 0, 2]),
        },
        {
            "logits": [[0.5, 2, -1, 1], [1, 0, 3, 2], [-2, -1, -4, -3], [0, 1, 0.5, 4], [3, 2, 2.5, 0]],
            "labels": np.array([1, 3, 1, 3, 3]),
        },
        {
            "logits": [[1, 0.5], [-1, 2], [0.25, 0], [3, 5], [1, 2], [2, 1]],
            "labels": np.array([0, 0, 1, 0, 0, 0]),
        },
        {"logits": [[0.2, 0.1, 0.4, 0.3], [-1, 5, 2, 3]], "labels": np.array([2, 1])},
        {"logits": [[0, 9, 1, 2, 3, 4]], "labels": np.array([5])},
    ),
    reference=lambda logits, labels: _right(logits, labels).mean(),
    mistakes=(
        Mistake(
            "per cent",
            "This is in per cent: give a share from 0 to 1.",
            lambda logits, labels: 100 * _right(logits, labels).mean(),
        ),
        Mistake(
            "count",
            "This is the number of right ones: divide it by the number of pictures.",
            lambda logits, labels: _right(logits, labels).sum(),
        ),
        Mistake(
            "error rate",
            "This is the share that is wrong.",
            lambda logits, labels: 1 - _right(logits, labels).mean(),
        ),
        Mistake(
            "number wrong",
            "This is the number of wrong ones: count the right ones, and divide by the number of pictures.",
            lambda logits, labels: (~_right(logits, labels)).sum(),
        ),
        Mistake(
            "each picture",
            "This says of each picture whether it is right: take the mean over all.",
            lambda logits, labels: 1.0 * _right(logits, labels),
        ),
        Mistake(
            "predictions",
            "These are the predicted classes: compare them with the labels.",
            lambda logits, labels: logits.argmax(1),
        ),
        Mistake(
            "smallest",
            "The smallest logit was taken: the prediction is the class of the largest.",
            lambda logits, labels: _right(-logits, labels).mean(),
        ),
        Mistake("probability", _SOFTMAX, lambda logits, labels: _of_label(_shares(logits), labels).mean()),
        Mistake(
            "cross-entropy",
            "This is the cross-entropy: count where the right class has the largest logit.",
            lambda logits, labels: -np.log(_of_label(_shares(logits), labels)).mean(),
        ),
        Mistake(
            "mean logit",
            "This is the mean logit of the right class: count where it is the largest.",
            lambda logits, labels: _of_label(logits, labels).mean(),
        ),
        Mistake(
            "first two",
            "The second largest counted as right too: only the largest does.",
            lambda logits, labels: np.mean(_rank(logits, labels) < 2),
        ),
        Mistake(
            "above one half",
            "Only probabilities above one half were counted: the largest is enough.",
            lambda logits, labels: np.mean(_of_label(_shares(logits), labels) > 0.5),
        ),
        Mistake(
            "above zero",
            "Counted was where the right logit is above 0: it must be the largest.",
            lambda logits, labels: np.mean(_of_label(logits, labels) > 0),
        ),
        Mistake(
            "divided by K",
            "Divide by the number of pictures, not of classes.",
            lambda logits, labels: _right(logits, labels).sum() / logits.shape[1],
        ),
        Mistake(
            "divided by all",
            "Divide by the number of pictures, not of logits.",
            lambda logits, labels: _right(logits, labels).sum() / logits.size,
        ),
        Mistake(
            "whole numbers",
            "The fraction was cut off: divide by / and not //.",
            lambda logits, labels: _right(logits, labels).sum() // len(labels),
        ),
        Mistake(
            "whole numbers",
            "The fraction was rounded away.",
            lambda logits, labels: np.round(_right(logits, labels).mean()),
        ),
        Mistake(
            "classes from 1",
            "The classes were counted from 1: argmax counts from 0, as the labels do.",
            lambda logits, labels: np.mean(logits.argmax(1) + 1 == labels),
        ),
        Mistake(
            "logits compared",
            "The largest logit itself was compared: its place, argmax, is the class.",
            lambda logits, labels: np.mean(logits.max(1) == labels),
        ),
        Mistake(
            "mean of classes",
            "This is the mean of each class's share: every picture counts the same.",
            _by_class,
        ),
        Mistake(
            "first class",
            "This is how often class 0 is right: look at the logits.",
            lambda logits, labels: np.mean(labels == 0),
        ),
    ),
    hints=(
        Hint(
            "wrong axis",
            "The shapes do not fit: one prediction a picture is wanted, argmax along axis 1.",
            ("must match the size", "could not be broadcast", "must match"),
        ),
        Hint(
            "mean of booleans",
            "torch takes no mean of True and False: make them numbers with .float() first.",
            ("Got: Bool",),
        ),
        Hint(
            "labels are classes",
            "labels holds one class a picture, no row of K numbers: only the logits need argmax.",
            ("Dimension out of range", "axis 1 is out of bounds"),
        ),
    ),
    right=answers.ACCURACY_RIGHT,
    wrong=answers.ACCURACY_WRONG,
)
