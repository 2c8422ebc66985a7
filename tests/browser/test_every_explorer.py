"""What holds for every explorer in an exported page: it is legible, and what is wrong gives one sentence."""

import re

import pytest
from playwright.sync_api import expect

from cnnlab.explorers import (
    Arithmetic,
    KernelGrid,
    KernelPlayground,
    Orientation,
    PoolingShift,
    ReceptiveField,
    ResnetTable,
)

from .controls import choose, press, type_in
from .legibility import assert_fields_are_named, assert_legible
from .measured import some_examples, some_norms, some_rates
from .networks import lenet_builder, some_drawing, some_maps, some_mixer

pytestmark = pytest.mark.browser


def show_all(explorer):
    press(explorer, "Show all")


# What makes each show something else.
CHANGES = {
    KernelGrid: show_all,
    Arithmetic: show_all,
    ReceptiveField: show_all,
    KernelPlayground: lambda explorer: choose(explorer, "Size", "5"),
    Orientation: lambda explorer: choose(explorer, "Show", "gradient of an edge"),
    PoolingShift: lambda explorer: type_in(explorer, "Shift, typed", 5),
    some_maps: lambda explorer: choose(explorer, "Layer", "7 Conv2d (c5)"),
    some_drawing: lambda explorer: press(explorer, "Clear"),
    lenet_builder: lambda explorer: choose(explorer, "Layer 9 kind", "conv"),
    ResnetTable: lambda explorer: choose(explorer, "Network", "ResNet-152"),
    some_rates: lambda explorer: explorer.get_by_role("slider", name="Learning rate").press("End"),
    some_norms: lambda explorer: explorer.get_by_role("slider", name="Depth").press("End"),
    some_examples: lambda explorer: explorer.get_by_role("slider", name="Examples a class").press("End"),
    some_mixer: lambda explorer: explorer.get_by_role("slider", name="From shape to texture").press("End"),
}


@pytest.mark.parametrize("make", CHANGES)
def test_legible_on_every_ground_and_width_and_every_field_named(visit, make):
    explorer = visit(make)
    assert_fields_are_named(explorer)
    assert_legible(explorer)
    CHANGES[make](explorer)
    assert_legible(explorer)


# All that an explorer computed, as the page holds it.
SHOWN = """(explorer) => [...explorer.querySelectorAll('svg, canvas, .cnnlab-readout, .result, [data-value]')]
    .map((node) => node.toDataURL?.() ?? `${node.innerHTML} ${node.dataset.value}`)"""
NOTHING = "{label} must be a number, got nothing."
HALF = "padding of a pool must be at most half its kernel, 1, got 2."
WRONG = {
    KernelGrid: [
        ("kernel row 0 column 0", "", NOTHING),
        ("kernel row 0 column 0", "100", "{label} must be between −99 and 99, got 100."),
    ],
    KernelPlayground: [
        ("weight row 0 column 2", "", NOTHING),
        ("weight row 0 column 2", "1000", "{label} must be between −999 and 999, got 1000."),
    ],
    PoolingShift: [
        ("cell 3", "", NOTHING),
        ("cell 3", "10", "{label} must be between 0 and 9, got 10."),
    ],
    ReceptiveField: [("Layer 4 padding", "2", HALF)],
    ResnetTable: [
        ("Stage 2 blocks", "", "{label} must be an integer, got nothing."),
        ("Stage 2 blocks", "37", "{label} must be from 1 to 36, got 37."),
    ],
    lenet_builder: [
        ("Layer 1 kernel size", "16", "{label} must be from 1 to 15, got 16."),
        ("Layer 4 out channels", "", "{label} must be an integer, got nothing."),
        ("Layer 12 out features", "1.5", "{label} must be an integer, got 1.5."),
        ("Input height", "0", "{label} must be from 1 to 256, got 0."),
        ("Layer 3 padding", "2", HALF),
    ],
}


@pytest.mark.parametrize("make", WRONG)
def test_a_wrong_number_gives_one_sentence_and_keeps_what_is_shown(visit, make):
    explorer = visit(make)
    for label, text, sentence in WRONG[make]:
        explorer.get_by_label(label, exact=True).focus()  # which chooses its layer
        before = explorer.evaluate(SHOWN)
        type_in(explorer, label, text)
        expect(explorer.get_by_role("alert")).to_have_text(sentence.format(label=label))
        assert explorer.evaluate(SHOWN) == before


@pytest.mark.parametrize(("make", "kind", "most"), [(ReceptiveField, "pool", 8), (lenet_builder, "conv", 30)])
def test_layers_are_added_moved_and_removed_by_keyboard(visit, make, kind, most):
    explorer = visit(make)

    def press_enter(name):
        explorer.get_by_role("button", name=name).press("Enter")

    layers = explorer.get_by_label(re.compile(r"^Layer \d+ kind$"))
    count = layers.count()
    press_enter("Layer 4: earlier")
    expect(layers.nth(2)).to_have_value(kind)
    expect(explorer.get_by_role("button", name="Layer 3: earlier")).to_be_focused()
    press_enter("Layer 3: remove")
    expect(layers).to_have_count(count - 1)
    expect(explorer.get_by_role("button", name="Layer 3: remove")).to_be_focused()
    for _ in range(most - count + 1):
        press_enter("Add a layer")
    expect(explorer.get_by_role("button", name="Add a layer")).to_be_disabled()
    for number in range(most, 1, -1):
        press_enter(f"Layer {number}: remove")
    expect(explorer.get_by_role("button", name="Layer 1: remove")).to_be_disabled()
