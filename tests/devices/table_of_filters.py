"""Filters: every one, every border and every pattern."""

import torch

from cnnlab import filters, kernels
from cnnlab.filters import BORDERS, PATTERNS
from tests.devices.cases import Case, draw, ties

PICTURES = draw(2, 3, 35, 37, seed=1)
SMALL = draw(2, 7, 9, seed=2)
OUTSIDE = {"border": "constant", "value": 0.5}
# One dtype is enough where no number is computed.
ONCE = {"exact": True, "gradients": False, "dtypes": (torch.float32,)}
EXACT = {"exact": True, "gradients": False}


def magnitudes(kernel, border="reflect"):
    """What a kernel that is given in numbers adds up."""
    return lambda images: filters.cross_correlate(images, kernel.abs(), border=border)


def smoothed(images, border="reflect", value=0.0):
    """What a Gaussian adds up: a product for each of two passes, the second of what the first has rounded."""
    return 2 * filters.gaussian(images, 2.0, border=border, value=value)


def hats(images):
    """What the Laplacian of a Gaussian adds up, two passes for each of two terms."""
    smooth, bend = kernels.gaussian_taps(1.5), kernels.gaussian_taps(1.5, order=2).abs()
    terms = torch.outer(smooth, bend) + torch.outer(bend, smooth)
    return 2 * filters.cross_correlate(images, terms)


def waves(images):
    """What a Gabor filter adds up, in its real and its imaginary part."""
    parts = kernels.gabor(0.2, theta=0.5)
    return [filters.convolve(images, part.values.abs()) for part in parts]


def linear():
    """Filters that are sums of products."""
    for name in ("cross_correlate", "convolve"):
        for border in BORDERS:
            operands, options = (SMALL, draw(3, 4, seed=3)), {"border": border, "value": 0.5}
            yield Case(f"filters.{name}", operands, options, border, products="itself")
        whole = PICTURES, draw(5, 3, seed=4)
        yield Case(f"filters.{name}", whole, variant="several blocks", products="itself")
        empty = PICTURES[:0], draw(5, 3, seed=4)
        yield Case(f"filters.{name}", empty, variant="empty batch", products="itself")
    yield Case("filters.gaussian", (PICTURES,), {"sigma": 2.0}, products=smoothed)
    yield Case(
        "filters.gaussian",
        (SMALL,),
        {"sigma": 2.0, **OUTSIDE},
        "constant",
        products=lambda images: smoothed(images, **OUTSIDE),
    )
    # So large that the CPU filters it in strips, and a GPU as a whole.
    large = draw(1, 640, 448, seed=5)
    once = {"gradients": False, "dtypes": (torch.float32,)}
    yield Case("filters.gaussian", (large,), {"sigma": 2.0}, "strips", products=smoothed, **once)
    yield Case("filters.gaussian", (SMALL,), {"sigma": 0.5}, "few taps")
    yield Case(
        "filters.unsharp_mask",
        (PICTURES,),
        {"sigma": 2.0, "amount": 0.5},
        products=lambda images: 0.5 * smoothed(images),
    )
    yield Case("filters.laplacian_of_gaussian", (PICTURES,), {"sigma": 1.5}, products=hats)
    yield Case("filters.gabor", (PICTURES,), {"frequency": 0.2, "theta": 0.5}, products=waves)
    for neighbours in (4, 8):
        adds_up = magnitudes(kernels.laplacian(neighbours).values)
        options = {"neighbours": neighbours}
        yield Case("filters.laplacian", (SMALL,), options, str(neighbours), products=adds_up)
    for diagonal in ("falling", "rising"):
        # The kernel as it slides: from its middle pixel to the right and down.
        adds_up = magnitudes(torch.nn.functional.pad(kernels.roberts(diagonal).values, (1, 0, 1, 0)))
        yield Case("filters.roberts", (SMALL,), {"diagonal": diagonal}, diagonal, products=adds_up)


def added():
    """Filters that add shifted pictures up, and so have no matrix product."""
    for size in (3, 6):
        yield Case("filters.box", (PICTURES,), {"size": size, **OUTSIDE}, str(size))
    for name in ("sobel", "prewitt"):
        for axis in ("x", "y"):
            yield Case(f"filters.{name}", (SMALL,), {"axis": axis}, axis)
    for operator in ("sobel", "prewitt", "scharr"):
        yield Case("filters.gradient", (SMALL,), {"operator": operator}, operator)
    yield Case(
        "filters.Gradient",
        (SMALL, draw(2, 7, 9, seed=6)),
        through=lambda make, x, y: [make(x, y).magnitude, make(x, y).direction],
    )
    for border in BORDERS:
        options = {"padding": 9, "border": border, "value": 0.5}
        yield Case("filters.pad", (SMALL,), options, border, exact=True)


def mosaics():
    for pattern in PATTERNS:
        options, colours = {"pattern": pattern}, draw(2, 3, 6, 7, seed=7)
        yield Case("filters.mosaic", (colours,), options, pattern, exact=True)
        yield Case("filters.demosaic", (colours[:, :1],), options, pattern, products="itself")


def ridges():
    """A gradient whose magnitude has ridges, straight and slanted, far from any doubt where they are."""
    rows, columns = torch.meshgrid(torch.arange(9.0), torch.arange(9.0), indexing="ij")
    straight, slanted = columns - 4, (rows - columns + 1) / 2
    height = torch.stack([8 / (1 + straight.abs()), 8 / (1 + slanted.abs())]).double()
    along = torch.tensor([[1.0, 0.25], [0.5, -0.5]], dtype=torch.float64)[:, :, None, None]
    return height * along[:, 0], height * along[:, 1]


def steps():
    """Pictures with steps over one pixel: tall, low where it touches a tall one, and too low by itself."""
    ramp = torch.tensor([0.0] * 4 + [0.5] + [1.0] * 11, dtype=torch.float64).expand(16, 16)
    fading = ramp * torch.tensor([1.0] * 8 + [0.65] + [0.3] * 7, dtype=torch.float64)[:, None]
    return torch.stack([ramp, ramp.mT, fading, 0.1 * ramp])


def edges():
    """Decisions, which must be the same."""
    yield Case(
        "filters.non_maximum_suppression",
        ridges(),
        through=lambda thin, x, y: [thin(filters.Gradient(x, y)), thin(filters.Gradient(x, y)) > 0],
        gradients=False,
    )
    thresholds = {"low": 1.0, "high": 2.5}
    yield Case("filters.double_threshold", (ties(2, 7, 9).abs(),), thresholds, **EXACT)
    strength = torch.rand(3, 24, 24, generator=torch.Generator().manual_seed(8))
    yield Case("filters.hysteresis", (strength > 0.45, strength > 0.97), **ONCE)
    yield Case("filters.canny", (steps(),), {"low": 0.5, "high": 2.0}, **EXACT)


CASES = [*linear(), *added(), *mosaics(), *edges()]
