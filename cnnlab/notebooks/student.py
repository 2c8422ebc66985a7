"""The copies that students open: solutions replaced by placeholders, and nothing left that shows them."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from cnnlab.notebooks import files, names
from cnnlab.notebooks.names import SOLUTION, Definition

EXERCISE = "exercise"
PLACEHOLDER = "exercises.YOUR_TURN"
MARKDOWN_PLACEHOLDER = "*Your answer here.*"
# What is not listed may hold anything, a solution too: speaker notes, widget state, timings.
KEPT_CELL_METADATA = ("tags", "slideshow", "jupyter", "collapsed", "editable", "deletable")
KEPT_NOTEBOOK_METADATA = ("kernelspec", "language_info")

_RETURN = f"return {PLACEHOLDER}"
_INIT = "super().__init__()"


def student_copy(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook without its solutions, ready to be run from top to bottom.

    In a cell tagged ``solution``, imports stay, functions and classes keep names, signatures and
    docstrings, what is assigned becomes ``exercises.YOUR_TURN``, everything else goes, and the tag
    becomes ``exercise``. All outputs, execution counts, speaker notes and widget state go; cell ids stay.

    Args:
        notebook: the solved one, format 4; it stays as it is.

    Returns:
        The copy.

    Raises:
        ValueError: a solution cell is not plain Python, or the notebook does not import ``exercises``.

    Example:
        >>> cell = nbformat.v4.new_code_cell("mean = sum(signal) / 3", metadata={"tags": ["solution"]})
        >>> first = nbformat.v4.new_code_cell("from cnnlab import exercises")
        >>> student_copy(nbformat.v4.new_notebook(cells=[first, cell])).cells[1].source
        'mean = exercises.YOUR_TURN  # your answer here'
    """
    _import_of_exercises(notebook)
    needed = _asked_for(notebook)
    result = copy.deepcopy(notebook)
    result.metadata = _only(notebook.metadata, KEPT_NOTEBOOK_METADATA)
    result.cells = [_student_cell(cell, needed) for cell in notebook.cells]
    nbformat.validate(result)
    return result


def write_student_copies(sources: Iterable[Path], out_dir: Path) -> list[Path]:
    """Write the student copy of each notebook under its own name and return the paths written to.

    Args:
        sources: solved notebooks.
        out_dir: made if missing.

    Returns:
        One path a source, in order.

    Raises:
        ValueError: a source is not a notebook, or no copy can be made of it.
    """
    targets = []
    for source in sources:
        target = out_dir / source.name
        files.write(student_copy(files.read(source)), target)
        targets.append(target)
    return targets


def stubs(notebook: NotebookNode) -> dict[str, str]:
    """Return what a student starts from, by cell id, for each code cell tagged ``solution``.

    Args:
        notebook: the solved one.

    Raises:
        ValueError: a solution cell is not plain Python.

    Example:
        >>> cell = nbformat.v4.new_code_cell("mean = 2", metadata={"tags": ["solution"]}, id="a")
        >>> stubs(nbformat.v4.new_notebook(cells=[cell]))
        {'a': 'mean = exercises.YOUR_TURN  # your answer here'}
    """
    solutions = [cell for cell in files.code_cells(notebook) if SOLUTION in files.tags(cell)]
    if not solutions:
        return {}  # a notebook without solutions need not be plain Python
    needed = _asked_for(notebook)
    return {cell.id: _stub(cell, needed) for cell in solutions}


def _import_of_exercises(notebook: NotebookNode) -> None:
    cells = files.code_cells(notebook)
    solutions = [cell for cell in cells if SOLUTION in files.tags(cell)]
    if solutions and not any("exercises" in names.bound(names.parse(cell)) for cell in cells):
        raise ValueError(
            f"notebook must import exercises for its solution cell {solutions[0].id}, got no import"
        )


def _asked_for(notebook: NotebookNode) -> set[str]:
    """Return the names that only solutions bind and that other cells, the checks, need."""
    others = [cell for cell in files.code_cells(notebook) if SOLUTION not in files.tags(cell)]
    return names.only_in_solutions(notebook) & set().union(
        *(names.needed(names.parse(cell)) for cell in others)
    )


def _only(metadata: NotebookNode, kept: Iterable[str]) -> NotebookNode:
    return NotebookNode({key: copy.deepcopy(metadata[key]) for key in kept if key in metadata})


def _student_cell(cell: NotebookNode, needed: set[str]) -> NotebookNode:
    result = NotebookNode(id=cell.id, cell_type=cell.cell_type, source=cell.source)
    result.metadata = _only(cell.metadata, KEPT_CELL_METADATA)
    if cell.cell_type == "code":
        result.update(execution_count=None, outputs=[])
    shown = {name: file for name, file in cell.get("attachments", {}).items() if name in cell.source}
    if SOLUTION in files.tags(cell):
        result.metadata.tags = [EXERCISE if tag == SOLUTION else tag for tag in files.tags(cell)]
        result.metadata.get("jupyter", {}).pop("source_hidden", None)
        result.source = _stub(cell, needed) if cell.cell_type == "code" else MARKDOWN_PLACEHOLDER
    elif shown:
        result.attachments = copy.deepcopy(shown)
    return result


def _stub(cell: NotebookNode, needed: set[str]) -> str:
    parts: list[str] = []
    for node in names.parse(cell).body:
        parts += [part for part in _stubs(node, needed) if part not in parts]
    return "\n".join(parts).replace("\n\n\n\n", "\n\n\n").strip("\n")


def _stubs(node: ast.stmt, needed: set[str]) -> Iterator[str]:
    """Yield what is left of one statement of a solution."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield ast.unparse(node)
    elif isinstance(node, Definition):
        text = ast.unparse(_skeleton(node))
        text = text.replace(_RETURN, f"{_RETURN}  # your code here")
        yield "\n\n" + text.replace(_INIT, f"{_INIT}  # your code here") + "\n\n"
    else:
        assigned = isinstance(node, ast.Assign | ast.AnnAssign)
        # Of loops and with blocks only what other cells use: a loop's own variable is no answer.
        left = [name for name in names.bound(ast.Module([node], [])) if assigned or name in needed]
        if left:
            yield " = ".join([*left, PLACEHOLDER]) + "  # your answer here"


def _skeleton(node: Definition) -> Definition:
    """Return a function or class with its signature and docstring and nothing of its working."""
    result = copy.deepcopy(node)
    result.decorator_list = []
    docstring = node.body[:1] if ast.get_docstring(node, clean=False) is not None else []
    if isinstance(node, ast.ClassDef):
        methods: list[ast.stmt] = [_skeleton(part) for part in node.body if isinstance(part, Definition)]
        result.body = [*docstring, *(methods or [ast.Pass()])]
    else:
        only = _INIT if node.name == "__init__" else _RETURN
        result.body = [*docstring, *ast.parse(only, mode="exec").body]
    return result
