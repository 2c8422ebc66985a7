"""What cannot be is refused in one sentence; the docstrings of the sets refuse a count and a size of 0."""

import re
from functools import partial

import pytest
import torch

from cnnlab import data

FIVE, NONE = torch.arange(5), torch.zeros(0)
resident = partial(data.Resident, torch.zeros(2, 3, 4), torch.arange(2))
shapes = partial(partial, data.shapes, 2)
COUNTED = (data.mnist, data.fashion_mnist, data.cifar10)
ORDERS = ([0, 1], torch.zeros(2), torch.zeros(1, 1).long())
NO_PAIRS = (3, "ab", (1,), (0, 1, 2), (True, 1), None, (0, "1"))
NO_RANGES = ((30, -30), (0, float("inf")), (float("nan"), 1))
SHARES = ("position", "scale", "period", "hue", "saturation", "contrast", "level")
ONE_TEXTURE = {"textures": ["dots"]}


def batch_in(order):
    return next(resident().batches(order))


WRONG_VALUES = [
    (partial(data.photograph, "camera", size=0), "size must be positive, got 0"),
    (partial(data.photograph, "cat"), "name must be one of 'astronaut'"),
    (partial(data.series, "cat"), "name must be one of 'membrane', got 'cat'"),
    (partial(data.digits, size=0), "size must be positive, got 0"),
    (partial(data.digits, seed=-1), "seed must be zero or positive, got -1"),
    (partial(data.faces, seed=-1), "seed must be zero or positive, got -1"),
    (partial(data.fetch, "mnist", timeout=0), "timeout must be positive and finite, got 0"),
    (partial(data.Resident, NONE, NONE), "images must have at least one example, got none"),
    (partial(data.Resident, NONE.sum(), FIVE), "images must have at least one example, got none"),
    (partial(data.Resident, torch.ones(3), FIVE), "images and targets must have one length, got 3 and 5"),
    (partial(resident, mean=[0, 1]), "mean must have one number, or one for each of 3 channels, got 2"),
    (partial(resident, std=0.0), "std must be positive, got [0.0]"),
    (partial(data.Streamed, []), "dataset must have at least one example, got none"),
    (partial(data.Streamed, [1], workers=-1), "workers must be zero or positive, got -1"),
    (partial(data.shapes, -1), "count must be zero or positive, got -1"),
    (shapes(size=0), "size must be positive, got 0"),
    (shapes(seed=-1), "seed must be zero or positive, got -1"),
    (shapes(cues="both"), "cues must be one of 'congruent', 'shuffled'"),
    (shapes(background="black"), "background must be one of 'plain', 'textured', got 'black'"),
    (shapes(shapes=[]), "shapes must be one or more different names, got "),
    (shapes(textures=["dots", "dots"]), "textures must be one or more different names, got "),
    (shapes(shapes=["cat"]), "each of shapes must be one of 'disc'"),
    (shapes(textures=["fur"]), "each of textures must be one of 'stripes'"),
    (shapes(cues="congruent", **ONE_TEXTURE), "textures must be as many as shapes for cues="),
    (
        shapes(cues="conflict", shapes=["disc"], **ONE_TEXTURE),
        'shapes must be at least 2 for cues="conflict"',
    ),
    (shapes(background="textured", **ONE_TEXTURE), 'textures must be at least 2 for background="textured"'),
    (shapes(device="abacus"), "device must be a device of PyTorch, got 'abacus'"),
    *((partial(data.Ranges, **{name: (0, 2)}), f"{name} must lie in [0, 1], got (0, 2)") for name in SHARES),
    (partial(data.Ranges, scale=(0, 0.5)), "scale must be above 0, got (0, 0.5)"),
    (partial(data.Ranges, period=(0, 0.5)), "period must be above 0, got (0, 0.5)"),
    *((partial(data.Ranges, hue=ends), "hue must be finite with low <= high, got ") for ends in NO_RANGES),
]
WRONG_TYPES = [
    *((partial(load, count="9"), "count must be an integer, got '9'") for load in COUNTED),
    *((partial(batch_in, order), "order must be a one-dimensional tensor of int64") for order in ORDERS),
    (partial(data.Resident, [1], FIVE), "images must be a tensor, got list"),
    (partial(data.Resident, FIVE.float(), None), "targets must be a tensor, got NoneType"),
    (partial(data.Resident, FIVE, FIVE), "images must be floating or uint8, got torch.int64"),
    (partial(data.Streamed, iter([1])), "dataset must have a length and items, got list_iterator"),
    (partial(data.shapes, 2.0), "count must be an integer, got 2.0"),
    (shapes(shapes="disc"), "shapes must be a sequence of names, got 'disc'"),
    (shapes(shapes=3), "shapes must be a sequence of names, got 3"),
    (shapes(ranges={"scale": (0, 1)}), "ranges must be data.Ranges, got "),
    (shapes(dtype=torch.int64), "dtype must be a floating-point type of PyTorch, got torch.int64"),
    (shapes(dtype="float32"), "dtype must be a floating-point type of PyTorch, got 'float32'"),
    *(
        (partial(data.Ranges, hue=ends), "hue must be a pair of numbers (low, high), got")
        for ends in NO_PAIRS
    ),
]
NO_SETS = [
    (partial(getattr, data, "cats"), "cnnlab.data must have a set or function of that name, got 'cats'")
]
CASES = {ValueError: WRONG_VALUES, TypeError: WRONG_TYPES, AttributeError: NO_SETS}


@pytest.mark.parametrize(
    ("error", "call", "sentence"), [(error, *case) for error, cases in CASES.items() for case in cases]
)
def test_what_cannot_be_is_refused_in_one_sentence(error, call, sentence):
    with pytest.raises(error, match=f"^{re.escape(sentence)}") as caught:
        call()
    assert "\n" not in str(caught.value)
