"""Store a notebook's outputs so that running it again changes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from cnnlab.notebooks import files, prose, tasks
from cnnlab.notebooks.runner import QUICK, Measurement, execute

IGNORED = "nbval-ignore-output"
# What a run measured; nbval is told the same in tests/nbval_sanitize.cfg.
THIS_RUN = re.compile(r"this run: [^;\n]*")


def rerun(path: Path) -> tuple[NotebookNode, Measurement]:
    """Return the notebook with the outputs of a fresh run at quick scale on the CPU, and what it took.

    Its prose quotes what the seeds measured, and its tasks are worded as the exercises' files word them.

    Raises:
        NotebookError: a cell failed.
    """
    executed, measurement = execute(path, environment=QUICK)
    prose.write_numbers(executed)
    tasks.write_tasks(executed)
    return settle(executed, files.read(path)), measurement


def settle(executed: NotebookNode, stored: NotebookNode) -> NotebookNode:
    """Return ``executed`` without what differs from run to run.

    Streams of one name are joined, widget ids renumbered 0, 1, 2 in order of appearance, and an output that
    nbval ignores (timings, versions), or that says what this run measured, is kept as stored for as long as
    its cell's source and all that nbval compares are unchanged. Otherwise a number that follows from what
    changed would stay behind.

    Args:
        executed: the notebook after a run.
        stored: the notebook as it was before.
    """
    cells = files.code_cells(executed)
    for cell in cells:
        cell.outputs = _join_streams(cell.outputs)
    if _compared(executed) == _compared(stored):
        before = {cell.id: cell for cell in stored.cells}
        for cell in cells:
            old = before.get(cell.id)
            if old is not None and old.source == cell.source and old.outputs:
                cell.outputs = old.outputs if _varies(cell) else cell.outputs
    # The patch release of Python says nothing about the notebook.
    executed.metadata.get("language_info", {}).pop("version", None)
    return _renumber_widgets(executed)


def widget_state(notebook: NotebookNode) -> dict[str, Any]:
    """Return the stored state of the notebook's widgets by model id (empty when it has none)."""
    kinds = notebook.metadata.get("widgets", {})
    return kinds.get("application/vnd.jupyter.widget-state+json", {}).get("state", {})


def _varies(cell: NotebookNode) -> bool:
    """Whether something in a cell's output may differ from run to run."""
    return IGNORED in files.tags(cell) or THIS_RUN.search(json.dumps(cell.outputs)) is not None


def _compared(notebook: NotebookNode) -> list[list[Any]]:
    """The outputs that nbval compares, without random ids of widgets and what this run measured."""
    cells = [cell for cell in files.code_cells(notebook) if IGNORED not in files.tags(cell)]
    return [[_shown(output) for output in cell.outputs] for cell in cells]


def _shown(output: Mapping[str, Any]) -> list[Any]:
    data = {kind: value for kind, value in output.get("data", {}).items() if "widget-view" not in kind}
    shown = [output["output_type"], output.get("name"), output.get("text"), data]
    return json.loads(THIS_RUN.sub("this run", json.dumps(shown, ensure_ascii=False)))


def _join_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    joined: list[NotebookNode] = []
    for output in outputs:
        # Only streams have a name.
        if joined and "name" in output and output.name == joined[-1].get("name"):
            joined[-1].text += output.text
        else:
            joined.append(output)
    return joined


def _renumber_widgets(notebook: NotebookNode) -> NotebookNode:
    """Replace random widget ids by 0, 1, 2, ..., those that outputs show first, and drop unused models."""
    state = widget_state(notebook)
    shown = re.findall(r'"model_id": "(\w+)"', json.dumps(notebook.cells))
    order = reachable(state, shown)
    for unused in set(state) - set(order):
        del state[unused]
    if not order:
        notebook.metadata.pop("widgets", None)
    text = json.dumps(notebook)
    for number, model_id in enumerate(order):
        text = text.replace(model_id, str(number))
    return nbformat.from_dict(json.loads(text))


def reachable(state: dict[str, Any], roots: list[str]) -> list[str]:
    """Return the ids of ``roots`` and of the models that they refer to, directly or through others, in order.

    Args:
        state: the notebook's widgets by model id.
        roots: ids; those of no widget are left out.
    """
    found, waiting = [], list(roots)
    while waiting:
        model_id = waiting.pop(0)
        if model_id in state and model_id not in found:
            found.append(model_id)
            waiting += re.findall(r"IPY_MODEL_(\w+)", json.dumps(state[model_id]))
    return found
