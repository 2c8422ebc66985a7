"""The ends of what is drawn are kept even by the least and the greatest share that chance can give."""

import pytest
import torch

from cnnlab.augmentation import draws

LEAST, GREATEST = 0.0, 1 - 2**-24


@pytest.fixture
def share(monkeypatch):
    def fix(value):
        monkeypatch.setattr(draws, "_shares", lambda count, generator: torch.full((count,), value))

    return fix


@pytest.mark.parametrize("high", [0, 1, 31, 32, 1000, torch.tensor([5, 32])])
def test_whole_numbers_end_at_both_ends(share, high):
    share(GREATEST)
    assert torch.equal(draws.whole(0, high, 2, None), torch.as_tensor(high).expand(2))
    share(LEAST)
    assert draws.whole(-3, high, 2, None).tolist() == [-3, -3]


def test_the_greatest_share_of_a_count_stays_below_it():
    high = torch.arange(2**20)
    assert torch.equal((torch.tensor(GREATEST) * (high + 1)).long(), high)


@pytest.mark.parametrize("ends", [(0.0, 0.0), (2.4, 2.6), (-17.3, -15.6), (-15.0, 15.0), (1e-3, 1e6)])
def test_uniform_numbers_end_at_both_ends(share, ends):
    low, high = torch.tensor(ends)
    for value, end in ((LEAST, low), (GREATEST, high)):
        share(value)
        drawn = draws.uniform(ends, 1, None)
        assert low <= drawn <= high
        assert drawn.item() == pytest.approx(end.item(), rel=1e-6)


def test_chance_0_never_happens_and_chance_1_always(share):
    share(LEAST)
    assert not draws.happens(0, 1, None)
    share(GREATEST)
    assert draws.happens(1, 1, None)
