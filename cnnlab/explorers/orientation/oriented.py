"""Patterns with a direction, and the filters that answer to it: Gabor's and Sobel's.

Angles are in degrees, from the direction of growing columns towards that of growing rows: on a screen they
turn clockwise. An angle is the direction *across* the stripes, for an edge from dark to light.
"""

from __future__ import annotations

import math

import numpy as np
import torch

from cnnlab import convolution, filters, kernels

ANGLES = tuple(range(0, 180, 5))
TURNS = tuple(range(0, 360, 5))
SIGMA = 0.56
"""Deviation of a Gabor filter's envelope in wavelengths: a bandwidth of one octave."""
STRIPES = 8.0
BAR = 4.0


def along(size: int, angle: float) -> np.ndarray:
    """Return how far each pixel of a square lies from the middle in the direction of ``angle``.

    Args:
        size: height and width, in pixels.
        angle: in degrees.

    Returns:
        Distances in pixels, shape (size, size).

    Example:
        >>> along(3, 90)[:, 0].tolist()
        [-1.0, 0.0, 1.0]
    """
    places = np.arange(size) - (size - 1) / 2
    turn = math.radians(angle)
    return np.round(places * math.cos(turn) + places[:, None] * math.sin(turn), 12) + 0.0  # no -0


def pattern(kind: str, angle: float, size: int) -> np.ndarray:
    """Return a test picture turned by ``angle``.

    Args:
        kind: "grating" (a wave of 8 pixels) or "bar" (light, 4 pixels wide).
        angle: direction across the stripes, in degrees.
        size: height and width, in pixels.

    Returns:
        Grey levels from 0 to 1, shape (size, size).

    Example:
        >>> pattern("bar", 0, 9)[0].tolist()
        [0.0, 0.0, 0.5, 1.0, 1.0, 1.0, 0.5, 0.0, 0.0]
    """
    distance = along(size, angle)
    if kind == "grating":
        return 0.5 + 0.5 * np.cos(2 * math.pi * distance / STRIPES)
    return np.clip(BAR / 2 + 0.5 - np.abs(distance), 0, 1)


def edge(angle: float, contrast: float, size: int) -> np.ndarray:
    """Return a step edge through the middle of a square, one pixel soft.

    Args:
        angle: direction from dark to light, in degrees.
        contrast: light minus dark.
        size: height and width, in pixels.

    Returns:
        Grey levels around 0.5, shape (size, size).

    Example:
        >>> edge(0, 1, 3)[0].tolist()
        [0.0, 0.5, 1.0]
    """
    return 0.5 + contrast * (np.clip(along(size, angle) + 0.5, 0, 1) - 0.5)


def gabor(angle: float, wavelength: float) -> np.ndarray:
    """Return an even Gabor filter: a wave under a round Gaussian, its weights summing to 0.

    Args:
        angle: direction of the wave, across its stripes, in degrees.
        wavelength: in pixels.

    Returns:
        Weights whose positive ones sum to 1, shape (K, K) with K odd.

    Source:
        J. Daugman, Journal of the Optical Society of America A 2, 1985; scikit-image's ``gabor_kernel`` has
        the same envelope for a bandwidth of one octave, but weights that do not sum to 0.

    Example:
        >>> gabor(0, 4).shape
        (13, 13)
    """
    sigma = SIGMA * wavelength
    half = math.ceil(2.5 * sigma)
    # More than is needed: at a slant the library's kernels reach less far.
    options = {"theta": math.radians(angle), "sigma_x": sigma, "sigma_y": sigma, "n_stds": 5.0}
    wave, sine = (_middle(part.matrix.numpy(), half) for part in kernels.gabor(1 / wavelength, **options))
    envelope = np.hypot(wave, sine)
    weights = wave - envelope * wave.sum() / envelope.sum()
    return weights / weights[weights > 0].sum()


def _middle(matrix: np.ndarray, half: int) -> np.ndarray:
    row, column = (length // 2 for length in matrix.shape)
    return matrix[row - half : row + half + 1, column - half : column + half + 1]


def response(picture: np.ndarray, weights: np.ndarray, stride: int = 1) -> np.ndarray:
    """Return the filter's answer wherever it fits.

    Args:
        picture: grey levels, shape (H, W).
        weights: the filter, shape (K, K).
        stride: pixels from one answer to the next.
    """
    pair = (torch.from_numpy(np.ascontiguousarray(values)) for values in (picture, weights))
    return convolution.cross_correlate2d(*pair, stride=stride).numpy()


def strength(picture: np.ndarray, weights: np.ndarray) -> float:
    """Return the root mean square of the filter's answers at every second row and column.

    Args:
        picture: grey levels, shape (H, W).
        weights: the filter, shape (K, K).
    """
    return float(np.sqrt((response(picture, weights, 2) ** 2).mean()))


def tuning(picture: np.ndarray, wavelength: float) -> list[float]:
    """Return the strength of a Gabor filter's answer at each of ``ANGLES``.

    Args:
        picture: grey levels, shape (H, W).
        wavelength: of the filter, in pixels.

    Example:
        >>> curve = tuning(pattern("grating", 30, 64), 8)
        >>> ANGLES[int(np.argmax(curve))]
        30
    """
    return [strength(picture, gabor(angle, wavelength)) for angle in ANGLES]


def sobel_gradient(picture: np.ndarray) -> tuple[float, float]:
    """Return the gradient at the middle of a picture, in grey levels per pixel.

    Args:
        picture: grey levels, shape (K, K) with K odd and at least 3.

    Returns:
        Change towards growing columns, change towards growing rows.

    Example:
        >>> sobel_gradient(along(3, 0))  # grey levels that grow by 1 a column
        (1.0, 0.0)
    """
    middle = len(picture) // 2
    # Over 8, the sum of its positive weights times their distance.
    across, down = (float(part[middle, middle] / 8) for part in filters.gradient(torch.from_numpy(picture)))
    return across, down
