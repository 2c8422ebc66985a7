"""Rules that every committed notebook keeps; each finding is one sentence that names the cell."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from nbformat import NotebookNode

from cnnlab.claims import ledger, topics
from cnnlab.notebooks import evidence, files, names, pattern, prose, tasks
from cnnlab.notebooks.costs import CARD
from cnnlab.notebooks.outputs import IGNORED, widget_state

TAGS = {"solution", "fold", "hide-output", CARD, IGNORED}
FOLDED = {"solution", "fold"}
LONGEST_CELL = 20
LARGEST_FILE, LARGEST_COURSE = 1_000_000, 12_000_000
LARGEST_STATE = 50_000
IGNORED_SHARE = 0.15
SLIDES = (15, 30)
CHECK = re.compile(r"\bassert\b|assert_close|claims\.check\(|exercises\.check\(")

Rule = Callable[[NotebookNode], Iterator[str]]


def lint(path: Path) -> list[str]:
    """Return what is wrong with one notebook, empty when nothing is."""
    notebook = files.read(path)
    findings = [sentence for rule in RULES for sentence in rule(notebook)]
    if path.stat().st_size > LARGEST_FILE:
        findings.append(f"file must be at most {LARGEST_FILE} bytes, got {path.stat().st_size}")
    return [f"{path.name}: {finding}" for finding in findings]


def lint_course(paths: Sequence[Path]) -> list[str]:
    """Return what is wrong with all notebooks together, and with each."""
    findings = [finding for path in paths for finding in lint(path)]
    total = sum(path.stat().st_size for path in paths)
    if total > LARGEST_COURSE:
        findings.append(f"all notebooks together must be at most {LARGEST_COURSE} bytes, got {total}")
    for path in paths:
        notebook = files.read(path)
        topic, checked = files.topic(notebook), prose.checked_claims(notebook, ledger())
        if topic not in topics():
            findings.append(
                f"{path.name}: metadata must name the topic of its lesson's folder, got {topic!r}"
            )
        findings += [
            f"{path.name}: claim {claim.id} must be checked by an executed cell, got none"
            for claim in ledger().values()
            if claim.topic == topic and claim.id not in checked
        ]
        findings += [f"{path.name}: {finding}" for finding in evidence.findings(notebook)]
    return findings


def _executed(notebook: NotebookNode) -> Iterator[str]:
    expected = 0
    for cell in files.code_cells(notebook):
        if not cell.source.strip():
            yield f"cell {cell.id} must hold code, got an empty cell"
            continue
        expected += 1
        if cell.execution_count != expected:
            yield f"cell {cell.id} must have run as number {expected}, got {cell.execution_count}"


def _clean_outputs(notebook: NotebookNode) -> Iterator[str]:
    for cell in files.code_cells(notebook):
        for output in cell.outputs:
            if output.output_type == "error":
                yield f"cell {cell.id} must not raise, got {output.ename}"
            elif output.get("name") == "stderr":
                yield f"cell {cell.id} must not write to stderr, got {output.text.strip()[:60]!r}"


def _markers(notebook: NotebookNode) -> Iterator[str]:
    for cell in notebook.cells:
        for tag in files.tags(cell):
            if tag not in TAGS:
                yield f"cell {cell.id} must use known tags ({', '.join(sorted(TAGS))}), got {tag!r}"
        if cell.cell_type == "code" and re.search(r"#\s*(?:NBVAL|PYTEST)_", cell.source):
            yield f"cell {cell.id} must mark itself by tags, got a comment marker"


def _short_cells(notebook: NotebookNode) -> Iterator[str]:
    for cell in files.code_cells(notebook):
        lines = len(cell.source.splitlines())
        if lines > LONGEST_CELL:
            yield f"cell {cell.id} must have at most {LONGEST_CELL} lines, got {lines}"


def _alt_texts(notebook: NotebookNode) -> Iterator[str]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            for kind in output.get("data", {}):
                if kind.startswith("image/") and not output.get("metadata", {}).get(kind, {}).get("alt"):
                    yield f"cell {cell.id} must give its picture an alt text, got none"
        if cell.cell_type == "markdown" and re.search(r"!\[\s*\]\(|<img(?![^>]*\balt=\"[^\"]+)", cell.source):
            yield f"cell {cell.id} must give its picture an alt text, got none"


def _ignored_outputs(notebook: NotebookNode) -> Iterator[str]:
    cells = files.code_cells(notebook)
    ignored = [number for number, cell in enumerate(cells) if IGNORED in files.tags(cell)]
    if len(ignored) > IGNORED_SHARE * len(cells):
        yield f"at most {IGNORED_SHARE:.0%} of outputs may be ignored, got {len(ignored)} of {len(cells)}"
    for number in ignored:
        following = "\n".join(cell.source for cell in cells[number : number + 2])
        if not CHECK.search(following):
            yield f"cell {cells[number].id} is ignored: it or the next code cell must hold a check, got none"


def _needs_solutions(notebook: NotebookNode) -> Iterator[str]:
    """A student has not written the solution yet, so nothing but its check may need it."""
    solved = names.only_in_solutions(notebook)
    for cell in files.code_cells(notebook):
        if names.SOLUTION not in files.tags(cell) and "exercises.check(" not in cell.source:
            for name in sorted(names.needed(names.parse(cell)) & solved):
                yield f"cell {cell.id} must not need {name!r}, got it only from a solution cell"


def _widget_state(notebook: NotebookNode) -> Iterator[str]:
    for model_id, model in widget_state(notebook).items():
        for trait, value in model.get("state", {}).items():
            size = len(str(value))
            if size > LARGEST_STATE:
                yield f"widget {model_id} must keep {trait} under {LARGEST_STATE} bytes, got {size}"


def _first_lines(notebook: NotebookNode) -> Iterator[str]:
    cells = files.code_cells(notebook)
    if not cells or any(
        not isinstance(node, (ast.Import, ast.ImportFrom)) for node in ast.parse(cells[0].source).body
    ):
        yield "the first code cell must hold imports and nothing else"
    if len(cells) < 2 or "lab = cnnlab.start(" not in cells[1].source:
        yield "the second code cell must call lab = cnnlab.start(...)"


def _course_shape(notebook: NotebookNode) -> Iterator[str]:
    """What course.md's list asks of every notebook, as far as it can be counted."""
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown").lower()
    code = "\n".join(cell.source for cell in files.code_cells(notebook))
    for heading in pattern.FRAME:
        if not re.search(rf"^#+ .*{heading}|\*\*.*{heading}", text, re.MULTILINE):
            yield f"the notebook must have a part headed {heading!r}, got none"
    shape = {
        "cost cards": (sum(CARD in files.tags(cell) for cell in notebook.cells), 1),
        "exercises": (code.count("exercises.check("), 3),
        "explorers": (code.count("explorers."), 1),
        "static twins": (code.count("static_twin("), 1),
    }
    if pattern.number(notebook) != pattern.SECOND:
        hidden = sum("hide-output" in files.tags(cell) for cell in notebook.cells)
        shape["predictions (cells tagged hide-output)"] = (hidden, 3)
    for name, (count, least) in shape.items():
        if count < least:
            yield f"the notebook must have at least {least} {name}, got {count}"


def _slides(notebook: NotebookNode) -> Iterator[str]:
    kinds = [cell.metadata.get("slideshow", {}).get("slide_type") for cell in notebook.cells]
    slides = sum(kind in ("slide", "subslide") for kind in kinds)
    if not SLIDES[0] <= slides <= SLIDES[1]:
        yield f"the notebook must make {SLIDES[0]} to {SLIDES[1]} slides, got {slides}"
    for cell, kind in zip(notebook.cells, kinds, strict=True):
        if kind not in ("slide", "subslide", "fragment", "skip", "-"):
            yield f"cell {cell.id} must have a slide type, got {kind!r}"
        if "hide-output" in files.tags(cell) and kind not in ("fragment", "skip"):
            yield f"cell {cell.id} answers a prediction, so its slide type must be fragment, got {kind!r}"
    if not any(cell.metadata.get("cnnlab", {}).get("notes") for cell in notebook.cells):
        yield "the notebook must have speaker notes (cell metadata cnnlab.notes), got none"


def _collapsed(notebook: NotebookNode) -> Iterator[str]:
    for cell in notebook.cells:
        jupyter, tags = cell.metadata.get("jupyter", {}), files.tags(cell)
        if jupyter.get("outputs_hidden", False) != ("hide-output" in tags):
            yield f"cell {cell.id} must have jupyter.outputs_hidden just where it is tagged hide-output"
        if jupyter.get("source_hidden", False) != bool(FOLDED & set(tags)) and "hide-output" not in tags:
            yield f"cell {cell.id} must have jupyter.source_hidden just where it is tagged fold or solution"


RULES: list[Rule] = [
    _executed,
    _clean_outputs,
    _markers,
    _short_cells,
    _alt_texts,
    _ignored_outputs,
    _needs_solutions,
    _widget_state,
    _first_lines,
    _course_shape,
    _slides,
    _collapsed,
    lambda notebook: prose.wrong_links(notebook, ledger()),
    prose.bare_numbers,
    tasks.wrong_tasks,
    pattern.findings,
]
