import configparser
import copy
import json
from pathlib import Path

import nbformat
import pytest

from cnnlab.notebooks import files, outputs
from tests.notebooks.build import code, notebook, save, stream

STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"
A, B, C, D = (letter * 32 for letter in "abcd")


def with_widgets():
    view = nbformat.v4.new_output("display_data", data={VIEW: {"model_id": B, "version_major": 2}})
    state = {
        A: {"model_name": "Layout", "state": {}},
        B: {"model_name": "Explorer", "state": {"layout": f"IPY_MODEL_{A}", "children": [f"IPY_MODEL_{C}"]}},
        C: {"model_name": "Child", "state": {}},
        D: {"model_name": "Unused", "state": {}},
    }
    return notebook(code("explorer", outputs=[view]), widgets={STATE: {"state": state, "version_major": 2}})


def test_widget_ids_are_renumbered_in_order_and_unused_models_dropped():
    settled = outputs.settle(with_widgets(), notebook())
    state = outputs.widget_state(settled)
    names = {key: model["model_name"] for key, model in state.items()}
    assert names == {"1": "Layout", "0": "Explorer", "2": "Child"}
    assert state["0"]["state"] == {"layout": "IPY_MODEL_1", "children": ["IPY_MODEL_2"]}
    assert settled.cells[0].outputs[0].data[VIEW]["model_id"] == "0"


def test_settling_twice_changes_nothing():
    once = outputs.settle(with_widgets(), notebook())
    assert outputs.settle(copy.deepcopy(once), once) == once


def test_streams_of_one_name_are_joined():
    executed = notebook(code("x", outputs=[stream("a"), stream("b"), stream("c", "stderr"), stream("d")]))
    texts = [output.text for output in outputs.settle(executed, notebook()).cells[0].outputs]
    assert texts == ["ab", "c", "d"]


@pytest.mark.parametrize(
    ("tags", "old_source", "kept"),
    [
        (["nbval-ignore-output"], "time()", "old"),
        (["nbval-ignore-output"], "other()", "new"),
        ([], "time()", "new"),
    ],
)
def test_an_ignored_output_is_kept_while_its_source_is_unchanged(tags, old_source, kept):
    stored = notebook(code(old_source, tags=tags, outputs=[stream("old")]))
    executed = notebook(code("time()", tags=tags, outputs=[stream("new")]))
    assert outputs.settle(executed, stored).cells[0].outputs[0].text == kept


@pytest.mark.parametrize(("seen", "kept"), [("same", "old"), ("changed", "new")])
def test_an_ignored_output_is_new_when_an_output_that_is_compared_changes(seen, kept):
    def run(ignored, compared):
        first = code("time()", id="time", tags=["nbval-ignore-output"], outputs=[stream(ignored)])
        return notebook(first, code("look()", id="look", outputs=[stream(compared)]))

    settled = outputs.settle(run("new", seen), run("old", "same"))
    assert settled.cells[0].outputs[0].text == kept


@pytest.mark.parametrize(
    ("run", "seeds", "kept"),
    [("1.2 %", "1 to 2 %", True), ("1.2 %", "1 to 3 %", False)],
)
def test_what_this_run_measured_is_kept_while_the_rest_is_unchanged(run, seeds, kept):
    def line(value, seeds):
        return notebook(code("check()", outputs=[stream(f"this run: {value}; ten seeds: {seeds}")]))

    settled = outputs.settle(line(run, seeds), line("1.7 %", "1 to 2 %"))
    assert ("1.7 %" in settled.cells[0].outputs[0].text) == kept


def test_nbval_is_told_to_pass_by_the_same_values():
    config = configparser.RawConfigParser()
    config.read(Path(__file__).parents[1] / "nbval_sanitize.cfg")
    assert config["this run"]["regex"] == outputs.THIS_RUN.pattern


def test_the_patch_release_of_python_is_not_stored():
    executed = notebook(language_info={"name": "python", "version": "3.11.7"})
    assert outputs.settle(executed, notebook()).metadata.language_info == {"name": "python"}


def test_running_twice_stores_the_same_file(tmp_path):
    path = save(
        tmp_path / "a.ipynb",
        code("import time\ntime.time_ns()", id="time", tags=["nbval-ignore-output"], count=None),
        code("from cnnlab import explorers\nexplorers.Sliding()", id="explorer", count=None),
    )
    contents = []
    for _ in range(2):
        executed, _ = outputs.rerun(path)
        files.write(executed, path)
        contents.append(path.read_text())
    assert contents[0] == contents[1]
    assert "Sliding explorer" in contents[0]
    assert json.loads(contents[0])["metadata"]["widgets"][STATE]["state"]["0"]["model_name"] == "AnyModel"
