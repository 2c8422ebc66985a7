"""Networks taken over: the same body, the same numbers and the same new head on either device."""

import torch
from torch import nn

from tests.devices.cases import Case, draw

PICTURES = draw(4, 1, 9, 7, seed=21)
FEATURES = draw(12, 3, seed=22)
TARGETS = torch.arange(12) % 3


def network(like):
    """Two smooth convolutions and a last layer, drawn on the CPU."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(6)
        layers = nn.Conv2d(1, 4, 3, padding=1), nn.Tanh(), nn.Conv2d(4, 2, 3), nn.Flatten(), nn.Linear(70, 3)
        return nn.Sequential(*layers).to(like)


def numbers(model):
    return [weight.detach() for weight in model.parameters()]


def frozen(freeze, images):
    """What frozen batch norm makes of pictures in training mode: its running statistics are not theirs."""
    norm = nn.BatchNorm2d(1).to(images)
    norm.running_mean.fill_(0.25)
    norm.running_var.fill_(2.0)
    return freeze(norm).train()(images)


def new_head(replace_head, like):
    return numbers(replace_head(network(like), 5, generator=torch.Generator().manual_seed(7)))


CASES = [
    Case("transfer.freeze", (PICTURES,), through=frozen),
    Case(
        "transfer.cut",
        (PICTURES,),
        through=lambda cut, images: cut(network(images), 2)(images),
        products="network",
    ),
    Case(
        "transfer.features",
        (PICTURES,),
        {"batch_size": 3, "pool": 2},
        through=lambda features, images, **options: features(network(images)[:3], images, **options),
        products="network",
        gradients=False,
    ),
    Case("transfer.replace_head", (PICTURES,), through=new_head, gradients=False),
    Case(
        "transfer.permuted",
        (PICTURES,),
        through=lambda permuted, like: numbers(permuted(network(like), 8)),
        gradients=False,
    ),
    Case(
        "transfer.linear_probe",
        (FEATURES, TARGETS),
        {"num_classes": 3, "weight_decay": 0.1},
        through=lambda probe, *inputs, **options: numbers(probe(*inputs, **options)),
        gradients=False,
    ),
]
