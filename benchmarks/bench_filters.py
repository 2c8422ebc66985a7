"""Our filters of pictures beside scikit-image's and SciPy's: same picture, same dtype, same border."""

from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from typing import NamedTuple

import numpy as np
import scipy.ndimage as ndi
import skimage.filters
import torch

from cnnlab import filters
from cnnlab.timing import median_seconds

SIZES = ((512, 512), (2160, 3840))
TOLERANCE = {torch.float32: 1e-5, torch.float64: 1e-12}
JUDGE = "the fastest peer"
MEASUREMENTS = 5


class Filter(NamedTuple):
    """A filter of ours and those of others that give the same numbers, by name."""

    ours: Callable[[torch.Tensor], torch.Tensor]
    peers: dict[str, Callable[[np.ndarray], np.ndarray]]


def _gaussian(sigma: float) -> Filter:
    peers = {
        "scipy.ndimage": partial(ndi.gaussian_filter, sigma=sigma),
        "scikit-image": partial(skimage.filters.gaussian, sigma=sigma, mode="reflect"),
    }
    return Filter(partial(filters.gaussian, sigma=sigma), peers)


def _box(size: int) -> Filter:
    return Filter(partial(filters.box, size=size), {"scipy.ndimage": partial(ndi.uniform_filter, size=size)})


FILTERS = {
    "Sobel x": Filter(
        filters.sobel,
        {"scipy.ndimage": partial(ndi.sobel, axis=1), "scikit-image": skimage.filters.sobel_v},
    ),
    "Sobel magnitude": Filter(
        lambda images: filters.gradient(images).magnitude,
        {
            "scipy.ndimage": lambda picture: np.hypot(ndi.sobel(picture, axis=1), ndi.sobel(picture, axis=0)),
            "scikit-image": skimage.filters.sobel,
        },
    ),
    "box 3": _box(3),
    "box 15": _box(15),
    "Gaussian 1": _gaussian(1),
    "Gaussian 5": _gaussian(5),
}
# What scikit-image divides by: Sobel's smoothing, and for the magnitude the mean of both squares too.
DIVISORS = {("Sobel x", "scikit-image"): 4, ("Sobel magnitude", "scikit-image"): 4 * 2**0.5}


def picture(size: tuple[int, int], dtype: torch.dtype) -> torch.Tensor:
    """Even noise in [0, 1]: the time does not depend on what a picture shows."""
    return torch.rand(size, generator=torch.Generator().manual_seed(0), dtype=dtype)


def contenders(name: str, images: torch.Tensor) -> dict[str, Callable[[], object]]:
    """Ours and the peers of the filter ``name`` as functions without arguments."""
    ours, peers = FILTERS[name]
    array = images.numpy()
    theirs = {peer: partial(function, array) for peer, function in peers.items()}
    return {"cnnlab": partial(ours, images), **theirs}


def measure(dtype: torch.dtype, rounds: int, sizes: tuple[tuple[int, int], ...] = SIZES) -> Iterator[dict]:
    """One record per filter, size and contender: median seconds, and ours over the fastest peer's."""
    for size in sizes:
        images = picture(size, dtype)
        for name in FILTERS:
            functions = contenders(name, images)
            check_answers(name, functions, images)
            measured = [median_seconds(functions, rounds) for _ in range(MEASUREMENTS)]
            record = {"dtype": str(dtype), "kernel": name, "size": f"{size[0]}x{size[1]}"}
            for contender in functions:
                seconds = median(times[contender] for times in measured)
                ratios = {"ratios": _ratios(measured)} if contender == "cnnlab" else {}
                yield record | {"name": contender, "seconds": seconds} | ratios


def _ratios(measured: list[dict[str, float]]) -> list[float]:
    return sorted(
        times["cnnlab"] / min(seconds for name, seconds in times.items() if name != "cnnlab")
        for times in measured
    )


def check_answers(name: str, functions: dict[str, Callable], images: torch.Tensor) -> None:
    """Stop the benchmark if a contender disagrees with SciPy's float64 result."""
    expected = FILTERS[name].peers["scipy.ndimage"](images.double().numpy())
    bound = TOLERANCE[images.dtype] * max(1.0, np.abs(expected).max())
    for contender, function in functions.items():
        result = np.asarray(function(), dtype=float) * DIVISORS.get((name, contender), 1)
        error = np.abs(result - expected).max()
        if error > bound:
            raise ArithmeticError(f"{contender} must be within {bound:.1e} of SciPy, got {error:.1e}")
