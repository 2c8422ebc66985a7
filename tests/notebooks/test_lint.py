import copy
from pathlib import Path

import nbformat
import pytest

from cnnlab.notebooks import files, lint
from tests.notebooks.build import code, markdown, stream

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def good():
    return files.read(NOTEBOOKS[1])


def findings(tmp_path, notebook):
    path = tmp_path / "01_copy.ipynb"
    path.write_text(nbformat.writes(notebook))
    return lint.lint(path)


def test_the_committed_notebooks_keep_every_rule():
    assert lint.lint_course(NOTEBOOKS) == []


def first(notebook, wanted):
    return next(cell for cell in notebook.cells if wanted(cell))


def is_code(cell):
    return cell.cell_type == "code"


def unrun(notebook):
    notebook.cells[-1:] = [code("1", id="new", count=None)]


def stderr(notebook):
    first(notebook, is_code).outputs.append(stream("careful", "stderr"))


def raised(notebook):
    error = nbformat.v4.new_output("error", ename="ValueError", evalue="", traceback=[])
    first(notebook, is_code).outputs.append(error)


def tag(name):
    def change(notebook):
        first(notebook, is_code).metadata.setdefault("tags", []).append(name)

    return change


def comment_marker(notebook):
    first(notebook, is_code).source += "\n# NBVAL_SKIP"


def long_cell(notebook):
    first(notebook, is_code).source += "\nimport os" * 21


def no_alt(notebook):
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("metadata", {}).pop("image/png", None)


def picture_in_text(notebook):
    notebook.cells[0].source += "\n![](picture.png)"


def many_ignored(notebook):
    for cell in files.code_cells(notebook)[:15]:
        cell.metadata["tags"] = ["nbval-ignore-output"]


def ignored_without_check(notebook):
    cell = first(notebook, lambda cell: "nbval-ignore-output" in files.tags(cell))
    notebook.cells.insert(notebook.cells.index(cell) + 1, code("print(1)", id="between"))


def needs_solution(notebook):
    notebook.cells.append(code("print(my_convolve)", id="needs"))


def big_state(notebook):
    models = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    next(iter(models.values()))["state"]["picture"] = "x" * 60_000


def no_start(notebook):
    files.code_cells(notebook)[1].source = "lab = 1"


def imports_and_more(notebook):
    first(notebook, is_code).source += "\nx = 1"


def no_sources(notebook):
    notebook.cells = [cell for cell in notebook.cells if not cell.source.startswith("## Sources")]


def no_explorer(notebook):
    for cell in notebook.cells:
        cell.source = cell.source.replace("explorers.", "")


def few_slides(notebook):
    for cell in notebook.cells:
        if cell.metadata.slideshow.slide_type == "slide":
            cell.metadata.slideshow.slide_type = "-"


def no_slide_type(notebook):
    notebook.cells[0].metadata.pop("slideshow")


def shown_answer(notebook):
    first(notebook, lambda cell: "hide-output" in files.tags(cell)).metadata.pop("jupyter")


def shown_solution(notebook):
    first(notebook, lambda cell: "solution" in files.tags(cell)).metadata.pop("jupyter")


def no_notes(notebook):
    for cell in notebook.cells:
        cell.metadata.pop("cnnlab", None)


def bare_number(notebook):
    notebook.cells[0].source += "\nIt gains 3.5 %."


def tampered_claim(notebook):
    cell = first(notebook, lambda cell: "[57](#claim:conv1d.membrane_spikes)" in cell.source)
    cell.source = cell.source.replace("[57](", "[58](")


def unknown_claim(notebook):
    notebook.cells[0].source += "\n[3](#claim:made.up)"


BREAKS = {
    unrun: "must have run as number",
    stderr: "must not write to stderr",
    raised: "must not raise, got ValueError",
    tag("nbval-skip"): "must use known tags .* got 'nbval-skip'",
    tag("nbval-ingore-output"): "got 'nbval-ingore-output'",
    tag("raises-exception"): "got 'raises-exception'",
    comment_marker: "must mark itself by tags",
    long_cell: "must have at most 20 lines",
    no_alt: "must give its picture an alt text",
    picture_in_text: "must give its picture an alt text",
    many_ignored: "outputs may be ignored, got",
    ignored_without_check: "it or the next code cell must hold a check",
    needs_solution: "must not need 'my_convolve'",
    big_state: "must keep picture under 50000 bytes",
    no_start: "must call lab = cnnlab.start",
    imports_and_more: "must hold imports and nothing else",
    no_sources: "a part headed 'sources'",
    no_explorer: "at least 1 explorers",
    few_slides: "must make 15 to 30 slides",
    no_slide_type: "must have a slide type",
    shown_answer: "must have jupyter.outputs_hidden",
    shown_solution: "must have jupyter.source_hidden",
    no_notes: "must have speaker notes",
    bare_number: "must quote numbers as claims, got '3.5",
    tampered_claim: r"must quote claim conv1d.membrane_spikes as \[57.0\], got '58'",
    unknown_claim: "got #claim:made.up",
}


@pytest.mark.parametrize("change", BREAKS, ids=lambda change: getattr(change, "__qualname__", str(change)))
def test_each_broken_rule_is_found(tmp_path, good, change):
    import re

    notebook = copy.deepcopy(good)
    change(notebook)
    found = findings(tmp_path, notebook)
    assert any(re.search(BREAKS[change], finding) for finding in found), found


def test_a_large_file_is_found(tmp_path, good):
    notebook = copy.deepcopy(good)
    notebook.cells[0].source += " " * 1_000_000
    assert any("file must be at most 1000000 bytes" in finding for finding in findings(tmp_path, notebook))


def test_a_large_course_is_found(monkeypatch):
    monkeypatch.setattr(lint, "LARGEST_COURSE", 1000)
    assert any("all notebooks together" in finding for finding in lint.lint_course(NOTEBOOKS))


def test_a_claim_that_no_cell_checks_is_found(tmp_path, good):
    notebook = copy.deepcopy(good)
    for cell in notebook.cells:
        cell.source = cell.source.replace(
            'claims.check("conv1d.membrane_spikes"', 'print("conv1d.membrane_spikes"'
        )
    path = tmp_path / "01_copy.ipynb"
    path.write_text(nbformat.writes(notebook))
    assert any(
        "claim conv1d.membrane_spikes must be checked" in finding for finding in lint.lint_course([path])
    )


def test_a_check_may_need_its_solution():
    cells = [code("answer = 1", tags=["solution"]), code('exercises.check("a", answer)', id="check")]
    assert list(lint._needs_solutions(nbformat.v4.new_notebook(cells=[*cells, markdown("x")]))) == []
