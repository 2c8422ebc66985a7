"""The strict run of the notebooks fails when a notebook no longer tells the truth, or takes too long."""

import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import nbformat
import pytest

from tests import strict
from tests.notebooks.build import code, markdown, save

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "01_convolution_1d.ipynb"
OPTIONS = ["-q", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env", "--junitxml=report.xml"]
OVERRIDES = ["--override-ini=addopts=", "--override-ini=filterwarnings="]


def shortened(until):
    """The notebook as far as the cell ``until``, and its cells by id: the rest is another test's."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    ids = [cell.id for cell in notebook.cells]
    notebook.cells = notebook.cells[: ids.index(until) + 1]
    return notebook, {cell.id: cell for cell in notebook.cells}


def run_strictly(notebook, folder, **environment):
    """Run a notebook in ``folder`` and return the ids of the cells that failed, and what was printed."""
    nbformat.write(notebook, folder / "copy.ipynb")
    command = [sys.executable, "-m", "pytest", *OPTIONS, *OVERRIDES, "copy.ipynb"]
    done = subprocess.run(command, cwd=folder, env=os.environ | environment, capture_output=True, text=True)
    ids = [cell.id for cell in notebook.cells if cell.cell_type == "code"]
    cases = list(ElementTree.parse(folder / "report.xml").iter("testcase"))
    assert len(cases) == len(ids), done.stdout
    failed = {ids[int(case.get("name").split()[1])] for case in cases if case.find("failure") is not None}
    assert bool(done.returncode) == bool(failed)
    return failed, done.stdout


@pytest.mark.slow
def test_a_changed_text_and_a_changed_series_fail_and_nothing_else(tmp_path):
    notebook, cells = shortened("library-agrees")
    cells["library-agrees"].outputs[0].text = "something else\n"
    cell = cells["copies-picture"]
    changed = cell.source.replace(
        "    copy[t : t + 3] = x[t] * w\n", "    copy[t : t + 3] = x[t] * w\n    copy[2] += 0.5\n"
    )
    assert changed != cell.source
    cell.source = changed
    failed, printed = run_strictly(notebook, tmp_path)
    assert failed == {"copies-picture", "library-agrees"}
    assert "max 2.5, mean 0.7" in printed


@pytest.mark.slow
def test_a_tampered_claim_fails(tmp_path):
    """In the ledger the number is another one: the cell that checks it raises."""
    notebook, _ = shortened("add-copies")
    shutil.copytree(NOTEBOOK.parents[1] / "cnnlab", tmp_path / "cnnlab")
    true, false = "value = [0, 1, 2, -1, -2]", "value = [0, 1, 2, -1, -3]"
    ledgers = [path for path in (tmp_path / "cnnlab").rglob("claims.toml") if true in path.read_text()]
    for ledger in ledgers:
        ledger.write_text(ledger.read_text().replace(true, false))
    failed, printed = run_strictly(notebook, tmp_path, PYTHONPATH=str(tmp_path))
    assert failed == {"add-copies"}
    assert "[0, 1, 2, -1, -3]" in printed


def test_beside_avx512_the_other_set_is_a_laptops_and_times_hold():
    assert strict.other_set("AVX512") == ({"ONEDNN_MAX_CPU_ISA": "AVX2", "ATEN_CPU_CAPABILITY": "avx2"}, True)
    assert strict.other_set("AVX2") == ({"ATEN_CPU_CAPABILITY": "default"}, False)


@pytest.mark.parametrize(
    ("seconds", "findings"),
    [
        ((0, 1), ["01_a.ipynb: no cell was run"]),
        ((14, 16), []),
        ((15, 16), ["01_a.ipynb: time must be at most 3 times the 10 s of its cost card, got 31.0 s"]),
        ((3, 21), ["01_a.ipynb: a cell must take at most 20 s, got 21.0 s for cell 1 (y = 2)"]),
    ],
)
def test_times_of_the_report_are_held_against_card_and_cell_limit(tmp_path, seconds, findings):
    cells = [code("x = 1", id="a"), markdown("text"), code("y = 2\nz = 3", id="b")]
    cost = {"quick_seconds": 10, "quick_gigabytes": 1}
    path = save(tmp_path / "01_a.ipynb", *cells, cnnlab={"cost": cost})
    names = ["01_a.ipynb"] * 2 + ["é b.02_x01_a.ipynb"] if seconds[0] else ["01_a_.ipynb"] * 2
    cases = "".join(
        f'<testcase classname="notebooks.{name}" name="Cell {number}" time="{taken}"/>'
        for number, (name, taken) in enumerate(zip(names, (*seconds, 99), strict=False))
    )
    report = tmp_path / "report.xml"
    report.write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>")
    assert strict.over_limits(path, report) == findings
