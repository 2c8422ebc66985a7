"""An exported page holds everything it needs, and nothing it would have to fetch."""

import json
import re

import ipywidgets
import nbformat
import pytest

from cnnlab.explorers import Sliding
from cnnlab.notebooks import html
from tests.notebooks.build import showing

CODE, MARKDOWN = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="


def display(data, **metadata):
    return nbformat.v4.new_output("display_data", data=data, metadata=metadata)


def code(source, *outputs, tags=()):
    cell = CODE(source, metadata={"tags": list(tags)})
    cell.outputs = list(outputs)
    return cell


@pytest.fixture
def export(tmp_path):
    """A function that writes a notebook of these cells, exports it and returns the page's text."""

    def run(*cells, widgets=(), metadata=None):
        path = tmp_path / "lesson.ipynb"
        outputs, state = showing(*widgets) if widgets else ([], {})
        book = nbformat.v4.new_notebook(cells=[*cells, *outputs], metadata=metadata or state)
        nbformat.write(book, path)
        assert html.to_html(path, tmp_path / "out" / "lesson.html") == tmp_path / "out" / "lesson.html"
        return (tmp_path / "out" / "lesson.html").read_text(encoding="utf-8")

    return run


def embedded(page):
    return json.loads(re.search(r'<script id="explorers" type="[^"]*">(.*?)</script>', page, re.DOTALL)[1])


def test_page_names_its_language_and_title(export):
    page = export(MARKDOWN("# The *flip* of $g$\n\nText."))
    assert '<html lang="en">' in page
    assert "<title>The flip of g</title>" in page


def test_page_asks_the_network_for_nothing(export):
    page = export(MARKDOWN("# One\n\n$x$ [site](https://example.org)"), widgets=[Sliding()])
    assert not re.search(
        r"<(?:script|img|iframe)[^>]* src=|<link|@import|url\((?!data)", page.split("<main>")[0]
    )
    assert not re.search(r"<(?:script|img|iframe)[^>]* src=\"(?!data:)", page)
    assert "default-src 'none'" in page
    assert "mathjax" not in page.lower()
    assert "require.js" not in page


def test_formulas_are_mathml(export):
    page = export(
        MARKDOWN("# One\n\nInline $a_1$.\n\n$$\\sum_k b_k$$\n\n\\begin{align}c &= d\\end{align}"),
        code("Math('x')", display({"text/latex": r"$\frac{a}{b}$", "text/plain": "<Math>"})),
    )
    formulas = re.findall(r"<math [^>]*>", page)
    assert [re.search('display="([a-z]+)"', formula)[1] for formula in formulas] == ["inline"] + 3 * ["block"]
    assert "$" not in page.split("<main>")[1].split("<footer>")[0]


def test_picture_keeps_its_alternative_text(export):
    page = export(code("show()", display({"image/png": PIXEL}, **{"image/png": {"alt": 'A "dot".'}})))
    assert "alt='A \"dot\".'" in page or 'alt="A &quot;dot&quot;."' in page


def test_answers_wait_in_details(export):
    output = nbformat.v4.new_output("stream", name="stdout", text="42")
    page = export(code("print(42)", output, tags=["hide-output"]), code("print(42)", output))
    assert page.count("<details") == page.count("<summary>Show the answer</summary>") == 1
    assert "open" not in re.search(r"<details[^>]*>", page)[0]
    assert re.search(r"</summary>.*42.*</details>", page, re.DOTALL)


@pytest.mark.parametrize(
    ("tag", "summary"), [("solution", "Show our solution"), ("fold", "Show the code of this figure")]
)
def test_solutions_and_drawing_code_wait_in_details(export, tag, summary):
    page = export(code("secret = 42", tags=[tag]), code("plain = 1"))
    folded = re.search(rf"<summary>{summary}</summary>(.*?)</details>", page, re.DOTALL)[1]
    assert "secret" in folded
    assert "plain" not in folded


def test_code_that_gives_its_answer_away_waits_in_details_too(export):
    output = nbformat.v4.new_output("stream", name="stdout", text="42")
    cell = code("secret = 42", output, tags=["hide-output"])
    cell.metadata.jupyter = {"outputs_hidden": True, "source_hidden": True}
    page = export(cell)
    assert "secret" in re.search(r"<summary>Show the code</summary>(.*?)</details>", page, re.DOTALL)[1]
    assert "42" in re.search(r"<summary>Show the answer</summary>(.*?)</details>", page, re.DOTALL)[1]


def test_what_to_write_stands_above_the_solution(export):
    page = export(code('def mean(signal):\n    """Return the mean."""\n    return secret', tags=["solution"]))
    before, folded = page.split("Show our solution")
    text = re.sub(r"<[^>]+>", "", before)
    assert "def mean(signal):" in text
    assert "Return the mean." in text
    assert "YOUR_TURN" in text
    assert "secret" not in text
    assert "secret" in folded


def test_a_folded_picture_that_answers_opens_with_one_click(export):
    output = nbformat.v4.new_output("stream", name="stdout", text="42")
    page = export(code("draw()", output, tags=["fold", "hide-output"]))
    assert page.count("Show the answer") == 1
    assert re.search(r"Show the answer</summary>.*draw.*</details>.*42.*</details>", page, re.DOTALL)


def test_text_folded_by_the_author_stays_folded_with_its_formulas(export):
    page = export(
        MARKDOWN("<details><summary>Then read why</summary>\n\nBecause $a^2$.\n\n</details>\n\nOn.")
    )
    folded = re.search(r"<details><summary>Then read why</summary>(.*?)</details>", page, re.DOTALL)[1]
    assert "Because" in folded
    assert "<math" in folded
    assert "On." not in folded


def test_claim_link_leads_to_the_first_cell_that_checks_it(export):
    page = export(
        MARKDOWN("[61,706](#claim:lenet5.parameters), [2.6 %](#claim:paper.error), [7](#claim:nowhere)"),
        code('claims.check("lenet5.parameters", total)'),
        code("claims.recorded('paper.error')\nclaims.check( 'lenet5.parameters', 1)"),
    )
    assert page.count('id="claim:lenet5.parameters"') == 1
    assert page.index('id="claim:lenet5.parameters"') < page.index("recorded")
    assert 'href="#claim:lenet5.parameters"' in page
    assert 'href="#claim:paper.error"' in page
    assert "#claim:nowhere" not in page
    assert ", 7</p>" in page


def test_explorers_carry_their_module_once_and_their_settings(export):
    first, second = Sliding(t=0.25), Sliding("two sequences", f=[3], g=[1, 2])
    page = export(widgets=[first, second])
    found = embedded(page)
    assert found["modules"] == [Sliding._esm]
    texts = [model["state"].get("text", "") for model in found["models"].values()]
    assert sum("function overlap" in text for text in texts) == 1
    models = found["models"]
    assert [models[widget.model_id]["state"]["t"] for widget in (first, second)] == [0.25, 0]
    assert models[second.model_id]["state"]["f"] == [3]
    assert page.count("data-explorer=") == 2
    assert page.count(".cnnlab-controls { display: flex") == 1
    assert "<pre>Sliding explorer: two boxes, convolution, shift 0.25</pre>" in page


def test_explorers_that_no_output_shows_are_left_out(export):
    hidden = Sliding()
    cells, metadata = showing(Sliding(), hidden)
    assert hidden.model_id not in export(cells[0], metadata=metadata)


def test_other_widgets_show_their_text(export):
    page = export(widgets=[ipywidgets.IntSlider(3, description="plain")])
    assert "IntSlider(value=3" in page
    assert "data-explorer=" not in page


def test_text_of_an_explorer_cannot_end_the_script(export):
    explorer = Sliding()
    cells, metadata = showing(explorer)
    models = metadata["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    models[explorer.model_id]["state"]["note"] = "</script><b>"
    page = export(*cells, metadata=metadata)
    assert "</script><b>" not in page
    assert embedded(page)["models"][explorer.model_id]["state"]["note"] == "</script><b>"


def test_scripts_of_outputs_are_left_out(export):
    page = export(code("js", display({"application/javascript": "alert(1)", "text/plain": "<Javascript>"})))
    assert "alert(1)" not in page
    assert "&lt;Javascript&gt;" in page


def test_links_to_notebooks_lead_to_their_pages(export):
    page = export(
        MARKDOWN(
            "[a](00_start.ipynb) [b](homework/hw1.ipynb#Task-2) [c](https://example.org/x.ipynb) [d](x.html)"
        )
    )
    links = re.findall('<a href="([^"]*)"', page)
    assert links == ["00_start.html", "homework/hw1.html#Task-2", "https://example.org/x.ipynb", "x.html"]


def test_headings_can_be_linked_to(export):
    assert '<h2 id="What-we-saw">What we saw</h2>' in export(MARKDOWN("# One\n\n## What we saw"))


def test_notebook_file_is_not_changed(export, tmp_path):
    export(widgets=[ipywidgets.IntSlider()])
    before = (tmp_path / "lesson.ipynb").read_bytes()
    html.to_html(tmp_path / "lesson.ipynb", tmp_path / "again.html")
    assert (tmp_path / "lesson.ipynb").read_bytes() == before


def test_same_notebook_gives_the_same_page(export):
    explorer = Sliding()
    assert export(widgets=[explorer]) == export(widgets=[explorer])


def test_without_a_notebook_nothing_is_written(tmp_path):
    for function in (html.to_html, lambda path, out: html.write_index([path], out)):
        with pytest.raises(ValueError, match=r"notebook must exist, got '.*none\.ipynb'"):
            function(tmp_path / "none.ipynb", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (r"$\nonsense$", r"lesson.ipynb: formula must use known commands, got \\nonsense in"),
        (
            "![cat](https://example.org/cat.png)",
            "lesson.ipynb: page must not load from the network, got 'https://example.org/cat.png'",
        ),
    ],
)
def test_what_cannot_be_exported_is_named(export, source, sentence):
    with pytest.raises(ValueError, match=sentence):
        export(MARKDOWN(source))


def test_index_lists_titles_in_order(tmp_path):
    for name, heading in [("01_b", "# *Later* & more"), ("00_a", "# First"), ("02_c", "no heading")]:
        nbformat.write(nbformat.v4.new_notebook(cells=[MARKDOWN(heading)]), tmp_path / f"{name}.ipynb")
    paths = [tmp_path / f"{name}.ipynb" for name in ("00_a", "01_b", "02_c")]
    page = html.write_index(paths, tmp_path / "html").read_text(encoding="utf-8")
    links = re.findall(r'<a href="([^"]*)">([^<]*)</a>', page)
    assert links == [("00_a.html", "First"), ("01_b.html", "Later &amp; more"), ("02_c.html", "untitled")]
