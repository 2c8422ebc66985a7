"""What networks say of the pictures between two cues."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from cnnlab.explorers.kit.limits import Whole
from cnnlab.inspection.copies import evaluating_copy

ANSWERS = ("by shape", "by texture", "with another class")


def copies(networks: Any) -> dict[str, nn.Module]:
    """Return copies of 1 or 2 networks in evaluation mode, by name.

    Raises:
        TypeError: no mapping, or one that does not hold networks.
        ValueError: none, or more than two.
    """
    if not isinstance(networks, Mapping):
        raise TypeError(f"networks must be a mapping, got {type(networks).__name__}")
    Whole(1, 2).check("the number of networks", len(networks))
    for name, network in networks.items():
        if not isinstance(network, nn.Module):
            raise TypeError(f"network {name!r} must be a torch module, got {type(network).__name__}")
    return {str(name): evaluating_copy(network) for name, network in networks.items()}


def beliefs(
    network: nn.Module, frames: Tensor, *, shape: int, texture: int, classes: int
) -> list[list[float]]:
    """Return for each picture the probability of the shape's class, of the texture's class, and the answer.

    Args:
        network: gives logits (N, K), in evaluation mode.
        frames: shape (N, 3, H, W), as the network takes them.
        shape: the class that the shape says.
        texture: the class that the texture says.
        classes: how many there are, K.

    Returns:
        N lists of three: two probabilities, rounded to four decimals, and 0, 1 or 2 where the most probable
        class is the shape's, the texture's or another.

    Raises:
        ValueError: the network does not give logits of that form, or not finite ones.
    """
    like = next(network.parameters(), frames)
    with torch.no_grad():
        logits = network(frames.to(like.device, like.dtype))
    if logits.shape != (len(frames), classes) or not torch.isfinite(logits).all():
        rule = f"finite logits ({len(frames)}, {classes})"
        raise ValueError(f"networks must give {rule}, got others of shape {tuple(logits.shape)}")
    rows = logits.double().softmax(1).cpu()
    answers = [{shape: 0, texture: 1}.get(int(best), 2) for best in rows.argmax(1)]
    pairs = rows[:, [shape, texture]].tolist()
    return [[*(round(value, 4) for value in pair), k] for pair, k in zip(pairs, answers, strict=True)]


def runs(answers: Sequence[int]) -> list[list[int]]:
    """Return the stretches of equal answers: answer, first step and last step of each.

    Args:
        answers: one for each step.

    Example:
        >>> runs([0, 0, 1, 1, 1, 0])
        [[0, 0, 1], [1, 2, 4], [0, 5, 5]]
    """
    found = []
    for answer, steps in itertools.groupby(range(len(answers)), key=lambda step: answers[step]):
        first, *more = steps
        found.append([answer, first, more[-1] if more else first])
    return found
