"""The words of a task in a notebook: those of its exercise's file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nbformat import NotebookNode

from cnnlab.exercises.registry import find
from cnnlab.notebooks import files

CHECKED = re.compile(r"exercises\.check\(\s*[\"']([\w.]+)[\"']")
LABEL = re.compile(r"\*\*Exercise \d+[^*]*\*\* ")


def write_tasks(notebook: NotebookNode) -> None:
    """Write behind the label of each exercise what its file asks."""
    for cell, name in _tasks(notebook):
        if label := LABEL.search(cell.source):
            cell.source = cell.source[: label.end()] + find(name).task


def wrong_tasks(notebook: NotebookNode) -> Iterator[str]:
    """Yield a sentence for each exercise whose task is not worded as its file words it."""
    for cell, name in _tasks(notebook):
        label = LABEL.search(cell.source)
        if not label or cell.source[label.end() :] != find(name).task:
            yield f"cell {cell.id} must give the task of {name} behind its label: run make outputs"


def _tasks(notebook: NotebookNode) -> Iterator[tuple[NotebookNode, str]]:
    """Yield the cell before each solution with the name of the exercise that is checked behind it."""
    cells = notebook.cells
    for task, solution, check in zip(cells, cells[1:], cells[2:], strict=False):
        checked = CHECKED.search(check.source) if check.cell_type == "code" else None
        if checked and "solution" in files.tags(solution):
            yield task, checked[1]
