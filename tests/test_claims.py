import numpy as np
import pytest
import torch

from cnnlab import claims

EXACT = '["a.b"]\nvalue = 3\nkind = "exact"\nsource = "deck"\nnotebook = "01"\n'
BAND = (
    '["a.b"]\nkind = "band"\nlow = 1.0\nhigh = 3.0\nvalues = [1.5, 2.0, 2.5]\nreason = "seeds"\n'
    'source = "measured"\nnotebook = "01"\n'
)
RECORDED = (
    '["a.b"]\nvalue = [95.87, 9236]\nunit = "%"\nkind = "recorded"\nsource = "a paper"\nnotebook = "12"\n'
)


@pytest.fixture
def ledger(monkeypatch):
    def use(text):
        monkeypatch.setattr(claims, "ledger", lambda: claims.parse(text))

    return use


@pytest.mark.parametrize("value", [3, 3.0, np.int64(3), torch.tensor(3)])
def test_an_exact_claim_holds_for_the_equal_number_in_any_container(ledger, value):
    ledger(EXACT)
    assert repr(claims.check("a.b", value)) == "claim a.b holds: 3 exactly"


@pytest.mark.parametrize("value", [2.999999, [3], None, "3", float("nan")])
def test_an_exact_claim_fails_for_anything_else(ledger, value):
    ledger(EXACT)
    with pytest.raises(claims.ClaimError, match=r"claim a\.b: expected 3, got .*source: deck"):
        claims.check("a.b", value)


def test_decimals_say_how_exact(ledger):
    ledger(EXACT.replace("value = 3", "value = [1.5, 2.0]\ndecimals = 1"))
    assert "1.5, 2 to 1 decimals" in claims.check("a.b", torch.tensor([1.46, 2.04], dtype=torch.float64))
    with pytest.raises(claims.ClaimError):
        claims.check("a.b", [1.44, 2.0])


def test_the_line_of_a_band_does_not_show_the_value(ledger):
    ledger(BAND)
    lines = {claims.check("a.b", value) for value in (1.0, 2.34567, torch.tensor(3.0))}
    assert lines == {"claim a.b holds: at least 1 and at most 3"}


@pytest.mark.parametrize("value", [0.999, 3.001, float("nan"), float("inf"), [2.0], "2", None])
def test_a_band_fails_outside_and_for_what_is_no_number(ledger, value):
    ledger(BAND)
    with pytest.raises(claims.ClaimError, match="expected at least 1 and at most 3"):
        claims.check("a.b", value)


def test_a_recorded_result_is_shown_with_its_source_and_never_checked(ledger):
    ledger(RECORDED)
    assert claims.recorded("a.b") == "95.87, 9,236 % (recorded: a paper)"
    with pytest.raises(ValueError, match="must be exact or a band to be checked"):
        claims.check("a.b", 95.87)


def test_only_a_recorded_result_is_shown_unchecked(ledger):
    ledger(EXACT)
    with pytest.raises(ValueError, match="must be recorded to be shown unchecked, got kind 'exact'"):
        claims.recorded("a.b")


def test_an_unknown_claim_is_named(ledger):
    ledger(EXACT)
    with pytest.raises(KeyError, match=r"must be in claims\.toml, got 'a\.c'"):
        claims.check("a.c", 3)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (EXACT.replace('kind = "exact"\n', ""), "must have a kind of exact, band, recorded, got None"),
        (EXACT.replace("exact", "about"), "got 'about'"),
        (EXACT.replace('source = "deck"\n', ""), "must name its source"),
        (EXACT.replace('notebook = "01"\n', ""), "must name its notebook"),
        (EXACT.replace("value = 3\n", ""), "must have a value"),
        (EXACT + "colour = 1\n", "must use known fields only, got colour"),
        (BAND.replace("[1.5, 2.0, 2.5]", "[1.5, 2.0]"), "at least three runs, got 2"),
        (BAND.replace('reason = "seeds"\n', ""), "must give the reason"),
        (BAND.replace("2.5]", "3.5]"), r"must hold for its own values, got 3\.5"),
        (BAND.replace("high = 3.0", "high = 5.5"), r"must be at most 4 x 1 wide, got 4\.5"),
        (BAND.replace("high = 3.0\n", ""), "must name the bar that made it one-sided"),
        (BAND.replace("high = 3.0\n", "").replace("low = 1.0\n", 'bar = "issue"\n'), "must name the bar"),
    ],
)
def test_a_malformed_claim_is_refused_with_the_rule(text, rule):
    with pytest.raises(ValueError, match=rule):
        claims.parse(text)


def test_a_one_sided_band_with_its_bar_is_accepted():
    claim = claims.parse(BAND.replace("high = 3.0\n", 'bar = "the issue asks for 1"\n'))["a.b"]
    assert claim.numbers == [1.0]


def test_the_course_ledger_is_well_formed():
    assert "conv1d.deck_example" in claims.ledger()


def test_quoted_numbers_reads_signs_thousands_and_decimals():
    assert claims.quoted_numbers("1, −2 and 120,000 or 2.5") == [1, -2, 120000, 2.5]


def test_values_are_collected_where_evidence_asks(ledger, tmp_path, monkeypatch):
    ledger(BAND)
    log = tmp_path / "log"
    monkeypatch.setenv("CNNLAB_CLAIMS_LOG", str(log))
    with pytest.raises(claims.ClaimError):
        claims.check("a.b", 7.0)
    monkeypatch.setenv("CNNLAB_CLAIMS", "collect")
    claims.check("a.b", 8.0)
    assert log.read_text().splitlines() == ['{"id": "a.b", "value": 7.0}', '{"id": "a.b", "value": 8.0}']
