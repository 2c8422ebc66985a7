"""Small models and examples that the tests of training share."""

import torch
from torch import nn


def line(seed=0):
    torch.manual_seed(seed)
    inputs = torch.randn(48, 2)
    return inputs, inputs @ torch.tensor([[2.0], [-1.0]]) + 0.5


def linear(seed=0):
    torch.manual_seed(seed)
    return nn.Linear(2, 1)


def pictures(count=52, classes=3):
    generator = torch.Generator().manual_seed(1)
    images = torch.randint(0, 256, (count, 1, 8, 8), dtype=torch.uint8, generator=generator)
    labels = torch.randint(0, classes, (count,), generator=generator)
    images[torch.arange(count), 0, labels, 0] = 255
    return images, labels


def network(classes=3, seed=0):
    """A model with everything that has a state: dropout, batch norm, weights."""
    torch.manual_seed(seed)
    return nn.Sequential(
        nn.Conv2d(1, 4, 3),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.Dropout(0.2),
        nn.Flatten(),
        nn.Linear(144, classes),
    )


def shift(inputs, generator):
    """An augmentation: each picture moves to the right by a draw of its own."""
    columns = torch.arange(inputs.shape[-1]) - torch.randint(0, 3, (len(inputs), 1), generator=generator)
    index = columns.clamp(min=0)[:, None, None, :].expand(-1, *inputs.shape[1:3], -1)
    return inputs.gather(3, index)


def same(first, second):
    """Whether two models agree to the bit."""
    pairs = zip(first.state_dict().values(), second.state_dict().values(), strict=True)
    return all(torch.equal(a, b) for a, b in pairs)


FULL = {
    "epochs": 4, "batch_size": 8, "learning_rate": 0.05, "schedule": "one_cycle", "nesterov": True,
    "weight_decay": 1e-3, "label_smoothing": 0.1, "clip_norm": 1.0, "augment": shift, "ema": 0.9,
    "patience": 3,
}  # fmt: skip
"""Options under which every part of training has a state to be saved."""
