"""Frozen bodies in the experiments of lesson 10: the best linear head on what a layer makes of pictures."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from sklearn.linear_model import LogisticRegression
from torch import Tensor, nn

from cnnlab import transfer

Examples = tuple[Tensor, Tensor]


def few(examples: Examples, each: int) -> Examples:
    """Return the first examples of each class."""
    images, labels = examples
    picked = torch.cat([torch.where(labels == k)[0][:each] for k in range(int(labels.max()) + 1)])
    return images[picked], labels[picked]


@torch.no_grad()
def accuracy(model: nn.Module, examples: Examples) -> float:
    """Return the share of right answers in per cent, in evaluation mode."""
    return 100 * (model.eval()(examples[0]).argmax(1) == examples[1]).float().mean().item()


def frozen(body: nn.Sequential, parts: list[Examples], each: int, *layers: int) -> float:
    """Return the test accuracy of the best linear head, trained to its end, on frozen features."""
    (images, labels), found = few(parts[0], each), []
    for layer in layers or (3,):
        seen, *others = (features(body, x, layer) for x in (images, parts[1][0], parts[2][0]))
        kept = [(x, y) for x, (_, y) in zip(others, parts[1:], strict=True)]
        found += [[accuracy(head, part) for part in kept] for head in heads(seen, labels)]
    return max(found)[1]


def heads(seen: Tensor, labels: Tensor) -> Iterator[nn.Linear]:
    """Yield linear heads: on standardised features, and on features as they are."""
    for decay in (0.1, 1.0, 10.0):
        yield transfer.linear_probe(seen, labels, 6, decay)
    for strength in (0.01, 1, 100):
        fitted = LogisticRegression(C=strength, max_iter=300).fit(seen.numpy(), labels.numpy())
        head = nn.Linear(seen.shape[1], 6)
        head.weight.data = torch.from_numpy(fitted.coef_).float()
        head.bias.data = torch.from_numpy(fitted.intercept_).float()
        yield head


def features(body: nn.Sequential, images: Tensor, layer: int) -> Tensor:
    """Return what a layer makes of pictures; the first one's maps are averaged to 8 x 8."""
    return transfer.features(transfer.cut(body, layer), images, pool=8 if layer == 0 else None)
