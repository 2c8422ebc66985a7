import pytest

from cnnlab.notebooks import workspace


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "notebooks" / "01_a.ipynb"
    path.parent.mkdir()
    path.write_text("first")
    return path


@pytest.fixture
def work(source, tmp_path):
    """The working folder after a first delivery."""
    assert workspace.deliver([source], tmp_path / "work") == []
    assert (tmp_path / "work" / "01_a.ipynb").read_text() == "first"
    return tmp_path / "work"


def test_an_untouched_notebook_is_brought_up_to_date(source, work):
    source.write_text("second")
    assert workspace.deliver([source], work) == []
    assert (work / "01_a.ipynb").read_text() == "second"


def test_an_edited_file_stays_and_new_versions_land_beside_it_edited_or_not(source, work):
    (work / "01_a.ipynb").write_text("mine")
    assert workspace.deliver([source], work) == []
    source.write_text("second")
    (message,) = workspace.deliver([source], work)
    assert message == "01_a.ipynb was edited and stays; its new version is 01_a.new.ipynb"
    assert (work / "01_a.new.ipynb").read_text() == "second"
    (work / "01_a.new.ipynb").write_text("mine too")
    source.write_text("third")
    (message,) = workspace.deliver([source], work)
    assert "01_a.new2.ipynb" in message
    texts = {path.name: path.read_text() for path in work.glob("*.ipynb")}
    assert texts == {"01_a.ipynb": "mine", "01_a.new.ipynb": "mine too", "01_a.new2.ipynb": "third"}


def test_a_file_of_unknown_origin_counts_as_edited(source, work):
    (work / workspace.RECORD).unlink()
    (work / "01_a.ipynb").write_text("who knows")
    assert len(workspace.deliver([source], work)) == 1
    assert (work / "01_a.ipynb").read_text() == "who knows"


def test_a_broken_record_loses_nothing(source, work):
    (work / workspace.RECORD).write_text("{")
    (work / "01_a.ipynb").write_text("mine")
    workspace.deliver([source], work)
    assert (work / "01_a.ipynb").read_text() == "mine"


def test_a_folder_that_is_a_file_is_named(source, tmp_path):
    (tmp_path / "work").write_text("")
    with pytest.raises(ValueError, match="working folder must be a folder, got the file"):
        workspace.deliver([source], tmp_path / "work")
