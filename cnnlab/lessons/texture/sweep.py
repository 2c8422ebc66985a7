"""What lesson 12 trains beforehand: two networks on pictures in which shape and texture agree, or do not.

Each arm keeps that of its rates with the lowest loss on 300 further pictures of its kind. Biases are of 600
conflict pictures. At shares of 0, 10 and 100 % rates of 0.1 and 3 were never best (two seeds); for faint or
altered pictures they were not tried. Shapes turned by at most 30 degrees, tried first, had biases up to 43 %.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from cnnlab import data, models, shape_bias, training
from cnnlab.augmentation import RandomFlip

SHAPES = ("disc", "triangle", "ring", "cross", "bar", "heart")
TEXTURES = ("stripes", "checks", "dots", "grid", "noise", "waves")
COUNT, HELD_OUT, TESTED, EPOCHS = 1200, 300, 600, 4
RATES, MLP_RATES = (0.3, 1.0), (0.01, 0.03)
SHARES = (0, 2, 5, 10, 25, 50)


class Pictures(NamedTuple):
    """Pictures (N, 3, H, W), less 0.25 and over 0.25, and the label of either cue, (N,)."""

    images: Tensor
    shapes: Tensor
    textures: Tensor


def draw(cues: str, count: int, seed: int, **ranges: tuple[float, float]) -> Pictures:
    """Return pictures of the lesson's six shapes and textures."""
    drawn = data.shapes(
        count, size=32, cues=cues, shapes=SHAPES, textures=TEXTURES, ranges=data.Ranges(**ranges), seed=seed
    )
    return Pictures((drawn.images - 0.25) / 0.25, drawn.shape_labels, drawn.texture_labels)


def cnn() -> nn.Sequential:
    """Return the lesson's network: four convolutions, the mean of each channel, a dense layer."""
    layers: list[nn.Module] = []
    for inputs, outputs, stride in ((3, 16, 2), (16, 32, 1), (32, 32, 1), (32, 32, 1)):
        convolution = nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False)
        layers += [convolution, nn.BatchNorm2d(outputs), nn.ReLU()]
        layers += [nn.MaxPool2d(2)] if outputs == 32 else []
    layers[-1] = nn.AdaptiveAvgPool2d(1)
    network = nn.Sequential(*layers, nn.Flatten(), nn.Linear(32, 6))
    return models.draw_as_he(network)  # type: ignore[arg-type]


def mlp() -> nn.Module:
    """Return two dense layers of 256 and one of 6 units."""
    return models.mlp(6, in_channels=3, hidden_features=(256, 256))


def tuned(
    seed: int,
    parts: tuple[Pictures, Pictures],
    make: Callable[[], nn.Module] = cnn,
    rates: Sequence[float] = RATES,
    *,
    cue: str = "shapes",
    epochs: int = EPOCHS,
    augment: Callable[[Tensor, torch.Generator], Tensor] | None = None,
) -> nn.Module:
    """Return the network whose rate has the lowest loss on the second part; labels are those of the cue."""
    (images, labels), (held_out, targets) = ((part.images, getattr(part, cue)) for part in parts)
    runs = []
    for rate in rates:
        torch.manual_seed(seed)
        network = make()
        training.fit(
            network, (images, labels), epochs=epochs, batch_size=64, learning_rate=rate, seed=seed,
            schedule="one_cycle", augment=augment,
        )  # fmt: skip
        with torch.no_grad():
            runs.append((F.cross_entropy(network(held_out), targets).item(), network))
    return min(runs, key=lambda run: run[0])[1]


def both(cues: str, seed: int, **ranges: tuple[float, float]) -> tuple[Pictures, Pictures]:
    """Return pictures to train on, and held-out ones."""
    return draw(cues, COUNT, 100 * seed + 1, **ranges), draw(cues, HELD_OUT, 100 * seed + 2, **ranges)


def mixed(seed: int, share: float) -> tuple[Pictures, Pictures]:
    """Return the same where a share of the pictures, in per cent, has cues in conflict."""
    parts = zip(both("congruent", seed), both("conflict", seed), strict=True)
    train, held_out = (_mix(agreeing, conflicting, share) for agreeing, conflicting in parts)
    return train, held_out


def _mix(agreeing: Pictures, conflicting: Pictures, share: float) -> Pictures:
    count = round(share / 100 * len(agreeing.images))
    return Pictures(*(torch.cat([b[:count], a[count:]]) for a, b in zip(agreeing, conflicting, strict=True)))


def tested(cues: str, seed: int, **ranges: tuple[float, float]) -> Pictures:
    """Return pictures to test on."""
    return draw(cues, TESTED, 100 * seed + 3, **ranges)


def decided(network: nn.Module, seed: int, **ranges: tuple[float, float]) -> tuple[float, float]:
    """Return shape bias and the share of "neither" on conflict pictures, in per cent."""
    found = shape_bias.count(network, *tested("conflict", seed, **ranges))
    return 100 * found.bias, 100 * found.neither_share


@torch.no_grad()
def accuracy(network: nn.Module, pictures: Pictures, cue: str = "shapes", noise: float = 0.0) -> float:
    """Return the share of right answers in per cent, perhaps under noise (1 is a quarter of the range)."""
    generator = torch.Generator().manual_seed(0)
    images = pictures.images + noise * torch.randn(pictures.images.shape, generator=generator)
    return 100 * (network(images).argmax(1) == getattr(pictures, cue)).float().mean().item()


def share(seed: int) -> dict[str, float]:
    """Conflict pictures among those that are trained on, from none to half."""
    found = {}
    for percent in SHARES:
        network = tuned(seed, mixed(seed, percent))
        found[f"bias_{percent}"], found[f"neither_{percent}"] = decided(network, seed)
        if percent in (0, 50):
            found[f"noise_{percent}"] = accuracy(network, tested("congruent", seed), noise=1)
        if percent == 0:
            found["texture_only_none"] = accuracy(network, tested("texture", seed), "textures")
    found["agreeing_50"] = accuracy(network, tested("congruent", seed))
    early, late = found["bias_10"] - found["bias_0"], found["bias_50"] - found["bias_10"]
    return found | {
        "rise_early": early / 10,
        "rise_late": late / 40,
        "steepest_early": early / 10 - late / 40,
        "noise_change": found["noise_50"] - found["noise_0"],
    }


def convolution(seed: int) -> dict[str, float]:
    """The network without convolutions, on the same pictures; and each cue alone, for both networks."""
    agreeing, free, test = both("congruent", seed), both("shuffled", seed), tested("shuffled", seed)
    dense = tuned(seed, agreeing, mlp, MLP_RATES)
    longer = tuned(seed, agreeing, mlp, MLP_RATES[1:], epochs=4 * EPOCHS)
    found = {"bias_mlp": decided(dense, seed)[0], "bias_mlp_longer": decided(longer, seed)[0]}
    found["mlp_longer_agreeing"] = accuracy(longer, tested("congruent", seed))
    for name, make, rates in (("cnn", cnn, RATES), ("mlp", mlp, MLP_RATES)):
        for cue in ("shapes", "textures"):
            network = tuned(seed, free, make, rates, cue=cue)
            found[f"{name}_alone_{cue}"] = accuracy(network, test, cue)
            if (name, cue) == ("cnn", "shapes"):
                found["bias_free"] = decided(network, seed)[0]
    return found | {
        "cnn_easier": found["cnn_alone_textures"] - found["cnn_alone_shapes"],
        "mlp_easier": found["mlp_alone_textures"] - found["mlp_alone_shapes"],
    }


def contrast(seed: int) -> dict[str, float]:
    """Fainter textures in all pictures, the cues agreeing in training as before."""
    found = {}
    for name, level in (("half", 0.5), ("faint", 0.3)):
        ranges = {"contrast": (level, level)}
        network = tuned(seed, both("congruent", seed, **ranges))
        found[f"bias_{name}"], found[f"neither_{name}"] = decided(network, seed, **ranges)
    return found


def blurred(images: Tensor, generator: torch.Generator) -> Tensor:
    """Return the batch behind a Gaussian of 0 to 2 pixels."""
    sigma = 2 * torch.rand((), generator=generator) + 1e-3
    weights = torch.exp(-(torch.arange(-4.0, 5) ** 2) / (2 * sigma**2))
    row = (weights / weights.sum()).view(1, 1, 1, 9).expand(3, 1, 1, 9)
    framed = F.pad(images, (4, 4, 4, 4), mode="replicate")
    return F.conv2d(F.conv2d(framed, row, groups=3), row.mT, groups=3)


def noisy(images: Tensor, generator: torch.Generator) -> Tensor:
    """Return the batch with noise of deviation 0 to 1.5, each picture its own."""
    level = 1.5 * torch.rand(len(images), 1, 1, 1, generator=generator)
    return images + level * torch.randn(images.shape, generator=generator)


def augmented(seed: int) -> dict[str, float]:
    """Pictures that are altered in training, the cues agreeing."""
    agreeing, found = both("congruent", seed), {}
    ways: dict[str, Callable[[Tensor, torch.Generator], Tensor]] = {
        "mirrored": RandomFlip(),
        "blurred": blurred,
        "noisy": noisy,
        "both": lambda images, generator: noisy(blurred(images, generator), generator),
    }
    for name, augment in ways.items():
        network = tuned(seed, agreeing, augment=augment)
        found[f"bias_{name}"], found[f"neither_{name}"] = decided(network, seed)
        found[f"texture_only_{name}"] = accuracy(network, tested("texture", seed), "textures")
        if name in ("noisy", "both"):
            found[f"noise_{name}"] = accuracy(network, tested("congruent", seed), noise=1)
    return found
