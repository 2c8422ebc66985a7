"""Pictures and windows that fit them, and what PyTorch makes of them, for the tests of pooling."""

import math

import torch
from hypothesis import settings
from hypothesis import strategies as st

from tests.convolution.operands import both, dtypes, pairs, random_tensor, seeds

repeatable = settings(deadline=None, derandomize=True, max_examples=150)
LEADING = [(), (2,), (1, 3), (2, 2), (0, 2)]


@st.composite
def pictures(draw, *, least=(1, 1), leading=LEADING, tied=False):
    """Pictures of at least this size; tied ones hold few different values."""
    sizes = [low + draw(st.integers(0, 7)) for low in least]
    dtype, seed = draw(dtypes), draw(seeds)
    images = random_tensor(*draw(st.sampled_from(leading)), *sizes, seed=seed, dtype=dtype)
    return images.round() if tied and draw(st.booleans()) else images


@st.composite
def poolings(draw, *, dilated=False, padded=True, leading=LEADING, tied=False):
    """Pictures, a window size and the options that fit both."""
    kernel = draw(pairs(1, 4))
    options = {"stride": draw(st.none() | pairs(1, 5)), "ceil_mode": draw(st.booleans())}
    options["padding"] = tuple(draw(st.integers(0, padded * taps // 2)) for taps in both(kernel))
    dilation = draw(pairs(1, 3)) if dilated else 1
    if dilated:
        options["dilation"] = dilation
    axes = zip(both(kernel), both(dilation), options["padding"], strict=True)
    least = [max(1, step * (taps - 1) + 1 - 2 * pad) for taps, step, pad in axes]
    return draw(pictures(least=least, leading=leading, tied=tied)), kernel, options


def judged(function, images, *arguments, **options):
    """PyTorch's answer in float64, of batches that it takes."""
    batch = images.double().reshape(-1, 1, *images.shape[-2:])
    results = torch.utils._pytree.tree_leaves(function(batch, *arguments, **options))
    parts = [part.reshape(*images.shape[:-2], *part.shape[-2:]) for part in results]
    return parts if len(parts) > 1 else parts[0]


def slopes(function, images, *arguments, **options):
    """The gradient of a sum of all results, each with a weight of its own."""
    leaf = images.double().requires_grad_()
    result = function(leaf, *arguments, **options)
    found = result[result > -math.inf]  # a dilated window may meet padding only
    (found * torch.arange(len(found))).sum().backward()
    return leaf.grad
