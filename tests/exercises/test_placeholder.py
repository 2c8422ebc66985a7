import copy
import math
import pickle

import numpy as np
import pytest
import torch

from cnnlab.exercises import YOUR_TURN


@pytest.mark.parametrize(
    "use",
    [
        lambda x: x + 1,
        lambda x: 1 - x,
        lambda x: -x,
        lambda x: x[0],
        lambda x: x(3).mean(dim=0).item(),
        lambda x: x @ torch.ones(2),
        lambda x: torch.ones(2) + x,
        lambda x: np.ones(2) * x,
        lambda x: np.float64(2) ** x,
        lambda x: torch.sum(x),
        lambda x: torch.nn.functional.conv1d(torch.ones(1, 1, 3), x),
        lambda x: np.convolve(x, [1, 2]),
        lambda x: np.sqrt(x),
        lambda x: round(x, 2),
        lambda x: abs(x),
        copy.copy,
        copy.deepcopy,
        lambda x: pickle.loads(pickle.dumps(x)),  # its own bytes
    ],
)
def test_whatever_is_done_with_it_gives_it_back(use):
    assert use(YOUR_TURN) is YOUR_TURN


def test_loops_over_it_end():
    assert list(YOUR_TURN) == [] == list(range(YOUR_TURN))
    assert len(YOUR_TURN) == 0
    assert not YOUR_TURN
    assert not (YOUR_TURN > 0)
    assert not (YOUR_TURN <= 0)


def test_it_can_be_printed_and_plotted():
    YOUR_TURN[0] = 1
    assert f"{YOUR_TURN:.3f} {YOUR_TURN}" == "your turn your turn"
    assert math.isnan(float(YOUR_TURN))


def test_it_equals_only_itself():
    assert YOUR_TURN == YOUR_TURN
    assert YOUR_TURN != 0


def test_it_answers_no_protocol_that_it_does_not_have():
    with pytest.raises(AttributeError, match="_repr_html_"):
        YOUR_TURN._repr_html_()
