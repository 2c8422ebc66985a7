"""Experiments on batch normalisation that are too slow for its lesson, each arm at its own best rate.

Rates are chosen on training digits that are kept aside; the test digits are looked at once, at the best rate.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from functools import partial

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from cnnlab import data

Norm = Callable[[int], nn.Module]
Examples = tuple[Tensor, Tensor]
KEPT = 288
STEPS = 70


def split(seed: int, kept: int = KEPT) -> tuple[Examples, Examples, Examples]:
    """Return digits to train on, digits to choose by, and digits to test on."""
    (images, labels), test = data.digits(seed=seed)
    return (images[:-kept], labels[:-kept]), (images[-kept:], labels[-kept:]), test


def network(
    norm: Norm | None = nn.BatchNorm2d, *, scale: float = 1.0, layers: int = 3, pools: int = 2
) -> nn.Sequential:
    """Return the lesson's network of 16 channels for digits of 8 x 8 pixels.

    Args:
        norm: what stands behind each convolution, given the channels; None for nothing.
        scale: what He's first weights are multiplied by.
        layers: convolutions before each pooling, and behind the last.
        pools: poolings.
    """
    parts: list[nn.Module] = []
    for stage in range(pools + 1):
        for layer in range(layers):
            parts.append(nn.Conv2d(16 if stage or layer else 1, 16, 3, padding=1))
            parts += [norm(16), nn.ReLU()] if norm else [nn.ReLU()]
        parts += [nn.MaxPool2d(2)] if stage < pools else []
    model = nn.Sequential(*parts, nn.Flatten(), nn.Linear(16 * (8 >> pools) ** 2, 10))
    for part in model:
        if isinstance(part, nn.Conv2d | nn.Linear):
            nn.init.kaiming_normal_(part.weight, nonlinearity="relu")
            part.weight.data *= scale
            part.bias = nn.Parameter(torch.zeros(len(part.weight)))
    return model


def train(
    model: nn.Module,
    examples: Examples,
    rate: float,
    *,
    steps: int = STEPS,
    batch: int = 64,
    seed: int = 0,
) -> None:
    """Train with momentum 0.9 for that many steps, or until the loss is no number; leave in eval mode."""
    (images, labels), generator = examples, torch.Generator().manual_seed(seed)
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    model.train()
    for _ in range(steps):
        picked = torch.randperm(len(images), generator=generator)[:batch]
        loss = F.cross_entropy(model(images[picked]), labels[picked])
        if not math.isfinite(loss.item()):
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model.eval()


@torch.no_grad()
def accuracy(model: nn.Module, examples: Examples) -> float:
    """Return the share of right answers in per cent, in the mode that the model is in."""
    return 100 * (model(examples[0]).argmax(1) == examples[1]).float().mean().item()


def tuned(
    seed: int,
    build: Callable[[], nn.Module],
    rates: Sequence[float],
    measure: Callable[[nn.Module, Examples], float] | None = None,
    *,
    steps: int = STEPS,
    batch: int = 64,
) -> float:
    """Return the test accuracy at the rate that reads most of the digits that are kept aside."""
    learnt, kept, test = split(seed)
    found = []
    for rate in rates:
        torch.manual_seed(seed)
        model = build()
        train(model, learnt, rate, steps=steps, batch=batch, seed=seed)
        found.append(tuple((measure or accuracy)(model, examples) for examples in (kept, test)))
    return max(found, key=lambda pair: pair[0])[1]


def starts(seed: int) -> dict[str, float]:
    """First weights a third and three times as large as He's, with and without batch norm."""
    small, large = (lambda norm=None: network(norm, scale=1 / 3)), (lambda norm=None: network(norm, scale=3))
    return {
        "small_without": tuned(seed, small, [1e-3, 1e-2, 0.1, 1, 10, 30, 100, 300, 1000]),
        "small_with": tuned(seed, lambda: small(nn.BatchNorm2d), [1e-3, 3e-3, 0.01, 0.03]),
        "large_without": tuned(seed, large, [1e-8, 1e-7, 3e-7, 1e-6, 3e-6, 1e-5, 1e-3]),
        "large_with": tuned(seed, lambda: large(nn.BatchNorm2d), [0.01, 0.03, 0.1, 0.3]),
    }


def longer(seed: int) -> dict[str, float]:
    """Four times the steps, with and without batch norm."""
    return {
        "long_without": tuned(seed, lambda: network(None), [0.003, 0.01, 0.03], steps=4 * STEPS),
        "long_with": tuned(seed, network, [0.03, 0.1], steps=4 * STEPS),
    }


class Parts(nn.Module):
    """Batch norm over a few pictures of the batch at a time: the step keeps its size, the mean gets fewer."""

    def __init__(self, channels: int, pictures: int) -> None:
        super().__init__()
        self.norm, self.pictures = nn.BatchNorm2d(channels), pictures

    def forward(self, x: Tensor) -> Tensor:
        """Return x normalised part by part in train mode, by the remembered statistics otherwise."""
        parts = x.split(self.pictures) if self.training else [x]
        return torch.cat([self.norm(part) for part in parts])


def few(seed: int) -> dict[str, float]:
    """Statistics over few pictures: equal steps, batch or only its parts small, beside group norm."""
    steps = 200

    def measured(norm: Norm, batch: int = 32) -> float:
        def build() -> nn.Module:
            return network(norm, layers=1, pools=3)

        rates = [0.003, 0.01, 0.03] if batch == 32 else [0.001, 0.003, 0.01]
        return tuned(seed, build, rates, steps=steps, batch=batch)

    def in_groups(channels: int) -> nn.Module:
        return nn.GroupNorm(4, channels)

    found = {f"batch_{n}": measured(nn.BatchNorm2d, n) for n in (2, 4, 8, 32)}
    found |= {f"group_{n}": measured(in_groups, n) for n in (2, 4, 8, 32)}
    return found | {f"parts_{n}": measured(partial(Parts, pictures=n)) for n in (2, 4)}


class Disturbed(nn.Module):
    """Each channel scaled and shifted anew at every step, while `on`; after Santurkar et al. 2018."""

    def __init__(self, shift: float = 0.5, scale: float = 0.25, rest: float = 1.0) -> None:
        super().__init__()
        self.shift, self.scale, self.rest, self.on = shift, scale, rest, True

    def forward(self, x: Tensor) -> Tensor:
        """Return x times 1 to 1.25 plus -0.5 to 0.5, drawn for each channel; times `rest` while off."""
        if not self.on:
            return x * self.rest
        scale, shift = 1 + self.scale * torch.rand(x.shape[1], 1, 1), torch.rand(x.shape[1], 1, 1) * 2 - 1
        return x * scale + self.shift * shift


@torch.no_grad()
def undisturbed(model: nn.Module, examples: Examples) -> float:
    """Return the accuracy without disturbance, by the statistics of the test batch itself."""
    quiet = copy.deepcopy(model).train()
    for part in quiet.modules():
        if isinstance(part, Disturbed):
            part.on = False
    return accuracy(quiet, examples)


def shift(seed: int) -> dict[str, float]:
    """Covariate shift put back by disturbing every layer of twelve behind batch norm."""

    def behind(channels: int) -> nn.Module:
        return nn.Sequential(nn.BatchNorm2d(channels), Disturbed())

    rates = [0.01, 0.03, 0.1]
    quiet = tuned(seed, lambda: network(layers=4), rates, undisturbed)
    disturbed = tuned(seed, lambda: network(behind, layers=4), rates, undisturbed)
    return {"shift_with": quiet, "shift_disturbed": disturbed, "shift_cost": quiet - disturbed}


def bare(seed: int) -> dict[str, float]:
    """The same disturbance without batch norm; tested at its mean, the scale that was learnt with."""

    def build() -> nn.Module:
        return network(lambda _: Disturbed(rest=1.125), layers=4)

    rates = [0.003, 0.01, 0.03]
    plain = tuned(seed, lambda: network(None, layers=4), rates, undisturbed)
    disturbed = tuned(seed, build, rates, undisturbed)
    return {"shift_without": plain, "shift_bare": disturbed, "shift_bare_cost": plain - disturbed}


@torch.no_grad()
def zeros(model: nn.Sequential, images: Tensor) -> float:
    """Return the share in per cent of the numbers behind the last ReLU that are zero for every picture."""
    return 100 * (model[:-2](images) == 0).all(0).float().mean().item()


def still(seed: int) -> dict[str, float]:
    """Without batch norm: zeros where it learns, and where it gives all pictures one answer."""
    learnt, (images, _), _ = split(seed)
    shares: dict[bool, list[float]] = {False: [], True: []}
    for rate in (0.01, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0):
        torch.manual_seed(seed)
        model = network(None)
        train(model, learnt, rate, seed=seed)
        with torch.no_grad():
            logits = model(images)
        if logits.isfinite().all():
            shares[len(logits.argmax(1).unique()) == 1].append(zeros(model, images))
    return {"zeros_learning": shares[False][0], "zeros_still": sum(shares[True]) / len(shares[True])}


@torch.no_grad()
def by_its_own(model: nn.Module, images: Tensor, means: bool) -> Tensor:
    """Return logits with the batch's means and the remembered variances, or the other way round."""
    for part in model.children():
        if isinstance(part, nn.BatchNorm2d):
            own = images.mean((0, 2, 3)), images.var((0, 2, 3), correction=0)
            mean, variance = (own[0], part.running_var) if means else (part.running_mean, own[1])
            images = F.batch_norm(images, mean, variance, part.weight, part.bias, eps=part.eps)
        else:
            images = part(images)
    return images


def company(seed: int) -> dict[str, float]:
    """All test digits of one class at a time: their own means alone, their own variances alone."""
    learnt, _, (images, labels) = split(seed)
    torch.manual_seed(seed)
    model = network()
    train(model, learnt, 0.03, seed=seed)
    found = {}
    for name, means in (("class_means", True), ("class_variances", False)):
        groups = ((by_its_own(model, images[labels == k], means), k) for k in range(10))
        found[name] = 100 * sum((logits.argmax(1) == k).sum().item() for logits, k in groups) / len(labels)
    return found


def statistics(seed: int) -> dict[str, float]:
    """The same batches and steps, mean and variance over the batch of 40 or over all 200 training digits."""
    (images, labels), kept, test = split(seed)
    images, labels = images[:200], labels[:200]

    def run(rate: float, whole: bool) -> tuple[float, float]:
        torch.manual_seed(seed)
        model, generator = network().train(), torch.Generator().manual_seed(seed)
        optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
        for _ in range(150):
            picked = torch.randperm(200, generator=generator)[:40]
            logits = model(images)[picked] if whole else model(images[picked])
            optimizer.zero_grad()
            F.cross_entropy(logits, labels[picked]).backward()
            optimizer.step()
        again(model, images)
        return accuracy(model, kept), accuracy(model, test)

    noisy, still = (max(run(rate, whole) for rate in (0.01, 0.03, 0.1)) for whole in (False, True))
    return {"noise_own": noisy[1], "noise_whole": still[1]}


@torch.no_grad()
def again(model: nn.Module, images: Tensor, batch: int = 200) -> None:
    """Estimate the running statistics anew as plain means over batches; leave the model in eval mode."""
    for part in model.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.reset_running_stats()
            part.momentum = None
    model.train()
    for some in images.split(batch):
        model(some)
    model.eval()
