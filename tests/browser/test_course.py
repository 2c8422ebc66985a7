"""Every notebook of the course as readers meet it: a student's copy in JupyterLab, and a page from disk."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cnnlab.notebooks import files, html, student

NOTEBOOKS = files.find(folder=Path(__file__).parents[2] / "notebooks")

pytestmark = [pytest.mark.slow, pytest.mark.browser]

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def explorers_of(path):
    """The names of the explorers that a notebook shows."""
    sources = "\n".join(cell.source for cell in files.code_cells(files.read(path)))
    names = re.findall(r"\bexplorers\.([A-Z]\w+)\(", sources)
    assert names, f"{path.name} must show an explorer"
    return [f"{name} explorer" for name in names]


def assert_explorers_move(page, path):
    """Move each explorer of a notebook by keyboard, and see that it says something else."""
    for name in explorers_of(path):
        explorer = page.get_by_role("group", name=name).first
        before = explorer.inner_text()
        if explorer.get_by_role("slider").count():
            explorer.get_by_role("slider").first.press("ArrowRight")
        else:
            explorer.locator("button:enabled").first.press("Enter")
        expect(explorer).not_to_have_text(before, use_inner_text=True)


@each_notebook
def test_the_students_copy_runs_in_lab_and_its_explorers_move(lab, page, path):
    (copy,) = student.write_student_copies([path], lab.folder / "student")
    outputs = lab.run_all(page, copy)
    assert_explorers_move(page, path)
    cells = files.read(path).cells
    solved = sum("solution" in files.tags(cell) for cell in cells)
    waiting = [output for output in outputs if "it is your turn" in str(output)]
    assert len(waiting) == solved > 0


@each_notebook
def test_the_exported_page_is_alive_without_a_kernel(page, tmp_path, path):
    target = tmp_path / "page.html"
    html.to_html(path, target)
    page.goto(target.as_uri())
    assert_explorers_move(page, path)
    assert page.errors == []
    assert page.locator("img:not([alt])").count() == 0
