"""The KernelGrid explorer: a kernel that slides over an editable grid, one position at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import torch
import traitlets

from cnnlab import convolution, geometry
from cnnlab.explorers.kit.explorer import Explorer
from cnnlab.explorers.kit.limits import WORDS, Limit, OneOf, Rows, Setting, Whole

Matrix = Sequence[Sequence[float]]

OPERATIONS = ("cross-correlation", "convolution")
IMAGE = ((3, 3, 2, 1, 0), (0, 0, 1, 3, 1), (3, 1, 2, 2, 3), (2, 0, 0, 2, 2), (2, 0, 0, 0, 1))
KERNEL = ((0, 1, 2), (2, 2, 0), (0, 1, 2))
SHAPE = ("image", "kernel", "stride", "padding")
FIT = "kernel must fit the padded image {height} x {width}, got {rows} x {columns}"


class KernelGrid(Explorer):
    """An explorer that slides a kernel over an image step by step and writes out each sum.

    On the left the image with its padding and the kernel's frame over it, then the kernel, on the right the
    output, filled as far as the reader has come. All numbers of image and kernel can be edited.

    Args:
        image: rows of numbers from -99 to 99, at most 8 x 8.
        kernel: rows of numbers from -99 to 99, at most 5 x 5.
        operation: "cross-correlation", or "convolution", which turns the kernel by half a turn first.
        stride: cells from one position to the next, 1 to 3.
        padding: rows and columns of zeros around the image, 0 to 2.
        row: row of the output to start at.
        column: column of the output to start at.

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: an argument is outside its range, or the kernel does not fit the padded image.

    Example:
        >>> KernelGrid(row=0, column=2)
        KernelGrid explorer: cross-correlation, 5 x 5 with 3 x 3, stride 1, padding 0, output (0, 2)
        >>> KernelGrid(row=0, column=2).value()  # 2*0 + 1*1 + 0*2 + 1*2 + 3*2 + 1*0 + 2*0 + 2*1 + 3*2
        17.0
    """

    words: ClassVar[Mapping[str, str]] = WORDS | {"fit": FIT}

    image = Setting(Rows(8, 99), IMAGE)
    kernel = Setting(Rows(5, 99), KERNEL)
    operation = Setting(OneOf(OPERATIONS), OPERATIONS[0])
    stride = Setting(Whole(1, 3), 1)
    padding = Setting(Whole(0, 2), 0)
    row = Setting(Limit(), 0)
    column = Setting(Limit(), 0)
    shown = traitlets.Int(1).tag(sync=True)

    def _watch(self) -> None:
        self._fill({})
        self.observe(self._fill, ["row", "column"])
        self.observe(self._start_anew, ["operation", *SHAPE])

    @traitlets.validate("row", "column", "shown")
    def _check_place(self, proposal: Any) -> int:
        rows, columns = self._output_shape()
        limits = {"row": (0, rows - 1), "column": (0, columns - 1), "shown": (1, rows * columns)}
        name = proposal["trait"].name
        return Whole(*limits[name]).check(name, proposal["value"])

    @traitlets.validate(*SHAPE)
    def _check_fit(self, proposal: Any) -> Any:
        self._output_shape(**{proposal["trait"].name: proposal["value"]})
        return proposal["value"]

    def _fill(self, change: Any) -> None:
        self.shown = max(self.shown, self.row * self._output_shape()[1] + self.column + 1)

    def _start_anew(self, change: Any) -> None:
        if change["name"] in SHAPE[:2] and _shape(change["old"]) == _shape(change["new"]):
            return  # an edited number
        with self.hold_trait_notifications():
            self.row = self.column = 0
            self.shown = 1

    def _output_shape(self, **proposed: Any) -> tuple[int, int]:
        image, kernel, stride, padding = (proposed.get(name, getattr(self, name)) for name in SHAPE)
        (height, width), (rows, columns) = (_shape(matrix) for matrix in (image, kernel))
        if rows > height + 2 * padding or columns > width + 2 * padding:
            padded = {"height": height + 2 * padding, "width": width + 2 * padding}
            raise ValueError(FIT.format(**padded, rows=rows, columns=columns))
        return geometry.output_size((height, width), (rows, columns), stride=stride, padding=padding)

    def turned(self) -> bool:
        """Return whether the kernel slides turned by half a turn."""
        return self.operation == OPERATIONS[1]

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        (height, width), (rows, columns) = _shape(self.image), _shape(self.kernel)
        return (
            f"{self.operation}, {height} x {width} with {rows} x {columns}, "
            f"stride {self.stride}, padding {self.padding}, output ({self.row}, {self.column})"
        )

    def output(self) -> list[list[float]]:
        """Return the whole output, also what the picture does not show yet."""
        slide = convolution.convolve2d if self.turned() else convolution.cross_correlate2d
        matrices = (torch.tensor(rows, dtype=torch.float64) for rows in (self.image, self.kernel))
        sums = slide(*matrices, stride=self.stride, padding=self.padding)
        return [[round(value, 9) for value in row] for row in sums.tolist()]

    def value(self) -> float:
        """Return the sum of products at the present position."""
        return self.output()[self.row][self.column]

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        rows, columns = self._output_shape()
        turned = ", turned by half a turn," if self.turned() else ""
        return (
            f"The kernel{turned} lies on the padded image with its upper left corner at row "
            f"{self.row * self.stride}, column {self.column * self.stride}. The sum of the products there is "
            f"{self.value():g}, the output at row {self.row}, column {self.column}. "
            f"{self.shown} of {rows * columns} outputs are filled in."
        )


def _shape(matrix: Matrix) -> tuple[int, int]:
    return len(matrix), len(matrix[0])
