"""The Arithmetic explorer: padding, stride, dilation, groups and the size of the output, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets

from cnnlab.explorers.base import Explorer, read_source, true_or_false, whole_between
from cnnlab.explorers.coverage import Axis, axis, size_formula

if TYPE_CHECKING:
    from matplotlib.figure import Figure

RANGES = {
    "input_size": (1, 12),
    "kernel_size": (1, 7),
    "stride": (1, 4),
    "padding": (0, 4),
    "dilation": (1, 3),
    "output_padding": (0, 3),
}
CHOICES = {"groups": (1, 2, 4), "in_channels": (4, 8), "out_channels": (4, 8)}
SHAPE = (*RANGES, "transposed")


class Arithmetic(Explorer):
    """An explorer that slides a square kernel over the padded input and counts the outputs.

    The size of the output, what the kernel never covers and the number of weights are told once the last step
    is reached or everything is asked for. A transposed convolution is drawn as what it computes: its input
    spread with zeros.

    Args:
        input_size: height and width of the input, 1 to 12.
        kernel_size: height and width of the kernel, 1 to 7.
        stride: cells from one position to the next, 1 to 4.
        padding: zeros around the input, 0 to 4.
        dilation: cells from one tap of the kernel to the next, 1 to 3.
        groups: parts into which the channels are divided, 1, 2 or 4.
        in_channels: channels of the input, 4 or 8.
        out_channels: channels of the output, 4 or 8.
        transposed: True for a transposed convolution.
        output_padding: rows and columns added at the end of a transposed convolution's output, less than its
            stride or its dilation.

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: an argument is outside its range.

    Example:
        >>> Arithmetic(5, 3, stride=2, padding=1).output_size()
        3
        >>> Arithmetic(5, 3, stride=2, groups=2).weights()  # 4 * 4/2 * 3 * 3
        72
    """

    _esm = read_source("base.js", "parts.js", "arithmetic.js")

    input_size = traitlets.Int(5).tag(sync=True)
    kernel_size = traitlets.Int(3).tag(sync=True)
    stride = traitlets.Int(1).tag(sync=True)
    padding = traitlets.Int(0).tag(sync=True)
    dilation = traitlets.Int(1).tag(sync=True)
    groups = traitlets.Int(1).tag(sync=True)
    in_channels = traitlets.Int(4).tag(sync=True)
    out_channels = traitlets.Int(4).tag(sync=True)
    transposed = traitlets.Bool(False).tag(sync=True)
    output_padding = traitlets.Int(0).tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    shown = traitlets.Int(1).tag(sync=True)
    reveal = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self,
        input_size: int = 5,
        kernel_size: int = 3,
        stride: int = 1,
        padding: int = 0,
        dilation: int = 1,
        groups: int = 1,
        in_channels: int = 4,
        out_channels: int = 4,
        transposed: bool = False,
        output_padding: int = 0,
    ) -> None:
        given = dict(locals())
        chosen = {name: _checked(name, given[name]) for name in (*RANGES, *CHOICES)}
        chosen["transposed"] = true_or_false("transposed", transposed)
        _check_output_padding(output_padding, stride, dilation, transposed)
        super().__init__(**chosen)
        # Only from here on: the settings given at the start are no change.
        self.observe(self._count, "step")
        self.observe(self._start_anew, list(SHAPE))

    @traitlets.validate(*SHAPE, *CHOICES, "step")
    def _check_assignment(self, proposal: Any) -> Any:
        name, value = proposal["trait"].name, proposal["value"]
        if name == "step":
            return whole_between("step", value, 0, max(0, self.output_size() ** 2 - 1))
        value = value if name == "transposed" else _checked(name, value)
        together = {key: getattr(self, key) for key in ("output_padding", "stride", "dilation", "transposed")}
        _check_output_padding(**(together | {name: value} if name in together else together))
        return value

    def _count(self, change: Any) -> None:
        self.shown = max(self.shown, self.step + 1)

    def _start_anew(self, change: Any) -> None:
        with self.hold_trait_notifications():
            self.step, self.shown = 0, 1

    def _axis(self) -> Axis:
        return axis(**{name: getattr(self, name) for name in SHAPE})

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        kind = f"transposed, output_padding {self.output_padding}, " if self.transposed else ""
        return (
            f"{kind}input {self.input_size}, kernel {self.kernel_size}, stride {self.stride}, "
            f"padding {self.padding}, dilation {self.dilation}, groups {self.groups}, "
            f"channels {self.in_channels} to {self.out_channels}, step {self.step + 1}"
        )

    def output_size(self) -> int:
        """Return the height and width of the output, 0 where the kernel does not fit."""
        return len(self._axis().starts)

    def weights(self) -> int:
        """Return the number of weights of the layer, without biases."""
        return self.in_channels * self.out_channels // self.groups * self.kernel_size**2

    def never_covered(self) -> int:
        """Return how many pixels of the input no position of the kernel reads."""
        found, missed = self._axis(), set(self._axis().uncovered())
        read = sum(pixel not in missed for pixel in found.pixels)
        return self.input_size**2 - read**2

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        found = self._axis()
        if not found.starts:
            return (
                f"The kernel spans {found.span} cells and does not fit the {max(0, found.length)} there are."
            )
        formula = size_formula(**{name: getattr(self, name) for name in SHAPE})
        done = self.reveal or self.shown >= self.output_size() ** 2
        missed = f". Of {self.input_size**2} pixels, {self.never_covered()} are never covered"
        answer = f"{self.output_size()}{missed}. {self.weights()} weights" if done else "?"
        row, column = divmod(self.step, self.output_size())
        return (
            f"Step {self.step + 1} gives the output at row {row}, column {column}. "
            f"Output size: {formula} = {answer}."
        )

    def static_twin(self) -> Figure:
        """Return a figure with the first and the last position of the kernel, and the output.

        Returns:
            A figure for ``figures.show``.
        """
        # matplotlib comes only with the twin.
        from cnnlab.explorers import arithmetic_twin

        formula = size_formula(**{name: getattr(self, name) for name in SHAPE})
        return arithmetic_twin.draw(self._axis(), formula, spread=self.transposed)


def _checked(name: str, value: Any) -> int:
    if name in RANGES:
        return whole_between(name, value, *RANGES[name])
    allowed = CHOICES[name]
    if isinstance(value, bool) or value not in allowed:
        words = ", ".join(str(number) for number in allowed)
        raise ValueError(f"{name} must be one of {words}, got {value!r}")
    return int(value)


def _check_output_padding(output_padding: int, stride: int, dilation: int, transposed: bool) -> None:
    if output_padding and not transposed:
        raise ValueError(f"output_padding must be 0 unless transposed, got {output_padding}")
    if output_padding >= max(stride, dilation):
        raise ValueError(
            f"output_padding must be less than stride {stride} or dilation {dilation}, got {output_padding}"
        )
