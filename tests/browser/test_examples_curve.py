"""ExamplesCurve in an exported page: every seed as it was measured, arms on and off, pictures that grow."""

import pytest
from playwright.sync_api import expect

from .conftest import make_notebook, opened
from .controls import drawn, numbers
from .measured import SEEDS, some_examples

pytestmark = pytest.mark.browser

curve = opened(some_examples)
COUNTS = (1, 5, 50)


def test_each_number_of_examples_is_drawn_and_told_as_it_was_measured(curve):
    slider = curve.get_by_role("slider", name="Examples a class")
    for count in COUNTS:
        expect(slider).to_have_attribute("aria-valuetext", f"Examples a class {count}")
        assert numbers(curve, "circle.seed") == [seed for by in SEEDS.values() for seed in by[count]]
        means = [sum(by[count]) / 3 for by in SEEDS.values() if by[count]]
        assert numbers(curve, "path.mean") == pytest.approx(means)
        slider.press("ArrowRight")
    expect(curve).to_contain_text("50 examples a class, 150 in all.")
    expect(curve).to_contain_text("frozen 78.0 to 81.0 % (79.7 %); fine-tuned 82.0 to 84.0 % (83.0 %)")
    expect(curve).to_contain_text("No two ranges overlap.")


def test_overlapping_arms_are_counted_seed_by_seed(curve):
    expect(curve).to_contain_text("1 example a class, 3 in all.")
    expect(curve).to_contain_text("from scratch not measured.")
    expect(curve).to_contain_text("All ranges overlap: fine-tuned above frozen in 2 of 3 seeds.")
    curve.get_by_role("slider", name="Examples a class").press("ArrowRight")
    told = "Ranges that overlap: fine-tuned above frozen in 2 of 3 seeds. All other pairs lie apart."
    expect(curve.locator("p").filter(has_text="Ranges that overlap")).to_have_text(told)


def test_arms_are_switched_on_and_off(curve):
    for name, left in (("fine-tuned", ["frozen", "from scratch"]), ("frozen", ["from scratch"])):
        curve.get_by_role("checkbox", name=name).uncheck()
        curve.get_by_role("slider", name="Examples a class").press("End")
        assert numbers(curve, "circle.seed") == [seed for arm in left for seed in SEEDS[arm][50]]
    curve.get_by_role("checkbox", name="from scratch").press("Space")
    expect(curve).to_contain_text("No arm is switched on.")
    curve.get_by_role("checkbox", name="frozen").check()
    assert numbers(curve, "circle.seed") == SEEDS["frozen"][50]


def test_the_training_pictures_grow_and_the_rest_is_told(curve):
    pictures = curve.get_by_role("group", name="Pictures. The left")
    for key, strips, words in (
        ("Home", [1] * 3, "one seed: 1 a class"),
        ("ArrowRight", [5] * 3, "one seed: 5 a class"),
        ("End", [5] * 6, "one seed: 50 a class, the first 10"),
    ):
        pictures.press(key)
        assert numbers(curve, ".strip") == strips
        expect(curve).to_contain_text(f"The training pictures of {words}")


def test_a_click_on_the_curves_chooses_a_number(curve):
    box = curve.get_by_role("group", name="Pictures. The left").bounding_box()
    for across, count in ((30, 50), (box["width"] * 0.42, 1)):
        curve.page.mouse.click(box["x"] + box["width"] - across, box["y"] + 150)
        expect(drawn(curve)).to_contain_text(f"Every seed at {count} a class")
    curve.page.mouse.click(box["x"] + 60, box["y"] + 150)
    expect(drawn(curve)).to_contain_text("Every seed at 1 a class")


def test_what_is_chosen_in_jupyterlab_reaches_python_and_back(lab, page):
    notebook = make_notebook(
        lab.folder / "examples.ipynb",
        f"import torch\nfrom cnnlab import explorers\nSEEDS = {SEEDS}",
        "curve = explorers.ExamplesCurve(SEEDS, torch.rand(3, 12, 3, 32, 32))\ncurve",
        "print(curve)",
        "curve.examples, curve.shown = 5, ['frozen']",
    )
    lab.run_all(page, notebook)
    curve = page.get_by_role("group", name="ExamplesCurve explorer")
    expect(curve).to_contain_text("5 examples a class, 15 in all.")
    assert numbers(curve, "circle.seed") == SEEDS["frozen"][5]
    curve.get_by_role("checkbox", name="from scratch").check()
    curve.get_by_role("slider", name="Examples a class").press("End")
    told = lab.run_cell(page, 2)[0]["text"]
    assert told == "ExamplesCurve explorer: frozen, from scratch; 50 examples a class\n"
