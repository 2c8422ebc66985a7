"""What lesson 09 runs beforehand: networks of several depths on the digits, each with the best of its rates.

Of the training digits the last 287 are held out; they choose the rate, and accuracies are those of the rest
("training") or of the test digits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn

from cnnlab import data, models, training

HELD_OUT = 287
EPOCHS, BATCH_SIZE, WIDTH = 3, 32, 8


class Accuracies(NamedTuple):
    """Shares of right answers in per cent; the held-out ones come first, for they decide."""

    held_out: float
    train: float
    test: float


class Halved(nn.Module):
    """A module whose output is multiplied by a half."""

    def __init__(self, inner: nn.Module) -> None:
        super().__init__()
        self.inner = inner

    def forward(self, x: Tensor) -> Tensor:
        """Return shape and dtype of what the module gives."""
        return 0.5 * self.inner(x)


def shallow(seed: int) -> dict[str, float]:
    """Return the training accuracy of 8 layers, plain and residual."""
    plain = _best(seed, lambda: _network(8, kind="plain"), rates=(0.03, 0.1))
    residual = _best(seed, lambda: _network(8), rates=(0.03, 0.1))
    return {"plain_8": plain.train, "residual_8": residual.train}


def middle(seed: int) -> dict[str, float]:
    """Return training accuracies of 20 layers, and what relatives of the residual network gain."""
    plain = _best(seed, lambda: _network(20, kind="plain"), rates=(0.01, 0.03))
    residual = _best(seed, lambda: _network(20), rates=(0.03, 0.1))
    projection = _best(seed, lambda: _network(20, shortcut="projection"), rates=(0.03, 0.1))
    pre_activation = _best(seed, lambda: _network(20, kind="pre-activation"), rates=(0.03, 0.1))
    highway = _best(seed, lambda: _network(20, kind="highway"), rates=(0.1, 0.3))
    dense = _best(seed, lambda: models.cifar_densenet(19, growth_rate=6), rates=(0.03, 0.1), channels=3)
    return {
        "plain_20": plain.train,
        "residual_20": residual.train,
        "projection_gain": projection.test - residual.test,
        "pre_activation_gain": pre_activation.test - residual.test,
        "highway_gain": highway.test - residual.test,
        "dense_gain": dense.test - residual.test,
    }


def deep(seed: int) -> dict[str, float]:
    """Return the training accuracy of 56 layers: plain, residual, and what lies between."""
    plain = _best(seed, lambda: _network(56, kind="plain"), rates=(0.003, 0.01, 0.03))
    residual = _best(seed, lambda: _network(56), rates=(0.03, 0.1))
    images, _ = _digits(seed)[0]
    identity = _best(seed, lambda: _handing_on(_network(56, kind="plain"), images), rates=(0.003, 0.01))
    zero_gamma = _best(seed, lambda: models.start_as_identity(_network(56)), rates=(0.03, 0.1))
    half = _best(seed, lambda: _halved(_network(56)), rates=(0.003, 0.03))
    return {
        "plain_56": plain.train,
        "residual_56": residual.train,
        "residual_gain": residual.train - plain.train,
        "identity_against_residual": identity.train - residual.train,
        "zero_gamma": zero_gamma.train,
        "half_shortcut": half.train,
    }


def longer(seed: int) -> dict[str, float]:
    """Return the training accuracy of 56 plain layers that are trained ten times as long."""
    run = _best(seed, lambda: _network(56, kind="plain"), rates=(0.003, 0.01, 0.03), epochs=10 * EPOCHS)
    return {"plain_56_longer": run.train}


def _digits(seed: int, channels: int = 1) -> list[tuple[Tensor, Tensor]]:
    """Return digits to train on, to choose by, and to test on."""
    (images, labels), (test_images, test_labels) = data.digits(size=8, seed=seed)
    parts = [(images[:-HELD_OUT], labels[:-HELD_OUT]), (images[-HELD_OUT:], labels[-HELD_OUT:])]
    return [(x.repeat(1, channels, 1, 1), y) for x, y in [*parts, (test_images, test_labels)]]


def _network(depth: int, kind: str = "residual", shortcut: str = "zeros") -> models.Classifier:
    return models.cifar_resnet(depth, kind=kind, shortcut=shortcut, in_channels=1, width=WIDTH)


def _best(
    seed: int,
    make: Callable[[], nn.Module],
    *,
    rates: Sequence[float],
    epochs: int = EPOCHS,
    channels: int = 1,
) -> Accuracies:
    """Return the accuracies at the rate that is best on the held-out digits."""
    train, held_out, test = _digits(seed, channels)
    runs = []
    for rate in rates:
        torch.manual_seed(seed)
        network = make()
        training.fit(
            network, train, epochs=epochs, batch_size=BATCH_SIZE, learning_rate=rate, seed=seed,
            schedule="one_cycle",
        )  # fmt: skip
        runs.append(Accuracies(*(_right(network, part) for part in (held_out, train, test))))
    return max(runs)


@torch.no_grad()
def _right(network: nn.Module, examples: tuple[Tensor, Tensor]) -> float:
    images, labels = examples
    return 100 * (network(images).argmax(1) == labels).float().mean().item()


def _halved(network: nn.Module) -> nn.Module:
    """Multiply what the shortcut of each block gives by a half."""
    for block in network.modules():
        if isinstance(block, models.BasicBlock):
            block.downsample = Halved(block.downsample or nn.Identity())
    return network


@torch.no_grad()
def _handing_on(network: models.Classifier, images: Tensor) -> nn.Module:
    """Have all blocks but the first of each stage hand on what they get from these images."""
    maps = network[:3](images)
    for stage in (network.layer1, network.layer2, network.layer3):
        first, *others = stage  # type: ignore[misc]
        maps = first(maps)
        mean, variance = maps.mean((0, 2, 3)), maps.var((0, 2, 3))
        for block in others:
            for convolution, norm in ((block.conv1, block.bn1), (block.conv2, block.bn2)):
                nn.init.dirac_(convolution.weight)
                norm.weight.copy_((variance + norm.eps).sqrt())
                norm.bias.copy_(mean)
    return network
