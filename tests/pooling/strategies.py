"""Pictures and windows that fit them, for the tests of pooling."""

from hypothesis import settings
from hypothesis import strategies as st

from tests.convolution.test_one_dimensional import TOLERANCE, random_tensor
from tests.convolution.test_two_dimensional import both, pairs

repeatable = settings(deadline=None, derandomize=True, max_examples=150)
LEADING = [(), (2,), (1, 3), (2, 2), (0, 2)]


@st.composite
def pictures(draw, *, least=(1, 1), leading=LEADING, tied=False):
    """Pictures of at least this size; tied ones hold few different values."""
    sizes = [low + draw(st.integers(0, 7)) for low in least]
    dtype, seed = draw(st.sampled_from(list(TOLERANCE))), draw(st.integers(0, 2**31))
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
