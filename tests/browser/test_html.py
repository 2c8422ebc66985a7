"""Exported pages in a real browser, from disk and without a network: the explorers live, everything reads."""

import math
import re
from functools import partial

import pytest
from playwright.sync_api import expect

from cnnlab.explorers.sliding.overlap import PAIRS, SEQUENCES, slide
from cnnlab.notebooks import html

from .conftest import make_notebook
from .controls import choose, numbers, press, type_in
from .legibility import assert_fields_are_named, assert_legible

pytestmark = pytest.mark.browser

SHIFTS = (-1.7, -0.75, 0.0, 0.4, 1.0)
FORMULAS = r"""# Sliding over $f$

The network has [61,706](#claim:lenet5.parameters) parameters, $\frac{1}{2}$ of them here.

$$(f * g)(t) = \int_{-\infty}^{\infty} f(\tau)\, g(t - \tau)\, d\tau$$"""
FIGURE = """from cnnlab import figures
figures.show(explorer.static_twin(), caption="The area is the result.", alt="Boxes, and their triangle.")"""


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The address of an exported notebook with an explorer, a picture, an answer and a claim."""
    folder = tmp_path_factory.mktemp("exported")
    notebook = make_notebook(
        folder / "lesson.ipynb",
        FORMULAS,
        "from cnnlab import explorers\nexplorer = explorers.Sliding('two boxes', t=0.5)\nexplorer",
        FIGURE,
        ("print('the answer')", "hide-output"),
        'class claims:\n    check = print\nclaims.check("lenet5.parameters", 61706)',
        "explorer",
        execute=True,
    )
    return html.to_html(notebook, folder / "lesson.html").as_uri()


@pytest.fixture
def visit(offline, exported):
    """A function that opens the exported page."""
    return partial(offline, exported)


@pytest.fixture
def explorer(visit):
    return visit().locator(".cnnlab-explorer").first


def values(explorer, shifts):
    """What the browser computed at each shift, to its full precision."""
    found = []
    for t in shifts:
        type_in(explorer, "Shift t, typed", t)
        found += numbers(explorer, ".current")
    return found


def test_two_gaussians_make_a_gaussian_whose_variances_add(explorer):
    choose(explorer, "Pair", "two Gaussians")
    type_in(explorer, "σ of f, typed", 0.3)
    type_in(explorer, "σ of g, typed", 0.4)
    expected = [math.exp(-(t**2) / 0.5) / math.sqrt(0.5 * math.pi) for t in SHIFTS]
    assert values(explorer, SHIFTS) == pytest.approx(expected, abs=1e-6)
    expect(explorer).not_to_contain_text("They add up")
    press(explorer, "Show all")
    expect(explorer).to_contain_text("f 0.090, g 0.160, result 0.250. They add up.")


def test_the_flip_names_the_operation_and_the_star_is_no_asterisk(explorer):
    choose(explorer, "Pair", "box and decay")
    expect(explorer).to_contain_text("Convolution, t")
    explorer.get_by_label("Flip g").uncheck()
    expect(explorer).to_contain_text("Cross-correlation, t")
    expect(explorer).to_contain_text("Cross-correlation (f ⋆ g)(t)")
    star, around = (explorer.locator(place).first for place in ("tspan.star", "text.heading"))
    size = "(node) => parseFloat(getComputedStyle(node).fontSize)"
    assert star.evaluate(size) >= 1.5 * around.evaluate(size)


def drawn_shifts(explorer):
    """The ends of the curve below, in shifts."""
    curve = "(path) => { const box = path.getBBox(), x = box.x; return [x, x + box.width]; }"
    ends = explorer.locator("path[stroke='var(--soft)']").evaluate(curve)
    left, right = 58, explorer.locator("svg").bounding_box()["width"] - 30
    return [-4 + 8 * (x - left) / (right - left) for x in ends]


def test_the_curve_is_drawn_as_far_as_it_was_traced(explorer):
    choose(explorer, "Pair", "two Gaussians")
    slider = explorer.get_by_role("slider", name="Shift t")
    expect(slider).to_have_value("-3")
    assert drawn_shifts(explorer) == pytest.approx([-3, -3], abs=0.01)
    for _ in range(10):
        slider.press("ArrowRight")
    slider.press("ArrowLeft")
    assert drawn_shifts(explorer) == pytest.approx([-3, -2.5], abs=0.01)
    expect(explorer).to_contain_text("Traced: t from −3 to −2.5.")


@pytest.mark.parametrize("how", ["the end", "the button"])
def test_the_whole_result_waits_for_the_end_or_the_button(explorer, how):
    choose(explorer, "Pair", "two boxes")
    expect(explorer).to_contain_text("Nothing traced yet.")
    if how == "the end":
        explorer.get_by_role("slider", name="Shift t").press("End")
    else:
        press(explorer, "Show all")
    assert drawn_shifts(explorer) == pytest.approx([-4, 4], abs=0.01)
    press(explorer, "Start over")
    assert drawn_shifts(explorer) == pytest.approx([-3, -3], abs=0.01)


def test_sequences_show_no_sum_ahead(explorer):
    choose(explorer, "Pair", "two sequences")
    discs = explorer.locator("circle[stroke]")
    expect(discs).to_have_count(1)
    expect(explorer).not_to_contain_text("Whole result")
    press(explorer, "Show all")
    expect(discs).to_have_count(5)


def test_two_sequences_sum_as_the_course_does(explorer):
    choose(explorer, "Pair", "two sequences")
    assert values(explorer, range(5)) == [0, 1, 2, -1, -2]
    type_in(explorer, "Shift t, typed", 2)
    expect(explorer).to_contain_text(
        "(f * g)[2] = f[0]·g[2] + f[1]·g[1] + f[2]·g[0] = 1·2 + 0·1 + (−1)·0 = 2 + 0 + 0 = 2"
    )
    explorer.get_by_role("slider", name="Shift t").press("End")
    expect(explorer).to_contain_text("Whole result, t from 0 to 4: 0, 1, 2, −1, −2")
    type_in(explorer, "f", "1.5, -2, 0, 3")
    type_in(explorer, "g", "0.5 1 −4")
    shifts, sums = slide([1.5, -2, 0, 3], [0.5, 1, -4])
    assert values(explorer, shifts) == pytest.approx(sums)


def test_slider_and_plot_move_by_keyboard(explorer):
    explorer.get_by_role("slider", name="Shift t").press("ArrowLeft")
    expect(explorer.locator("[aria-live=polite]")).to_contain_text("area 0.550 = (f * g)(0.45)")
    plot = explorer.get_by_role("group", name="Picture")
    plot.press("ArrowRight")
    plot.press("ArrowRight")
    expect(explorer).to_contain_text("area 0.450 = (f * g)(0.55)")
    expect(explorer.get_by_role("img")).to_have_attribute("aria-label", re.compile("area 0.450"))
    plot.press("Home")
    expect(explorer.get_by_role("slider", name="Shift t")).to_have_value("-3")


def test_slider_and_plot_move_by_mouse(explorer):
    slider = explorer.get_by_role("slider", name="Shift t")
    box = slider.bounding_box()
    slider.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(explorer).to_contain_text("area 1.000 = (f * g)(0.00)")

    mouse, circle = explorer.page.mouse, explorer.locator(".current")
    start = circle.bounding_box()
    mouse.move(start["x"] + 7, start["y"])
    mouse.down()
    mouse.move(start["x"] - 60, start["y"], steps=3)
    mouse.up()
    assert circle.bounding_box()["x"] == pytest.approx(start["x"] - 67, abs=4)
    mouse.move(start["x"] + 200, start["y"])
    assert circle.bounding_box()["x"] == pytest.approx(start["x"] - 67, abs=4)


def test_both_views_of_one_explorer_move_together(visit):
    first, second = visit().locator(".cnnlab-explorer").all()
    first.get_by_role("slider", name="Shift t").press("Home")
    expect(second.get_by_role("slider", name="Shift t")).to_have_value("-3")


@pytest.mark.parametrize(
    ("pair", "label", "text", "sentence"),
    [
        ("two boxes", "Shift t, typed", "9", "Shift t must be between −3 and 3, got 9."),
        ("two boxes", "Shift t, typed", "", "Shift t must be a number, got nothing."),
        ("two Gaussians", "σ of f, typed", "0", "σ of f must be between 0.2 and 1, got 0."),
        ("two sequences", "Shift t, typed", "1.5", "Shift t must be an integer, got 1.5."),
        ("two sequences", "f", "1, x", "each number of f must be a number, got x."),
        ("two sequences", "g", "1 2 3 4 5 6 7", "g must have 1 to 6 numbers, got 7."),
    ],
)
def test_wrong_input_gives_one_sentence_and_keeps_the_picture(explorer, pair, label, text, sentence):
    choose(explorer, "Pair", pair)
    before = explorer.get_by_role("img").inner_html()
    type_in(explorer, label, text)
    expect(explorer.get_by_role("alert")).to_have_text(sentence)
    assert explorer.get_by_role("img").inner_html() == before
    expect(explorer.get_by_label(label, exact=True)).to_have_attribute("aria-invalid", "true")

    explorer.get_by_role("slider", name="Shift t").press("ArrowRight")
    expect(explorer.get_by_role("alert")).to_have_text("")


def test_play_pauses_and_runs_to_the_end(explorer):
    slider = explorer.get_by_role("slider", name="Shift t")
    type_in(explorer, "Shift t, typed", 1)
    press(explorer, "Play")
    press(explorer, "Pause")
    paused = float(slider.input_value())
    assert 1 < paused < 3
    explorer.page.wait_for_timeout(200)
    assert float(slider.input_value()) == paused
    press(explorer, "Play")
    expect(slider).to_have_value("3")
    expect(explorer.get_by_role("button", name="Play")).to_be_visible()


def test_play_is_one_step_for_who_asked_for_less_motion(visit):
    page = visit(reduced_motion="reduce")
    explorer = page.locator(".cnnlab-explorer").first
    press(explorer, "Step")
    page.wait_for_timeout(300)
    expect(explorer.get_by_role("slider", name="Shift t")).to_have_value("0.55")


def test_legible_on_every_ground_and_width_and_every_field_named(explorer):
    assert_fields_are_named(explorer)
    for pair in (*PAIRS, SEQUENCES):
        choose(explorer, "Pair", pair)
        for end in ("Home", "End"):
            explorer.get_by_role("slider", name="Shift t").press(end)
            assert_legible(explorer, least_size=15, widths=(500, 1000))


@pytest.mark.parametrize(
    ("attribute", "value", "red"),
    [("data-jp-theme-light", "false", 22), ("data-jp-theme-light", "true", 255), ("data-theme", "dark", 22)],
)
def test_theme_of_the_page_wins_over_that_of_the_system(visit, attribute, value, red):
    page = visit(color_scheme="light" if red == 22 else "dark")
    page.locator("body").evaluate(f"(body) => body.setAttribute('{attribute}', '{value}')")
    ground = page.locator(".cnnlab-explorer").first.evaluate("(e) => getComputedStyle(e).backgroundColor")
    assert ground.startswith(f"rgb({red},")


def test_picture_keeps_its_alternative_text(visit):
    expect(visit().get_by_alt_text("Boxes, and their triangle.")).to_be_visible()


def test_answer_is_closed_until_opened(visit):
    page = visit()
    answer = page.get_by_text("the answer", exact=True)
    expect(answer).to_be_hidden()
    page.get_by_text("Show the answer").press("Enter")
    expect(answer).to_be_visible()


def test_formulas_are_mathml_of_good_size(visit):
    page = visit()
    assert page.locator("math").count() == 3
    assert page.locator("mjx-container, .MathJax").count() == 0
    whole, part = (page.locator(f"math {name}").first.bounding_box() for name in ("mfrac", "mfrac mn"))
    assert whole["height"] > 1.5 * part["height"]
    limits = page.locator("math msubsup").bounding_box()
    assert limits["height"] > 25


def test_claim_leads_to_the_cell_that_checks_it(visit):
    page = visit(viewport={"width": 1000, "height": 400})
    page.get_by_role("link", name="61,706").click()
    assert page.url.endswith("#claim:lenet5.parameters")
    expect(page.locator(".code_cell", has_text="claims.check")).to_be_in_viewport()


def test_on_paper_answers_are_open_and_controls_are_gone(visit):
    page = visit(color_scheme="dark")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Play")).to_have_count(0)
    ground = "(node) => getComputedStyle(node).backgroundColor"
    for place in ("body", ".cnnlab-explorer"):
        assert page.locator(place).first.evaluate(ground) == "rgb(255, 255, 255)"
    expect(page.get_by_text("the answer", exact=True)).to_be_visible()


def test_index_opens_each_lesson(new_page, tmp_path):
    folder = tmp_path / "html"
    notebook = make_notebook(tmp_path / "00_one.ipynb", "# *First* steps", "1 + 1")
    html.to_html(notebook, folder / "00_one.html")
    page = new_page(offline=True)
    page.goto(html.write_index([notebook], folder).as_uri())
    page.get_by_role("link", name="First steps").click()
    expect(page.get_by_role("heading", name="First steps")).to_be_visible()
    assert page.title() == "First steps"
    assert page.errors == []
