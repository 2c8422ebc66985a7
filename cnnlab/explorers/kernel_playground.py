"""The KernelPlayground explorer: a matrix that the reader edits, and what it makes of a photograph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from cnnlab._arguments import one_of
from cnnlab.explorers.base import Explorer, finite, number_between, read_source, whole_between
from cnnlab.explorers.photographs import PHOTOGRAPHS, SIZE, credit, small_photograph
from cnnlab.explorers.playground import BORDERS, Effect, effect, filter_picture
from cnnlab.explorers.presets import PRESETS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SIZES = (3, 5)
OWN = "own"
LARGEST = 999
LIMITS = {"divisor": (0.01, LARGEST), "offset": (-1, 1)}


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

    _esm = read_source("base.js", "photo.js", "kernel_playground.js")

    pixels = traitlets.Bytes().tag(sync=True)
    size = traitlets.Int().tag(sync=True)
    credit = traitlets.Unicode().tag(sync=True)
    presets = traitlets.List(traitlets.Dict()).tag(sync=True)
    kernel = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    divisor = traitlets.Float().tag(sync=True)
    offset = traitlets.Float().tag(sync=True)
    border = traitlets.Unicode().tag(sync=True)
    row = traitlets.Int().tag(sync=True)
    column = traitlets.Int().tag(sync=True)

    def __init__(
        self,
        preset: str = "identity",
        *,
        kernel: Sequence[Sequence[float]] | None = None,
        divisor: float | None = None,
        offset: float | None = None,
        border: str = "replicate",
        photograph: str = "camera",
        row: int = 40,
        column: int = 72,
    ) -> None:
        one_of("preset", preset, PRESETS)
        one_of("photograph", photograph, PHOTOGRAPHS)
        start = {"kernel": kernel, "divisor": 1.0, "offset": 0.0} if kernel is not None else _table()[preset]
        given = {"divisor": divisor, "offset": offset}
        chosen = {name: start[name] for name in ("kernel", "divisor", "offset")}
        chosen |= {name: value for name, value in given.items() if value is not None}
        chosen |= {"border": border, "row": row, "column": column}
        self._photograph = photograph
        super().__init__(
            pixels=small_photograph(photograph).numpy().tobytes(),
            size=SIZE,
            credit=credit(photograph),
            presets=[{"name": name, **entry} for name, entry in _table().items()],
            **{name: _checked(name, value) for name, value in chosen.items()},
        )

    @traitlets.validate("kernel", "divisor", "offset", "border", "row", "column")
    def _check_assignment(self, proposal: Any) -> Any:
        return _checked(proposal["trait"].name, proposal["value"])

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        side = len(self.kernel)
        return (
            f"{self.preset()}, {side} x {side}, divisor {self.divisor:g}, offset {self.offset:g}, "
            f"border {self.border}, {self._photograph}"
        )

    def preset(self) -> str:
        """Return the name of the preset that stands in the fields now, "own" where it is none."""
        now = {name: getattr(self, name) for name in ("kernel", "divisor", "offset")}
        same = (name for name, entry in _table().items() if now.items() <= entry.items())
        return next(same, OWN)

    def picture(self) -> np.ndarray:
        """Return the photograph, shape (192, 192), grey levels from 0 to 1."""
        return np.frombuffer(self.pixels, dtype=np.uint8).reshape(self.size, self.size) / 255

    def output(self) -> np.ndarray:
        """Return the results before clipping, shape (192, 192)."""
        return filter_picture(
            self.picture(), self.kernel, divisor=self.divisor, offset=self.offset, border=self.border
        )

    def effect(self) -> Effect:
        """Return what the kernel does, in numbers: gain, range, clipped pixels."""
        return effect(self.output(), self.kernel, self.divisor)

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        found, value = self.effect(), self.output()[self.row, self.column]
        return (
            f"Photograph {self._photograph!r} beside what the kernel {self.preset()!r} makes of it. "
            f"The weights sum to {np.sum(self.kernel):g}; divided by {self.divisor:g} that is "
            f"{found.gain:.3g}. The results lie between {found.low:.3f} and {found.high:.3f}; of "
            f"{found.count} pixels, {found.below} lie below 0 and are shown black, {found.above} above 1 and "
            f"are shown white. At row {self.row}, column {self.column} the result is {value:.3f}. "
            f"{self.credit}"
        )

    def static_twin(self) -> Figure:
        """Return a figure with the kernel, the photograph and the filtered photograph.

        Returns:
            A figure for ``figures.show``.
        """
        # matplotlib comes only with the twin.
        from cnnlab.explorers import kernel_playground_twin

        return kernel_playground_twin.draw(
            self.picture(),
            self.kernel,
            self.output(),
            title=self.preset(),
            after=f"divided by {self.divisor:g}, plus {self.offset:g}",
        )


def _table() -> dict[str, dict[str, Any]]:
    """The presets as they travel to the browser."""
    return {name: asdict(entry) for name, entry in PRESETS.items()}


def _checked(name: str, value: Any) -> Any:
    if name == "kernel":
        return _kernel(value)
    if name == "border":
        return one_of("border", value, BORDERS)
    if name in LIMITS:
        return number_between(name, value, *LIMITS[name])
    return whole_between(name, value, 0, SIZE - 1)


def _kernel(values: Any) -> list[list[float]]:
    values = values.tolist() if hasattr(values, "tolist") else values
    if not isinstance(values, Sequence) or isinstance(values, str):
        raise TypeError(f"kernel must be rows of numbers, got {values!r}")
    rows = [finite("each row of kernel", row) for row in values]
    if len(rows) not in SIZES or any(len(row) != len(rows) for row in rows):
        raise ValueError(f"kernel must be 3 x 3 or 5 x 5, got rows of {[len(row) for row in rows]}")
    return [[number_between("each weight of kernel", n, -LARGEST, LARGEST) for n in row] for row in rows]
