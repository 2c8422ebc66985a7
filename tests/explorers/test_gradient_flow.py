"""GradientFlow: four measured networks of each depth, first over last, and the chosen depth on paper."""

import numpy as np
import pytest
import torch

from cnnlab.explorers import GradientFlow
from cnnlab.explorers.gradient_flow.norms import KINDS, ratio_span, read, span

ARMS = [(kind, batch_norm) for kind in KINDS for batch_norm in (True, False)]
SCALES = dict(zip(ARMS, (1.0, 2.0, 0.5, 1e-8), strict=True))
NORMS = {
    (depth, *arm): [SCALES[arm] * base**place for place in range(depth - 1)]
    for depth in (20, 8)
    for arm, base in zip(ARMS, (1, 0.5, 1.25, 2), strict=True)
}


def test_records_are_in_one_order_and_rounded():
    records = read({key: torch.tensor(norms) / 3 for key, norms in reversed(NORMS.items())})
    assert [(record["depth"], record["kind"], record["batch_norm"]) for record in records] == [
        (depth, *arm) for depth in (8, 20) for arm in ARMS
    ]
    assert records[0]["norms"] == [0.3333] * 7


@pytest.mark.parametrize(("kind", "batch_norm"), ARMS)
def test_the_chosen_network_is_the_one_asked_for(kind, batch_norm):
    flow = GradientFlow(NORMS, 20, kind == "residual", batch_norm)
    assert flow.chosen()["norms"] == pytest.approx(NORMS[20, kind, batch_norm], rel=1e-3)
    assert flow.ratio() == pytest.approx(
        NORMS[20, kind, batch_norm][0] / NORMS[20, kind, batch_norm][-1], rel=1e-3
    )


def test_words_tell_both_ends_and_all_four_ratios():
    flow = GradientFlow(NORMS)
    flow.batch_norm = False
    assert flow.describe() == (
        "Depth 8, residual without batch norm: the gradient's norm is 2 at the first convolution and 0.0312 "
        "at the last; first over last is 64. First over last of the others: residual with batch norm 1, "
        "plain with batch norm 0.262, plain without batch norm 0.0156."
    )


def test_as_many_norms_as_are_taken_fit_into_a_notebook():
    draw = np.random.default_rng(0)
    norms = {(depth, *arm): draw.random(125) / 1e9 for depth in range(1, 9) for arm in ARMS}
    state = GradientFlow(norms).get_state()
    assert max(len(str(value)) for value in state.values()) < 50_000


def test_a_last_norm_of_zero_has_no_ratio():
    flow = GradientFlow(NORMS | {(8, "plain", True): [1, 0]}, shortcut=False)
    assert flow.ratio() is None
    assert "first over last is not a number, for the last is 0." in flow.describe()


def test_the_picture_holds_every_norm_but_zero():
    records = read(NORMS | {(8, "plain", True): [1, 0], (8, "plain", False): [0, 1]})
    low, high = span(records)
    assert low < 1e-8
    assert high > 0.5 * 1.25**18
    least, most = ratio_span(records)
    assert least < 2**-18
    assert most > 2**18
    low, high = span(read({(8, *arm): [0, 0] for arm in ARMS}))
    assert low < high


def test_the_twin_has_the_four_networks_of_the_chosen_depth(twin):
    (ax,) = twin(GradientFlow(NORMS, 20)).axes
    assert ax.get_title() == "depth 20"
    for line, arm in zip(ax.lines, ARMS, strict=True):
        np.testing.assert_allclose(line.get_ydata(), NORMS[20, *arm], rtol=1e-3)


def test_names_that_would_cover_each_other_move_apart(twin):
    (ax,) = twin(GradientFlow({(8, *arm): [1, 0] for arm in ARMS})).axes
    heights = sorted(np.log(text.get_position()[1]) for text in ax.texts)
    assert np.diff(heights).min() > 0.05 * np.ptp(np.log(ax.get_ylim()))
