"""Where notebooks are, and how they are read and written."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

FOLDER = Path("notebooks")


def find(names: Sequence[str] = (), folder: Path = FOLDER) -> list[Path]:
    """Return the course's notebooks in order.

    Args:
        names: beginnings of file names, such as "01"; all notebooks when empty.
        folder: where they are.

    Returns:
        Paths in the order of the course.

    Raises:
        ValueError: there is no such notebook.
    """
    everything = sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))
    for name in names or [""]:
        if not any(path.name.startswith(name) for path in everything):
            raise ValueError(f"notebook must be one of those in {folder}/, got {name or 'an empty folder'!r}")
    return [path for path in everything if not names or path.name.startswith(tuple(names))]


def read(path: Path) -> NotebookNode:
    """Return the notebook at ``path``.

    Raises:
        ValueError: there is no such file, or it is not a notebook.
    """
    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise ValueError(f"notebook must exist, got {str(path)!r}") from None
    except Exception as error:
        raise ValueError(f"notebook must be a valid .ipynb file, got {str(path)!r}: {error}") from None


def write(notebook: NotebookNode, path: Path) -> bool:
    """Write ``notebook`` and return whether the file changed; a file that would stay equal is not touched."""
    text = nbformat.writes(notebook, version=4) + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode())
    return True


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that at every moment it is a whole one, however many processes write it."""
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def tags(cell: NotebookNode) -> list[str]:
    """Return a cell's tags."""
    return list(cell.metadata.get("tags", []))


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the code cells in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def topic(notebook: NotebookNode) -> str:
    """Return the name of the lesson's folder, from ``metadata.cnnlab.topic``; empty where there is none."""
    return str(notebook.metadata.get("cnnlab", {}).get("topic", ""))


def cell_name(number: int, cell: NotebookNode) -> str:
    r"""Return what messages call a code cell: its number among the code cells, from 0, and its first line.

    Example:
        >>> cell_name(3, nbformat.v4.new_code_cell("lab = start(seed=0)\nlab.device"))
        'cell 3 (lab = start(seed=0))'
    """
    first_line = cell.source.strip().split("\n")[0]
    return f"cell {number} ({first_line})"


def title(notebook: NotebookNode) -> str:
    """Return the first heading's text, or "untitled"."""
    for cell in notebook.cells:
        for line in cell.source.splitlines() if cell.cell_type == "markdown" else []:
            if line.startswith("# "):
                return line.removeprefix("# ").strip()
    return "untitled"
