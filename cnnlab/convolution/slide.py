"""How a kernel moves along each axis, and what every operation does around its method, in any dimension."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import torch

from cnnlab._arguments import non_negative_int, one_of, positive_int
from cnnlab.convolution.operands import computing_dtype
from cnnlab.geometry import MODES, effective_kernel_size, mode_padding, output_length


class Slide(NamedTuple):
    """How the kernel moves along one axis: step, distance between taps, zeros on either side."""

    stride: int
    dilation: int
    left: int
    right: int

    def positions(self, length: int, kernel_size: int) -> int:
        """Return at how many positions the kernel fits in ``length`` samples between the zeros."""
        padded = length + self.left + self.right
        return output_length(padded, kernel_size, stride=self.stride, dilation=self.dilation)

    def samples(self, tap: int, count: int) -> slice:
        """Return which samples meet ``tap`` while the kernel takes its ``count`` positions."""
        start = tap * self.dilation
        return slice(start, start + (count - 1) * self.stride + 1, self.stride)


def make_slide(
    operation: str, kernel_size: int, *, mode: Any, stride: Any = 1, padding: Any = 0, dilation: Any = 1
) -> Slide:
    """Return how a kernel of ``kernel_size`` taps moves along an axis, or raise for options that do not fit.

    Raises:
        TypeError: a size is not an integer.
        ValueError: a size is out of range, or ``mode`` is unknown or forbids the stride or padding.
    """
    one_of("mode", mode, MODES)
    stride, dilation = positive_int("stride", stride), positive_int("dilation", dilation)
    padding = non_negative_int("padding", padding)
    if mode == "same" and stride != 1:
        raise ValueError(f"stride must be 1 in mode 'same', got {stride}")
    if mode != "valid" and padding != 0:
        raise ValueError(f"padding must be 0 in mode {mode!r}, which sets its own, got {padding}")
    left, right = mode_padding(mode, kernel_size, dilation=dilation, operation=operation)
    return Slide(stride, dilation, left + padding, right + padding)


def apply(
    method: Callable[..., torch.Tensor],
    signal: torch.Tensor,
    kernel: torch.Tensor,
    *slides: Slide,
    groups: int,
) -> torch.Tensor:
    """Return ``method`` of the two, given to it in groups and in the dtype to compute in.

    The method takes a signal (N, G, C, ...), a kernel (G, O, C, ...) for G groups, and one ``Slide`` for each
    axis. The tensors are checked; they may have no batch and channels.

    Raises:
        ValueError: the kernel does not fit the padded signal.
    """
    for axis, slide in enumerate(slides, start=-len(slides)):
        slide.positions(signal.shape[axis], kernel.shape[axis])
    plain = signal.ndim == len(slides)
    if plain:
        signal, kernel = signal[None, None], kernel[None, None]
    dtype = computing_dtype(signal.dtype)
    # (N, C, ...) to (N, groups, C // groups, ...), and the kernel's output channels likewise.
    grouped_signal = signal.to(dtype).unflatten(1, (groups, -1))
    grouped_kernel = kernel.to(dtype).unflatten(0, (groups, -1))
    result = method(grouped_signal, grouped_kernel, *slides).flatten(1, 2).to(signal.dtype)
    return result[0, 0] if plain else result


def pad(signal: torch.Tensor, *slides: Slide) -> torch.Tensor:
    """Return the signal with the slides' zeros around it, or as it is where there are none."""
    sides = [side for slide in reversed(slides) for side in (slide.left, slide.right)]  # the last axis first
    return torch.nn.functional.pad(signal, sides) if any(sides) else signal


def spread(tensor: torch.Tensor, *steps: int) -> torch.Tensor:
    """Return ``tensor`` with ``step - 1`` zeros between neighbours, for each of its last axes.

    Example:
        >>> spread(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), 1, 3)
        tensor([[1., 0., 0., 2.],
                [3., 0., 0., 4.]])
    """
    if max(steps) == 1:
        return tensor
    outer, inner = tensor.shape[: -len(steps)], tensor.shape[-len(steps) :]
    sizes = [effective_kernel_size(size, step) for size, step in zip(inner, steps, strict=True)]
    result = tensor.new_zeros(*outer, *sizes)
    every: list[Any] = [slice(None, None, step) for step in steps]
    result[(..., *every)] = tensor
    return result
