"""The PoolingShift explorer: what four ways of making a row shorter notice of a shift."""

from __future__ import annotations

import numpy as np
import traitlets

from cnnlab.explorers.kit.explorer import Explorer
from cnnlab.explorers.kit.limits import Numbers, OneOf, Setting, Whole
from cnnlab.explorers.pooling_shift.shifted_pooling import LENGTH, WAYS, changes, means, shifted, shorten

ROW = (0, 0, 9, 0, 0, 0, 0, 6, 6, 6, 6, 0, 0, 3, 0, 0)
ROWS = {
    "spots and a plateau": ROW,
    "one spot": (*[0] * 5, 9, *[0] * 10),
    "an edge": (*[0] * 8, *[9] * 8),
    "period of 2 cells": (0, 9) * 8,
    "period of 4 cells": (0, 0, 9, 9) * 4,
    "a slow wave": (4, 6, 7, 8, 9, 8, 7, 6, 4, 3, 1, 0, 0, 0, 1, 3),
}


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

    row = Setting(Numbers(LENGTH, LENGTH, 0, 9), ROW)
    shift = Setting(Whole(0, LENGTH), 0)
    window = Setting(OneOf((2, 3, 4)), 2)
    stride = Setting(OneOf((2, 4)), 2)
    rows = traitlets.Dict({name: list(numbers) for name, numbers in ROWS.items()}).tag(sync=True)

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
