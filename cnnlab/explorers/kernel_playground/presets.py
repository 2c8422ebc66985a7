"""The course's named kernels as the playground offers them: square, never turned, with an offset."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from cnnlab import kernels

# Half of full brightness: results below 0 then show darker than it, those above 0 lighter.
GREY = 0.5


@dataclass(frozen=True)
class Preset:
    """A kernel as it lies on the picture.

    Attributes:
        kernel: 3 or 5 rows of as many weights.
        divisor: what the weighted sum is divided by.
        offset: what is added after that, in the picture's unit (0 black, 1 white).
        source: where the kernel is from.
    """

    kernel: list[list[float]]
    divisor: float
    offset: float
    source: str


def preset(kernel: kernels.Kernel) -> Preset:
    """Return a named kernel ready to lie on a picture.

    A kernel meant to be convolved with is turned by half a turn; one of fewer rows or columns is surrounded
    by zeros, an even one reaching further up and left; one whose weights sum to 0 gets an offset of one half,
    so that its negative results are seen.

    Args:
        kernel: at most 5 x 5.

    Example:
        >>> preset(kernels.preset("backward difference along x")).kernel
        [[0.0, 0.0, 0.0], [-1.0, 1.0, 0.0], [0.0, 0.0, 0.0]]
    """
    turned = kernel.operation == "convolution"
    matrix = kernel.matrix.flip(0, 1) if turned else kernel.matrix
    side = 3 if max(matrix.shape) <= 3 else 5
    up, left = (side // 2 - length // 2 for length in matrix.shape)
    square = torch.nn.functional.pad(
        matrix, (left, side - left - matrix.shape[1], up, side - up - matrix.shape[0])
    )
    return Preset(
        kernel=square.tolist(),
        divisor=float(kernel.divisor),
        offset=0.0 if matrix.sum() else GREY,
        source=kernel.source + (", turned by half a turn, for it is meant to be convolved" if turned else ""),
    )


PRESETS = {name: preset(kernel) for name, kernel in kernels.PRESETS.items()}
