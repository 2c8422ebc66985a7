"""The Arithmetic explorer: padding, stride, dilation, groups and the size of the output, step by step."""

from __future__ import annotations

from typing import Any

import traitlets

from cnnlab import geometry
from cnnlab.explorers.kit.explorer import Explorer
from cnnlab.explorers.kit.limits import Flag, OneOf, Setting, Whole

SIZES = ("input_size", "kernel_size", "stride", "padding", "dilation", "output_padding")
SHAPE = (*SIZES, "transposed")
CHANNELS = ("groups", "in_channels", "out_channels")


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

    input_size = Setting(Whole(1, 12), 5)
    kernel_size = Setting(Whole(1, 7), 3)
    stride = Setting(Whole(1, 4), 1)
    padding = Setting(Whole(0, 4), 0)
    dilation = Setting(Whole(1, 3), 1)
    groups = Setting(OneOf((1, 2, 4)), 1)
    in_channels = Setting(OneOf((4, 8)), 4)
    out_channels = Setting(OneOf((4, 8)), 4)
    transposed = Setting(Flag(), False)
    output_padding = Setting(Whole(0, 3), 0)
    step = traitlets.Int(0).tag(sync=True)
    shown = traitlets.Int(1).tag(sync=True)
    reveal = traitlets.Bool(False).tag(sync=True)

    def _watch(self) -> None:
        self.observe(self._count, "step")
        self.observe(self._start_anew, list(SHAPE))

    @traitlets.validate("step")
    def _check_step(self, proposal: Any) -> int:
        return Whole(0, max(0, self.output_size() ** 2 - 1)).check("step", proposal["value"])

    @traitlets.validate("output_padding", "stride", "dilation", "transposed")
    def _check_output_padding(self, proposal: Any) -> Any:
        names = ("output_padding", "stride", "dilation", "transposed")
        now = {name: getattr(self, name) for name in names} | {proposal["trait"].name: proposal["value"]}
        given, stride, dilation = (now[name] for name in names[:3])
        if given and not now["transposed"]:
            raise ValueError(f"output_padding must be 0 unless transposed, got {given}")
        if given >= max(stride, dilation):
            raise ValueError(
                f"output_padding must be less than stride {stride} or dilation {dilation}, got {given}"
            )
        return proposal["value"]

    def _count(self, change: Any) -> None:
        self.shown = max(self.shown, self.step + 1)

    def _start_anew(self, change: Any) -> None:
        with self.hold_trait_notifications():
            self.step, self.shown = 0, 1

    def positions(self) -> geometry.Positions:
        """Return where the kernel stands along each axis."""
        shape = {name: getattr(self, name) for name in SHAPE[1:]}
        return geometry.positions(self.input_size, **shape)

    def formula(self) -> str:
        """Return the left side of the output-size formula, with the numbers filled in."""
        reach = f"{self.dilation}·({self.kernel_size} - 1)"
        if self.transposed:
            start = f"({self.input_size} - 1)·{self.stride} - 2·{self.padding}"
            return f"{start} + {reach} + {self.output_padding} + 1"
        return f"floor(({self.input_size} + 2·{self.padding} - {reach} - 1)/{self.stride}) + 1"

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
        return len(self.positions().starts)

    def weights(self) -> int:
        """Return the number of weights of the layer, without biases."""
        channels = self.in_channels, self.out_channels
        return geometry.weights(geometry.Conv(*channels, self.kernel_size, groups=self.groups))

    def never_covered(self) -> int:
        """Return how many pixels of the input no position of the kernel reads."""
        found = self.positions()
        read = len(set(found.pixels) - set(found.uncovered()))
        return self.input_size**2 - read**2

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        found = self.positions()
        if not found.starts:
            return (
                f"The kernel spans {found.span} cells and does not fit the {max(0, found.length)} there are."
            )
        done = self.reveal or self.shown >= self.output_size() ** 2
        missed = f". Of {self.input_size**2} pixels, {self.never_covered()} are never covered"
        answer = f"{self.output_size()}{missed}. {self.weights()} weights" if done else "?"
        row, column = divmod(self.step, self.output_size())
        return (
            f"Step {self.step + 1} gives the output at row {row}, column {column}. "
            f"Output size: {self.formula()} = {answer}."
        )
