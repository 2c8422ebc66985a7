"""Convolution and cross-correlation from scratch, each by several methods that give the same answer.

From scratch means slicing, strided views, sums of products, matrix products and the FFT; PyTorch's own
convolutions appear only in the tests, as the judge.
"""

from __future__ import annotations

from cnnlab.convolution.gradients import input_gradient2d, weight_gradient2d
from cnnlab.convolution.locally_connected import LocallyConnected2d, locally_connected2d
from cnnlab.convolution.one_dimensional import METHODS, convolve1d, cross_correlate1d, toeplitz1d
from cnnlab.convolution.transposed import conv_transpose2d
from cnnlab.convolution.two_dimensional import METHODS_2D, convolve2d, cross_correlate2d

__all__ = [
    "METHODS",
    "METHODS_2D",
    "LocallyConnected2d",
    "conv_transpose2d",
    "convolve1d",
    "convolve2d",
    "cross_correlate1d",
    "cross_correlate2d",
    "input_gradient2d",
    "locally_connected2d",
    "toeplitz1d",
    "weight_gradient2d",
]
