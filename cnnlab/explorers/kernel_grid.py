"""The KernelGrid explorer: a kernel that slides over an editable grid, one position at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import traitlets

from cnnlab._arguments import one_of
from cnnlab.explorers.base import Explorer, finite, number_between, read_source, whole_between
from cnnlab.explorers.grid import CONVOLUTION, CROSS_CORRELATION, slide_kernel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Rows = Sequence[Sequence[float]]

OPERATIONS = (CROSS_CORRELATION, CONVOLUTION)
IMAGE = ((3, 3, 2, 1, 0), (0, 0, 1, 3, 1), (3, 1, 2, 2, 3), (2, 0, 0, 2, 2), (2, 0, 0, 0, 1))
KERNEL = ((0, 1, 2), (2, 2, 0), (0, 1, 2))
MOST = {"image": 8, "kernel": 5}
LARGEST_NUMBER = 99
RANGES = {"stride": (1, 3), "padding": (0, 2)}


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

    _esm = read_source("base.js", "parts.js", "kernel_grid.js")

    image = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    kernel = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    operation = traitlets.Unicode().tag(sync=True)
    stride = traitlets.Int(1).tag(sync=True)
    padding = traitlets.Int(0).tag(sync=True)
    row = traitlets.Int(0).tag(sync=True)
    column = traitlets.Int(0).tag(sync=True)
    shown = traitlets.Int(1).tag(sync=True)

    def __init__(
        self,
        image: Rows = IMAGE,
        kernel: Rows = KERNEL,
        *,
        operation: str = CROSS_CORRELATION,
        stride: int = 1,
        padding: int = 0,
        row: int = 0,
        column: int = 0,
    ) -> None:
        matrices = {"image": _matrix("image", image), "kernel": _matrix("kernel", kernel)}
        one_of("operation", operation, OPERATIONS)
        whole_between("stride", stride, *RANGES["stride"])
        whole_between("padding", padding, *RANGES["padding"])
        rows, columns = _fitting(**matrices, stride=stride, padding=padding)
        whole_between("row", row, 0, rows - 1)
        whole_between("column", column, 0, columns - 1)
        super().__init__(
            **matrices,
            operation=operation,
            stride=int(stride),
            padding=int(padding),
            row=int(row),
            column=int(column),
            shown=int(row * columns + column + 1),
        )
        # Only from here on: the settings given at the start are no change.
        self.observe(self._fill, ["row", "column"])
        self.observe(self._start_anew, ["image", "kernel", "operation", "stride", "padding"])

    @traitlets.validate("image", "kernel", "operation", "stride", "padding", "row", "column", "shown")
    def _check_assignment(self, proposal: Any) -> Any:
        name, value = proposal["trait"].name, proposal["value"]
        if name == "operation":
            return one_of(name, value, OPERATIONS)
        if name in ("row", "column", "shown"):
            rows, columns = self._output_shape()
            low, high = {"row": (0, rows - 1), "column": (0, columns - 1), "shown": (1, rows * columns)}[name]
            return whole_between(name, value, low, high)
        value = _matrix(name, value) if name in MOST else whole_between(name, value, *RANGES[name])
        present = {"image": self.image, "kernel": self.kernel, "stride": self.stride, "padding": self.padding}
        _fitting(**(present | {name: value}))
        return value

    def _fill(self, change: Any) -> None:
        self.shown = max(self.shown, self.row * self._output_shape()[1] + self.column + 1)

    def _start_anew(self, change: Any) -> None:
        if change["name"] in MOST and _shape(change["old"]) == _shape(change["new"]):
            return  # an edited number
        with self.hold_trait_notifications():
            self.row = self.column = 0
            self.shown = 1

    def _output_shape(self) -> tuple[int, int]:
        return _fitting(self.image, self.kernel, self.stride, self.padding)

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        (height, width), (rows, columns) = _shape(self.image), _shape(self.kernel)
        return (
            f"{self.operation}, {height} x {width} with {rows} x {columns}, "
            f"stride {self.stride}, padding {self.padding}, output ({self.row}, {self.column})"
        )

    def output(self) -> list[list[float]]:
        """Return the whole output, also what the picture does not show yet."""
        sums = slide_kernel(
            self.image, self.kernel, operation=self.operation, stride=self.stride, padding=self.padding
        )
        return [[round(value, 9) for value in row] for row in sums.tolist()]

    def value(self) -> float:
        """Return the sum of products at the present position."""
        return self.output()[self.row][self.column]

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        rows, columns = self._output_shape()
        turned = ", turned by half a turn," if self.operation == CONVOLUTION else ""
        return (
            f"The kernel{turned} lies on the padded image with its upper left corner at row "
            f"{self.row * self.stride}, column {self.column * self.stride}. The sum of the products there is "
            f"{self.value():g}, the output at row {self.row}, column {self.column}. "
            f"{self.shown} of {rows * columns} outputs are filled in."
        )

    def static_twin(self) -> Figure:
        """Return a figure with the padded image, the kernel as it slides, and the whole output.

        Returns:
            A figure for ``figures.show``.
        """
        # matplotlib comes only with the twin.
        from cnnlab.explorers import kernel_grid_twin

        return kernel_grid_twin.draw(
            self.image,
            self.kernel,
            operation=self.operation,
            stride=self.stride,
            padding=self.padding,
            place=(self.row, self.column),
        )


def _shape(matrix: Rows) -> tuple[int, int]:
    return len(matrix), len(matrix[0])


def _matrix(name: str, values: Any) -> list[list[float]]:
    values = values.tolist() if hasattr(values, "tolist") else values
    if not isinstance(values, Sequence) or isinstance(values, str):
        raise TypeError(f"{name} must be rows of numbers, got {values!r}")
    rows, most = [finite(f"each row of {name}", row) for row in values], MOST[name]
    if not 1 <= len(rows) <= most or not all(1 <= len(row) <= most for row in rows):
        raise ValueError(f"{name} must have 1 to {most} rows of 1 to {most} numbers, got {values!r}")
    if len({len(row) for row in rows}) > 1:
        raise ValueError(f"{name} must have rows of equal length, got {[len(row) for row in rows]}")
    limits = (-LARGEST_NUMBER, LARGEST_NUMBER)
    return [[number_between(f"each number of {name}", number, *limits) for number in row] for row in rows]


def _fitting(image: Rows, kernel: Rows, stride: int, padding: int) -> tuple[int, int]:
    """Rows and columns of the output."""
    padded = [size + 2 * padding for size in _shape(image)]
    spare = [size - taps for size, taps in zip(padded, _shape(kernel), strict=True)]
    if min(spare) < 0:
        (height, width), (rows, columns) = padded, _shape(kernel)
        raise ValueError(f"kernel must fit the padded image {height} x {width}, got {rows} x {columns}")
    return spare[0] // stride + 1, spare[1] // stride + 1
