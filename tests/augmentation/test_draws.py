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


@pytest.mark.parametrize("high", [torch.tensor([0, 1]), torch.tensor([5, 32]), torch.arange(2**20)])
def test_whole_numbers_end_at_both_ends(share, high):
    share(GREATEST)
    assert torch.equal(draws.whole(0, high, len(high), None), high)
    share(LEAST)
    assert (draws.whole(-3, high, len(high), None) == -3).all()


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
