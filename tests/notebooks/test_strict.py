"""The strict run of the notebooks fails when a notebook no longer tells the truth."""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "01_convolution_1d.ipynb"
STRICT = [
    "--nbval", "--nbval-current-env", "--nbval-cell-timeout=120", "-q", "-p", "no:cacheprovider",
    "--override-ini=addopts=", "--override-ini=filterwarnings=",
]  # fmt: skip

pytestmark = pytest.mark.slow


def strict(path):
    command = [sys.executable, "-m", "pytest", *STRICT, str(path)]
    return subprocess.run(command, capture_output=True, text=True)


def shortened(path, until):
    """A copy that ends after the cell ``until``: the strict run of the rest is another test's."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    ids = [cell.id for cell in notebook.cells]
    notebook.cells = notebook.cells[: ids.index(until) + 1]
    return notebook, {cell.id: cell for cell in notebook.cells}, path / "copy.ipynb"


def test_an_untouched_copy_passes(tmp_path):
    notebook, _, path = shortened(tmp_path, "copies-picture")
    nbformat.write(notebook, path)
    done = strict(path)
    assert done.returncode == 0, done.stdout


def test_one_changed_value_in_a_plotted_series_fails(tmp_path):
    notebook, cells, path = shortened(tmp_path, "copies-picture")
    cell = cells["copies-picture"]
    changed = cell.source.replace(
        "    copy[t : t + 3] = x[t] * w\n", "    copy[t : t + 3] = x[t] * w\n    copy[2] += 0.5\n"
    )
    assert changed != cell.source
    cell.source = changed
    nbformat.write(notebook, path)
    done = strict(path)
    assert done.returncode == 1
    assert "max 2.5, mean 0.7" in done.stdout


def test_a_tampered_claim_fails(tmp_path):
    """In the ledger the number is another one: the cell that checks it raises."""
    notebook, _, path = shortened(tmp_path, "add-copies")
    package = tmp_path / "cnnlab"
    shutil.copytree(NOTEBOOK.parents[1] / "cnnlab", package)
    ledger = package / "lessons" / "conv1d" / "claims.toml"
    text = ledger.read_text()
    ledger.write_text(text.replace("value = [0, 1, 2, -1, -2]", "value = [0, 1, 2, -1, -3]"))
    assert ledger.read_text() != text
    nbformat.write(notebook, path)
    done = strict(path)
    assert done.returncode == 1
    assert "expected [0, 1, 2, -1, -3], got [0.0, 1.0, 2.0, -1.0, -2.0]" in done.stdout


def test_a_changed_line_of_text_fails(tmp_path):
    notebook, cells, path = shortened(tmp_path, "library-agrees")
    cells["library-agrees"].outputs[0].text = "something else\n"
    nbformat.write(notebook, path)
    assert strict(path).returncode == 1
