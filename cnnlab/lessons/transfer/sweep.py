"""What lesson 10 runs beforehand: a body trained on six shapes, given to six new ones.

Of the new shapes' pictures 120 choose every rate, weight decay and layer, and nothing else sees them.
Accuracies are those of 600 test pictures, looked at once, for the setting that was chosen.
"""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from cnnlab import data, models, training, transfer
from cnnlab.lessons.transfer._heads import Examples, accuracy, few, frozen

OLD = ("disc", "triangle", "ring", "bar", "crescent", "heart")
NEW = ("square", "star", "cross", "half_disc", "arrow", "corner")
RANGES = data.Ranges(rotation=(-30, 30), scale=(0.6, 0.9))
COUNTS = (1, 2, 5, 10, 50)
# What is tried from scratch: a rate, and whether batch norm's statistics stay as they start, 0 and 1.
FEW = (0.003, True), (0.01, True), (0.03, True), (0.01, False)
MANY = (0.03, True), (0.03, False), (0.1, False)


def pictures(count: int, names: Sequence[str], seed: int) -> tuple[Tensor, Tensor, Tensor]:
    """Return pictures of 32 x 32 pixels with the labels of their shapes and of their textures."""
    drawn = data.shapes(count, size=32, shapes=names, ranges=RANGES, seed=seed)
    return drawn.images, drawn.shape_labels, drawn.texture_labels


def task(names: Sequence[str], seed: int) -> list[Examples]:
    """Return pictures to learn from, 50 a class, pictures to choose by, and pictures to test on."""
    return [pictures(count, names, 10 * seed + k)[:2] for k, count in ((3, 300), (5, 120), (4, 600))]


def network(seed: int, classes: int = 6) -> nn.Sequential:
    """Return the lesson's network: four convolutions with batch norm, and a head."""
    torch.manual_seed(seed)

    def block(inputs: int, outputs: int, stride: int = 1, pool: int = 1) -> nn.Sequential:
        conv = nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False)
        return nn.Sequential(conv, nn.BatchNorm2d(outputs), nn.ReLU(), nn.MaxPool2d(pool))

    blocks = block(3, 16, stride=2), block(16, 16, pool=2), block(16, 32, pool=2), block(32, 32)
    return models.draw_as_he(nn.Sequential(*blocks, nn.Flatten(), nn.Linear(512, classes)))  # type: ignore


def fit(model: nn.Module, examples: Examples, rate: float, steps: int, seed: int, **options: Any) -> None:
    """Train for about that many steps, the rate in one cycle up and down."""
    batch = options["batch_size"] = min(options.get("batch_size", 32), len(examples[0]))
    options |= {"epochs": max(1, round(steps * batch / len(examples[0]))), "schedule": "one_cycle"}
    training.fit(model, examples, learning_rate=rate, seed=seed, **options)


def source(seed: int, images: Tensor, labels: Tensor) -> nn.Sequential:
    """Return a network that has learnt a task with many pictures."""
    model = network(seed, int(labels.max()) + 1)
    fit(model, (images, labels), 0.1, 140, seed, batch_size=64)
    return model


def tuned(
    start: nn.Sequential, examples: Examples, others: list[Examples], seed: int, settings: Iterable[Any],
    prepare: Callable[[nn.Sequential], Any] = lambda model: None, steps: int = 75, **options: Any,
) -> tuple[float, float]:  # fmt: skip
    """Return accuracies after training a copy with a new head, at the setting that the first of them chose.

    A setting is a rate, or a pair of a rate and whether batch norm's statistics stay as they are.
    """
    found = [(0.0, 0.0)]
    for rate, still in ((pair if isinstance(pair, tuple) else (pair, False)) for pair in settings):
        model = copy.deepcopy(start).train()
        transfer.replace_head(model, int(examples[1].max()) + 1)
        prepare(model)
        if still:
            model[:4].eval()
        with contextlib.suppress(training.DivergenceError):  # too high a rate
            fit(model, examples, rate, steps, seed, **options)
            found.append((accuracy(model, others[0]), accuracy(model, others[1])))
    return max(found)


def examples(seed: int) -> dict[str, float]:
    """Frozen, tuned and from scratch, by examples a class."""
    learnt, *others = parts = task(NEW, seed)
    images, shapes, _ = pictures(1800, OLD, 10 * seed + 1)
    body, found = source(seed, images, shapes), {}
    for each in COUNTS:
        some, many = few(learnt, each), each > 10
        rates, steps = ((0.03, 0.1), 150) if many else ((0.003, 0.01, 0.03), 75)
        found[f"frozen_{each}"] = frozen(body, parts, each)
        found[f"tuned_{each}"] = tuned(body, some, others, seed, rates, steps=steps)[1]
        start = tuned(network(seed), some, others, seed, MANY if many else FEW, steps=2 * steps)
        found[f"scratch_{each}"] = start[1]
        found[f"gift_{each}"] = found[f"frozen_{each}"] - found[f"scratch_{each}"]
        found[f"tuning_{each}"] = found[f"tuned_{each}"] - found[f"frozen_{each}"]
    found["tuned_ahead_50"] = found["tuned_50"] - found["scratch_50"]
    five, other = few(learnt, 5), gathered(transfer.permuted(body, seed), images)
    found["permuted_tuned"] = tuned(other, five, others, seed, FEW, steps=150)[1]
    found["permuted_tuned_gain"] = found["permuted_tuned"] - found["scratch_5"]

    def slower(rate: float) -> tuple[float, float]:
        groups = partial(transfer.parameter_groups, learning_rate=rate, body_learning_rate=rate / 10)
        return tuned(body, five, others, seed, [rate], groups=lambda model: groups(model, model[5]))

    found["two_rates"] = max(slower(rate) for rate in (0.003, 0.01, 0.03, 0.1))[1]
    return found | {"two_rates_gain": found["two_rates"] - found["tuned_5"]}


def gifts(seed: int) -> dict[str, float]:
    """What is given: other sources, none, the same numbers in another order; and the layer that is cut."""
    parts, (images, shapes, textures) = task(NEW, seed), pictures(1800, OLD, 10 * seed + 1)
    (grey, digits), _ = data.digits(size=32, seed=seed)
    body = source(seed, images, shapes)
    other = gathered(transfer.permuted(body, seed), images)
    found = {
        "shapes": frozen(body, parts, 5),
        "textures": frozen(source(seed, images, textures), parts, 5),
        "digits": frozen(source(seed, grey.repeat(1, 3, 1, 1), digits), parts, 5),
        "permuted": frozen(other, parts, 5, 2, 3),
        "random": frozen(network(seed), parts, 5, 2, 3),
    }
    found |= {f"{name}_gain": found[name] - found["random"] for name in found if name != "random"}
    found["shapes_against_digits"] = found["shapes"] - found["digits"]
    return found | cuts(seed, body, parts)


@torch.no_grad()
def gathered(model: nn.Sequential, images: Tensor) -> nn.Sequential:
    """Return the model with batch norm's running statistics estimated anew, as means over batches."""
    for part in model.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.reset_running_stats()
            part.momentum = None
    for some in images.split(300):
        model.train()(some)
    return model.eval()


def cuts(seed: int, body: nn.Sequential, parts: list[Examples]) -> dict[str, float]:
    """The layer behind which is cut: the old task beside the new one, and a body that learnt nothing."""
    old, found = task(OLD, seed + 100), {}
    for layer in (0, 1, 2, 3, 5):
        found[f"old_{layer + 1}"] = frozen(body, old, 50, layer)
        found[f"new_{layer + 1}"] = frozen(body, parts, 50, layer)
        found[f"untrained_{layer + 1}"] = frozen(network(seed), parts, 50, layer)
    return found | {f"{name}_last": found[f"{name}_6"] - found[f"{name}_4"] for name in ("old", "new")}


def norms(seed: int) -> dict[str, float]:
    """What is kept of batch norm, at 5 a class; and digits on a body whose statistics move or stay."""
    (learnt, *others), (images, shapes, _) = task(NEW, seed), pictures(1800, OLD, 10 * seed + 1)
    body, five, found = source(seed, images, shapes), few(learnt, 5), {}
    for kept in ("nothing", "statistics", "parameters", "both"):

        def hold(model: nn.Sequential, kept: str = kept) -> None:
            for part in model.modules():
                if isinstance(part, nn.BatchNorm2d) and kept != "nothing":
                    transfer.freeze(part, batch_norm=kept)

        found[f"kept_{kept}"] = tuned(body, five, others, seed, (0.003, 0.01, 0.03), hold, batch_size=4)[1]
    (ink, digits), test = data.digits(size=32, seed=seed)
    paper = few((ink, digits), 10), (ink[-200:], digits[-200:]), test
    ten, *others = ((1 - x.repeat(1, 3, 1, 1), y) for x, y in paper)
    freezing: dict[str, Callable[[nn.Module], Any]] = {
        "moving": lambda body: body.requires_grad_(False), "still": transfer.freeze,
    }  # fmt: skip
    for name, freeze in freezing.items():
        lend = lambda model, freeze=freeze: freeze(model[:4])  # noqa: E731
        found[f"lent_{name}"] = tuned(body, ten, others, seed, (0.01, 0.1, 0.3), lend)[1]
    return found | {
        "kept_gain": found["kept_both"] - found["kept_nothing"],
        "lent_gain": found["lent_moving"] - found["lent_still"],
    }
