"""The exercise of notebook 06 on the table of what was taken for what."""

from __future__ import annotations

import numpy as np

from cnnlab.exercises.answers import confusion as answers
from cnnlab.exercises.exercise import Exercise, Hint, Mistake


def _table(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    table = np.zeros((classes, classes))
    np.add.at(table, (labels, predictions), 1)
    return table


def _once(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    return np.minimum(_table(labels, predictions, classes), 1)


def _classes_seen(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    seen = np.union1d(labels, predictions)
    return _table(labels, predictions, classes)[np.ix_(seen, seen)]


def _up_to_largest(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    return _table(labels, predictions, int(max(labels.max(), predictions.max())) + 1)


def _up_to_largest_label(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray | None:
    largest = int(labels.max()) + 1
    return _table(labels, predictions, largest) if predictions.max() < largest else None


def _one_row(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    return np.tile(np.bincount(predictions, minlength=classes), (classes, 1))


def _rows_divided(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    table = _table(labels, predictions, classes)
    return np.asarray(table / table.sum(1, keepdims=True))


def _rows_divided_safely(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    return np.nan_to_num(_rows_divided(labels, predictions, classes))


def _columns_divided(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    return _rows_divided(predictions, labels, classes).T


def _columns_divided_safely(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    return np.nan_to_num(_columns_divided(labels, predictions, classes))


_ROWS = "The rows were divided by their sums: give the counts."
_COLUMNS = "The columns were divided by their sums: give the counts."
_FROM_DATA = "Not every class need occur: the table has classes rows and columns."

CONFUSION = Exercise(
    name="lenet.confusion",
    prompt="Write a function of labels, predictions, classes: counts, a row a label, a column a prediction.",
    cases=(
        {"labels": np.array([0, 1, 1, 1]), "predictions": np.array([0, 1, 0, 0]), "classes": 2},
        {
            "labels": np.array([2, 0, 1, 2, 2, 0, 1, 2]),
            "predictions": np.array([2, 1, 1, 0, 2, 1, 0, 2]),
            "classes": 3,
        },
        {"labels": np.array([3, 1, 3, 3, 1]), "predictions": np.array([1, 1, 1, 3, 3]), "classes": 5},
        {"labels": np.array([0, 0, 0]), "predictions": np.array([2, 2, 1]), "classes": 3},
        {"labels": np.array([0]), "predictions": np.array([0]), "classes": 2},
    ),
    reference=_table,
    mistakes=(
        Mistake(
            "counted once",
            "Each pair counts once here: table[labels, predictions] += 1 adds to a place only once.",
            _once,
        ),
        Mistake(
            "transposed",
            "Rows and columns have changed places: row is the label, column the prediction.",
            lambda labels, predictions, classes: _table(predictions, labels, classes),
        ),
        Mistake("rows divided", _ROWS, _rows_divided),
        Mistake("rows divided", _ROWS, _rows_divided_safely),
        Mistake("columns divided", _COLUMNS, _columns_divided),
        Mistake("columns divided", _COLUMNS, _columns_divided_safely),
        Mistake(
            "shares",
            "These are shares of all pictures: give the counts.",
            lambda labels, predictions, classes: _table(labels, predictions, classes) / len(labels),
        ),
        Mistake(
            "diagonal only",
            "Only the right ones were counted: those taken for another class stand beside the diagonal.",
            lambda labels, predictions, classes: _table(labels, predictions, classes) * np.eye(classes),
        ),
        Mistake(
            "diagonal only",
            "This is the diagonal only: give the whole table, classes x classes.",
            lambda labels, predictions, classes: np.diag(_table(labels, predictions, classes)),
        ),
        Mistake(
            "errors only",
            "Only the wrong ones were counted: the right ones stand on the diagonal.",
            lambda labels, predictions, classes: _table(labels, predictions, classes) * (1 - np.eye(classes)),
        ),
        Mistake("classes seen", _FROM_DATA, _classes_seen),
        Mistake("classes seen", _FROM_DATA, _up_to_largest),
        Mistake("classes seen", _FROM_DATA, _up_to_largest_label),
        Mistake(
            "one row many times",
            "All rows are one and the same: [[0] * n] * n holds one list n times, so make each row anew.",
            _one_row,
        ),
        Mistake(
            "labels counted",
            "This counts the labels: count pairs of label and prediction.",
            lambda labels, predictions, classes: np.bincount(labels, minlength=classes),
        ),
        Mistake(
            "predictions counted",
            "This counts the predictions: count pairs of label and prediction.",
            lambda labels, predictions, classes: np.bincount(predictions, minlength=classes),
        ),
        Mistake(
            "flattened",
            "The counts are right, but in one row: reshape them to (classes, classes).",
            lambda labels, predictions, classes: _table(labels, predictions, classes).ravel(),
        ),
        Mistake(
            "number right",
            "This is how many are right: give the table of all pairs.",
            lambda labels, predictions, classes: np.sum(labels == predictions),
        ),
        Mistake(
            "one extra class",
            "There is a row and a column too many: classes are counted from 0.",
            lambda labels, predictions, classes: _table(labels, predictions, classes + 1),
        ),
        Mistake(
            "from 1",
            "All is one row and one column too far down: classes are counted from 0.",
            lambda labels, predictions, classes: _table(labels + 1, predictions + 1, classes + 1),
        ),
        Mistake(
            "reversed",
            "The rows come in reverse order: row 0 is class 0.",
            lambda labels, predictions, classes: _table(labels, predictions, classes)[::-1],
        ),
        Mistake(
            "subtracted",
            "The counts are negative: add 1 for each pair.",
            lambda labels, predictions, classes: -_table(labels, predictions, classes),
        ),
    ),
    hints=(
        Hint(
            "index outside",
            "A label found no row, or a prediction no column: make the table (classes, classes), from 0.",
            ("IndexError", "out of bounds", "out of range"),
        ),
        Hint(
            "sizes from the data",
            "Counts for each place are wanted, also for pairs that never occur: ask for classes**2 of them.",
            ("is invalid for input of size", "cannot reshape"),
        ),
    ),
    right=answers.CONFUSION_RIGHT,
    wrong=answers.CONFUSION_WRONG,
)
