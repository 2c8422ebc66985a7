import copy
import re
from pathlib import Path

import nbformat
import pytest

from cnnlab.notebooks import files, lint
from tests.notebooks.build import code, notebook, stream

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
RAISED = nbformat.v4.new_output("error", ename="ValueError", evalue="", traceback=[])
SPIKES = "conv1d.membrane_spikes"
GOOD = files.read(NOTEBOOKS[1])


@pytest.fixture
def good():
    return copy.deepcopy(GOOD)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "01_copy.ipynb"


def findings(path, book):
    path.write_text(nbformat.writes(book))
    return "\n".join(lint.lint(path))


def first(book, wanted):
    return next(cell for cell in book.cells if wanted(cell))


def longer(text, kind="code"):
    """Return a change that adds text to the first cell of a kind."""

    def change(book):
        first(book, lambda cell: cell.cell_type == kind).source += text

    return change


def replaced(old, new):
    def change(book):
        for cell in book.cells:
            cell.source = cell.source.replace(old, new)

    return change


def output(new):
    return lambda book: files.code_cells(book)[0].outputs.append(new)


def tag(name, cells=1):
    def change(book):
        for cell in files.code_cells(book)[:cells]:
            cell.metadata["tags"] = [*files.tags(cell), name]

    return change


def without(key):
    """Return a change that takes something from the metadata of every cell."""

    def change(book):
        for cell in book.cells:
            cell.metadata.pop(key, None)

    return change


def no_alt(book):
    for cell in book.cells:
        for output in cell.get("outputs", []):
            output.get("metadata", {}).pop("image/png", None)


def ignored_without_check(book):
    cell = first(book, lambda cell: "nbval-ignore-output" in files.tags(cell))
    book.cells.insert(book.cells.index(cell) + 1, code("print(1)", id="between"))


def big_state(book):
    models = book.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    next(iter(models.values()))["state"]["picture"] = "x" * 60_000


BREAKS = {
    "must have run as number": lambda book: book.cells.append(code("1", id="new", count=None)),
    "must not write to stderr": output(stream("careful", "stderr")),
    "must not raise, got ValueError": output(RAISED),
    "must use known tags .* got 'nbval-skip'": tag("nbval-skip"),
    "got 'nbval-ingore-output'": tag("nbval-ingore-output"),
    "got 'raises-exception'": tag("raises-exception"),
    "must mark itself by tags": longer("\n# NBVAL_SKIP"),
    "must have at most 20 lines": longer("\nimport os" * 21),
    "must give its picture an alt text": no_alt,
    "must give its picture an alt text, got none": longer("\n![](picture.png)", "markdown"),
    "outputs may be ignored, got": tag("nbval-ignore-output", cells=15),
    "it or the next code cell must hold a check": ignored_without_check,
    "must not need 'my_convolve'": lambda book: book.cells.append(code("print(my_convolve)", id="needs")),
    "must keep picture under 50000 bytes": big_state,
    "must call lab = cnnlab.start": replaced("lab = cnnlab.start(", "lab = print("),
    "must hold imports and nothing else": longer("\nx = 1"),
    "a part headed 'sources'": replaced("## Sources", "## The end"),
    "at least 1 explorers": replaced("explorers.", ""),
    "must make 15 to 30 slides": without("slideshow"),
    "must have a slide type": without("slideshow"),
    "must have jupyter.outputs_hidden": without("jupyter"),
    "must have jupyter.source_hidden": without("jupyter"),
    "must have speaker notes": without("cnnlab"),
    "must quote numbers as claims, got '3.5": longer("\nIt gains 3.5 %.", "markdown"),
    rf"must quote claim {SPIKES} as \[57.0\], got '58'": replaced(
        f"[57](#claim:{SPIKES})", f"[58](#claim:{SPIKES})"
    ),
    "got #claim:made.up": longer("\n[3](#claim:made.up)", "markdown"),
    "file must be at most 1000000 bytes": longer(" " * 1_000_000, "markdown"),
}


@pytest.mark.parametrize("sentence", BREAKS)
def test_each_broken_rule_is_found(path, good, sentence):
    BREAKS[sentence](good)
    assert re.search(sentence, findings(path, good))


def test_the_committed_notebooks_keep_every_rule():
    assert lint.lint_course(NOTEBOOKS) == []


def test_a_large_course_is_found(monkeypatch):
    monkeypatch.setattr(lint, "LARGEST_COURSE", 1000)
    assert any("all notebooks together" in finding for finding in lint.lint_course(NOTEBOOKS))


def test_a_claim_that_no_cell_checks_is_found(path, good):
    replaced(f'claims.check("{SPIKES}"', f'print("{SPIKES}"')(good)
    path.write_text(nbformat.writes(good))
    assert any(f"claim {SPIKES} must be checked" in finding for finding in lint.lint_course([path]))


def test_a_check_may_need_its_solution():
    cells = code("answer = 1", tags=["solution"]), code('exercises.check("a", answer)', id="check")
    assert list(lint._needs_solutions(notebook(*cells))) == []
