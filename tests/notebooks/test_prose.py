import pytest

from cnnlab import claims
from cnnlab.notebooks import prose
from tests.notebooks.build import code, markdown, notebook, stream

LEDGER = claims.parse(
    '[parameters]\nvalue = 61706\nsource = "lecture"\n'
    '[humans]\nrecorded = 95.87\nunit = "%"\nsource = "paper"\n'
    '[accuracy]\ndecimals = 1\nunit = "%"\nsource = "s"\n'
    '[time]\nbar = "at most 21"\nunit = "pixels"\nsource = "s"\n',
    "a",
    {"a.accuracy": [97.0, 98.5]},
)
CHECKED = code('claims.check("a.parameters", n)', outputs=[stream("61,706")])
MEASURED = code(
    'claims.check("a.accuracy", n)',
    id="measured",
    outputs=[stream("this run: 97.5 %; 2 seeds: 97.0 to 98.5 %")],
)
RAN = code(
    'claims.ran("a.accuracy")',
    id="ran",
    outputs=[stream("run beforehand, 2 seeds: 97.0 to 98.5 % (12 minutes)")],
)
TIMED = code(
    'claims.check("a.time", n)',
    id="timed",
    outputs=[stream("this run: 9 pixels; the course's bar: at most 21 pixels")],
)


def wrong(text, *cells):
    return list(prose.wrong_links(notebook(markdown(text), *cells), LEDGER))


@pytest.mark.parametrize(
    ("text", "id", "rule"),
    [
        ("61,706", "a.parameters", ""),
        ("61,707", "a.parameters", "must quote claim a.parameters as [61706.0], got '61,707'"),
        ("61,7", "a.parameters", "must quote claim a.parameters as [61706.0], got '61,7'"),
        ("many", "a.parameters", "must quote claim a.parameters as [61706.0], got 'many'"),
        ("61,706 and 3", "a.parameters", "must quote claim a.parameters as [61706.0], got '61,706 and 3'"),
        ("61,706", "a.parameters~mean", "must quote claim a.parameters as [61706.0], got '61,706'"),
        ("3", "lenet6", "must link to claims in the ledger, got #claim:lenet6"),
        ("95.87", "a.humans", ""),  # a recorded result needs no check
        ("97.0 to 98.5 %", "a.accuracy", ""),
        ("97.8 %", "a.accuracy~mean", ""),
        ("97.0 to 98.5", "a.accuracy", "must quote claim a.accuracy as '97.0 to 98.5 %', got '97.0 to 98.5'"),
        ("97 to 98.5 %", "a.accuracy", "must quote claim a.accuracy as '97.0 to 98.5 %', got '97 to 98.5 %'"),
        ("97.7 %", "a.accuracy~mean", "must quote claim a.accuracy as '97.8 %', got '97.7 %'"),
        ("at most 21", "a.time", ""),
        ("21", "a.time", "must quote claim a.time as 'at most 21', got '21'"),
    ],
)
def test_a_link_quotes_its_claim(text, id, rule):
    found = wrong(f"it has [{text}](#claim:{id}) of them", CHECKED, MEASURED, TIMED)
    assert found == ([f"prose {rule}"] if rule else [])


def test_what_ran_beforehand_may_be_quoted():
    assert wrong("[97.0 to 98.5 %](#claim:a.accuracy)", RAN) == []
    RAN.outputs = [stream("run beforehand, 2 seeds: 96.0 to 98.5 % (12 minutes)")]
    assert "that a cell of the notebook checks" in wrong("[97.0 to 98.5 %](#claim:a.accuracy)", RAN)[0]


def test_a_link_whose_claim_no_cell_checks_is_wrong():
    assert "that a cell of the notebook checks" in wrong("[61,706](#claim:a.parameters)")[0]


@pytest.mark.parametrize(
    "cell", [code(CHECKED.source), code(CHECKED.source, count=None, outputs=CHECKED.outputs)]
)
def test_a_check_that_never_ran_does_not_count(cell):
    assert prose.checked_claims(notebook(cell), LEDGER) == set()


def test_an_output_of_older_evidence_does_not_count():
    cell = code(MEASURED.source, outputs=[stream("this run: 97.5 %; 2 seeds: 97.0 to 98.4 %")])
    assert prose.checked_claims(notebook(MEASURED), LEDGER) == {"a.accuracy"}
    assert prose.checked_claims(notebook(cell), LEDGER) == set()


def test_the_numbers_of_measured_claims_are_written_into_their_links(monkeypatch):
    monkeypatch.setattr(prose, "ledger", lambda: LEDGER)
    text = "[?](#claim:a.accuracy), [?](#claim:a.accuracy~mean), [?](#claim:a.time), [x](#claim:a.parameters)"
    written = notebook(markdown(text))
    prose.write_numbers(written)
    assert written.cells[0].source == (
        "[97.0 to 98.5 %](#claim:a.accuracy), [97.8 %](#claim:a.accuracy~mean), [at most 21](#claim:a.time), "
        "[x](#claim:a.parameters)"
    )


@pytest.mark.parametrize(
    "text",
    ["of 0.5", "about 3 %", "97% right", "100 epochs", "1,437 digits", "2500 pictures", "in 1437 cases"],
)
def test_a_bare_number_in_prose_is_found(text):
    assert len(list(prose.bare_numbers(notebook(markdown(text))))) == 1


@pytest.mark.parametrize(
    "text",
    ["99 lines", "in 1998", "in 2012.", "`0.5`", "$0.5$", "$$0.5$$", "```\n0.5\n```", "<http://a.b/2.5>",
     "[text](http://a.b/2.5)", "[61,706](#claim:a.parameters)", "## Sources\n\n- 9(3):90-95, 1,437"],
)  # fmt: skip
def test_numbers_in_code_formulas_sources_years_and_claims_are_let_through(text):
    assert list(prose.bare_numbers(notebook(markdown(text)))) == []


def test_numbers_in_captions_and_alt_texts_are_prose_too():
    cells = code('figures.show(fig, caption="97 % right", alt="a " "line to 0.5")')
    assert len(list(prose.bare_numbers(notebook(cells)))) == 2
    assert list(prose.bare_numbers(notebook(code("x = 0.5")))) == []
