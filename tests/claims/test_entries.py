import json

import pytest

from cnnlab import claims
from cnnlab.claims.entries import full

EXACT = '[b]\nvalue = 3\nsource = "lecture"\n'
MEASURED = '[b]\ndecimals = 1\nunit = "%"\nsource = "measured"\n'
TIME = '[b]\nbar = "at most 4,096"\nunit = "samples"\nsource = "measured"\n'


def one(text, seeds=()):
    return claims.parse(text, "a", {"a.b": seeds})["a.b"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (EXACT.replace('source = "lecture"\n', ""), "must name its source"),
        (EXACT.replace("value = 3\n", ""), "must have a value, a recorded one, decimals or a bar, got none"),
        (EXACT + "recorded = 4\n", "must have a value or a recorded one, got both"),
        (EXACT + "colour = 1\n", "must use known fields only, got colour"),
        (MEASURED + "seeds = [1, 2]\n", "must use known fields only, got seeds"),
        (MEASURED + 'bar = "97"\n', "must have a bar like 'at least 97', got '97'"),
        (MEASURED + 'difference = "better"\n', "must have a difference of positive, negative, none"),
    ],
)
def test_a_malformed_claim_is_refused_with_the_rule(text, rule):
    with pytest.raises(ValueError, match=rule):
        one(text)


def test_the_kind_follows_from_what_is_given():
    assert one(EXACT).kind == "exact"
    assert one(EXACT.replace("value", "recorded")).kind == "recorded"
    assert one(MEASURED).needs_seeds
    assert one(TIME).kind == "measured"
    assert not one(TIME).needs_seeds


def test_a_bar_is_one_side():
    assert one(TIME).limit == (-float("inf"), 4096)
    assert one(MEASURED + 'bar = "at least 97.5"\n').limit == (97.5, float("inf"))


def test_what_seeds_measured_comes_from_the_evidence():
    assert one(MEASURED, [97.0, 98.5]).seeds == (97.0, 98.5)


def test_every_id_of_the_course_begins_with_its_lessons_folder():
    assert {claim.topic for claim in claims.ledger().values()} <= claims.topics()
    assert claims.find("conv1d.lecture_example").value == [0, 1, 2, -1, -2]


def test_a_full_run_is_recorded_with_its_provenance():
    from importlib import resources

    record = json.loads(resources.files("cnnlab").joinpath("lessons/lenet/full.json").read_text())
    assert {"device", "date", "seconds", "data", "versions"} <= record.keys()
    assert record["values"].keys() <= claims.ledger().keys()
    assert full("lenet")["lenet.accuracy"] == 99.14
    assert full("conv1d") == {}


def test_an_unknown_claim_is_named():
    with pytest.raises(KeyError, match=r"must be in the ledger of its lesson, got 'a\.c'"):
        claims.find("a.c")


def test_what_a_sweep_measured_stands_beside_the_notebooks(tmp_path, monkeypatch):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/claims.toml").write_text(MEASURED + MEASURED.replace("[b]", "[c]"))
    sweeps = {"width": {"code": "x", "seconds": 3.0, "claims": {"a.c": [3.0, 4.0]}}}
    record = {"claims": {"a.b": [1.0, 2.0], "a.c": [8.0]}, "sweeps": sweeps}
    (tmp_path / "a/evidence.json").write_text(json.dumps(record))
    monkeypatch.setattr("cnnlab.claims.entries._lessons", lambda: tmp_path)
    found = claims.ledger.__wrapped__()
    assert found["a.b"].seeds == (1.0, 2.0)
    assert found["a.c"].seeds == (3.0, 4.0)
