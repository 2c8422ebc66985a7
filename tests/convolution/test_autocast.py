"""Under autocast, operations compute in the wider of their operands' dtypes, as exactly as without it."""

import pytest
import torch

from cnnlab import convolution

IMAGES = torch.rand(2, 4, 9, 8, generator=torch.Generator().manual_seed(0))
KERNEL = torch.rand(6, 4, 3, 3, generator=torch.Generator().manual_seed(1))
LOCAL = torch.rand(2, 7, 6, 4, 3, 3, generator=torch.Generator().manual_seed(2))
CALLS = {
    **{
        f"cross_correlate2d {method}": lambda x, method=method: convolution.cross_correlate2d(
            x, KERNEL, method=method
        )
        for method in convolution.METHODS_2D
    },
    "convolve2d": lambda x: convolution.convolve2d(x, KERNEL),
    "conv_transpose2d": lambda x: convolution.conv_transpose2d(x, KERNEL.transpose(0, 1).contiguous()),
    "locally_connected2d": lambda x: convolution.locally_connected2d(x, LOCAL),
    "convolve1d": lambda x: convolution.convolve1d(x[:, :, 0], KERNEL[:, :, 0]),
}


@pytest.mark.parametrize("name", CALLS)
def test_an_activation_in_bfloat16_meets_float32_weights_in_float32(name):
    half = IMAGES.bfloat16()
    expected = CALLS[name](half.float())
    with torch.autocast("cpu", torch.bfloat16):
        result = CALLS[name](half)
    assert result.dtype == torch.float32
    torch.testing.assert_close(result, expected, rtol=1e-5, atol=1e-5)
