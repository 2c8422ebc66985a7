"""Every notebook of the course as its readers meet it: in JupyterLab, as a page, as a student's copy."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cnnlab.notebooks import files, html, runner, student

NOTEBOOKS = files.find(folder=Path(__file__).parents[2] / "notebooks")

pytestmark = pytest.mark.slow

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def explorers_of(path):
    """The names of the explorers that a notebook shows."""
    sources = "\n".join(cell.source for cell in files.code_cells(files.read(path)))
    names = re.findall(r"\bexplorers\.([A-Z]\w+)\(", sources)
    assert names, f"{path.name} must show an explorer"
    return [f"{name} explorer" for name in names]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    for path in NOTEBOOKS:
        shutil.copy(path, folder)
    return folder


@pytest.mark.browser
@each_notebook
def test_every_cell_runs_in_lab_and_the_explorers_are_there(lab, page, folder, path, monkeypatch):
    # A reader sees progress bars, so they may not write to stderr either.
    monkeypatch.delenv("CNNLAB_PROGRESS", raising=False)
    lab(folder).run_all(page, path.name)
    for name in explorers_of(path):
        expect(page.get_by_role("group", name=name).first).to_be_visible()


@pytest.mark.browser
@each_notebook
def test_the_exported_page_is_alive_without_a_kernel(page, tmp_path, path):
    target = tmp_path / "page.html"
    html.to_html(path, target)
    page.goto(target.as_uri())
    for name in explorers_of(path):
        explorer = page.get_by_role("group", name=name).first
        before = explorer.inner_text()
        if explorer.get_by_role("slider").count():
            explorer.get_by_role("slider").first.press("ArrowRight")
        else:
            explorer.locator("button:enabled").first.press("Enter")
        expect(explorer).not_to_have_text(before, use_inner_text=True)
    assert page.errors == []
    assert page.locator("img:not([alt])").count() == 0


@each_notebook
def test_the_students_copy_runs_from_top_to_bottom(tmp_path, path):
    (copy,) = student.write_student_copies([path], tmp_path)
    executed, _ = runner.execute(copy, environment=runner.QUICK, bar=False)
    verdicts = [cell for cell in files.code_cells(executed) if "exercises.check(" in cell.source]
    solved = [cell for cell in files.code_cells(files.read(path)) if "solution" in files.tags(cell)]
    waiting = [cell for cell in verdicts if "your turn" in str(cell.outputs).lower()]
    assert len(waiting) == len(solved) > 0
