"""The ResnetTable explorer in an exported page: its numbers are the library's."""

import pytest
from playwright.sync_api import expect

from cnnlab.explorers import ResnetTable

from .conftest import opened
from .controls import choose, press, type_in

pytestmark = pytest.mark.browser

table = opened(ResnetTable)


def told(table):
    """Output, parameters and multiply-adds of every part as the browser tells them."""
    rows = table.locator("tbody tr").all()
    results = [row.locator(".result").all_inner_texts() for row in rows]
    return [[shape, *(words.strip() for words in counts)] for shape, _, *counts in results]


def expected(explorer):
    """What the table must tell."""
    return [
        ["×".join(map(str, row.shape)), f"{row.parameters:,}", f"{row.multiply_adds / 1e9:.3f}\u00a0G"]
        for row in explorer.rows()
    ]


@pytest.mark.parametrize("name", ResnetTable().presets)
def test_the_presets_agree_with_python(table, name):
    explorer = ResnetTable(**ResnetTable().presets[name])
    choose(table, "Network", name)
    assert told(table) == expected(explorer)
    total = f"{name}: {explorer.depth()} layers with weights, {explorer.parameters():,} parameters, "
    expect(table).to_contain_text(f"{total}{explorer.multiply_adds() / 1e9:.3f}\u00a0G multiply-adds")
    expect(table.get_by_label("Stride 2 in")).to_be_visible(visible=explorer.depth() >= 50)


def test_an_edited_network_agrees_with_python(table):
    type_in(table, "Stage 1 blocks", 5)
    choose(table, "Stage 3 kind", "bottleneck")
    choose(table, "Stride 2 in", "1x1")
    choose(table, "Picture size", "96")
    press(table, "Take from stage 3")
    kinds = ["basic", "basic", "bottleneck", "basic"]
    options = {"stride_in": "1x1", "input_size": 96, "stage": 3}
    assert told(table) == expected(ResnetTable((5, 2, 1, 2), kinds, **options))
    expect(table.get_by_role("button", name="Take from stage 3")).to_be_disabled()
    expect(table.get_by_role("combobox", name="Network", exact=True)).to_have_value("own")
    expect(table).to_contain_text(
        "Stage 3: 1 bottleneck block of 3 layers. The first, whose shortcut is a 1×1"
    )


def test_keys_choose_a_stage_and_change_its_blocks(table):
    expect(table).to_contain_text("Each has 73,984 parameters; no shortcut needs weights.")
    area = table.get_by_role("group", name="Table. Up and down")
    for key in (
        "ArrowUp",
        "ArrowDown",
        "ArrowDown",
        "ArrowRight",
        "ArrowRight",
        "ArrowLeft",
        "End",
        "ArrowRight",
    ):
        area.press(key)
    expect(table).to_contain_text("Stage 4: 3 basic blocks of 2 layers. The first, whose shortcut is a 1×1")
    assert told(table) == expected(ResnetTable((2, 2, 3, 3)))


def test_typing_in_a_stage_chooses_it(table):
    table.get_by_label("Stage 2 blocks").focus()
    expect(table).to_contain_text("Stage 2: 2 basic blocks")
    expect(table.locator("tr.chosen")).to_contain_text("stage 2")
