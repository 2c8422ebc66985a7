import pytest

from cnnlab import claims
from cnnlab.notebooks import prose
from tests.notebooks.build import code, markdown, notebook, stream

LEDGER = claims.parse(
    '["lenet5.parameters"]\nvalue = 61706\nkind = "exact"\nsource = "deck"\nnotebook = "06"\n'
    '["bias.humans"]\nvalue = 95.87\nunit = "%"\nkind = "recorded"\nsource = "paper"\nnotebook = "12"\n'
    '["a.band"]\nlow = 1.0\nhigh = 3.0\nvalues = [1, 2, 3]\nreason = "r"\nkind = "band"\nsource = "s"\n'
    'notebook = "01"\n'
)
CHECKED = code(
    'claims.check("lenet5.parameters", n)', outputs=[stream("claim lenet5.parameters holds: 61,706 exactly")]
)


def wrong(text, *cells):
    return list(prose.wrong_links(notebook(markdown(text), *cells), LEDGER))


def test_a_link_with_the_claims_number_that_a_cell_checks_is_right():
    assert wrong("has [61,706](#claim:lenet5.parameters) parameters", CHECKED) == []


@pytest.mark.parametrize("text", ["61,707", "61,7", "about sixty thousand", "61,706 and 3"])
def test_a_link_with_another_number_is_wrong(text):
    assert "must quote claim lenet5.parameters" in wrong(f"[{text}](#claim:lenet5.parameters)", CHECKED)[0]


def test_a_link_to_an_unknown_claim_is_wrong():
    assert "got #claim:lenet6" in wrong("[3](#claim:lenet6)")[0]


def test_a_link_whose_claim_no_cell_checks_is_wrong():
    assert "that a cell of the notebook checks" in wrong("[61,706](#claim:lenet5.parameters)")[0]


@pytest.mark.parametrize(
    "cell", [code(CHECKED.source), code(CHECKED.source, count=None, outputs=CHECKED.outputs)]
)
def test_a_check_that_never_ran_does_not_count(cell):
    assert prose.checked_claims(notebook(cell)) == set()


def test_a_band_is_quoted_by_its_bounds():
    band = code('claims.check("a.band", n)', outputs=[stream("claim a.band holds: at least 1")])
    assert wrong("[1 to 3](#claim:a.band)", band) == []
    assert wrong("[2](#claim:a.band)", band)


def test_a_recorded_result_needs_no_check():
    assert wrong("[95.87](#claim:bias.humans) %") == []


@pytest.mark.parametrize(
    "text",
    [
        "of 0.5",
        "about 3 %",
        "97% right",
        "100 epochs",
        "1,437 digits",
        "2500 pictures",
        "in 1437 cases",
        "2.5",
    ],
)
def test_a_bare_number_in_prose_is_found(text):
    assert len(list(prose.bare_numbers(notebook(markdown(text))))) == 1


@pytest.mark.parametrize(
    "text",
    ["99 lines", "in 1998", "in 2012.", "`0.5`", "$0.5$", "$$0.5$$", "```\n0.5\n```", "<http://a.b/2.5>",
     "[text](http://a.b/2.5)", "[61,706](#claim:lenet5.parameters)", "## Sources\n\n- 9(3):90-95, 1,437"],
)  # fmt: skip
def test_numbers_in_code_formulas_sources_years_and_claims_are_let_through(text):
    assert list(prose.bare_numbers(notebook(markdown(text)))) == []


def test_numbers_in_captions_and_alt_texts_are_prose_too():
    cells = code('figures.show(fig, caption="97 % right", alt="a " "line to 0.5")')
    assert len(list(prose.bare_numbers(notebook(cells)))) == 2
    assert list(prose.bare_numbers(notebook(code("x = 0.5")))) == []
