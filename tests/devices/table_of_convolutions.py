"""Convolutions: every operation by every method, with and without channels, strides and an empty batch."""

import torch

from cnnlab.convolution import METHODS, METHODS_2D
from tests.devices.cases import Case, draw

ROWS = draw(2, 4, 33, seed=1), draw(6, 2, 5, seed=2)
IMAGES = draw(2, 4, 9, 11, seed=3), draw(6, 2, 3, 2, seed=4)
SPREAD = {"stride": 2, "padding": 3, "dilation": 2, "groups": 2}
PAIRS = {"stride": (2, 1), "padding": (1, 2), "dilation": (1, 2), "groups": 2}
# What "loops" and "fft" do are products of their own, and the latter's are in float64: TF32 touches neither.
PRODUCTS = {"windows": "itself", "im2col": "itself", "matrix": "itself"}


def both(dimensions, operand, method, options, variant):
    """The two operations on the same tensors."""
    return [
        Case(
            f"convolution.{name}{dimensions}d",
            operand,
            {"method": method, **options},
            f"{method}-{variant}",
            products=PRODUCTS.get(method),
        )
        for name in ("cross_correlate", "convolve")
    ]


def slides(dimensions, methods, operands, spread):
    """Every method in every mode, with all options, on an empty batch, and without channels."""
    tensors, kernel = operands
    plain, taps, one = tensors[0, 0, ..., :7], kernel[0, 0], kernel.flatten(2)[..., :1]
    for method in methods:
        yield from both(dimensions, operands, method, spread, "spread")
        yield from both(dimensions, (tensors[:0], kernel), method, spread, "empty batch")
        single = one.reshape(*kernel.shape[:2], *[1] * dimensions)
        yield from both(dimensions, (tensors, single), method, {"groups": 2}, "one tap")
        for mode in ("full", "same"):
            yield from both(dimensions, (plain, taps), method, {"mode": mode}, mode)


def transposed():
    """The transposed convolution, and the two gradients that are convolutions."""
    images, kernel = IMAGES
    forward = draw(6, 3, 3, 3, seed=5)
    yield Case(
        "convolution.conv_transpose2d",
        (draw(2, 6, 5, 4, seed=6), forward),
        {"stride": (2, 3), "padding": 1, "output_padding": (1, 2), "groups": 2},
        products="itself",
    )
    gradient = draw(2, 6, 5, 13, seed=7)
    yield Case(
        "convolution.input_gradient2d",
        (gradient, kernel),
        {"input_size": (9, 11), **PAIRS},
        products="itself",
    )
    yield Case(
        "convolution.weight_gradient2d",
        (images, gradient),
        {"kernel_size": (3, 2), **PAIRS},
        products="itself",
    )


def layer(make, images, weight, bias):
    """A locally connected layer that holds the given weights."""
    made = make(3, 2, input_size=(7, 6), kernel_size=3, stride=2, padding=1).to(images)
    return torch.func.functional_call(made, {"weight": weight, "bias": bias}, images)


def locally_connected():
    operands = draw(2, 3, 7, 6, seed=8), draw(2, 4, 3, 3, 3, 3, seed=9), draw(2, 4, 3, seed=10)
    options = {"stride": 2, "padding": 1}
    yield Case("convolution.locally_connected2d", operands, options, products="itself")
    yield Case("convolution.LocallyConnected2d", operands, through=layer, products="itself")


CASES = [
    *slides(1, METHODS, ROWS, SPREAD),
    *slides(2, METHODS_2D, IMAGES, PAIRS),
    *(
        Case("convolution.toeplitz1d", (draw(4, seed=11),), {"length": 7, "mode": mode}, mode, exact=True)
        for mode in ("full", "same", "valid")
    ),
    *transposed(),
    *locally_connected(),
]
