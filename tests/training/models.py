"""Small models, examples and judges that the tests of training share."""

import copy

import pytest
import torch
from torch import nn

from cnnlab import training


def line(seed=0):
    torch.manual_seed(seed)
    inputs = torch.randn(48, 2)
    return inputs, inputs @ torch.tensor([[2.0], [-1.0]]) + 0.5


def linear(seed=0):
    torch.manual_seed(seed)
    return nn.Linear(2, 1)


def two_layers():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 1))


def by_layer(model):
    """Groups of weights: the first layer's learn at a rate of their own."""
    return [{"params": model[0].parameters(), "lr": 0.01}, {"params": model[1].parameters()}]


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


class Labelled(torch.utils.data.Dataset):
    """Examples that list no targets."""

    def __init__(self, inputs, targets):
        self.inputs, self.answers = inputs, targets

    def __len__(self):
        return len(self.inputs)

    def __getitem__(self, index):
        return self.inputs[index], self.answers[index]


def twice(items):
    """Put examples together in a way of one's own."""
    return torch.stack([image for image, _ in items]) * 2, torch.stack([label for _, label in items])


def shift(inputs, generator):
    """An augmentation: each picture moves to the right by a draw of its own."""
    columns = torch.arange(inputs.shape[-1]) - torch.randint(0, 3, (len(inputs), 1), generator=generator)
    index = columns.clamp(min=0)[:, None, None, :].expand(-1, *inputs.shape[1:3], -1)
    return inputs.gather(3, index)


def same(first, second):
    """Whether two models agree to the bit."""
    pairs = zip(first.state_dict().values(), second.state_dict().values(), strict=True)
    return all(torch.equal(a, b) for a, b in pairs)


def refused(model, train, test=None, *, error=ValueError, **options):
    """Return the sentence with which training is refused, after a look at what it left."""
    before, state = copy.deepcopy(model), torch.get_rng_state()
    with pytest.raises(error) as caught:
        training.fit(model, train, test, **({"epochs": 1} | options))
    assert same(model, before)
    assert torch.equal(state, torch.get_rng_state())
    assert [part.training for part in model.modules()] == [part.training for part in before.modules()]
    assert all(weight.grad is None for weight in model.parameters())
    assert "\n" not in str(caught.value)
    return str(caught.value)


def sgd(model):
    """The optimizer that ``fit`` takes where nothing is said."""
    return torch.optim.SGD(model.parameters(), 0.1, 0.9)


def textbook(
    model, inputs, targets, make, *, epochs=3, loss=nn.functional.mse_loss,
    factor=lambda step: 1.0, clip=None, attack=lambda model, inputs, targets: inputs,
):  # fmt: skip
    """The loop of a textbook, as the judge of ``fit`` with batches of 16; ``make`` makes the optimizer."""
    optimizer, shuffler, step = make(model), torch.Generator().manual_seed(0), 0
    rates = [group["lr"] for group in optimizer.param_groups]
    for _ in range(epochs):
        for batch in torch.randperm(len(inputs), generator=shuffler).split(16):
            shown = attack(model, inputs[batch], targets[batch]).detach()
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * factor(step)
            optimizer.zero_grad()
            loss(model(shown), targets[batch]).backward()
            if clip:
                nn.utils.clip_grad_norm_(model.parameters(), clip)
            optimizer.step()
            step += 1


FULL = {
    "epochs": 4, "batch_size": 8, "learning_rate": 0.05, "schedule": "one_cycle", "nesterov": True,
    "weight_decay": 1e-3, "label_smoothing": 0.1, "clip_norm": 1.0, "augment": shift, "ema": 0.9,
    "patience": 3,
}  # fmt: skip
"""Options under which every part of training has a state to be saved."""
