"""The parts of which the experiments of the lesson on transfer learning are made."""

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from cnnlab.lessons.transfer import sweep


def test_the_two_tasks_share_no_shape():
    assert not set(sweep.OLD) & set(sweep.NEW)


def test_few_takes_the_first_of_each_class():
    labels = torch.tensor([0, 1, 1, 0, 1, 0])
    images, kept = sweep.few((torch.arange(6.0), labels), 2)
    assert_close(images, torch.tensor([0.0, 3, 1, 2]))
    assert kept.tolist() == [0, 0, 1, 1]


def test_a_task_has_three_parts_without_a_common_picture():
    parts = [images for images, _ in sweep.task(sweep.NEW, 0)]
    assert [len(part) for part in parts] == [300, 120, 600]
    assert len(torch.cat(parts).flatten(1).unique(dim=0)) == 1020


def test_the_body_gives_512_features():
    assert sweep.network(0)[:5](torch.zeros(2, 3, 32, 32)).shape == (2, 512)


@pytest.mark.parametrize(("examples", "batch", "epochs"), [(6, 6, 20), (64, 32, 10)])
def test_fit_makes_about_so_many_steps(examples, batch, epochs, monkeypatch):
    seen = {}
    monkeypatch.setattr(sweep.training, "fit", lambda model, data, **options: seen.update(options))
    sweep.fit(nn.Identity(), (torch.zeros(examples, 1), torch.zeros(examples)), 0.1, 20, 0)
    assert (seen["batch_size"], seen["epochs"]) == (batch, epochs)


def test_tuning_leaves_the_source_as_it_is_and_takes_what_the_first_part_chooses(monkeypatch):
    start = sweep.network(0)
    before = {name: value.clone() for name, value in start.state_dict().items()}
    monkeypatch.setattr(
        sweep, "fit", lambda model, data, rate, *rest, **options: model[5].bias.data.fill_(rate)
    )
    chosen, test = (torch.zeros(1), torch.zeros(1)), (torch.ones(1), torch.ones(1))
    reads = {(0.1, 0): 60.0, (0.1, 1): 70.0, (0.3, 0): 80.0, (0.3, 1): 50.0}
    monkeypatch.setattr(
        sweep, "accuracy", lambda model, part: reads[round(model[5].bias[0].item(), 1), int(part[1][0])]
    )
    few = torch.zeros(6, 3, 32, 32), torch.arange(6)
    assert sweep.tuned(start, few, [chosen, test], 0, (0.1, 0.3)) == (80.0, 50.0)
    for name, value in start.state_dict().items():
        assert_close(value, before[name])


def test_statistics_gathered_anew_are_means_over_the_batches():
    model, x = nn.Sequential(nn.BatchNorm2d(1)), torch.arange(16.0).view(4, 1, 2, 2)
    model.train()(100 + x)
    assert_close(sweep.gathered(model, x)[0].running_mean, torch.tensor([7.5]))
    assert not model.training
