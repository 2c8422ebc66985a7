"""Rules that bind notebooks of the second pattern, ``cnnlab.pattern = 2`` in their metadata."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from nbformat import NotebookNode

from cnnlab.notebooks import files, names, prose
from cnnlab.notebooks.costs import CARD
from cnnlab.notebooks.outputs import IGNORED
from cnnlab.notebooks.tasks import CHECKED, LABEL

SECOND = 2
MOST_CELLS, MOST_CODE, MOST_WORDS, MOST_PICTURES, MOST_SECTIONS = 80, 45, 2600, 10, 9
PREDICTIONS = (3, 6)
LEAST_EXERCISES, MOST_IN_A_SECTION = 4, 2
# The parts that every notebook has, before and behind its sections.
FRAME = ("you will learn", "you need", "what we saw", "misconceptions", "sources")
DRAWN_ON = frozenset({"figures", "plt", "fig", "ax", "axes"})
FIGURES = frozenset({"fig", "ax", "axes"})

_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
_HEADING = re.compile(r"^## (.*)$", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\]]*\]\(|<img\b")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_ASSERTED = re.compile(r"\bassert\b|\bassert_\w+\(")
_MEASURED = "claims.check("


class Section(NamedTuple):
    """What stands below a heading of the second level; number 0 and no heading before the first."""

    number: int
    heading: str
    cells: list[NotebookNode]


def number(notebook: NotebookNode) -> int:
    """Return the pattern that a notebook is written by: 1 unless its metadata say another."""
    return notebook.metadata.get("cnnlab", {}).get("pattern", 1)


def findings(notebook: NotebookNode) -> Iterator[str]:
    """Yield a sentence for each rule of the second pattern that a notebook of it breaks.

    Args:
        notebook: one that ran, or not; where its pattern is the first, nothing is found.
    """
    if number(notebook) not in (1, SECOND):
        yield f"metadata cnnlab.pattern must be {SECOND} or left out, got {number(notebook)!r}"
    elif number(notebook) == SECOND:
        for rule in RULES:
            yield from rule(notebook)


def sections(notebook: NotebookNode) -> list[Section]:
    """Return the parts of a notebook by its headings of the second level, what stands before them first."""
    found = [Section(0, "", [])]
    for cell in notebook.cells:
        text = _CODE.sub("", cell.source) if cell.cell_type == "markdown" else ""
        found += [Section(len(found) + k, name, []) for k, name in enumerate(_HEADING.findall(text))]
        found[-1].cells.append(cell)
    return found


def pictures(cell: NotebookNode) -> int:
    """Return how many pictures a cell shows, in its outputs or in its text."""
    kinds = [kind for output in cell.get("outputs", []) for kind in output.get("data", {})]
    shown = sum(kind.startswith("image/") for kind in kinds)
    return shown + (len(_PICTURE.findall(_CODE.sub("", cell.source))) if cell.cell_type == "markdown" else 0)


def words(notebook: NotebookNode) -> int:
    """Return how many words the text has, without the cost card, code, formulas, tags and addresses."""
    total = 0
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and CARD not in files.tags(cell):
            text = cell.source
            for pattern in prose.EXEMPT:
                text = pattern.sub(" ", text)
            total += len(_WORD.findall(text))
    return total


def lines_of_code(notebook: NotebookNode) -> tuple[int, int]:
    """Return the lines of statements that only draw, and those of all others but imports.

    A statement only draws where it calls something of ``figures``, ``plt``, ``fig``, ``ax`` or ``axes`` (or
    of what a loop takes from ``axes``), assigns to ``fig``, ``ax`` and ``axes`` alone, or is a loop,
    condition, block or function of such statements. In a cell tagged ``fold`` all do.
    """
    drawing = lesson = 0
    for cell in files.code_cells(notebook):
        folded = "fold" in files.tags(cell)
        for node in names.parse(cell).body:
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if isinstance(node, ast.Import | ast.ImportFrom):
                continue
            if folded or _draws(node, DRAWN_ON):
                drawing += lines
            else:
                lesson += lines
    return drawing, lesson


def _draws(node: ast.stmt, roots: frozenset[str]) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Call) and _root(node.value) in roots
    if isinstance(node, ast.Assign):
        parts = [part for target in node.targets for part in getattr(target, "elts", [target])]
        return all(_root(part) in FIGURES for part in parts)
    if isinstance(node, ast.For):
        if roots & {name.id for name in ast.walk(node.iter) if isinstance(name, ast.Name)}:
            roots |= {name.id for name in ast.walk(node.target) if isinstance(name, ast.Name)}
        return all(_draws(part, roots) for part in node.body + node.orelse)
    if isinstance(node, ast.If | ast.With):
        return all(_draws(part, roots) for part in node.body + getattr(node, "orelse", []))
    if isinstance(node, ast.FunctionDef):
        return all(isinstance(part, ast.Return) or _draws(part, roots) for part in node.body)
    return isinstance(node, ast.Pass | ast.Continue | ast.Break)


def _root(node: ast.AST) -> str:
    """Return the name at the beginning of a call, such as ``ax`` of ``ax[0].plot(...)``, or nothing."""
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript | ast.Starred):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _limits(notebook: NotebookNode) -> Iterator[str]:
    counts = {
        "cells": (len(notebook.cells), MOST_CELLS),
        "cells of code": (len(files.code_cells(notebook)), MOST_CODE),
        "words": (words(notebook), MOST_WORDS),
        "pictures": (sum(pictures(cell) for cell in notebook.cells), MOST_PICTURES),
        "sections": (sum(not _frame(section) for section in sections(notebook)[1:]), MOST_SECTIONS),
    }
    for name, (count, most) in counts.items():
        if count > most:
            yield f"the notebook must have at most {most} {name}, got {count}"


def _little_drawing(notebook: NotebookNode) -> Iterator[str]:
    drawing, lesson = lines_of_code(notebook)
    if drawing >= lesson:
        yield f"code that only draws must be shorter than the lesson's {lesson} lines, got {drawing}"


def _one_name_one_thing(notebook: NotebookNode) -> Iterator[str]:
    """A name keeps its thing from section to section; the same statement again binds the same thing."""
    known: dict[str, tuple[Section, str]] = {}
    for section in sections(notebook):
        for cell in (cell for cell in section.cells if cell.cell_type == "code"):
            for node in names.parse(cell).body:
                for name in _deleted(node):
                    known.pop(name, None)
                for name, thing in _things(node):
                    before, other = known.get(name, (section, thing))
                    if before.number < section.number and other != thing:
                        yield (
                            f"cell {cell.id} must not bind {name!r} anew, which {_place(before)} bound, "
                            f"got {thing.splitlines()[0][:60]!r}"
                        )
                    known[name] = section, thing


def _place(section: Section) -> str:
    return f"section {section.heading!r}" if section.number else "the start"


def _things(node: ast.stmt) -> Iterator[tuple[str, str]]:
    """Yield what a statement binds, and to what, loop variables and figures apart."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        for alias in node.names:
            whole = alias.name if alias.asname else alias.name.split(".")[0]
            module = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            yield (alias.asname or whole), module + whole
        return
    loops = [part.target for part in ast.walk(node) if isinstance(part, ast.For | ast.AsyncFor)]
    turns = {name.id for target in loops for name in ast.walk(target) if isinstance(name, ast.Name)}
    for name in names.bound(ast.Module([node], [])):
        if name not in turns | FIGURES | {"_"}:
            yield name, ast.unparse(node)


def _deleted(node: ast.stmt) -> list[str]:
    targets = node.targets if isinstance(node, ast.Delete) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _exercises(notebook: NotebookNode) -> Iterator[str]:
    """Exercises stand between the sections, where the reader needs them, and not in a block at the end."""
    for section in sections(notebook):
        if "exercise" in section.heading.lower():
            yield f"exercises must stand between the sections, got a section headed {section.heading!r}"
        count = len(set(_checked(section.cells)))
        if count > MOST_IN_A_SECTION:
            yield f"section {section.heading!r} must have at most {MOST_IN_A_SECTION} exercises, got {count}"
    lesson = [cell for section in sections(notebook) if not _frame(section) for cell in section.cells]
    places: dict[str, int] = {}  # where each exercise is checked first
    for place, cell in enumerate(lesson):
        for name in _checked([cell]):
            places.setdefault(name, place)
    if len(places) < LEAST_EXERCISES:
        yield f"the notebook must have at least {LEAST_EXERCISES} exercises, got {len(places)}"
    first = min(places.values(), default=0)
    if 3 * first >= len(lesson):
        yield (
            f"cell {lesson[first].id} checks the first exercise, which must stand in the first third of the "
            f"lesson's {len(lesson)} cells, got number {first + 1}"
        )
    late = sum(3 * place >= 2 * len(lesson) for place in places.values())
    if 2 * late > len(places):
        yield f"at most half of the exercises may stand in the last third, got {late} of {len(places)}"


def _checked(cells: list[NotebookNode]) -> list[str]:
    return [name for cell in cells if cell.cell_type == "code" for name in CHECKED.findall(cell.source)]


def _frame(section: Section) -> bool:
    return any(part in section.heading.lower() for part in FRAME)


def _predictions(notebook: NotebookNode) -> Iterator[str]:
    """A prediction is a prompt and a closed answer: a hidden output, ``<details>``, or both in this order."""
    prompts: list[str] = []
    before: NotebookNode | None = None
    for cell in notebook.cells:
        if _closed(cell):
            if before is not None and _closed(before):
                if (before.cell_type, cell.cell_type) != ("code", "markdown"):
                    yield f"cell {cell.id} must be closed with cell {before.id} before it, got two answers"
            else:
                prompts.append(_first_sentence(before))
                if before is None or before.cell_type != "markdown":
                    yield f"cell {cell.id} is closed, so a prompt must stand in the cell before, got none"
        before = cell
    least, most = PREDICTIONS
    if not least <= len(prompts) <= most:
        yield f"the notebook must have {least} to {most} predictions, got {len(prompts)}"
    for sentence, count in Counter(filter(None, prompts)).items():
        if count > 1:
            yield f"each prediction must be worded for its own question, got {sentence!r} {count} times"


def _closed(cell: NotebookNode) -> bool:
    """Whether a cell keeps an answer closed; a twin on paper and an exercise's task keep none."""
    if cell.cell_type == "code":
        return "hide-output" in files.tags(cell) and "static_twin(" not in cell.source
    return "<details" in cell.source and not LABEL.search(cell.source)


def _first_sentence(cell: NotebookNode | None) -> str:
    if cell is None or cell.cell_type != "markdown":
        return ""
    text = " ".join(re.sub(r"[*#_>]", "", cell.source).split()).lower()
    return re.split(r"(?<=[.?!:])\s", re.sub(r"^predict\W+", "", text), maxsplit=1)[0]


def _checks(notebook: NotebookNode) -> Iterator[str]:
    """A check is its cell's result: what is ignored asserts within, and no ignored cell checks a claim."""
    cells = files.code_cells(notebook)
    for position, cell in enumerate(cells):
        if IGNORED in files.tags(cell):
            if _MEASURED in cell.source:
                yield f"cell {cell.id} checks a claim, so its output must not be ignored, got {IGNORED!r}"
            elif not _ASSERTED.search(cell.source):
                yield f"cell {cell.id} is ignored, so it must assert what matters itself, got no assert"
        following = cells[position + 1].source if position + 1 < len(cells) else ""
        if _by_structure(cell) and _MEASURED not in cell.source + following:
            yield (
                f"cell {cell.id} describes a trained result by its structure, so it or the next code cell "
                "must check a claim, got none"
            )


def _by_structure(cell: NotebookNode) -> bool:
    """Whether a figure is described by its structure alone; an explorer's twin is no result."""
    words = [node for node in ast.walk(names.parse(cell)) if isinstance(node, ast.keyword)]
    found = any(word.arg == "describe" and ast.unparse(word.value) == "'structure'" for word in words)
    return found and "static_twin(" not in cell.source


def _early_picture(notebook: NotebookNode) -> Iterator[str]:
    for cell in notebook.cells:
        if pictures(cell):
            return
        if cell.cell_type == "markdown" and _FORMULA.search(_CODE.sub("", cell.source)):
            yield f"cell {cell.id} has a formula, so a picture must stand before it, got none"
            return
    yield "the notebook must show a picture early, got none"


def _visible_sizes(notebook: NotebookNode) -> Iterator[str]:
    for cell in files.code_cells(notebook):
        closed = {"fold", names.SOLUTION} & set(files.tags(cell))
        if "lab.choose(" in cell.source and closed:
            yield f"cell {cell.id} chooses an experiment's size, so it must be visible, got {closed.pop()!r}"


def _quoted(notebook: NotebookNode) -> Iterator[str]:
    if not prose.links(notebook):
        yield "prose must quote what an experiment gave, got no link to a claim"


RULES = [
    _limits,
    _little_drawing,
    _one_name_one_thing,
    _exercises,
    _predictions,
    _checks,
    _early_picture,
    _visible_sizes,
    _quoted,
]
