"""The kernels of the lectures as they print them, and the classics beside them, by name."""

from __future__ import annotations

from cnnlab._arguments import one_of
from cnnlab.kernels import differences, edges, smoothing
from cnnlab.kernels.kernel import Kernel, separable, tensor

_GROWS = "Cross-correlated, positive where the picture grows {where}: {peer}."
_FALLS = "Cross-correlated, negative where the picture grows {where}: {peer} with the sign turned."


def _printed(
    name: str,
    slope: tuple[int, int, int],
    *,
    down: bool,
    peer: str,
    middle: int = 1,
    divisor: int = 1,
) -> Kernel:
    """A 3x3 derivative as a slide of lecture 1 prints it, ``slope`` along x, or along y if ``down``."""
    smooth, taps = tensor(1, middle, 1), tensor(*slope)
    words = _GROWS if slope[0] < 0 else _FALLS
    convention = words.format(where="downward" if down else "to the right", peer=peer)
    column, row = (taps, smooth) if down else (smooth, taps)
    return separable(name, column, row, "Lecture 1", convention, divisor=divisor)


_KERNELS = (
    Kernel("identity", tensor([0, 0, 0], [0, 1, 0], [0, 0, 0]), "the neutral element", "The picture itself."),
    smoothing.box(3),
    smoothing.box(5),
    Kernel(
        "Gaussian 3x3",
        tensor([1, 2, 1], [2, 4, 2], [1, 2, 1]),
        "binomial coefficients",
        "A weighted mean; near scipy.ndimage.gaussian_filter with sigma 0.85.",
        divisor=16,
        factors=(tensor(0.25, 0.5, 0.25), tensor(0.25, 0.5, 0.25)),
    ),
    Kernel(
        "sharpen",
        tensor([0, -3, 0], [-3, 21, -3], [0, -3, 0]),
        "Lecture 1, demo of convolution matrices (beej.us)",
        "The picture minus a third of scipy.ndimage.laplace; the sum is one, so flat areas stay.",
        divisor=9,
    ),
    Kernel(
        "emboss",
        tensor([-2, -1, 0], [-1, 1, 1], [0, 1, 2]),
        "a common choice of image editors; sizes and signs vary",
        "Cross-correlated: lit from the lower right; the sum is one, so flat areas stay.",
    ),
    _printed("gradient", (-1, 0, 1), down=False, peer="scipy.ndimage.prewitt(axis=1)"),
    _printed("Sobel filter", (1, 0, -1), down=False, peer="scipy.ndimage.sobel(axis=1)", middle=2),
    _printed("Sobel x", (-1, 0, 1), down=False, peer="scipy.ndimage.sobel(axis=1)", middle=2),
    _printed("Sobel y", (-1, 0, 1), down=True, peer="scipy.ndimage.sobel(axis=0)", middle=2),
    _printed("Prewitt x", (1, 0, -1), down=False, peer="scipy.ndimage.prewitt(axis=1)"),
    _printed("Prewitt y", (1, 0, -1), down=True, peer="scipy.ndimage.prewitt(axis=0)"),
    _printed("lines, vertical", (-1, 0, 1), down=False, peer="skimage.filters.prewitt_v", divisor=3),
    _printed("lines, horizontal", (1, 0, -1), down=True, peer="skimage.filters.prewitt_h", divisor=3),
    edges.scharr("x"),
    edges.scharr("y"),
    edges.roberts("falling"),
    edges.roberts("rising"),
    differences.backward_difference(),
    differences.forward_difference(),
    differences.central_difference(),
    edges.laplacian(4),
    edges.laplacian(8),
)
PRESETS: dict[str, Kernel] = {kernel.name: kernel for kernel in _KERNELS}


def preset(name: str) -> Kernel:
    """Return a kernel with at most 5x5 whole numbers and a divisor, ready for a playground.

    Args:
        name: one of ``PRESETS``.

    Returns:
        The kernel.

    Raises:
        ValueError: no such preset.

    Example:
        >>> preset("sharpen").matrix.sum(), preset("sharpen").divisor
        (tensor(9., dtype=torch.float64), 9)
    """
    return PRESETS[one_of("name", name, PRESETS)]
