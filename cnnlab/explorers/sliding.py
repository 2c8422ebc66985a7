"""The Sliding explorer: convolution as one function that slides over another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import traitlets

from cnnlab._arguments import one_of
from cnnlab.explorers.base import Explorer, finite, number_between, read_source, true_or_false
from cnnlab.explorers.overlap import PAIRS, SEQUENCES, functions, overlap, slide

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LARGEST_SHIFT = 3.0
SIGMAS = (0.2, 1.0)
MOST_NUMBERS = 6
LARGEST_NUMBER = 9


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

    _esm = read_source("base.js", "sliding.js")

    pair = traitlets.Unicode().tag(sync=True)
    t = traitlets.Float().tag(sync=True)
    flip = traitlets.Bool().tag(sync=True)
    sigma_f = traitlets.Float().tag(sync=True)
    sigma_g = traitlets.Float().tag(sync=True)
    f = traitlets.List(traitlets.Float()).tag(sync=True)
    g = traitlets.List(traitlets.Float()).tag(sync=True)
    visited = traitlets.List(traitlets.Float()).tag(sync=True)

    def __init__(
        self,
        pair: str = "two boxes",
        *,
        t: float | None = None,
        flip: bool = True,
        sigma_f: float = 0.6,
        sigma_g: float = 0.8,
        f: Sequence[float] = (1, 0, -1),
        g: Sequence[float] = (0, 1, 2),
    ) -> None:
        one_of("pair", pair, (*PAIRS, SEQUENCES))
        true_or_false("flip", flip)
        f, g = _sequence("f", f), _sequence("g", g)
        shift = _start(pair, f, g, flip) if t is None else _shift(t, pair, f, g, flip)
        sigmas = {
            "sigma_f": number_between("sigma_f", sigma_f, *SIGMAS),
            "sigma_g": number_between("sigma_g", sigma_g, *SIGMAS),
        }
        super().__init__(pair=pair, t=shift, flip=flip, f=f, g=g, visited=[shift, shift], **sigmas)
        # Only from here on: the settings given at the start are no change.
        self.observe(self._trace, "t")
        self.observe(self._start_anew, ["pair", "flip", "f", "g"])

    @traitlets.validate("pair", "t", "sigma_f", "sigma_g", "f", "g", "visited")
    def _check_assignment(self, proposal: Any) -> Any:
        name, value = proposal["trait"].name, proposal["value"]
        if name == "pair":
            return one_of("pair", value, (*PAIRS, SEQUENCES))
        if name == "t":
            return _shift(value, self.pair, self.f, self.g, self.flip)
        if name == "visited":
            if len(value) != 2:
                raise ValueError(f"visited must be the first and the last shift, got {value!r}")
            return [_shift(end, self.pair, self.f, self.g, self.flip) for end in value]
        return _sequence(name, value) if name in "fg" else number_between(name, value, *SIGMAS)

    def _trace(self, change: Any) -> None:
        self.visited = [min(self.visited[0], self.t), max(self.visited[1], self.t)]

    def _start_anew(self, change: Any) -> None:
        # Both at once: the old trace may lie outside the new range.
        with self.hold_trait_notifications():
            if change["name"] == "pair" or self.pair == SEQUENCES:
                self.t = _start(self.pair, self.f, self.g, self.flip)
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

    def static_twin(self) -> Figure:
        """Return a figure with g at several shifts above and the whole result below.

        Returns:
            A figure for ``figures.show``.
        """
        # matplotlib comes only with the twin.
        from cnnlab.explorers import sliding_twin

        if self.pair == SEQUENCES:
            return sliding_twin.draw_sequences(self.f, self.g, flip=self.flip)
        pair = functions(self.pair, self.sigma_f, self.sigma_g)
        return sliding_twin.draw_functions(*pair, flip=self.flip)

    def _drawn(self) -> str:
        first, last = self.visited
        end = slide(self.f, self.g, flip=self.flip)[0][-1] if self.pair == SEQUENCES else LARGEST_SHIFT
        return "for every shift" if last >= end else f"for the shifts visited so far, {first:g} to {last:g}"

    def _operation(self) -> str:
        return "convolution" if self.flip else "cross-correlation"

    def _sigmas(self) -> str:
        used = {"two Gaussians": ("sigma_f", "sigma_g"), "box and Gaussian": ("sigma_g",)}
        return "".join(f", {name} {getattr(self, name):g}" for name in used.get(self.pair, ()))


def _list(values: Sequence[float]) -> str:
    return "[" + ", ".join(f"{value:g}" for value in values) + "]"


def _sequence(name: str, values: Any) -> list[float]:
    numbers = finite(name, values)
    if not 1 <= len(numbers) <= MOST_NUMBERS:
        raise ValueError(f"{name} must have 1 to {MOST_NUMBERS} numbers, got {len(numbers)}")
    return [number_between(f"each number of {name}", n, -LARGEST_NUMBER, LARGEST_NUMBER) for n in numbers]


def _shift(t: Any, pair: str, f: list[float], g: list[float], flip: bool) -> float:
    if pair != SEQUENCES:
        return number_between("t", t, -LARGEST_SHIFT, LARGEST_SHIFT)
    shifts = slide(f, g, flip=flip)[0]
    shift = number_between("t", t, shifts[0], shifts[-1])
    if not shift.is_integer():
        raise ValueError(f"t must be whole for two sequences, got {t!r}")
    return shift


def _start(pair: str, f: list[float], g: list[float], flip: bool) -> float:
    return float(slide(f, g, flip=flip)[0][0]) if pair == SEQUENCES else -LARGEST_SHIFT
