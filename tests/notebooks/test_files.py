from concurrent.futures import ThreadPoolExecutor

import pytest

from cnnlab import __main__ as command
from cnnlab.notebooks import costs, evidence, files, html, workspace
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


def write_two_notebooks(folder, letter):
    for name in (letter, "c") * 10:
        files.write(notebook(code(name * 1_000_000)), folder / "sample.ipynb")


def deliver_one(folder, letter):
    for _ in range(50):
        workspace.deliver([folder / "source" / "sample.ipynb"], folder)


@pytest.mark.parametrize("write", [write_two_notebooks, deliver_one])
def test_what_two_write_at_once_is_whole_at_every_moment(tmp_path, write):
    """Two threads stand for two processes: they share the names in the folder."""
    (tmp_path / "source").mkdir()
    for place in (tmp_path / "source", tmp_path):
        save(place / "sample.ipynb", code("a" * 1_000_000))
    before = set(tmp_path.iterdir())
    with ThreadPoolExecutor(2) as threads:
        writers = [threads.submit(write, tmp_path, letter) for letter in "ab"]
        while not all(writer.done() for writer in writers):
            (cell,) = files.read(tmp_path / "sample.ipynb").cells
            assert len(cell.source) == 1_000_000
    assert [writer.result() for writer in writers] == [None, None]
    assert set(tmp_path.iterdir()) - before <= {tmp_path / workspace.RECORD}


def export_page(folder):
    return html.to_html(save(folder / "00_a.ipynb", markdown("# A")), folder / "a.html")


def export_index(folder):
    return html.write_index([save(folder / "00_a.ipynb", markdown("# A"))], folder)


def rewrite_readme(folder):
    (folder / "notebooks").mkdir()
    save(folder / "notebooks" / "00_a.ipynb", markdown("# A"))
    command._write_cost_tables()
    return folder / "README.md"


def store_evidence(folder):
    (folder / "topic").mkdir()
    (folder / "evidence.json").rename(folder / "topic" / "evidence.json")
    path = save(folder / "00_a.ipynb", cnnlab={"topic": "topic"})
    evidence.store(path, {"code": "a", "seeds": [0], "claims": {"topic.a": [1.0]}})
    return folder / "topic" / "evidence.json"


@pytest.mark.parametrize(
    ("write", "name"),
    [
        (export_page, "a.html"),
        (export_index, "index.html"),
        (rewrite_readme, "README.md"),
        (store_evidence, "evidence.json"),
    ],
)
def test_what_is_written_anew_replaces_the_old_file_and_never_changes_it(tmp_path, monkeypatch, write, name):
    """Whoever has the old file open reads it to its end: its second name shows that it stayed whole."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(evidence, "LESSONS", tmp_path)
    old = '{"seeds": [1]}' if name == "evidence.json" else f"{costs.BEGIN}\nold\n{costs.END}"
    (tmp_path / name).write_text(old)
    (tmp_path / "opened").hardlink_to(tmp_path / name)
    assert write(tmp_path).read_text() != old
    assert (tmp_path / "opened").read_text() == old
