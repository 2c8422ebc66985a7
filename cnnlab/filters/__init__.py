"""What is done to pictures: smoothing, edges, Canny, Bayer mosaics and noise.

Pictures are (H, W), (C, H, W) or (N, C, H, W), of any floating-point dtype, on any device; each channel is
filtered by itself. What is linear can be differentiated. Borders are named as in SciPy.
"""

from __future__ import annotations

from cnnlab.filters.bayer import PATTERNS, bayer_masks, demosaic, mosaic
from cnnlab.filters.borders import BORDERS, pad
from cnnlab.filters.canny import canny, double_threshold, hysteresis, non_maximum_suppression
from cnnlab.filters.derivatives import Gradient, gradient, prewitt, roberts, sobel
from cnnlab.filters.gabor import gabor
from cnnlab.filters.laplacian import laplacian, laplacian_of_gaussian
from cnnlab.filters.linear import convolve, cross_correlate
from cnnlab.filters.noise import gaussian_noise, salt_and_pepper
from cnnlab.filters.smoothing import box, gaussian, unsharp_mask

__all__ = [
    "BORDERS",
    "PATTERNS",
    "Gradient",
    "bayer_masks",
    "box",
    "canny",
    "convolve",
    "cross_correlate",
    "demosaic",
    "double_threshold",
    "gabor",
    "gaussian",
    "gaussian_noise",
    "gradient",
    "hysteresis",
    "laplacian",
    "laplacian_of_gaussian",
    "mosaic",
    "non_maximum_suppression",
    "pad",
    "prewitt",
    "roberts",
    "salt_and_pepper",
    "sobel",
    "unsharp_mask",
]
