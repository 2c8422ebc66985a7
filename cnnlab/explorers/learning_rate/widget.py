"""The LearningRate explorer: how the loss falls at each of a few measured learning rates."""

from __future__ import annotations

import math
from typing import Any

import traitlets

from cnnlab.explorers.kit.explorer import Explorer
from cnnlab.explorers.kit.limits import Limit, OneOf, Setting
from cnnlab.explorers.learning_rate.curves import Curves, best, last, read, span


class LearningRate(Explorer):
    """An explorer of training curves that were measured at several learning rates, with one or more arms.

    On the left the loss at every step at the chosen rate, on the right the last loss at each rate. Only what
    was measured is shown, nothing between two rates. A curve ends at its first loss that is infinite or
    missing, or where its run was stopped. Losses are rounded to four digits.

    Args:
        curves: for each of 1 to 3 arms, by name, the losses of every step, by learning rate; 2 to 12 rates,
            the same for every arm, and at most 5,000 losses in all.
        rate: the chosen learning rate, one of those measured; by default the smallest.

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: an argument is outside its range.

    Example:
        >>> explorer = LearningRate({"plain": {0.1: [2, 1, 0.5], 1: [2, 9, float("nan")]}}, rate=1)
        >>> explorer
        LearningRate explorer: plain; 2 rates from 0.1 to 1, rate 1
        >>> explorer.last("plain")
        [0.5, nan]
    """

    arms = traitlets.List(traitlets.Dict()).tag(sync=True)
    rates = traitlets.List(traitlets.Float()).tag(sync=True)
    steps = traitlets.Int().tag(sync=True)
    span = traitlets.List(traitlets.Float()).tag(sync=True)
    rate = Setting(Limit())

    def __init__(self, curves: Curves, rate: float | None = None) -> None:
        rates, arms, steps = read(curves)
        super().__init__(arms=arms, rates=rates, steps=steps, span=span(arms))
        self.rate = rates[0] if rate is None else rate

    @traitlets.validate("rate")
    def _check_rate(self, proposal: Any) -> float:
        rate = proposal["value"]
        return self.rates[0] if rate is None else float(OneOf(self.rates).check("rate", rate))

    def last(self, arm: str) -> list[float]:
        """Return an arm's last loss at each rate, NaN where its curve ended early.

        Args:
            arm: its name.

        Raises:
            ValueError: there is no such arm.
        """
        names = [found["name"] for found in self.arms]
        found = self.arms[names.index(OneOf(names).check("arm", arm))]
        return [math.nan if loss is None else loss for loss in last(found, self.steps)]

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        names, (low, *_, high) = ", ".join(arm["name"] for arm in self.arms), self.rates
        return f"{names}; {len(self.rates)} rates from {low:g} to {high:g}, rate {self.rate:g}"

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        return f"Learning rate {self.rate:g}. " + " ".join(map(self._arm_words, self.arms))

    def _arm_words(self, arm: dict[str, Any]) -> str:
        losses, place = arm["losses"][self.rates.index(self.rate)], best(arm, self.steps)
        if not losses:
            now = "no finite loss at any step"
        elif len(losses) < self.steps:
            now = f"no finite loss after step {len(losses)} of {self.steps}"
        else:
            now = f"the loss goes from {losses[0]:.3g} to {losses[-1]:.3g} in {self.steps} steps"
        if place is None:
            return f"{arm['name']}: {now}; every rate's curve ended early."
        ends = arm["losses"][place][-1]
        return f"{arm['name']}: {now}; its least last loss, {ends:.3g}, is at rate {self.rates[place]:g}."
