import numpy as np
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


def one_cycle(steps):
    return lambda it: lr_scheduler.OneCycleLR(it, 1.0, total_steps=steps, cycle_momentum=False)


@pytest.mark.parametrize(
    ("schedule", "judge", "steps"),
    [
        *((schedules.one_cycle(steps), one_cycle(steps), steps) for steps in (4, 10, 37)),
        (schedules.cosine(12), lambda it: lr_scheduler.CosineAnnealingLR(it, T_max=12), 12),
        # Its milestones are epochs, of three steps each.
        (schedules.step([2, 4], 0.2, 3), lambda it: lr_scheduler.MultiStepLR(it, [6, 12], gamma=0.2), 15),
        (schedules.constant(), lambda it: lr_scheduler.ConstantLR(it, factor=1.0), 5),
    ],
)
def test_each_schedule_is_pytorchs(schedule, judge, steps):
    assert [schedule(step) for step in range(steps)] == pytest.approx(factors(judge, steps), abs=1e-12)


@pytest.mark.parametrize("steps", [9, 10, 37])
def test_a_triangle_is_two_straight_lines(steps):
    schedule, places = schedules.triangle(steps, rise=0.4, start=0.3, end=0.1), np.arange(steps)
    expected = np.interp(places, [0, 0.4 * (steps - 1), steps - 1], [0.3, 1, 0.1])
    assert [schedule(step) for step in places.tolist()] == pytest.approx(expected.tolist())


def test_the_shortest_triangle_is_its_top():
    assert schedules.triangle(1)(0) == 1


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_one_cycle_too_short_to_rise_starts_at_the_top(steps):
    assert schedules.one_cycle(steps)(0) == 1
