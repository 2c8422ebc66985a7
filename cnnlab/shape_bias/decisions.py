"""How often an observer answered with the shape, with the texture, or with neither."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from torch import Tensor

from cnnlab._arguments import non_negative_int, positive_int, positive_number


@dataclass(frozen=True)
class Decisions:
    """An observer's answers to pictures with the shape of one thing and the texture of another.

    Adding two pools their trials.

    Attributes:
        shape: answers that name the shape.
        texture: answers that name the texture.
        neither: answers that name something else.

    Raises:
        TypeError: a count is not an integer.
        ValueError: a count is negative.

    Example:
        >>> humans = Decisions.from_counts(shape=9236, texture=398, trials=12000)
        >>> f"{humans.bias:.2%}, neither {humans.neither_share:.2%}"
        '95.87%, neither 19.72%'
        >>> Decisions(1, 2, 3) + Decisions(4, 5, 6)
        Decisions(shape=5, texture=7, neither=9)
    """

    shape: int
    texture: int
    neither: int

    def __post_init__(self) -> None:
        for name in ("shape", "texture", "neither"):
            object.__setattr__(self, name, _count(name, getattr(self, name)))

    @classmethod
    def from_counts(cls, shape: int | Tensor, texture: int | Tensor, trials: int | Tensor) -> Decisions:
        """Return decisions of which it is known how many trials there were.

        Args:
            shape: answers that name the shape.
            texture: answers that name the texture.
            trials: all answers.

        Raises:
            TypeError: a count is not an integer.
            ValueError: a count is negative, or there are fewer trials than answers.
        """
        shape, texture, trials = _count("shape", shape), _count("texture", texture), _count("trials", trials)
        if shape + texture > trials:
            raise ValueError(f"trials must be at least shape + texture, {shape + texture}, got {trials}")
        return cls(shape, texture, trials - shape - texture)

    def __add__(self, other: Decisions) -> Decisions:
        if not isinstance(other, Decisions):
            return NotImplemented
        return Decisions(self.shape + other.shape, self.texture + other.texture, self.neither + other.neither)

    @property
    def trials(self) -> int:
        """All answers."""
        return self.shape + self.texture + self.neither

    @property
    def bias(self) -> float:
        """Shape bias: shape / (shape + texture), 0 to 1; ``neither`` does not enter.

        Raises:
            ValueError: no answer names shape or texture.
        """
        return self.shape / self._decided()

    @property
    def neither_share(self) -> float:
        """Share of the trials whose answer is neither shape nor texture, 0 to 1.

        Raises:
            ValueError: there are no trials.
        """
        if not self.trials:
            raise ValueError("trials must be at least 1 for a share of them, got 0")
        return self.neither / self.trials

    def interval(
        self, confidence: float = 0.95, *, draws: int = 10_000, seed: int = 0
    ) -> tuple[float, float]:
        """Return the bootstrap interval of the shape bias: its range over trials drawn anew from these.

        Each draw takes as many trials as there are, with replacement, so that shape, texture and neither all
        vary; one in which neither shape nor texture is named has no bias and is left out. Trials count as
        independent, and other pictures or another observer are not allowed for. Where all decisions are of
        one kind the interval has no width; of so few trials Wilson's (1927) says more.

        Args:
            confidence: share of the draws between the two ends, between 0 and 1.
            draws: number of draws.
            seed: start of the random numbers.

        Returns:
            Lower and upper end, 0 to 1: percentiles of the draws.

        Raises:
            TypeError: ``confidence`` is not a number, or ``draws`` or ``seed`` not an integer.
            ValueError: an argument is out of range, or no answer names shape or texture.

        Source:
            Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13 (percentile interval).

        Example:
            >>> low, high = Decisions(shape=162, texture=572, neither=466).interval()
            >>> f"{low:.2f} to {high:.2f}"
            '0.19 to 0.25'
        """
        if positive_number("confidence", confidence) >= 1:
            raise ValueError(f"confidence must be between 0 and 1, got {confidence!r}")
        self._decided()
        generator = np.random.default_rng(non_negative_int("seed", seed))
        shares = np.array([self.shape, self.texture, self.neither]) / self.trials
        drawn = generator.multinomial(self.trials, shares, size=positive_int("draws", draws))
        decided = drawn[:, :2].sum(1)
        if not decided.any():
            raise ValueError(f"draws must be enough for one that names shape or texture, got {draws}")
        biases = drawn[decided > 0, 0] / decided[decided > 0]
        low, high = np.quantile(biases, [(1 - confidence) / 2, (1 + confidence) / 2])
        return float(low), float(high)

    def _decided(self) -> int:
        if not self.shape + self.texture:
            raise ValueError(
                f"a shape bias needs an answer that names shape or texture, got none in {self.trials} trials"
            )
        return self.shape + self.texture


def _count(name: str, value: Any) -> int:
    """Return a count as an int; sums of tensors come as tensors of one number."""
    return non_negative_int(name, value.item() if isinstance(value, Tensor) and not value.ndim else value)
