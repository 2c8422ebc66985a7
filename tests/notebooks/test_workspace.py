import pytest

from cnnlab.notebooks import workspace


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "notebooks" / "01_a.ipynb"
    path.parent.mkdir()
    path.write_text("first")
    return path


def test_a_new_notebook_arrives_and_an_untouched_one_is_brought_up_to_date(source, tmp_path):
    work = tmp_path / "work"
    assert workspace.deliver([source], work) == []
    source.write_text("second")
    assert workspace.deliver([source], work) == []
    assert (work / "01_a.ipynb").read_text() == "second"


def test_an_edited_file_stays_and_the_new_version_lands_beside_it(source, tmp_path):
    work = tmp_path / "work"
    workspace.deliver([source], work)
    (work / "01_a.ipynb").write_text("mine")
    assert workspace.deliver([source], work) == []
    source.write_text("second")
    (message,) = workspace.deliver([source], work)
    assert message == "01_a.ipynb was edited and stays; its new version is 01_a.new.ipynb"
    assert (work / "01_a.ipynb").read_text() == "mine"
    assert (work / "01_a.new.ipynb").read_text() == "second"


def test_an_edited_new_version_is_not_overwritten_either(source, tmp_path):
    work = tmp_path / "work"
    workspace.deliver([source], work)
    (work / "01_a.ipynb").write_text("mine")
    source.write_text("second")
    workspace.deliver([source], work)
    (work / "01_a.new.ipynb").write_text("mine too")
    source.write_text("third")
    (message,) = workspace.deliver([source], work)
    assert "01_a.new2.ipynb" in message
    assert (work / "01_a.new.ipynb").read_text() == "mine too"
    assert (work / "01_a.new2.ipynb").read_text() == "third"


def test_a_file_of_unknown_origin_counts_as_edited(source, tmp_path):
    work = tmp_path / "work"
    work.mkdir()
    (work / "01_a.ipynb").write_text("who knows")
    assert len(workspace.deliver([source], work)) == 1
    assert (work / "01_a.ipynb").read_text() == "who knows"


def test_a_broken_record_loses_nothing(source, tmp_path):
    work = tmp_path / "work"
    workspace.deliver([source], work)
    (work / workspace.RECORD).write_text("{")
    (work / "01_a.ipynb").write_text("mine")
    workspace.deliver([source], work)
    assert (work / "01_a.ipynb").read_text() == "mine"


def test_a_folder_that_is_a_file_is_named(source, tmp_path):
    (tmp_path / "work").write_text("")
    with pytest.raises(ValueError, match="working folder must be a folder, got the file"):
        workspace.deliver([source], tmp_path / "work")
