"""Explorers of measured numbers in an exported page: they tell what was measured, and nothing between."""

import pytest
from playwright.sync_api import expect

from .conftest import make_notebook, opened
from .controls import choose, drawn, numbers
from .measured import LOSSES, NORMS, some_norms, some_rates

pytestmark = pytest.mark.browser

rates, flow = opened(some_rates), opened(some_norms)


def test_each_rate_is_drawn_and_told_as_it_was_measured(rates):
    slider = rates.get_by_role("slider", name="Learning rate")
    for place, rate in enumerate((0.01, 0.1, 1), start=1):
        expect(rates).to_contain_text(f"Learning rate {rate}, number {place} of 3.")
        expect(slider).to_have_attribute("aria-valuetext", f"Learning rate {rate}")
        reached = [by_rate[rate][-1] for name, by_rate in LOSSES.items() if "group" not in name or place == 1]
        assert numbers(rates, "path.last") == [loss for loss in reached if loss == loss]
        slider.press("ArrowRight")
    expect(rates).to_contain_text("Without batch norm: no finite loss after step 3 of 4;")
    expect(rates).to_contain_text("With batch norm: the loss goes from 2.5 to 0 in 4 steps; its least last")
    expect(rates).to_contain_text("Group norm: no finite loss at any step; its least last loss, 0.75, is at")


def test_curves_that_ended_early_are_crossed_out(rates):
    # Of the nine curves three ended, and on the left those at the chosen rate.
    for key, count in (("Home", 3), ("ArrowRight", 4), ("End", 5)):
        rates.get_by_role("group", name="Pictures. The left").press(key)
        expect(drawn(rates).locator(".ended")).to_have_count(count)


def test_keys_and_clicks_choose_a_rate(rates):
    pictures = rates.get_by_role("group", name="Pictures. The left")
    for key, rate in (
        ("ArrowLeft", 0.01),
        ("ArrowRight", 0.1),
        ("End", 1),
        ("ArrowRight", 1),
        ("Home", 0.01),
    ):
        pictures.press(key)
        expect(rates).to_contain_text(f"Learning rate {rate}, ")
    box = pictures.bounding_box()
    rates.page.mouse.click(box["x"] + box["width"] - 30, box["y"] + 200)
    expect(rates).to_contain_text("Learning rate 1, ")
    rates.page.mouse.click(box["x"] + 30, box["y"] + 200)
    expect(rates).to_contain_text("Learning rate 1, ")


def tells(flow, depth, kind, batch_norm):
    """Whether the chosen network is told and drawn as it was measured."""
    norms = NORMS[depth, kind, batch_norm]
    name = f"{kind} with{'' if batch_norm else 'out'} batch norm"
    expect(flow).to_contain_text(f"Depth {depth}, {name}: the gradient's norm is ")
    return numbers(flow, "path.end") == pytest.approx([norms[0], norms[-1]], rel=1e-3)


def test_slider_and_boxes_choose_a_network(flow):
    assert tells(flow, 8, "residual", True)
    flow.get_by_role("slider", name="Depth").press("End")
    expect(flow.get_by_role("slider", name="Depth")).to_have_attribute("aria-valuetext", "Depth 20")
    assert tells(flow, 20, "residual", True)
    flow.get_by_role("checkbox", name="Shortcuts").uncheck()
    assert tells(flow, 20, "plain", True)
    expect(flow).to_contain_text("first over last is 1480.")
    flow.get_by_role("checkbox", name="Batch norm").uncheck()
    assert tells(flow, 20, "plain", False)
    words = "is 4.23 · 10⁻¹⁰ at the first convolution and 7.5 · 10⁻⁸ at the last; first over last is 0.00564."
    expect(flow).to_contain_text(words)
    others = "residual with batch norm 1, residual without batch norm 262000, plain with batch norm 1480."
    expect(flow).to_contain_text(f"First over last of the others: {others.replace('262000', '2.62 · 10⁵')}")


def test_keys_and_clicks_choose_a_network(flow):
    pictures = flow.get_by_role("group", name="Pictures. Left and right")
    steps = (("ArrowRight", 20, "residual", True), ("s", 20, "plain", True), ("b", 20, "plain", False))
    for key, *network in (*steps, ("ArrowRight", 20, "plain", False), ("Home", 8, "plain", False)):
        pictures.press(key)
        assert tells(flow, *network)
    expect(flow.get_by_role("checkbox", name="Shortcuts")).not_to_be_checked()
    box = pictures.bounding_box()
    flow.page.mouse.click(box["x"] + box["width"] - 30, box["y"] + 250)
    assert tells(flow, 20, "plain", False)


SETUP = f"""
from math import inf, nan
from cnnlab import explorers
rates = explorers.LearningRate({LOSSES})
"""


def test_what_is_chosen_in_jupyterlab_reaches_python_and_back(lab, page):
    notebook = make_notebook(
        lab.folder / "measured.ipynb",
        f"{SETUP}rates",
        f"flow = explorers.GradientFlow({NORMS})\nflow",
        "table = explorers.ResnetTable()\ntable",
        "print(rates, flow, table, sep='\\n')",
        "rates.rate, flow.depth, flow.shortcut, table.blocks = 0.1, 20, True, [3, 4, 6, 3]",
    )
    lab.run_all(page, notebook)
    kinds = ("LearningRate", "GradientFlow", "ResnetTable")
    rates, flow, table = (page.get_by_role("group", name=f"{kind} explorer") for kind in kinds)
    expect(rates).to_contain_text("Learning rate 0.1, number 2 of 3.")
    assert tells(flow, 20, "residual", True)
    expect(table).to_contain_text("ResNet-34: 34 layers with weights")

    cells = page.locator(".jp-Notebook .jp-Cell").count()
    rates.get_by_role("slider", name="Learning rate").press("End")
    for key in ("s", "b", "ArrowLeft"):
        flow.get_by_role("group", name="Pictures. Left and right").press(key)
    choose(table, "Network", "ResNet-50")
    told = lab.run_cell(page, 3)[0]["text"].splitlines()
    assert told[0].endswith("3 rates from 0.01 to 1, rate 1")
    assert told[1] == "GradientFlow explorer: depths 8, 20; depth 8, plain without batch norm"
    assert told[2].startswith("ResnetTable explorer: ResNet-50, 3 + 4 + 6 + 3 blocks, ")
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells
