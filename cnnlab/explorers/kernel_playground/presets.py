"""The course's named kernels as the playground offers them: square, never turned, with an offset."""

from __future__ import annotations

from typing import Any

import torch

from cnnlab import kernels

# Half of full brightness: results below 0 then show darker than it, those above 0 lighter.
GREY = 0.5


def preset(kernel: kernels.Kernel) -> dict[str, Any]:
    """Return a named kernel ready to lie on a picture.

    A kernel meant to be convolved with is turned by half a turn; one of fewer rows or columns is surrounded
    by zeros, an even one reaching further up and left; one whose weights sum to 0 gets an offset of one half,
    so that its negative results are seen.

    Args:
        kernel: at most 5 x 5.

    Returns:
        "kernel", 3 or 5 rows of as many weights; "divisor"; "offset", in the picture's unit (0 black, 1
        white); and its "source".

    Example:
        >>> preset(kernels.preset("backward difference along x"))["kernel"]
        [[0.0, 0.0, 0.0], [-1.0, 1.0, 0.0], [0.0, 0.0, 0.0]]
    """
    turned = kernel.operation == "convolution"
    matrix = kernel.matrix.flip(0, 1) if turned else kernel.matrix
    side = 3 if max(matrix.shape) <= 3 else 5
    up, left = (side // 2 - length // 2 for length in matrix.shape)
    square = torch.nn.functional.pad(
        matrix, (left, side - left - matrix.shape[1], up, side - up - matrix.shape[0])
    )
    words = ", turned by half a turn, for it is meant to be convolved" if turned else ""
    return {
        "kernel": square.tolist(),
        "divisor": float(kernel.divisor),
        "offset": 0.0 if matrix.sum() else GREY,
        "source": kernel.source + words,
    }


PRESETS = {name: preset(kernel) for name, kernel in kernels.PRESETS.items()}
