"""Layer tables: rows in order, totals, branches, text."""

import sys

import pytest
from hypothesis import given, reject, settings
from torch import nn

from cnnlab.geometry import (
    Add,
    BatchNorm,
    Conv,
    Dense,
    Flatten,
    LayerRow,
    Pointwise,
    Pool,
    from_module,
    layer_table,
    receptive_field,
)
from tests.geometry.networks import networks

CHAIN = [Conv(1, 6, 5), Pointwise(), Pool(2), Flatten(), Dense(6 * 14 * 14, 10)]


def test_each_row_says_what_its_layer_gives_learns_computes_and_sees():
    assert layer_table(CHAIN, (1, 32, 32)).rows == (
        LayerRow("0", "Conv", (6, 28, 28), 156, 4704, 117_600, (5, 5)),
        LayerRow("1", "Pointwise", (6, 28, 28), 0, 4704, 0, (5, 5)),
        LayerRow("2", "Pool", (6, 14, 14), 0, 1176, 0, (6, 6)),
        LayerRow("3", "Flatten", (1176, 1, 1), 0, 1176, 0, (32, 32)),
        LayerRow("4", "Dense", (10, 1, 1), 11_770, 10, 11_760, (32, 32)),
    )


def test_totals_are_the_sums_of_the_columns():
    table = layer_table(CHAIN, (1, 32, 32))
    assert (table.parameters, table.activations, table.multiply_adds) == (11_926, 11_770, 129_360)


def test_a_compact_table_leaves_out_what_only_passes_on():
    table = layer_table(CHAIN, (1, 32, 32), compact=True)
    assert [row.name for row in table.rows] == ["0", "2", "4"]
    assert table.parameters == 11_926
    assert table.activations == 4704 + 1176 + 10


def test_a_module_is_read_and_pictures_need_not_be_square():
    module = nn.Sequential(nn.Conv2d(3, 4, (3, 1)), nn.AdaptiveAvgPool2d(2))
    first, second = layer_table(module, (3, 10, 6)).rows
    assert (first.shape, first.multiply_adds, first.receptive_field) == ((4, 8, 6), 3 * 4 * 3 * 48, (3, 1))
    assert (second.shape, second.receptive_field) == ((4, 2, 2), (6, 3))


def test_branches_are_rows_too_and_a_sum_sees_the_farthest():
    graph = {"conv": (Conv(8, 8, 3, padding=1), ["input"]), "sum": (Add(), ["conv", "input"])}
    rows = layer_table(graph, (8, 4, 4)).rows
    assert [(row.kind, row.receptive_field) for row in rows] == [("Conv", (3, 3)), ("Add", (3, 3))]


@settings(max_examples=100, deadline=None)
@given(networks())
def test_every_row_sees_what_receptive_field_says(network):
    try:
        graph = from_module(network, (40, 37))
        rows = layer_table(graph, (1, 40, 37)).rows
    except ValueError:  # a kernel that does not fit, or branches that drift apart
        reject()
    for row in rows:
        assert row.receptive_field == receptive_field(graph, (40, 37), output=row.name).size


def residual(blocks):
    """A graph of two layers and a sum a block."""
    graph, last = {}, "input"
    for block in range(blocks):
        graph[f"conv{block}"] = Conv(4, 4, 3, padding=1), [last]
        graph[f"norm{block}"] = BatchNorm(4), [f"conv{block}"]
        graph[f"sum{block}"] = Add(), [f"norm{block}", last]
        last = f"sum{block}"
    return graph


def calls(graph):
    """How many functions of geometry a table calls."""
    counted = 0

    def count(frame, event, _):
        nonlocal counted
        counted += event == "call" and "geometry" in frame.f_code.co_filename

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        layer_table(graph, (4, 9, 9))
    finally:
        sys.setprofile(before)
    return counted


def test_twice_as_deep_is_twice_the_work():
    layer_table(residual(1), (4, 9, 9))
    assert calls(residual(40)) <= 2.1 * calls(residual(20))


def test_the_text_is_aligned_and_ends_in_the_totals():
    lines = str(layer_table(CHAIN, (1, 32, 32), compact=True)).splitlines()
    assert " ".join(lines[0].split()) == "layer kind shape parameters activations multiply-adds field"
    assert lines[-1].split() == ["total", "11,926", "5,890", "129,360"]
    edge = lines[0].index("parameters") + len("parameters")
    assert [line[:edge].split()[-1] for line in lines[1:]] == ["156", "0", "11,770", "11,926"]
    assert all(line[edge] == " " for line in lines)


@pytest.mark.parametrize(
    ("network", "shape", "error", "message"),
    [
        (CHAIN, 32, TypeError, r"^input_shape must be \(C, H, W\), got 32$"),
        (CHAIN, (32, 32), TypeError, r"^input_shape must be \(C, H, W\), got \(32, 32\)$"),
        (CHAIN, (1, 0, 32), ValueError, "^input_shape must be positive, got 0$"),
        (CHAIN, (1, 28, 28), ValueError, "^layer '4': in_features must be"),
        (["conv"], (1, 8, 8), TypeError, "must be one of cnnlab.geometry's, got str$"),
        (nn.GroupNorm(1, 1), (1, 8, 8), ValueError, "got GroupNorm at"),
    ],
)
def test_each_mistake_is_named_in_one_sentence(network, shape, error, message):
    with pytest.raises(error, match=message):
        layer_table(network, shape)
