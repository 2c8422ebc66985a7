import json

import pytest

from cnnlab import __main__, claims
from cnnlab.notebooks import evidence, sweeps
from cnnlab.notebooks.runner import NotebookError
from tests.notebooks.build import code, notebook, save

SWEEP = '''"""Two experiments."""

import torch
import math

WIDTHS = (1, 2)  # two will do


def width(seed: int) -> dict[str, float]:
    """How wide."""
    return {"a": _train(seed, WIDTHS)}


def depth(seed: int) -> dict[str, float]:
    return {"b": math.sqrt(seed)}


def live(seed: int, width: int) -> float:
    return _train(seed, (width,))


def _train(seed, widths):
    return sum(widths) + seed


def _data(seed):
    return torch.ones(seed)
'''
SEEDS = [float(seed) for seed in evidence.SEEDS]
LEDGER = claims.parse(
    '[a]\ndecimals = 1\nsource = "s"\n[b]\ndecimals = 1\nsource = "s"\n[c]\nvalue = 3\nsource = "s"\n',
    "topic",
)


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    """A lesson's folder with two sweeps; the test may write another file."""
    folder = tmp_path / "topic"
    folder.mkdir()
    (folder / "sweep.py").write_text(SWEEP)
    monkeypatch.setattr(sweeps, "LESSONS", tmp_path)
    monkeypatch.setattr(evidence, "LESSONS", tmp_path)
    monkeypatch.setattr(claims, "ledger", lambda: LEDGER)

    def stored(topic):
        file = folder / "evidence.json"
        return json.loads(file.read_text()) if file.exists() else {}

    monkeypatch.setattr(claims, "evidence", stored)
    return folder


@pytest.fixture
def book(tmp_path):
    return save(tmp_path / "01_a.ipynb", code('claims.ran("topic.a")'), cnnlab={"topic": "topic"})


@pytest.fixture
def runs(monkeypatch):
    """What was run, with a result for each instead of a process."""
    done = []

    def run(topic, name, seed):
        done.append((name, seed))
        return 30.0, {"a" if name == "width" else "b": seed + 0.123456789}

    monkeypatch.setattr(sweeps, "_run", run)
    return done


def test_a_sweep_takes_a_seed_alone(lesson):
    assert list(sweeps.codes("topic")) == ["width", "depth"]
    assert sweeps.codes("conv1d") == {}


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("Two experiments", "Some", []),
        ("How wide.", "How wide?", []),
        ("# two will do", "# some", []),
        ("(width,)", "[width]", []),
        ("math.sqrt(seed)", "math.cos(seed)", ["depth"]),
        ("import math", "import cmath as math", ["depth"]),
        ("(1, 2)", "(1, 3)", ["width"]),
        ("sum(widths) + seed", "sum(widths) - seed", ["width"]),
        ("WIDTHS = (1, 2)", "torch.set_num_threads(1)\nWIDTHS = (1, 2)", ["width", "depth"]),
    ],
)
def test_the_hash_is_of_what_the_sweep_needs(lesson, old, new, changed):
    before = sweeps.codes("topic")
    assert old in SWEEP
    (lesson / "sweep.py").write_text(SWEEP.replace(old, new))
    after = sweeps.codes("topic")
    assert [name for name in before if before[name] != after[name]] == changed


def test_every_seed_is_kept_in_order_with_its_time(lesson, runs):
    found = sweeps.gather("topic", "width", (3, 4))
    assert found == {
        "code": sweeps.codes("topic")["width"],
        "seconds": 30.0,
        "claims": {"topic.a": [3.12346, 4.12346]},
    }
    assert sorted(runs) == [("width", 3), ("width", 4)]


@pytest.mark.parametrize(
    ("returned", "rule"),
    [
        ([3.0], r"must return the same names for every seed, got \[3.0\]"),
        ({}, "must return the same names for every seed"),
        ({"a": 1.0, "b": 2.0}, "must return the same names for every seed"),
        ({"made_up": 1.0}, "must return measured claims of its lesson, got 'made_up'"),
        ({"c": 3.0}, "must return measured claims of its lesson, got 'c'"),
        ({"a": float("nan")}, "must return a number for a, got nan"),
        ({"a": True}, "must return a number for a, got True"),
        ({"a": "61"}, "must return a number for a, got '61'"),
        ({"a": [61.0]}, "must return a number for a"),
    ],
)
def test_what_is_no_number_of_a_claim_is_refused(lesson, monkeypatch, returned, rule):
    values = iter([{"a": 1.0}, returned] if "b" in returned else [returned, returned])
    monkeypatch.setattr(sweeps, "WORKERS", 1)
    monkeypatch.setattr(sweeps, "_run", lambda topic, name, seed: (1.0, next(values)))
    with pytest.raises(ValueError, match=rf"sweep topic\.width {rule}"):
        sweeps.gather("topic", "width", (0, 1))


def test_a_sweep_that_raises_says_so(lesson):
    with pytest.raises(NotebookError, match=r"(?s)topic\.width with seed 0 failed:.*No module named"):
        sweeps.gather("topic", "width", (0,))


def test_only_what_changed_is_run_again(lesson, book, runs, monkeypatch, capsys):
    seen = []

    def gather(paths):
        seen.append(list(claims.evidence("topic")["sweeps"]))
        return {}

    monkeypatch.setattr(evidence, "gather", gather)
    (lesson / "evidence.json").write_text('{"code": "x", "seeds": [0], "claims": {"topic.c": [3]}}')
    assert __main__.gather_evidence([book]) == 0
    assert len(runs) == 20
    assert seen == [["width", "depth"]]  # the notebook, which may draw them, runs after them
    text = (lesson / "evidence.json").read_text()
    assert '   "claims": {\n    "topic.a": [0.123457, 1.12346, ' in text
    record = json.loads(text)
    assert list(record) == ["code", "seeds", "claims", "sweeps"]
    assert record["code"] == "x"
    assert list(record["sweeps"]) == ["width", "depth"]
    runs.clear()
    (lesson / "sweep.py").write_text(SWEEP.replace("(1, 2)", "(1, 3)").replace("def depth", "def height"))
    __main__.gather_evidence([book])
    assert {name for name, _ in runs} == {"width", "height"}
    assert list(claims.evidence("topic")["sweeps"]) == ["width", "height"]
    runs.clear()
    capsys.readouterr()
    __main__.gather_evidence([book])
    assert runs == []
    assert "sweep topic.width: unchanged, not run again" in capsys.readouterr().out


def test_too_few_seeds_are_run_again(lesson, book, runs):
    recorded(lesson, width=run(lesson, "width", a=SEEDS[:3]), depth=run(lesson, "depth", b=SEEDS))
    assert [name for name, _ in evidence.gather_sweeps(book)] == ["width"]
    assert len(runs) == 10


def test_a_check_repeats_three_seeds_of_what_is_fresh_too(lesson, book, runs, monkeypatch, capsys):
    monkeypatch.setattr(
        evidence, "gather", lambda paths, seeds=(): {path: {"seeds": [], "claims": {}} for path in paths}
    )
    __main__.gather_evidence([book])
    runs.clear()
    stored = claims.evidence("topic")["sweeps"]
    seeds = {id: values for run in stored.values() for id, values in run["claims"].items()}
    seeds["topic.b"] = [value + 100 for value in seeds["topic.b"]]
    found = claims.parse('[a]\ndecimals = 1\nsource = "s"\n[b]\ndecimals = 1\nsource = "s"\n', "topic", seeds)
    monkeypatch.setattr(claims, "find", found.__getitem__)
    assert __main__.check_evidence([book]) == 1
    assert sorted(runs) == [(name, seed) for name in ("depth", "width") for seed in evidence.CHECK_SEEDS]
    printed = capsys.readouterr().out
    assert "deviations  topic.b; outside the seeds: 0.123457" in printed
    assert "claim topic.b must lie in" in printed
    assert "topic.a" not in printed


def recorded(lesson, **sweeps_recorded):
    (lesson / "evidence.json").write_text(json.dumps({"sweeps": sweeps_recorded}))


def run(lesson, name, **values):
    return {
        "code": sweeps.codes("topic")[name],
        "seconds": 3.0,
        "claims": {f"topic.{k}": v for k, v in values.items()},
    }


def judge(lesson, monkeypatch, *sources, ledger="[a]\ndecimals = 1\nsource = 's'\n"):
    stored = claims.evidence("topic").get("sweeps", {}).values()
    seeds = {id: values for run in stored for id, values in run["claims"].items()}
    monkeypatch.setattr(claims, "ledger", lambda: claims.parse(ledger, "topic", seeds))
    cells = [code(source, id=f"cell{number}") for number, source in enumerate(sources)]
    return list(evidence.findings(notebook(*cells, cnnlab={"topic": "topic"})))


RAN = 'claims.ran("topic.a")'


@pytest.fixture
def wide(lesson):
    """One sweep, whose evidence is as it should be."""
    (lesson / "sweep.py").write_text(SWEEP.replace("def depth(seed", "def _depth(seed"))
    recorded(lesson, width=run(lesson, "width", a=SEEDS))
    return lesson


def test_a_sweep_alone_needs_no_evidence_of_the_notebook(wide, monkeypatch):
    assert judge(wide, monkeypatch, RAN) == []


def test_a_sweep_that_changed_is_stale(wide, monkeypatch):
    text = (wide / "sweep.py").read_text()
    (wide / "sweep.py").write_text(text.replace("(1, 2)", "(2, 2)"))
    assert judge(wide, monkeypatch, RAN) == [
        "evidence of the sweep width must be that of its code: make evidence"
    ]


def test_a_sweep_that_was_never_run_is_stale(wide, monkeypatch):
    (wide / "evidence.json").unlink()
    found = judge(wide, monkeypatch, RAN)
    assert "evidence of the sweep width must be that of its code: make evidence" in found
    assert "a function of sweep.py must return it, got none" in "".join(found)


def test_a_sweep_that_is_gone_leaves_no_evidence(wide, monkeypatch):
    (wide / "sweep.py").unlink()
    assert judge(wide, monkeypatch, RAN) == ["evidence must be of functions of sweep.py, got that of width"]


def test_a_claim_that_no_function_returned_is_not_shown(wide, monkeypatch):
    (found,) = judge(wide, monkeypatch, RAN, 'claims.ran("topic.b")')
    assert (
        found
        == "claim topic.b is shown as run beforehand, so a function of sweep.py must return it, got none"
    )


def test_a_sweeps_claim_is_not_checked_live(wide, monkeypatch):
    (found,) = judge(wide, monkeypatch, RAN, 'claims.check("topic.a", 3)')
    assert found == "claim topic.a is a sweep's, so its live arm must be a claim of its own, got a check"


def test_a_claim_has_one_sweep(lesson, monkeypatch):
    recorded(lesson, width=run(lesson, "width", a=SEEDS), depth=run(lesson, "depth", a=SEEDS))
    (found,) = judge(lesson, monkeypatch, RAN)
    assert found == "claim topic.a must be measured by one function of sweep.py, got 2"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True, "61", None, [61.0]])
def test_evidence_holds_numbers(wide, monkeypatch, value):
    recorded(wide, width=run(wide, "width", a=[*SEEDS[:9], value]))
    (found,) = judge(wide, monkeypatch, RAN)
    assert "claim topic.a must have a number for each seed, got" in found


def test_a_sweeps_seeds_are_judged_as_all_are(wide, monkeypatch):
    better = "[a]\ndecimals = 1\ndifference = 'positive'\nsource = 's'\n"
    (found,) = judge(wide, monkeypatch, RAN, ledger=better)
    assert "claim topic.a must have the difference 'none' of its seeds from 0 to 9" in found
    recorded(wide, width=run(wide, "width", a=SEEDS[:3]))
    assert judge(wide, monkeypatch, RAN) == ["claim topic.a must have 10 seeds, got 3"]


def test_evidence_of_a_claim_that_is_gone_is_refused(wide, monkeypatch):
    assert judge(wide, monkeypatch, ledger="") == ["evidence must be of measured claims, got topic.a"]
