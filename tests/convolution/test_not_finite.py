"""How far a number that is not finite spreads: its own windows, or what the docstring says."""

import math
from functools import partial

import pytest
import torch

from cnnlab.convolution import conv_transpose2d, input_gradient2d, locally_connected2d, weight_gradient2d
from tests.convolution.operands import EVERY

STAYS = ("loops", "windows", "im2col")
ALL = slice(None)


def spreads():
    """Name, call, shapes of its operands, which of them is spoilt and where, and the results this spoils."""
    for operation, method, axes in EVERY:
        call = partial(operation, method=method, groups=2)
        shapes = (2, 4, *[9] * axes), (6, 2, *[3] * axes)
        reach = slice(2, 5) if method in STAYS else ALL
        yield (
            f"{operation.__name__}-{method}",
            call,
            shapes,
            0,
            (1, 2, *[4] * axes),
            (1, slice(3, 6), *[reach] * axes),
        )
        yield f"{operation.__name__}-{method}", call, shapes, 1, (4, 1, *[1] * axes), (ALL, 4)
    up, window = {"stride": 2, "groups": 2}, (1, slice(3, 6), slice(4, 7), slice(4, 7))
    shapes = (2, 4, 5, 5), (4, 3, 3, 3)
    yield "conv_transpose2d", partial(conv_transpose2d, **up), shapes, 0, (1, 2, 2, 2), window
    yield "conv_transpose2d", partial(conv_transpose2d, **up), shapes, 1, (3, 1, 1, 1), (ALL, 4)
    back = partial(input_gradient2d, input_size=(11, 11), **up)
    yield "input_gradient2d", back, shapes, 0, (1, 2, 2, 2), window
    # Only the first tap of a kernel meets the corner, and only that of its channel.
    back, shapes = partial(weight_gradient2d, kernel_size=3, **up), ((2, 4, 5, 5), (2, 6, 2, 2))
    yield "weight_gradient2d", back, shapes, 0, (1, 2, 0, 0), (slice(3, 6), 0, 0, 0)
    shapes = (2, 3, 5, 5), (4, 3, 3, 3, 3, 3)
    yield "locally_connected2d", locally_connected2d, shapes, 0, (1, 2, 0, 0), (1, ALL, 0, 0)


@pytest.mark.parametrize("value", [math.nan, math.inf])
@pytest.mark.parametrize(
    ("call", "shapes", "spoilt", "place", "reach"),
    [spread for _, *spread in spreads()],
    ids=[f"{name}-{('signal', 'kernel')[spoilt]}" for name, _, _, spoilt, _, _ in spreads()],
)
def test_it_spreads_as_the_docstring_says(call, shapes, spoilt, place, reach, value):
    operands = [torch.ones(shape) for shape in shapes]
    operands[spoilt][place] = value
    result = call(*operands)
    expected = torch.zeros_like(result, dtype=torch.bool)
    expected[reach] = True
    assert torch.equal(~result.isfinite(), expected)
