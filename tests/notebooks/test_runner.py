import os

import pytest

from cnnlab.notebooks import files, runner
from tests.notebooks.build import code, save


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


def test_every_cell_ran_with_the_environment_in_the_notebooks_folder(executed):
    path, _, notebook, _ = executed
    assert notebook.cells[1].outputs[0].text == f"quick {path.parent.name}\n"
    assert [cell.execution_count for cell in notebook.cells] == [1, 2]


def test_the_file_and_this_process_are_left_alone(executed):
    path, before, _, _ = executed
    assert path.read_bytes() == before
    assert os.environ.get("CNNLAB_SCALE") is None


def test_time_and_peak_memory_are_measured(executed):
    measurement = executed[3]
    assert 0.5 < measurement.seconds < 60
    assert 0.3 < measurement.gigabytes < 1.5


def test_a_failing_cell_is_named_with_what_it_raised(tmp_path):
    path = save(tmp_path / "bad.ipynb", code("1 / 0", count=None))
    with pytest.raises(runner.NotebookError, match=r"bad\.ipynb: a cell raised ZeroDivisionError"):
        runner.execute(path, bar=False)


def test_a_dead_kernel_is_named(tmp_path):
    path = save(tmp_path / "dead.ipynb", code("import os; os._exit(1)", count=None))
    with pytest.raises(runner.NotebookError, match=r"dead\.ipynb: the kernel died"):
        runner.execute(path, bar=False)


def test_a_cell_that_takes_too_long_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "CELL_SECONDS", 1)
    path = save(tmp_path / "slow.ipynb", code("import time; time.sleep(30)", count=None))
    with pytest.raises(runner.NotebookError, match=r"slow\.ipynb: a cell took more than 1 s"):
        runner.execute(path, bar=False)


def test_no_notebook_is_one_sentence(tmp_path):
    with pytest.raises(ValueError, match="notebook must exist"):
        runner.execute(tmp_path / "none.ipynb", bar=False)
    assert files
