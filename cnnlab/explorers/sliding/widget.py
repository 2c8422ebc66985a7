"""The Sliding explorer: convolution as one function that slides over another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import traitlets

from cnnlab.explorers.kit.explorer import Explorer
from cnnlab.explorers.kit.limits import Flag, Limit, Number, Numbers, OneOf, Setting
from cnnlab.explorers.sliding.overlap import PAIRS, SEQUENCES, functions, overlap, slide

SHIFT = Number(-3.0, 3.0)


class Sliding(Explorer):
    """An explorer that slides g over f and draws the area under their product.

    The upper picture holds f and, flipped and shifted by t, g; the area under their product is shaded. The
    lower picture draws that area against t: the convolution, or without the flip the cross-correlation. It
    draws only the shifts visited so far, and the whole result once the end is reached.

    Args:
        pair: "two boxes", "two Gaussians", "box and Gaussian", "box and decay", or "two sequences".
        t: the shift at the start: -3 to 3, or for sequences a whole number at which they meet. By default
            the leftmost, where nothing is traced yet.
        flip: True for convolution, False for cross-correlation.
        sigma_f: standard deviation of f where it is a Gaussian, 0.2 to 1.
        sigma_g: standard deviation of g where it is a Gaussian, 0.2 to 1.
        f: the sequence that stays, 1 to 6 numbers from -9 to 9.
        g: the sequence that slides, 1 to 6 numbers from -9 to 9.

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: an argument is outside its range.

    Example:
        >>> Sliding("two boxes", t=0.5)
        Sliding explorer: two boxes, convolution, shift 0.5
        >>> Sliding("two boxes", t=0.5).value()
        0.5
    """

    inner_limits: ClassVar[Mapping[str, Limit]] = {"t": SHIFT}

    pair = Setting(OneOf((*PAIRS, SEQUENCES)), "two boxes")
    t = Setting(Limit())
    flip = Setting(Flag(), True)
    sigma_f = Setting(Number(0.2, 1), 0.6)
    sigma_g = Setting(Number(0.2, 1), 0.8)
    f = Setting(Numbers(1, 6, -9, 9), (1, 0, -1))
    g = Setting(Numbers(1, 6, -9, 9), (0, 1, 2))
    visited = traitlets.List(traitlets.Float()).tag(sync=True)

    def _watch(self) -> None:
        self.visited = [self.t, self.t]
        self.observe(self._trace, "t")
        self.observe(self._start_anew, ["pair", "flip", "f", "g"])

    @traitlets.validate("t")
    def _check_shift(self, proposal: Any) -> float:
        return self._first() if proposal["value"] is None else self._shift(proposal["value"])

    @traitlets.validate("visited")
    def _check_visited(self, proposal: Any) -> list[float]:
        if len(proposal["value"]) != 2:
            raise ValueError(f"visited must be the first and the last shift, got {proposal['value']!r}")
        return [self._shift(end) for end in proposal["value"]]

    def _shift(self, t: Any) -> float:
        if self.pair != SEQUENCES:
            return SHIFT.check("t", t)
        shifts = slide(self.f, self.g, flip=self.flip)[0]
        shift = Number(shifts[0], shifts[-1]).check("t", t)
        if not shift.is_integer():
            raise ValueError(f"t must be whole for two sequences, got {t!r}")
        return shift

    def _first(self) -> float:
        return float(slide(self.f, self.g, flip=self.flip)[0][0]) if self.pair == SEQUENCES else SHIFT.low

    def _trace(self, change: Any) -> None:
        self.visited = [min(self.visited[0], self.t), max(self.visited[1], self.t)]

    def _start_anew(self, change: Any) -> None:
        # Both at once: the old trace may lie outside the new range.
        with self.hold_trait_notifications():
            if change["name"] == "pair" or self.pair == SEQUENCES:
                self.t = self._first()
            self.visited = [self.t, self.t]

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        sequences = f" f = {_list(self.f)}, g = {_list(self.g)}" if self.pair == SEQUENCES else ""
        return f"{self.pair}{sequences}{self._sigmas()}, {self._operation()}, shift {self.t:g}"

    def value(self) -> float:
        """Return the convolution (or cross-correlation) at the present shift."""
        if self.pair != SEQUENCES:
            pair = functions(self.pair, self.sigma_f, self.sigma_g)
            return round(overlap(*pair, self.t, flip=self.flip), 6)
        shifts, sums = slide(self.f, self.g, flip=self.flip)
        return dict(zip(shifts, sums, strict=True)).get(int(self.t), 0.0)

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        mirrored = "flipped and then shifted" if self.flip else "shifted but not flipped"
        what = "the sum of the products" if self.pair == SEQUENCES else "the area under their product"
        return (
            f"{self.pair.capitalize()}: f stays, g is {mirrored} by t = {self.t:g}. "
            f"There {what} is {self.value():.3f}, the value of the {self._operation()}. "
            f"Below, that value is drawn {self._drawn()}."
        )

    def _drawn(self) -> str:
        first, last = self.visited
        end = slide(self.f, self.g, flip=self.flip)[0][-1] if self.pair == SEQUENCES else SHIFT.high
        return "for every shift" if last >= end else f"for the shifts visited so far, {first:g} to {last:g}"

    def _operation(self) -> str:
        return "convolution" if self.flip else "cross-correlation"

    def _sigmas(self) -> str:
        used = {"two Gaussians": ("sigma_f", "sigma_g"), "box and Gaussian": ("sigma_g",)}
        return "".join(f", {name} {getattr(self, name):g}" for name in used.get(self.pair, ()))


def _list(values: Sequence[float]) -> str:
    return "[" + ", ".join(f"{value:g}" for value in values) + "]"
