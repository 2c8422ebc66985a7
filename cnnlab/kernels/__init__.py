"""Kernels with a name, a source and a stated sign and scale; ``filters`` slides them over pictures."""

from __future__ import annotations

from cnnlab.kernels.differences import backward_difference, central_difference, forward_difference
from cnnlab.kernels.edges import laplacian, prewitt, roberts, scharr, sobel
from cnnlab.kernels.gabor import gabor
from cnnlab.kernels.kernel import Kernel
from cnnlab.kernels.presets import PRESETS, preset
from cnnlab.kernels.smoothing import box, gaussian, gaussian_derivative, gaussian_taps, laplacian_of_gaussian

__all__ = [
    "PRESETS",
    "Kernel",
    "backward_difference",
    "box",
    "central_difference",
    "forward_difference",
    "gabor",
    "gaussian",
    "gaussian_derivative",
    "gaussian_taps",
    "laplacian",
    "laplacian_of_gaussian",
    "preset",
    "prewitt",
    "roberts",
    "scharr",
    "sobel",
]
