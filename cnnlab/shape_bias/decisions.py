"""How often an observer answered with the shape, with the texture, or with neither."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

from torch import Tensor

from cnnlab._arguments import non_negative_int, positive_number


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

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """Return where the shape bias lies if another draw of as many independent trials is allowed for.

        Args:
            confidence: share of repetitions in which the interval holds the true bias, between 0 and 1.

        Returns:
            Lower and upper end, 0 to 1. Of few trials it is wide, also where all answers are of one kind.

        Raises:
            TypeError: ``confidence`` is not a number.
            ValueError: it is not between 0 and 1, or no answer names shape or texture.

        Source:
            Wilson 1927, Probable Inference, the Law of Succession, and Statistical Inference: the biases
            within so many standard errors, each counted with its own error, of the one that was seen.

        Example:
            >>> low, high = Decisions(shape=3, texture=0, neither=7).interval()
            >>> round(low, 2), high
            (0.44, 1.0)
        """
        count, bias = self._decided(), self.bias
        if positive_number("confidence", confidence) >= 1:
            raise ValueError(f"confidence must be between 0 and 1, got {confidence!r}")
        errors = NormalDist().inv_cdf((1 + confidence) / 2)
        middle = bias + errors**2 / (2 * count)
        reach = errors * (bias * (1 - bias) / count + (errors / (2 * count)) ** 2) ** 0.5
        whole = 1 + errors**2 / count
        return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)

    def _decided(self) -> int:
        if not self.shape + self.texture:
            raise ValueError(
                f"a shape bias needs an answer that names shape or texture, got none in {self.trials} trials"
            )
        return self.shape + self.texture


def _count(name: str, value: Any) -> int:
    """Return a count as an int; sums of tensors come as tensors of one number."""
    return non_negative_int(name, value.item() if isinstance(value, Tensor) and not value.ndim else value)
