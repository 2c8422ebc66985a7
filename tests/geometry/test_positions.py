"""Where a kernel stands is where torch's convolutions read."""

import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnnlab.geometry import positions

shapes = st.fixed_dictionaries(
    {
        "length": st.integers(1, 12),
        "kernel_size": st.integers(1, 7),
        "stride": st.integers(1, 4),
        "padding": st.integers(0, 4),
        "dilation": st.integers(1, 3),
    }
)


@settings(deadline=None)
@given(shapes)
def test_positions_are_as_many_as_torchs_outputs_and_what_is_never_covered_has_no_gradient(shape):
    found = positions(**shape)
    assume(found.starts)
    pixels = torch.zeros(1, 1, shape["length"], requires_grad=True)
    options = {name: shape[name] for name in ("stride", "padding", "dilation")}
    result = torch.nn.functional.conv1d(pixels, torch.ones(1, 1, shape["kernel_size"]), **options)
    assert len(found.starts) == result.shape[-1]
    result.sum().backward()
    missed = [pixel in found.uncovered() for pixel in found.pixels]
    assert missed == (pixels.grad[0, 0] == 0).tolist()


@settings(deadline=None)
@given(shapes, st.integers(0, 3))
def test_a_spread_input_gives_torchs_transposed_convolution(shape, output_padding):
    assume(output_padding < max(shape["stride"], shape["dilation"]))
    shape["output_padding"] = output_padding
    found = positions(**shape, transposed=True)
    assume(found.starts)
    pixels = torch.arange(1, shape["length"] + 1, dtype=torch.float64)
    kernel = torch.arange(1, shape["kernel_size"] + 1, dtype=torch.float64)
    options = {name: shape[name] for name in ("stride", "padding", "dilation", "output_padding")}
    expected = torch.nn.functional.conv_transpose1d(pixels[None, None], kernel[None, None], **options)[0, 0]

    # A padding beyond the kernel's reach cuts pixels away, the first ones included.
    cut = max(0, shape["padding"] - found.offsets[-1])
    kept = pixels[-(-cut // shape["stride"]) :][: len(found.pixels)]
    spread = torch.zeros(found.length, dtype=torch.float64)
    spread[list(found.pixels)] = kept
    turned = kernel.flip(0)
    sums = [
        sum(turned[i] * spread[start + at] for i, at in enumerate(found.offsets)) for start in found.starts
    ]
    assert torch.stack(sums).tolist() == expected.tolist()


def test_a_rest_of_the_stride_is_never_covered():
    assert positions(8, 3, stride=3).uncovered() == [6, 7]


def test_a_kernel_that_does_not_fit_has_no_positions():
    assert positions(3, 3, dilation=3).starts == ()
