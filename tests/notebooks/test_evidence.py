import copy
import json

import pytest

from cnnlab import claims
from cnnlab.notebooks import evidence, files
from tests.notebooks.build import code, notebook, save

SEEDS = [float(seed) for seed in evidence.SEEDS]
LEDGER = claims.parse('[a]\ndecimals = 1\nsource = "s"\n', "topic", {"topic.a": SEEDS})
TOPIC = {"cnnlab": {"topic": "topic"}}


@pytest.fixture
def recorded(monkeypatch):
    """Let a small notebook have evidence; the test says what is recorded."""

    def use(**record):
        monkeypatch.setattr(claims, "ledger", lambda: LEDGER)
        monkeypatch.setattr(claims, "evidence", lambda topic: record)

    return use


def small():
    return notebook(
        code("import torch\nx = torch.randn(3)", id="draw"),
        code("fig.show(x, caption='a', alt='b')", id="show"),
        code("y = 1", id="solved", tags=["solution"]),
        code("ax.plot(x)", id="fold", tags=["fold"]),
        code('exercises.check("a.b", y)', id="check"),
        **TOPIC,
    )


def change(number, new):
    changed = small()
    changed.cells[number].source = new
    return changed


@pytest.mark.parametrize(
    ("number", "source"),
    [
        (1, "fig.show( x, alt='other', caption='c' )  # seen"),
        (2, "y = 2"),
        (3, "ax.scatter(x)"),
        (4, 'exercises.check("a.c", y)'),
    ],
)
def test_what_only_shows_or_solves_leaves_the_evidence_fresh(number, source):
    assert evidence.code_hash(change(number, source)) == evidence.code_hash(small())


@pytest.mark.parametrize(
    ("number", "source"),
    [(0, "import torch\nx = torch.randn(4)"), (1, "fig.show(2 * x, caption='a', alt='b')")],
)
def test_evidence_of_another_experiment_is_refused(recorded, number, source):
    recorded(code=evidence.code_hash(small()), seeds=list(evidence.SEEDS), claims={"topic.a": SEEDS})
    assert list(evidence.findings(small())) == []
    assert "must be that of the notebook's code cells" in next(evidence.findings(change(number, source)))


def test_too_few_seeds_are_refused(recorded):
    recorded(code=evidence.code_hash(small()), seeds=[0, 1, 2], claims={"topic.a": SEEDS[:3]})
    assert "must have the seeds 0 to 9, got [0, 1, 2]" in next(evidence.findings(small()))


def test_evidence_of_what_is_not_measured_is_refused(recorded):
    recorded(code=evidence.code_hash(small()), seeds=list(evidence.SEEDS), claims={"topic.b": SEEDS})
    assert "must be of measured claims, got topic.b" in next(evidence.findings(small()))


def test_evidence_runs_every_seed_and_keeps_what_was_measured(tmp_path, monkeypatch):
    source = (
        "import cnnlab, torch\nfrom cnnlab import claims\nlab = cnnlab.start()\n"
        'claims.check("conv1d.membrane_noisy_rises", 1000 + lab.seed)\n'
        'claims.check("start.kernel_weights_3x3x3", 27)'
    )
    path = save(tmp_path / "a.ipynb", code(source, count=None), cnnlab={"topic": "conv1d"})
    found = evidence.gather([path], seeds=(3, 4))[path]
    assert found["claims"] == {"conv1d.membrane_noisy_rises": [1003, 1004]}
    assert found["seeds"] == [3, 4]
    assert found["code"] == evidence.code_hash(files.read(path))
    assert len(list(evidence.leaves(found))) == 2
    assert "deviations  conv1d.membrane_noisy_rises; outside the seeds: 1003, 1004" in next(
        evidence.compare(found)
    )
    (tmp_path / "conv1d").mkdir()
    monkeypatch.setattr(evidence, "LESSONS", tmp_path)
    evidence.store(path, copy.deepcopy(found))
    assert json.loads((tmp_path / "conv1d/evidence.json").read_text()) == found
