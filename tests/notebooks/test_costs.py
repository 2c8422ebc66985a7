import pytest

from cnnlab.notebooks import costs
from cnnlab.notebooks.runner import Measurement
from tests.notebooks.build import markdown, notebook, save


@pytest.mark.parametrize(
    ("measured", "current", "step"),
    [(3, None, 5), (5, None, 5), (5.1, None, 10), (99, None, 60), (7.4, 5, 5), (7.6, 5, 10), (2.4, 5, 5),
     (9.9, 20, 10), (10.1, 20, 20)],
)  # fmt: skip
def test_a_card_moves_only_when_the_measurement_leaves_half_to_one_and_a_half(measured, current, step):
    assert costs.rung(measured, costs.SECONDS, current) == step


CARD = markdown("# 01 Title", id="title"), markdown("", id="card", tags=["cost-card"])


def carded(folder, **cost):
    return save(folder / "01_a.ipynb", *CARD, cnnlab={"cost": cost})


def test_the_card_states_what_was_measured():
    measured = notebook(*CARD)
    costs.update_card(measured, Measurement(seconds=7.0, gigabytes=0.8))
    assert "| quick | 2 CPU cores | about 10 s | 1 GB | 0 bytes |" in measured.cells[1].source
    assert "not measured on a GPU yet" in measured.cells[1].source


def test_a_notebook_without_a_card_is_an_error():
    with pytest.raises(ValueError, match="must have a markdown cell tagged 'cost-card', got none"):
        costs.update_card(notebook(markdown("# 01")), Measurement(1, 1))


def test_the_table_links_every_notebook(tmp_path):
    path = carded(tmp_path, quick_seconds=10, quick_gigabytes=0.5)
    assert "| [01 Title](notebooks/01_a.ipynb) | about 10 s | 0.5 GB |" in costs.table([path], "notebooks/")


def test_the_table_replaces_what_stands_between_the_marks():
    text = f"before {costs.BEGIN}old{costs.END} after"
    assert costs.replace_table(text, "new") == f"before {costs.BEGIN}\nnew\n{costs.END} after"
    with pytest.raises(ValueError, match="must hold the marks"):
        costs.replace_table("nothing", "new")


@pytest.mark.parametrize(("seconds", "gigabytes", "count"), [(29, 2.9, 0), (31, 2.9, 1), (31, 3.1, 2)])
def test_what_exceeds_its_card_is_named(tmp_path, seconds, gigabytes, count):
    path = carded(tmp_path, quick_seconds=10, quick_gigabytes=1)
    findings = costs.exceeded(path, Measurement(seconds, gigabytes), factor=3)
    assert len(findings) == count
    assert all("01_a.ipynb" in finding and "at most 3 times" in finding for finding in findings)


def test_a_notebook_that_was_never_measured_is_a_finding(tmp_path):
    path = save(tmp_path / "01_a.ipynb", markdown("# 01"))
    assert len(costs.exceeded(path, Measurement(1, 0.1), factor=3)) == 2


def test_a_slow_cell_is_a_fault_whatever_the_card_allows(tmp_path):
    path = carded(tmp_path, quick_seconds=60, quick_gigabytes=1)
    assert costs.exceeded(path, Measurement(50, 1, "cell 3 (x = 1)", 20.0), factor=3) == []
    assert costs.exceeded(path, Measurement(50, 1, "cell 3 (x = 1)", 20.2), factor=3) == [
        "01_a.ipynb: a cell must take at most 20 s, got 20.2 s for cell 3 (x = 1)"
    ]
