import os
import re
import subprocess
import sys

import pytest

from cnnlab.notebooks import runner
from tests.notebooks.build import code, markdown, save


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    path = tmp_path_factory.mktemp("run") / "a.ipynb"
    save(
        path,
        code("import os, time\nheap = bytearray(300_000_000)\ntime.sleep(0.5)", id="memory", count=None),
        code("print(os.environ['CNNLAB_SCALE'], os.path.basename(os.getcwd()))", id="print", count=None),
    )
    before = path.read_bytes()
    result = runner.execute(path, environment={"CNNLAB_SCALE": "quick"}, bar=False)
    return path, before, *result


def test_every_cell_ran_with_the_environment_in_the_notebooks_folder_and_the_file_is_left_alone(executed):
    path, before, notebook, _ = executed
    assert notebook.cells[1].outputs[0].text == f"quick {path.parent.name}\n"
    assert [cell.execution_count for cell in notebook.cells] == [1, 2]
    assert path.read_bytes() == before
    assert os.environ.get("CNNLAB_SCALE") is None


def test_time_peak_memory_and_the_slowest_cell_are_measured(executed):
    measurement = executed[3]
    assert 0.5 < measurement.seconds < 60
    assert 0.3 < measurement.gigabytes < 1.5
    assert measurement.cell == "cell 0 (import os, time)"
    assert 0.5 < measurement.cell_seconds < measurement.seconds


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("1 / 0", "raised ZeroDivisionError: division by zero"),
        ("import os; os._exit(1)", "killed its kernel; was there too little memory?"),
        ("import time; time.sleep(30)", "took more than 3 s"),
    ],
)
def test_a_failing_cell_is_named_with_what_it_did(tmp_path, monkeypatch, source, complaint):
    monkeypatch.setattr(runner, "PATIENCE_SECONDS", 3)
    cells = [code("x = 1", id="good", count=None), markdown("text"), code(f"{source}\ny = 2", count=None)]
    path = save(tmp_path / "bad.ipynb", *cells)
    with pytest.raises(runner.NotebookError, match=re.escape(f"bad.ipynb, cell 1 ({source}) {complaint}")):
        runner.execute(path, bar=False)


def test_costs_are_measured_under_the_slower_instruction_set():
    """PyTorch reads both variables, and says what it then computes with."""
    source = "import torch; print(torch.backends.cpu.get_cpu_capability())"
    done = subprocess.run(
        [sys.executable, "-c", source], env=os.environ | runner.QUICK, capture_output=True, text=True
    )
    assert done.stdout.strip() != "AVX512"


def test_no_notebook_is_one_sentence(tmp_path):
    with pytest.raises(ValueError, match="notebook must exist"):
        runner.execute(tmp_path / "none.ipynb", bar=False)
