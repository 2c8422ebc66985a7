"""The ExamplesCurve explorer: how accurate several ways to train are with few examples a class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import traitlets
from torch import Tensor

from cnnlab.explorers.examples_curve import sheet
from cnnlab.explorers.examples_curve.accuracies import Accuracies, Arm, overlaps, range_of, read, span
from cnnlab.explorers.kit.limits import Limit, OneOf, Setting
from cnnlab.explorers.kit.packed import Packed, split


class ExamplesCurve(Packed):
    """An explorer of measured accuracies by the number of training examples a class, for several arms.

    At the chosen number it shows each arm's seeds with their range, beside them the whole curves, and below
    the training pictures. Only what was measured is shown. Where ranges overlap it tells in how many seeds
    one arm is above the other, for the seeds of all arms are paired. Accuracies have two decimals.

    Args:
        accuracies: for each of 1 to 6 arms, by name, the per cent of every seed, by examples a class; 2 to 8
            numbers of examples in all. The seeds stand in one order and are as many for all arms; a number
            that is missing, or has an empty list, was not measured.
        pictures: training pictures of one seed, shape (K, E, 1, H, W) or (K, E, 3, H, W), in [0, 1]: for each
            of 2 to 10 classes E pictures in the order in which they are taken. The first ten are shown.
        classes: K names; by default "class 1" and so on.
        examples: the chosen number, one of those measured; by default the smallest.
        shown: names of the arms that are switched on; by default all.

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: an argument is outside its range.

    Example:
        >>> import torch
        >>> curves = {"frozen": {1: [40, 45], 5: [58, 63]}, "from scratch": {1: [30, 34], 5: [41, 47]}}
        >>> curve = ExamplesCurve(curves, torch.zeros(6, 5, 3, 32, 32), examples=5)
        >>> curve
        ExamplesCurve explorer: frozen, from scratch; 5 examples a class
        >>> curve.range("frozen")
        {'low': 58.0, 'high': 63.0, 'mean': 60.5}
    """

    arms = traitlets.List(traitlets.Dict()).tag(sync=True)
    counts = traitlets.List(traitlets.Int()).tag(sync=True)
    span = traitlets.List(traitlets.Int()).tag(sync=True)
    classes = traitlets.List(traitlets.Unicode()).tag(sync=True)
    stored = traitlets.Int().tag(sync=True)
    examples = Setting(Limit())
    shown = Setting(Limit())

    def __init__(
        self,
        accuracies: Accuracies,
        pictures: Tensor,
        *,
        classes: Sequence[str] | None = None,
        examples: int | None = None,
        shown: Sequence[str] | None = None,
    ) -> None:
        counts, arms = read(accuracies)
        pictures = sheet.check(pictures)
        super().__init__(
            arms=arms,
            counts=counts,
            span=span(arms, 100 / len(pictures)),
            classes=_names(classes, len(pictures)),
            stored=min(sheet.MOST, pictures.shape[1]),
            **split(sheet.packed(pictures)),
        )
        self.examples, self.shown = examples, shown

    @traitlets.validate("examples")
    def _check_examples(self, proposal: Any) -> int:
        count = proposal["value"]
        return self.counts[0] if count is None else int(OneOf(self.counts).check("examples", count))

    @traitlets.validate("shown")
    def _check_shown(self, proposal: Any) -> list[str]:
        names, asked = [arm["name"] for arm in self.arms], proposal["value"]
        if asked is None:
            return names
        if isinstance(asked, str) or not isinstance(asked, Sequence):
            raise TypeError(f"shown must be a sequence of names, got {asked!r}")
        for name in asked:
            OneOf(names).check("shown", name)
        return [name for name in names if name in asked]

    def chosen(self) -> list[Arm]:
        """Return the arms that are switched on."""
        return [arm for arm in self.arms if arm["name"] in self.shown]

    def range(self, arm: str) -> dict[str, float] | None:
        """Return the least, the largest and the mean of an arm's seeds at the chosen number of examples.

        Args:
            arm: its name.

        Returns:
            "low", "high" and "mean", in per cent; None where nothing was measured.

        Raises:
            ValueError: there is no such arm.
        """
        names = [found["name"] for found in self.arms]
        found = self.arms[names.index(OneOf(names).check("arm", arm))]
        return range_of(found["seeds"][self.counts.index(self.examples)])

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        return f"{', '.join(self.shown) or 'no arm'}; {_examples(self.examples)} a class"

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        start = f"{_examples(self.examples)} a class, {self.examples * len(self.classes)} in all."
        if not self.shown:
            return f"{start} No arm is switched on."
        told = "; ".join(f"{name} {_range_words(self.range(name))}" for name in self.shown)
        return f"{start} Least to largest seed, and mean: {told}. {self._overlap_words()}".strip()

    def _overlap_words(self) -> str:
        place = self.counts.index(self.examples)
        arms = [arm for arm in self.chosen() if arm["seeds"][place]]
        found, pairs = overlaps(arms, place), len(arms) * (len(arms) - 1) // 2
        if not pairs:
            return ""
        if not found:
            return "No two ranges overlap."
        told = "; ".join(_pair_words(pair, len(arms[0]["seeds"][place])) for pair in found)
        if len(found) == pairs:
            return f"All ranges overlap: {told}."
        return f"Ranges that overlap: {told}. All other pairs lie apart."


def _examples(count: int) -> str:
    return f"{count} example{'s' * (count != 1)}"


def _range_words(found: dict[str, float] | None) -> str:
    if found is None:
        return "not measured"
    return f"{found['low']:.1f} to {found['high']:.1f}% ({found['mean']:.1f}%)"


def _pair_words(pair: dict[str, Any], seeds: int) -> str:
    equal = f", equal in {pair['equal']}" if pair["equal"] else ""
    return f"{pair['above']} above {pair['below']} in {pair['times']} of {seeds} seeds{equal}"


def _names(classes: Sequence[str] | None, count: int) -> list[str]:
    names = (
        [f"class {place}" for place in range(1, count + 1)] if classes is None else list(map(str, classes))
    )
    if len(names) != count:
        raise ValueError(f"classes must be {count} names, one for each class, got {len(names)}")
    return names
