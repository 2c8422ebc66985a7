"""Five ways to slide a kernel along a signal. All give the same numbers; they differ in time and memory.

Each method takes a signal of shape (N, G, C, L), a kernel of shape (G, O, C, k) and a ``Slide``, and returns
the cross-correlation of shape (N, G, O, count): N signals, G groups, C input and O output channels per group.
"""

from __future__ import annotations

import torch
from torch import Tensor

from cnnlab.convolution.slide import Slide, spread
from cnnlab.geometry import effective_kernel_size, output_length


def loops(signal: Tensor, kernel: Tensor, slide: Slide) -> Tensor:
    """Return the definition, tap by tap: a sum of products at every position."""
    signal = _pad(signal, slide).unsqueeze(2)  # (N, G, 1, C, L), to meet (G, O, C, k)
    span = effective_kernel_size(kernel.shape[-1], slide.dilation)
    results = []
    for start in range(0, signal.shape[-1] - span + 1, slide.stride):
        total = torch.zeros((), dtype=signal.dtype, device=signal.device)
        for tap in range(kernel.shape[-1]):
            total = total + signal[..., start + tap * slide.dilation] * kernel[..., tap]
        results.append(total.sum(-1))
    return torch.stack(results, dim=-1)


def windows(signal: Tensor, kernel: Tensor, slide: Slide) -> Tensor:
    """Return every window times the kernel, summed: the loops handed to one ``einsum``."""
    view = sliding_windows(_pad(signal, slide), kernel.shape[-1], slide.stride, slide.dilation)
    return torch.einsum("ngcit,goct->ngoi", view, kernel)


def im2col(signal: Tensor, kernel: Tensor, slide: Slide) -> Tensor:
    """Return one matrix product: each row holds a kernel, each column the window at one position."""
    view = sliding_windows(_pad(signal, slide), kernel.shape[-1], slide.stride, slide.dilation)
    columns = view.transpose(-2, -1).flatten(2, 3)  # (N, G, C * k, count): here the windows are copied
    return kernel.flatten(2, 3) @ columns


def matrix(signal: Tensor, kernel: Tensor, slide: Slide) -> Tensor:
    """Return the signal times a Toeplitz matrix: the operation is linear, so it is a matrix."""
    return torch.einsum("gocij,ngcj->ngoi", toeplitz(kernel, signal.shape[-1], slide), signal)


def fft(signal: Tensor, kernel: Tensor, slide: Slide) -> Tensor:
    """Return a product of spectra, transformed back: what slides in time multiplies in frequency."""
    if signal.numel() == 0:
        return windows(signal, kernel, slide)  # MKL refuses to transform an empty batch
    signal, kernel = _pad(signal, slide), spread(kernel, slide.dilation)
    count = signal.shape[-1] - kernel.shape[-1] + 1
    size, precise = transform_length(signal.shape[-1], kernel.shape[-1], slide), transform_dtype(signal)
    spectrum = torch.fft.rfft(signal.to(precise), size)
    response = torch.fft.rfft(kernel.to(precise), size).conj()  # the conjugate undoes a convolution's flip
    product = torch.einsum("ngcf,gocf->ngof", spectrum, response)
    return torch.fft.irfft(product, size)[..., : count : slide.stride].to(signal.dtype)


def sliding_windows(signal: Tensor, size: int, stride: int = 1, dilation: int = 1) -> Tensor:
    """Return a view of shape (..., count, size): row i is what lies under the kernel at position i.

    No sample is copied: neighbouring rows share memory, so write only to a copy.

    Example:
        >>> sliding_windows(torch.arange(5), 3, stride=2)
        tensor([[0, 1, 2],
                [2, 3, 4]])
    """
    count = output_length(signal.shape[-1], size, stride=stride, dilation=dilation)
    *outer, step = signal.stride()
    return signal.as_strided((*signal.shape[:-1], count, size), (*outer, stride * step, dilation * step))


def toeplitz(kernel: Tensor, length: int, slide: Slide) -> Tensor:
    """Return the matrix of shape (..., count, length) that slides ``kernel`` over ``length`` samples."""
    taps = spread(kernel, slide.dilation)
    count = output_length(length + slide.left + slide.right, taps.shape[-1], stride=slide.stride)
    # One row with the kernel between zeros; the matrix is its windows, those of the last position first.
    reach = (count - 1) * slide.stride
    row = torch.nn.functional.pad(taps, (reach, slide.left + length))[..., slide.left :]
    return sliding_windows(row[..., : reach + length], length, slide.stride).flip(-2)


def fast_length(length: int) -> int:
    """Return a length of at least ``length``, at most an eighth more, with no prime factor above 5.

    Example:
        >>> fast_length(17), fast_length(1000)
        (18, 1024)
    """
    doublings = ((odd, (-(-length // odd) - 1).bit_length()) for odd in (1, 3, 5, 9, 15, 27, 45))
    return min(odd << power for odd, power in doublings)


def transform_length(padded: int, span: int, slide: Slide) -> int:
    """Return how long a transform must be for ``padded`` samples and a kernel that spans ``span``."""
    # A transform's circle joins both ends, so the zeros of one end serve the other as well.
    return fast_length(padded - min(slide.left, slide.right, span - 1))


def transform_dtype(signal: Tensor) -> torch.dtype:
    """Return the dtype to transform in: float64, where the device has it."""
    # A transform rounds relative to the largest sample of all: too coarse for small results in float32.
    return signal.dtype if signal.device.type == "mps" else torch.float64


def _pad(signal: Tensor, slide: Slide) -> Tensor:
    return torch.nn.functional.pad(signal, (slide.left, slide.right))
