"""The KernelPlayground explorer: a matrix that the reader edits, and what it makes of a photograph."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import traitlets
from ipywidgets import widget_serialization

from cnnlab import filters
from cnnlab.explorers.kernel_playground.effect import Effect, effect
from cnnlab.explorers.kernel_playground.presets import PRESETS
from cnnlab.explorers.kit.explorer import Explorer
from cnnlab.explorers.kit.limits import Number, OneOf, Rows, Setting, Whole
from cnnlab.explorers.kit.photographs import PHOTOGRAPHS, SIZE, Photograph
from cnnlab.explorers.kit.photographs import photograph as shared_photograph

SIZES = (3, 5)
OWN = "own"
# PyTorch's names of what lies outside the picture, and those of `filters`.
BORDERS = {"zeros": "constant", "replicate": "nearest", "reflect": "mirror", "circular": "wrap"}


class Square(Rows):
    """Rows of numbers, 3 x 3 or 5 x 5."""

    def check(self, name: str, value: Any) -> list[list[float]]:
        """Return rows, an array or a 2-D tensor as lists of floats."""
        rows = super().check(name, value)
        if len(rows) not in SIZES or len(rows[0]) != len(rows):
            raise ValueError(f"{name} must be 3 x 3 or 5 x 5, got {len(rows)} x {len(rows[0])}")
        return rows

    def sent(self) -> dict[str, Any]:
        """Return the limits as the browser reads them."""
        return super().sent() | {"sizes": SIZES}


class KernelPlayground(Explorer):
    """An explorer that filters a photograph with a matrix that the reader edits.

    The kernel lies on the picture as it is written, never turned: cross-correlation. Every result is the
    weighted sum divided by the divisor, plus the offset; the picture shows 0 and less as black, 1 and more as
    white. A frame that the arrow keys move tells the result at one pixel.

    Args:
        preset: a name from ``kernels.PRESETS``, whose kernel, divisor and offset are the start.
        kernel: 3 x 3 or 5 x 5 weights from -999 to 999 in place of the preset's; divisor 1 and offset 0 then.
        divisor: what the weighted sum is divided by, 0.01 to 999.
        offset: what is added after that, -1 to 1.
        border: what lies outside the picture: "zeros", "replicate", "reflect" or "circular".
        photograph: "astronaut", "camera", "chelsea", "china", "coffee", "coins" or "flower".
        row: row of the framed pixel, 0 to 191.
        column: column of the framed pixel, 0 to 191.

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: an argument is outside its range.

    Example:
        >>> KernelPlayground("Gaussian 3x3")
        KernelPlayground explorer: Gaussian 3x3, 3 x 3, divisor 16, offset 0, border replicate, camera
        >>> KernelPlayground("Gaussian 3x3").effect().gain
        1.0
    """

    kernel = Setting(Square(5, 999))
    divisor = Setting(Number(0.01, 999), 1)
    offset = Setting(Number(-1, 1), 0)
    border = Setting(OneOf(tuple(BORDERS)), "replicate")
    row = Setting(Whole(0, SIZE - 1), 40)
    column = Setting(Whole(0, SIZE - 1), 72)
    photo = traitlets.Instance(Photograph).tag(sync=True, **widget_serialization)
    presets = traitlets.List(traitlets.Dict()).tag(sync=True)

    def __init__(self, preset: str = "identity", *, photograph: str = "camera", **settings: Any) -> None:
        OneOf(tuple(PRESETS)).check("preset", preset)
        OneOf(PHOTOGRAPHS).check("photograph", photograph)
        given = {name: value for name, value in settings.items() if value is not None}
        start = {name: PRESETS[preset][name] for name in ("kernel", "divisor", "offset")}
        super().__init__(
            photo=shared_photograph(photograph),
            presets=[{"name": name, **entry} for name, entry in PRESETS.items()],
            **(given if "kernel" in given else start | given),
        )

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        side = len(self.kernel)
        return (
            f"{self.preset()}, {side} x {side}, divisor {self.divisor:g}, offset {self.offset:g}, "
            f"border {self.border}, {self.photo.name}"
        )

    def preset(self) -> str:
        """Return the name of the preset that stands in the fields now, "own" where it is none."""
        now = {name: getattr(self, name) for name in ("kernel", "divisor", "offset")}
        same = (name for name, entry in PRESETS.items() if now.items() <= entry.items())
        return next(same, OWN)

    def picture(self) -> np.ndarray:
        """Return the photograph, shape (192, 192), grey levels from 0 to 1."""
        return self.photo.picture()

    def output(self) -> np.ndarray:
        """Return the results before clipping, shape (192, 192)."""
        pixels, kernel = torch.from_numpy(self.picture()), torch.tensor(self.kernel, dtype=torch.float64)
        sums = filters.cross_correlate(pixels, kernel, border=BORDERS[self.border])
        return (sums / self.divisor + self.offset).numpy()

    def effect(self) -> Effect:
        """Return what the kernel does, in numbers: gain, range, clipped pixels."""
        return effect(self.output(), self.kernel, self.divisor)

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        found, value = self.effect(), self.output()[self.row, self.column]
        return (
            f"Photograph {self.photo.name!r} beside what the kernel {self.preset()!r} makes of it. "
            f"The weights sum to {np.sum(self.kernel):g}; divided by {self.divisor:g} that is "
            f"{found.gain:.3g}. The results lie between {found.low:.3f} and {found.high:.3f}; of "
            f"{found.count} pixels, {found.below} lie below 0 and are shown black, {found.above} above 1 and "
            f"are shown white. At row {self.row}, column {self.column} the result is {value:.3f}. "
            f"{self.photo.credit}"
        )
