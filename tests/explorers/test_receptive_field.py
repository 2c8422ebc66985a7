"""What the ReceptiveField explorer says a unit sees is what torch's gradients reach."""

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnnlab.explorers import ReceptiveField
from cnnlab.explorers.receptive_field.stack import feeding, levels
from cnnlab.explorers.receptive_field.widget import RANGES

CONV = {"kind": "conv", "kernel_size": 3}
conv = st.fixed_dictionaries(
    {name: st.integers(limit.low, min(limit.high, 5)) for name, limit in RANGES.items()}
)


def reached_by_gradient(layers, input_size, unit):
    """The input cells whose change would move the unit."""
    cells = torch.zeros(1, 1, input_size, dtype=torch.float64, requires_grad=True)
    signal = cells
    for layer in layers:
        options = {name: layer[name] for name in ("stride", "padding", "dilation")}
        kernel = torch.ones(1, 1, layer["kernel_size"], dtype=torch.float64)
        signal = torch.nn.functional.conv1d(signal, kernel, **options)
    signal[0, 0, unit].backward()
    return signal.shape[-1], cells.grad[0, 0].nonzero()[:, 0].tolist()


@settings(deadline=None)
@given(st.lists(conv, min_size=1, max_size=4), st.integers(1, 64), st.data())
def test_the_cells_that_feed_a_unit_are_those_its_gradient_reaches(layers, input_size, data):
    found = levels(layers, input_size)
    assume(len(found) > len(layers))
    unit = data.draw(st.integers(0, found[-1].length - 1))
    length, reached = reached_by_gradient(layers, input_size, unit)
    seen = feeding(layers, [level.length for level in found], unit)[0]
    assert found[-1].length == length
    assert [cell for cell in seen if 0 <= cell < input_size] == reached
    first = found[-1].start + unit * found[-1].jump
    assert all(first <= cell < first + found[-1].field for cell in seen)


@settings(deadline=None)
@given(st.lists(conv, min_size=1, max_size=3))
def test_the_field_runs_from_the_first_to_the_last_cell_seen(layers):
    layers = [layer | {"padding": 0} for layer in layers]
    found = levels(layers, 600)
    seen = feeding(layers, [level.length for level in found], 1)[0] if found[-1].length > 1 else None
    assume(seen)
    assert seen[0] == found[-1].start + found[-1].jump
    assert seen[-1] - seen[0] + 1 == found[-1].field


def test_the_default_stack_sees_eight_cells():
    found = ReceptiveField().levels()
    assert [level.field for level in found] == [1, 3, 5, 7, 8]
    assert [level.length for level in found] == [16, 14, 12, 10, 5]
    assert found[-1].jump == 2


def test_it_starts_at_the_first_layer_in_the_middle():
    explorer = ReceptiveField()
    assert (explorer.layer, explorer.unit, explorer.reached) == (1, 7, 1)
    words = "Layer 1, unit 7: it sees input cells 7 to 9, a receptive field of 3."
    assert explorer.describe() == words


def test_climbing_reaches_layers_and_going_down_hides_none():
    explorer = ReceptiveField()
    explorer.layer = 4
    assert (explorer.unit, explorer.reached) == (4, 4)
    explorer.layer = 1
    assert explorer.reached == 4


def test_a_stack_that_was_wholly_shown_stays_so():
    explorer = ReceptiveField([CONV])
    explorer.layers = [CONV, CONV]
    assert explorer.reached == 2
    part = ReceptiveField([CONV, CONV])
    part.layers = [CONV, CONV, CONV]
    assert part.reached == 1


def test_a_layer_that_does_not_fit_is_named():
    explorer = ReceptiveField(input_size=5)
    assert explorer.describe().endswith("Layer 3 does not fit: it spans 3 cells, its padded input has 1.")
    explorer.input_size = 2
    assert explorer.layer == 0
    assert explorer.describe().endswith("Layer 1 does not fit: it spans 3 cells, its padded input has 2.")
    explorer.input_size = 9
    assert (explorer.layer, explorer.unit) == (1, 1)


def test_twin_marks_the_cells_that_one_unit_sees(twin):
    (ax,) = twin(ReceptiveField()).axes
    assert ax.get_title() == "unit 2 of the top row: receptive field of 8"
    seen = [line for line in ax.lines if line.get_label().startswith("cells seen")]
    assert [len(line.get_xdata()) for line in seen] == [8, 6, 4, 2, 1]


@pytest.mark.parametrize(
    "explorer",
    [
        ReceptiveField(input_size=2),
        ReceptiveField([{"kind": "conv", "kernel_size": 1, "padding": 4}, CONV], 1),
    ],
)
def test_odd_stacks_have_a_twin(explorer, twin):
    assert twin(explorer).axes[0].lines
