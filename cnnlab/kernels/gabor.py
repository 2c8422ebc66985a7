"""Gabor's kernels: a wave under a Gaussian window."""

from __future__ import annotations

import math
import numbers
from typing import Any

import torch

from cnnlab._arguments import positive_number
from cnnlab.kernels.kernel import Kernel

_CONVENTION = "Convolved: the {part} of skimage.filters.gabor, of which gabor_kernel is the matrix."


def gabor(
    frequency: float,
    *,
    theta: float = 0.0,
    bandwidth: float = 1.0,
    sigma_x: float | None = None,
    sigma_y: float | None = None,
    n_stds: float = 3.0,
    offset: float = 0.0,
) -> tuple[Kernel, Kernel]:
    """Return a Gabor kernel's real and imaginary part: a cosine and a sine under a Gaussian window.

    Args:
        frequency: waves per pixel, positive.
        theta: direction in which the wave runs, in radians; 0 is along x, pi/2 along y (downward).
        bandwidth: octaves that the kernel lets through, which sets both sigmas where they are not given.
        sigma_x: standard deviation of the window along the wave, in pixels.
        sigma_y: standard deviation across the wave, in pixels.
        n_stds: standard deviations from the centre to the end.
        offset: phase in radians.

    Returns:
        The real and the imaginary kernel, of odd sides.

    Raises:
        TypeError: not numbers.
        ValueError: a frequency, bandwidth, sigma or n_stds that is not positive.

    Source:
        Daugman, "Uncertainty relation for resolution in space, spatial frequency, and orientation optimized
        by two-dimensional visual cortical filters", JOSA A 2, 1985; ``skimage.filters.gabor_kernel``.

    Example:
        >>> real, imaginary = gabor(0.25)
        >>> real.matrix.shape, imaginary.matrix.sum().abs() < 1e-12
        (torch.Size([15, 15]), tensor(True))
    """
    frequency, n_stds = positive_number("frequency", frequency), positive_number("n_stds", n_stds)
    theta, offset = _number("theta", theta), _number("offset", offset)
    along = _width("sigma_x", sigma_x, frequency, bandwidth)
    across = _width("sigma_y", sigma_y, frequency, bandwidth)
    cosine, sine = math.cos(theta), math.sin(theta)
    reach_x = math.ceil(max(abs(n_stds * along * cosine), abs(n_stds * across * sine), 1))
    reach_y = math.ceil(max(abs(n_stds * across * cosine), abs(n_stds * along * sine), 1))
    x = torch.arange(-reach_x, reach_x + 1, dtype=torch.float64)
    y = torch.arange(-reach_y, reach_y + 1, dtype=torch.float64)[:, None]
    forward, sideways = x * cosine + y * sine, y * cosine - x * sine
    window = torch.exp(-0.5 * ((forward / along) ** 2 + (sideways / across) ** 2))
    window = window / (2 * math.pi * along * across)
    phase = 2 * math.pi * frequency * forward + offset
    name = f"Gabor, {frequency:g} waves per pixel at {math.degrees(theta):g} degrees"
    return (
        Kernel(f"{name}, real", window * phase.cos(), **_words("real part")),
        Kernel(f"{name}, imaginary", window * phase.sin(), **_words("imaginary part")),
    )


def _words(part: str) -> dict[str, Any]:
    return {
        "source": "Daugman 1985; skimage.filters.gabor_kernel",
        "convention": _CONVENTION.format(part=part),
        "operation": "convolution",
    }


def _width(name: str, sigma: float | None, frequency: float, bandwidth: float) -> float:
    """Half-response bandwidth in octaves to standard deviation in pixels, where none is given."""
    if sigma is not None:
        return positive_number(name, sigma)
    octaves = 2 ** positive_number("bandwidth", bandwidth)
    return math.sqrt(math.log(2) / 2) / math.pi * (octaves + 1) / (octaves - 1) / frequency


def _number(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
        raise TypeError(f"{name} must be a finite number, got {value!r}")
    return float(value)
