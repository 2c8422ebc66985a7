"""Cost cards: what a notebook takes, in round steps that change only when a measurement leaves them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from cnnlab.notebooks import files
from cnnlab.notebooks.runner import CELL_SECONDS, Measurement

SECONDS = (5, 10, 20, 30, 45, 60)
GIGABYTES = (0.5, 1, 2, 4)
CARD = "cost-card"
BEGIN, END = "<!-- costs -->", "<!-- /costs -->"


def rung(measured: float, ladder: Sequence[float], current: float | None) -> float:
    """Return the step of ``ladder`` that stands for a measurement.

    The current step stays while the measurement is between half of it and 1.5 times it, so that noise
    rewrites no card; otherwise the smallest step that holds the measurement is taken.

    Args:
        measured: what was measured.
        ladder: steps in rising order.
        current: the step on the card, or None.

    Returns:
        A step of the ladder (its last one for anything larger).

    Example:
        >>> rung(6.2, SECONDS, None), rung(6.2, SECONDS, 5), rung(8.0, SECONDS, 5)
        (10, 5, 10)
    """
    if current is not None and 0.5 * current <= measured <= 1.5 * current:
        return current
    return next((step for step in ladder if measured <= step), ladder[-1])


def update_card(notebook: NotebookNode, measurement: Measurement) -> None:
    """Write a notebook's cost card (the markdown cell tagged ``cost-card``) from a measurement.

    Raises:
        ValueError: the notebook has no such cell.
    """
    cost = notebook.metadata.setdefault("cnnlab", {}).setdefault("cost", {})
    cost["quick_seconds"] = rung(measurement.seconds, SECONDS, cost.get("quick_seconds"))
    cost["quick_gigabytes"] = rung(measurement.gigabytes, GIGABYTES, cost.get("quick_gigabytes"))
    for cell in notebook.cells:
        if CARD in files.tags(cell):
            cell.source = card(cost)
            return
    raise ValueError(f"notebook must have a markdown cell tagged {CARD!r}, got none")


def card(cost: Mapping[str, Any]) -> str:
    """Return the text of a cost card.

    Args:
        cost: the notebook's ``metadata.cnnlab.cost``: quick_seconds, quick_gigabytes, and what full scale
            takes in words (full_time, full_download).
    """
    quick = f"about {cost['quick_seconds']:g} s | {cost['quick_gigabytes']:g} GB"
    full = cost.get("full_time", "not measured on a GPU yet")
    return "\n".join(
        [
            "**What it costs to run**",
            "",
            "| scale | where | time | memory | download |",
            "|---|---|---|---|---|",
            f"| quick | 2 CPU cores | {quick} | 0 bytes |",
            f"| full | one GPU | {full} | - | {cost.get('full_download', '0 bytes')} |",
        ]
    )


def table(paths: Sequence[Path], link: str) -> str:
    """Return the table of notebooks with their costs, in Markdown.

    Args:
        paths: the notebooks.
        link: what stands before each file name in its link, such as "notebooks/".
    """
    rows = ["| notebook | time at quick scale, 2 CPU cores | memory |", "|---|---|---|"]
    for path in paths:
        notebook = files.read(path)
        cost = notebook.metadata.get("cnnlab", {}).get("cost", {})
        time = f"about {cost['quick_seconds']:g} s" if cost else "-"
        memory = f"{cost['quick_gigabytes']:g} GB" if cost else "-"
        rows.append(f"| [{files.title(notebook)}]({link}{path.name}) | {time} | {memory} |")
    return "\n".join(rows)


def replace_table(text: str, content: str) -> str:
    """Return ``text`` with what stands between the two cost marks replaced by ``content``.

    Raises:
        ValueError: the marks are not there.
    """
    if BEGIN not in text or END not in text:
        raise ValueError(f"text must hold the marks {BEGIN} and {END}, got neither or one")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    return f"{before}{BEGIN}\n{content}\n{END}{after}"


def quick_seconds(path: Path) -> float:
    """Return what a notebook's card states for quick scale, infinity where it was never measured."""
    return files.read(path).metadata.get("cnnlab", {}).get("cost", {}).get("quick_seconds", float("inf"))


def exceeded(path: Path, measurement: Measurement, factor: float) -> list[str]:
    """Return a sentence for each fault: a figure above ``factor`` times the notebook's card, a slow cell."""
    cost = files.read(path).metadata.get("cnnlab", {}).get("cost", {})
    figures = (
        ("time", measurement.seconds, cost.get("quick_seconds"), "s"),
        ("memory", measurement.gigabytes, cost.get("quick_gigabytes"), "GB"),
    )
    findings = [
        f"{path.name}: {name} must be at most {factor:g} times the {stated} {unit} of its cost card, "
        f"got {measured:.1f} {unit}"
        for name, measured, stated, unit in figures
        if stated is None or measured > factor * stated
    ]
    if measurement.cell_seconds > CELL_SECONDS:
        findings.append(
            f"{path.name}: a cell must take at most {CELL_SECONDS} s, "
            f"got {measurement.cell_seconds:.1f} s for {measurement.cell}"
        )
    return findings
