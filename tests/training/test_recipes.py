"""Options of whole trainings: those of the papers, and accepted by ``fit``."""

import math

import pytest
import torch
from torch import nn

from cnnlab import models, training
from cnnlab.training import recipes
from cnnlab.training.options import Options


def coloured(count):
    """Pictures whose class is a colour, with noise: learned in a few steps."""
    generator = torch.Generator().manual_seed(0)
    labels = torch.randint(3, (count,), generator=generator)
    noise = torch.randn(count, 3, 32, 32, generator=generator)
    return noise + 2 * nn.functional.one_hot(labels, 3)[:, :, None, None], labels


def test_the_rate_falls_where_the_papers_did():
    options = recipes.resnet_2016()
    steps = math.ceil(50_000 / options["batch_size"])
    assert abs(options["epochs"] * steps - 64_000) < steps
    assert all(
        abs(epoch * steps - step) < steps
        for epoch, step in zip(options["milestones"], (32_000, 48_000), strict=True)
    )
    schedule = Options(**options).make_schedule(steps)
    rates = [0.1 * schedule(step) for step in (0, 31_000, 33_000, 47_000, 49_000, 64_000)]
    assert rates == pytest.approx([0.1, 0.1, 0.01, 0.01, 0.001, 0.001])


def test_fewer_epochs_keep_the_shares():
    assert recipes.resnet_2016(8)["milestones"] == (4, 6)
    with pytest.raises(ValueError, match=r"^epochs must be at least 4, got 3$"):
        recipes.resnet_2016(3)


def test_the_published_training_runs():
    options = recipes.resnet_2016(4) | {"batch_size": 16}
    history = training.fit(models.cifar_resnet(8, width=4), coloured(64), **options)
    assert history.learning_rate == pytest.approx([0.1, 0.1, 0.01, 0.001])


def test_the_fast_training_learns_with_every_ingredient():
    torch.manual_seed(0)
    network, (images, labels) = models.fast_resnet(3, width=4), coloured(256)
    models.start_whitened(network.whitening, images)
    whitened = network.whitening.weight.clone()
    options = recipes.fast_cifar(6, batch_size=32, mixed_precision=None)
    history = training.fit(network, (images[:192], labels[:192]), **options)
    found = training.evaluate(models.Mirrored(network), (images[192:], labels[192:]))
    assert found.accuracy > 0.9
    assert history.train_loss[-1] < history.train_loss[0]
    assert torch.equal(network.whitening.weight, whitened)
    norms = [part for part in network.modules() if isinstance(part, nn.BatchNorm2d)]
    assert all((norm.weight == 1).all() and norm.bias.abs().max() > 0 for norm in norms)


def test_only_biases_of_batch_norm_are_quick_and_decay_as_much_as_the_others():
    network, options = models.fast_resnet(width=4), recipes.fast_cifar()
    others, quick = options["groups"](network)
    assert sorted(map(id, quick["params"])) == sorted(
        id(part.bias) for part in network.modules() if isinstance(part, nn.BatchNorm2d)
    )
    assert quick["lr"] == 64 * options["learning_rate"]
    decays = options["learning_rate"] * options["weight_decay"], quick["lr"] * quick["weight_decay"]
    assert decays[0] == pytest.approx(decays[1])
    assert len(others["params"]) + len(quick["params"]) == len(list(network.parameters()))
