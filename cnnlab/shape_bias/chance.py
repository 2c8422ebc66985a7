"""What an observer who guesses would score, taken off."""

from __future__ import annotations

from typing import NamedTuple

from cnnlab._arguments import positive_int
from cnnlab.shape_bias.decisions import Decisions


class BeyondChance(NamedTuple):
    """Answers beyond those that guessing explains; negative where there are fewer.

    Attributes:
        shape: answers that name the shape.
        texture: answers that name the texture.
    """

    shape: float
    texture: float


def beyond_chance(decisions: Decisions, num_classes: int) -> BeyondChance:
    """Return how many answers name shape and texture beyond what errors at random would bring.

    Answers that are not the shape are errors for whoever goes by shape. Spread evenly over the other
    ``num_classes - 1`` classes, one in so many of them names the texture by chance; likewise for the shape.
    Who guesses all answers has 0 of both, on average, and a shape bias of 1/2.

    Args:
        decisions: the answers.
        num_classes: classes that could be named, at least 2.

    Raises:
        TypeError: ``decisions`` is none, or ``num_classes`` not an integer.
        ValueError: ``num_classes`` is below 2.

    Example:
        >>> beyond_chance(Decisions(shape=10, texture=10, neither=40), num_classes=6)
        BeyondChance(shape=0.0, texture=0.0)
        >>> beyond_chance(Decisions(shape=40, texture=4, neither=16), num_classes=6)
        BeyondChance(shape=28.8, texture=0.0)
    """
    if not isinstance(decisions, Decisions):
        raise TypeError(f"decisions must be Decisions, got {type(decisions).__name__}")
    others = positive_int("num_classes", num_classes) - 1
    if not others:
        raise ValueError(f"num_classes must be at least 2, got {num_classes}")
    shape, texture, trials = decisions.shape, decisions.texture, decisions.trials
    return BeyondChance(shape - (trials - texture) / others, texture - (trials - shape) / others)
