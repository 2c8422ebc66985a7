import numpy as np
import pytest
import torch

from cnnlab import claims
from cnnlab.claims import checking

SOURCE = 'source = "lecture"\n'
EXACT = "[b]\nvalue = 3\n" + SOURCE
MEASURED = '[b]\ndecimals = 1\nunit = "%"\n' + SOURCE
SEEDS = (97.28, 98.0, 98.9)
TIME = '[b]\nbar = "at most 4,096"\nunit = "samples"\n' + SOURCE
RECORDED = '[b]\nrecorded = [95.87, 9236]\nunit = "%"\nsource = "a paper"\n'


@pytest.fixture
def ledger(monkeypatch):
    def use(text, seeds=()):
        monkeypatch.setattr("cnnlab.claims.entries.ledger", lambda: claims.parse(text, "a", {"a.b": seeds}))

    return use


def read_at_home(monkeypatch):
    """Test nothing, as a reader does."""
    for name in ("CI", "PYTEST_CURRENT_TEST", "CNNLAB_CLAIMS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("value", [3, 3.0, np.int64(3), torch.tensor(3)])
def test_an_exact_value_is_shown_as_the_result(ledger, value):
    ledger(EXACT)
    assert repr(claims.check("a.b", value)) == "3"


@pytest.mark.parametrize("value", [2.999999, [3], None, "3", float("nan"), True])
def test_an_exact_claim_fails_for_anything_else(ledger, value):
    ledger(EXACT)
    with pytest.raises(claims.ClaimError, match=r"claim a\.b: expected 3, got .*source: lecture"):
        claims.check("a.b", value)


@pytest.mark.parametrize("true", [True, torch.tensor(True)])
def test_true_is_not_one(ledger, true):
    ledger(EXACT.replace("3", "1"))
    with pytest.raises(claims.ClaimError):
        claims.check("a.b", true)


def test_decimals_say_how_exact(ledger):
    ledger(EXACT.replace("value = 3", 'value = [1.5, 2.0]\ndecimals = 1\nunit = "s"'))
    assert claims.check("a.b", torch.tensor([1.46, 2.04], dtype=torch.float64)) == "1.5, 2 s"
    with pytest.raises(claims.ClaimError):
        claims.check("a.b", [1.44, 2.0])


def test_a_measured_value_stands_beside_its_seeds(ledger):
    ledger(MEASURED, SEEDS)
    assert claims.check("a.b", torch.tensor(98.06)) == "this run: 98.1 %; three seeds: 97.3 to 98.9 %"


def test_a_time_stands_beside_its_bar(ledger):
    ledger(TIME)
    assert claims.check("a.b", 512) == "this run: 512 samples; the course's bar: at most 4,096 samples"
    with pytest.raises(claims.ClaimError):
        claims.check("a.b", 4097)


@pytest.mark.parametrize("value", [90.0, 101, True, float("nan"), float("inf"), [98.0], "98", None])
@pytest.mark.parametrize("bar", ["", 'bar = "at least 97"\n', 'bar = "at most 99"\n'])
def test_a_measured_claim_fails_outside_and_for_what_is_no_number(ledger, value, bar):
    ledger(MEASURED + bar, SEEDS)
    if value == 90.0 and "most" in bar:
        value = 100.0
    with pytest.raises(claims.ClaimError, match=r"this run: .*three seeds: 97\.3 to 98\.9 %, outside"):
        claims.check("a.b", value)


@pytest.mark.parametrize(
    ("text", "seeds", "told"),
    [
        (EXACT, (), "5000; the course's value: 3"),
        (MEASURED, SEEDS, "5,000.0 %; three seeds: 97.3 to 98.9 %; this run lies outside"),
        (TIME, (), "5,000 samples; the course's bar: at most 4,096 samples; this run lies outside"),
    ],
)
def test_a_reader_who_changed_a_cell_is_told(ledger, monkeypatch, text, seeds, told):
    read_at_home(monkeypatch)
    ledger(text, seeds)
    assert claims.check("a.b", 5000) == f"this run: {told}"


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("CNNLAB_CLAIMS", "strict")])
def test_where_the_course_is_tested_a_wrong_value_is_an_error(ledger, monkeypatch, name, value):
    read_at_home(monkeypatch)
    ledger(MEASURED, SEEDS)
    monkeypatch.setenv(name, value)
    with pytest.raises(claims.ClaimError):
        claims.check("a.b", 60)


def test_at_full_scale_the_recorded_run_is_shown_and_nothing_judged(ledger, monkeypatch):
    ledger(MEASURED, SEEDS)
    monkeypatch.setenv("CNNLAB_SCALE", "full")
    monkeypatch.setattr(checking, "full", lambda topic: {"a.b": 99.14})
    assert claims.check("a.b", 60) == "this run: 60.0 %; full scale: 99.1 %"
    monkeypatch.setattr(checking, "full", lambda topic: {})
    assert claims.check("a.b", 60) == "this run: 60.0 %; full scale: no run is recorded"


def test_without_seeds_a_measured_claim_asks_for_evidence(ledger):
    ledger(MEASURED)
    with pytest.raises(claims.ClaimError, match="no seeds are recorded: make evidence"):
        claims.check("a.b", 98)


def test_a_recorded_result_is_shown_with_its_source_and_never_checked(ledger):
    ledger(RECORDED)
    assert claims.recorded("a.b") == "95.87, 9,236 % (recorded: a paper)"
    with pytest.raises(ValueError, match="must be exact or measured to be checked"):
        claims.check("a.b", 95.87)


def test_only_a_recorded_result_is_shown_unchecked(ledger):
    ledger(EXACT)
    with pytest.raises(ValueError, match="must be recorded to be shown unchecked, got kind 'exact'"):
        claims.recorded("a.b")


@pytest.mark.parametrize(
    ("decimals", "unit", "seeds", "text", "mean"),
    [
        (1, "%", (97.28, 98.91), "97.3 to 98.9 %", "98.1 %"),
        (1, "percentage points", (-0.04, 3.0), "0.0 to 3.0", "1.5"),
        (1, "%", (16.67, 16.67), "16.7 %", "16.7 %"),
        (-3, "times", (31430.0, 68470.0), "31,000 to 68,000", "50,000"),
        (4, "", (0.00064, 0.00158), "0.0006 to 0.0016", "0.0011"),
    ],
)
def test_prose_quotes_the_seeds(decimals, unit, seeds, text, mean):
    claim = claims.Claim("a.b", "s", unit=unit, decimals=decimals, seeds=seeds)
    assert claims.quote(claim) == text
    assert claims.quote(claim, "mean") == mean


def test_prose_quotes_the_bar_of_a_time():
    assert claims.quote(claims.Claim("a.b", "s", unit="samples", bar="at most 4,096")) == "at most 4,096"


def test_values_are_collected_where_evidence_asks(ledger, tmp_path, monkeypatch):
    ledger(MEASURED, SEEDS)
    log = tmp_path / "log"
    monkeypatch.setenv("CNNLAB_CLAIMS_LOG", str(log))
    with pytest.raises(claims.ClaimError):
        claims.check("a.b", 7.0)
    monkeypatch.setenv("CNNLAB_CLAIMS", "collect")
    claims.check("a.b", 8.0)
    assert log.read_text().splitlines() == ['{"id": "a.b", "value": 7.0}', '{"id": "a.b", "value": 8.0}']
    with pytest.raises(claims.ClaimError):
        claims.check("a.b", float("nan"))


def test_what_ran_beforehand_stands_with_its_minutes(ledger, monkeypatch):
    ledger(MEASURED, SEEDS)
    for seconds, minutes in (
        (236.0, "12 minutes"),
        (20.1, "2 minutes"),
        (20.0, "1 minute"),
        (0.1, "1 minute"),
    ):
        run = {"seconds": seconds, "claims": {"a.b": SEEDS}}
        monkeypatch.setattr("cnnlab.claims.entries.evidence", lambda topic, run=run: {"sweeps": {"f": run}})
        line = repr(claims.ran("a.b"))
        assert line == f"run beforehand, three seeds: 97.3 to 98.9 % ({minutes})"
        assert claims.shown(claims.find("a.b")) in line
    assert claims.measured("a.b") == [97.28, 98.0, 98.9]


def test_what_never_ran_is_not_shown_as_run(ledger, monkeypatch):
    ledger(MEASURED, SEEDS)
    monkeypatch.setattr("cnnlab.claims.entries.evidence", lambda topic: {"claims": {"a.b": SEEDS}})
    with pytest.raises(claims.ClaimError, match=r"a\.b must have been measured by a function of sweep\.py"):
        claims.ran("a.b")
    read_at_home(monkeypatch)
    assert claims.ran("a.b") == "not run yet: make evidence"
