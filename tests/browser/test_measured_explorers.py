"""Explorers of measured numbers in an exported page: they tell what was measured, and nothing between."""

import pytest
from playwright.sync_api import expect

from .conftest import opened
from .controls import drawn, numbers
from .measured import LOSSES, some_rates

pytestmark = pytest.mark.browser

rates = opened(some_rates)


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
