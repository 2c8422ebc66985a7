"""The PoolingShift explorer: what four ways of making a row shorter notice of a shift."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from cnnlab.explorers.base import Explorer, finite, number_between, read_source, whole_between
from cnnlab.explorers.shifted_pooling import LENGTH, WAYS, changes, means, shifted, shorten

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROW = (0, 0, 9, 0, 0, 0, 0, 6, 6, 6, 6, 0, 0, 3, 0, 0)
LARGEST = 9
WINDOWS, STRIDES = (2, 3, 4), (2, 4)
CHOICES = {"window": WINDOWS, "stride": STRIDES}


class PoolingShift(Explorer):
    """An explorer that shifts a row of numbers under max pooling, average pooling, a stride and a blur.

    The row is closed: what leaves it on the right comes back on the left. For each way the explorer shows the
    output now, and how much every shift by one cell changes it, on average over its cells.

    Args:
        row: 16 numbers from 0 to 9.
        shift: by how many cells the row is moved to the right, 0 to 16.
        window: cells under the pooling window, 2, 3 or 4.
        stride: cells from one window to the next, 2 or 4.

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: an argument is outside its range.

    Example:
        >>> PoolingShift([0, 9] * 8, shift=1)
        PoolingShift explorer: window 2, stride 2, shift 1
        >>> PoolingShift([0, 9] * 8, shift=1).output("stride alone")
        [9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0]
    """

    _esm = read_source("base.js", "parts.js", "pooling_shift.js")

    row = traitlets.List(traitlets.Float()).tag(sync=True)
    shift = traitlets.Int(0).tag(sync=True)
    window = traitlets.Int(2).tag(sync=True)
    stride = traitlets.Int(2).tag(sync=True)

    def __init__(
        self, row: Sequence[float] = ROW, *, shift: int = 0, window: int = 2, stride: int = 2
    ) -> None:
        given = {"row": row, "shift": shift, "window": window, "stride": stride}
        super().__init__(**{name: _checked(name, value) for name, value in given.items()})

    @traitlets.validate("row", "shift", "window", "stride")
    def _check_assignment(self, proposal: Any) -> Any:
        return _checked(proposal["trait"].name, proposal["value"])

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        return f"window {self.window}, stride {self.stride}, shift {self.shift}"

    def output(self, way: str) -> list[float]:
        """Return the output now.

        Args:
            way: "max pooling", "average pooling", "stride alone" or "blur, then stride".
        """
        return shorten(self.row, way, shift=self.shift, window=self.window, stride=self.stride).tolist()

    def changes(self, way: str) -> list[float]:
        """Return how much each of the 16 shifts by one cell changes the output, on average over its cells.

        Args:
            way: as for :meth:`output`.
        """
        return changes(self.row, way, window=self.window, stride=self.stride)

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        numbers = " ".join(f"{value:g}" for value in shifted(self.row, self.shift))
        return f"The row, shifted by {self.shift}: {numbers}. " + " ".join(
            self._way_words(way) for way in WAYS
        )

    def _way_words(self, way: str) -> str:
        output = " ".join(f"{value:.3g}" for value in self.output(way))
        low, high = means(self.row, way, window=self.window, stride=self.stride)
        kept = "the same at every shift" if low == high else f"from {low:.4g} to {high:.4g}"
        return (
            f"{way.capitalize()} gives {output}; a shift by one cell changes an output by "
            f"{np.mean(self.changes(way)):.2f} on average, and the mean of the outputs is {kept}."
        )

    def static_twin(self) -> Figure:
        """Return a figure with the row, the four outputs, and how much every shift changes them.

        Returns:
            A figure for ``figures.show``.
        """
        # matplotlib comes only with the twin.
        from cnnlab.explorers import pooling_shift_twin

        outputs = {way: self.output(way) for way in WAYS}
        steps = {way: self.changes(way) for way in WAYS}
        moved = shifted(self.row, self.shift).tolist()
        return pooling_shift_twin.draw(moved, outputs, steps, stride=self.stride, shift=self.shift)


def _checked(name: str, value: Any) -> Any:
    if name == "shift":
        return whole_between("shift", value, 0, LENGTH)
    if name == "row":
        numbers = finite("row", value)
        if len(numbers) != LENGTH:
            raise ValueError(f"row must have {LENGTH} numbers, got {len(numbers)}")
        return [number_between("each number of row", number, 0, LARGEST) for number in numbers]
    allowed = CHOICES[name]
    if isinstance(value, bool) or value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(map(str, allowed))}, got {value!r}")
    return int(value)
