import pytest
import torch
from torch.optim import lr_scheduler

from cnnlab.training import schedules


def factors(make, steps):
    """What PyTorch's own scheduler, the judge, does to a rate of 1."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler, found = make(optimizer), []
    for _ in range(steps):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step() if len(found) < steps else None
    return found


@pytest.mark.parametrize("steps", [4, 10, 37])
def test_one_cycle_is_pytorchs(steps):
    judge = factors(
        lambda it: lr_scheduler.OneCycleLR(it, 1.0, total_steps=steps, cycle_momentum=False), steps
    )
    schedule = schedules.one_cycle(steps)
    assert [schedule(step) for step in range(steps)] == pytest.approx(judge, abs=1e-12)


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_one_cycle_too_short_to_rise_starts_at_the_top(steps):
    assert schedules.one_cycle(steps)(0) == 1


def test_cosine_is_pytorchs():
    judge = factors(lambda it: lr_scheduler.CosineAnnealingLR(it, T_max=12), 12)
    schedule = schedules.cosine(12)
    assert [schedule(step) for step in range(12)] == pytest.approx(judge, abs=1e-12)


def test_steps_are_pytorchs_with_milestones_in_epochs():
    judge = factors(lambda it: lr_scheduler.MultiStepLR(it, [6, 12], gamma=0.2), 15)
    schedule = schedules.step([2, 4], 0.2, steps_per_epoch=3)
    assert [schedule(step) for step in range(15)] == pytest.approx(judge)


def test_constant_is_one():
    assert {schedules.constant()(step) for step in range(5)} == {1.0}
