"""Pooling: functions, layers and written-out gradients."""

from cnnlab.pooling import PADDING_MODES, max_pool2d
from tests.devices.cases import Case, draw, ties

IMAGES = draw(2, 3, 9, 11, seed=1)
OVERLAPPING = {"kernel_size": (3, 2), "stride": (2, 1), "padding": 1, "ceil_mode": True}
MOST = {**OVERLAPPING, "dilation": (1, 2)}


def maxima():
    """What takes pixels from the picture; among equal ones always the first."""
    for variant, images in (("numbers", IMAGES), ("ties", ties(2, 3, 9, 11)), ("empty batch", IMAGES[:0])):
        options = {**MOST, "return_indices": True}
        yield Case("pooling.max_pool2d", (images,), options, variant, exact=True)
        yield Case("pooling.adaptive_max_pool2d", (images,), {"output_size": (4, 3)}, variant, exact=True)
        yield Case("pooling.global_max_pool2d", (images,), variant=variant, exact=True)


def means():
    for variant, images in (("numbers", IMAGES), ("empty batch", IMAGES[:0])):
        yield Case("pooling.avg_pool2d", (images,), OVERLAPPING, variant)
        yield Case("pooling.adaptive_avg_pool2d", (images,), {"output_size": (4, 3)}, variant)
        yield Case("pooling.global_avg_pool2d", (images,), variant=variant)
    yield Case("pooling.avg_pool2d", (IMAGES,), {**OVERLAPPING, "count_include_pad": False}, "inside")
    for power in (1, 2, 3.5):
        options = {"kernel_size": 3, "stride": 2, "ceil_mode": True, "norm_type": power}
        yield Case("pooling.lp_pool2d", (IMAGES,), options, f"p={power}")


def single_pixels():
    """Windows of one pixel, which must not hand on the pictures themselves."""
    for name in ("max_pool2d", "avg_pool2d", "lp_pool2d"):
        yield Case(f"pooling.{name}", (IMAGES,), {"kernel_size": 1}, "one pixel")


def blurs():
    for mode in PADDING_MODES:
        options = {"kernel_size": 4, "stride": (2, 3), "padding_mode": mode}
        yield Case("pooling.blur_pool2d", (IMAGES,), options, mode)
    yield Case(
        "pooling.BlurPool2d", (IMAGES,), {"kernel_size": 5}, through=lambda make, x, **o: make(**o).to(x)(x)
    )
    yield Case("pooling.max_blur_pool2d", (IMAGES,), {"kernel_size": 2, "blur_size": 3})


def gradients():
    places = max_pool2d(IMAGES, return_indices=True, **MOST)[1]
    gradient = draw(*places.shape, seed=2)
    yield Case("pooling.max_pool2d_gradient", (gradient, places), {"input_size": (9, 11)})
    yield Case(
        "pooling.avg_pool2d_gradient",
        (draw(2, 3, 5, 12, seed=3),),
        {"input_size": (9, 11), **OVERLAPPING},
        products="itself",
    )


CASES = [*maxima(), *means(), *single_pixels(), *blurs(), *gradients()]
