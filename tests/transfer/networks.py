"""Networks of torchvision with random weights, the same each time, and small pictures for them."""

from functools import cache

import torch
from torch import nn
from torchvision import models

# The layer before pooling, and how many numbers it makes of a picture of 64 x 64.
BODIES = {
    "resnet18": ("layer4", (512, 2, 2)),
    "squeezenet1_1": ("features", (512, 3, 3)),
    "mobilenet_v2": ("features", (1280, 2, 2)),
}


@cache
def _made(name):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return getattr(models, name)().state_dict()


def network(name):
    with torch.device("meta"):  # to draw weights that are replaced takes long
        model = getattr(models, name)()
    weights = {key: value.clone() for key, value in _made(name).items()}
    model.load_state_dict(weights, assign=True)
    return model


def pictures(count=4, size=64):
    return torch.rand(count, 3, size, size, generator=torch.Generator().manual_seed(2))


def caught(model, layer, images):
    """What a layer returns inside of its model, in evaluation mode, taken before what follows changes it."""
    kept = []
    hook = model.get_submodule(layer).register_forward_hook(
        lambda part, given, made: kept.append(made.clone())
    )
    with torch.no_grad():
        model.eval()(images)
    hook.remove()
    return kept[-1]


def small(dropout=0.5):
    """Two stages with batch norm and dropout, for pictures of one channel, 6 x 6."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        stages = [
            nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU()),
            nn.Sequential(nn.Conv2d(4, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Dropout(dropout)),
        ]
        return nn.Sequential(*stages, nn.Flatten(), nn.Linear(16, 3))


def numbers(module):
    """All weights and buffers as they are now."""
    return {name: value.clone() for name, value in module.state_dict().items()}


def moved(before, module):
    """Names of the numbers that are no longer what they were before."""
    return {name for name, value in module.state_dict().items() if not torch.equal(value, before[name])}
