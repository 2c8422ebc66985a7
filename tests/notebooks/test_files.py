import pytest

from cnnlab.notebooks import files
from tests.notebooks.build import code, markdown, notebook, save


@pytest.fixture
def folder(tmp_path):
    for name in ("01_b.ipynb", "00_a.ipynb", "10_c.ipynb"):
        save(tmp_path / name, markdown(f"# {name}"))
    return tmp_path


def test_notebooks_come_in_the_order_of_the_course(folder):
    assert [path.name for path in files.find(folder=folder)] == ["00_a.ipynb", "01_b.ipynb", "10_c.ipynb"]


def test_the_beginning_of_a_name_is_enough(folder):
    assert [path.name for path in files.find(["01", "10"], folder)] == ["01_b.ipynb", "10_c.ipynb"]


def test_an_unknown_notebook_is_named(folder):
    with pytest.raises(ValueError, match=r"notebook must be one of those in .*, got '77'"):
        files.find(["01", "77"], folder)


def test_an_empty_folder_is_an_error(tmp_path):
    with pytest.raises(ValueError, match="an empty folder"):
        files.find(folder=tmp_path)


def test_a_missing_or_broken_file_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"notebook must exist, got .*none\.ipynb"):
        files.read(tmp_path / "none.ipynb")
    (tmp_path / "broken.ipynb").write_text("{")
    with pytest.raises(ValueError, match=r"must be a valid \.ipynb file, got .*broken\.ipynb"):
        files.read(tmp_path / "broken.ipynb")


def test_writing_what_is_there_touches_nothing(tmp_path):
    path = tmp_path / "new" / "a.ipynb"
    assert files.write(notebook(markdown("# A")), path)
    before = path.stat().st_mtime_ns
    assert not files.write(files.read(path), path)
    assert path.stat().st_mtime_ns == before


def test_the_title_is_the_first_heading():
    assert files.title(notebook(code("# no"), markdown("text\n# 01 Title\n# later"))) == "01 Title"
    assert files.title(notebook()) == "untitled"
