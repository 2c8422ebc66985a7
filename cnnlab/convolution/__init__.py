"""Convolution and cross-correlation from scratch, each by several methods that give the same answer.

From scratch means slicing, strided views, sums of products, matrix products and the FFT; PyTorch's own
convolutions appear only in the tests, as the judge.
"""

from __future__ import annotations

from cnnlab.convolution.one_dimensional import METHODS, convolve1d, cross_correlate1d, toeplitz1d

__all__ = ["METHODS", "convolve1d", "cross_correlate1d", "toeplitz1d"]
