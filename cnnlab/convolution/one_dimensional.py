"""Convolution and cross-correlation of signals: checks, padding and groups around the five methods."""

from __future__ import annotations

import torch

from cnnlab._arguments import one_of, positive_int
from cnnlab.convolution import methods1d
from cnnlab.convolution.autocast import without_autocast
from cnnlab.convolution.operands import check_operands, check_tensor
from cnnlab.convolution.slide import apply, make_slide

_METHODS = {
    "loops": methods1d.loops,
    "windows": methods1d.windows,
    "im2col": methods1d.im2col,
    "matrix": methods1d.matrix,
    "fft": methods1d.fft,
}
METHODS = tuple(_METHODS)


@without_autocast
def cross_correlate1d(
    signal: torch.Tensor,
    kernel: torch.Tensor,
    *,
    method: str = "windows",
    mode: str = "valid",
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    groups: int = 1,
) -> torch.Tensor:
    """Return the kernel slid along the signal as it stands: what deep learning calls convolution.

    ``result[i] = sum over j of signal[i * stride + j * dilation - padding] * kernel[j]``, with zeros outside.

    Args:
        signal: shape (L,), or (N, C, L); float16, bfloat16, float32 or float64, on any device. N may be 0.
        kernel: shape (k,), or (out_channels, C // groups, k); dtype and device of ``signal``.
        method: "loops", "windows", "im2col", "matrix" or "fft": same numbers, different cost. An infinity or
            NaN in the signal stays in its own windows with the first three; with the other two it spoils the
            whole of its signal's results, in all output channels of its group and in no others.
        mode: "valid" (only where the kernel fits), "full" (wherever it overlaps), or "same" (as long as the
            signal; an even kernel reaches further to the right; stride 1 only).
        stride: samples from one result to the next.
        padding: zeros added on each side, in mode "valid" only.
        dilation: distance between neighbouring taps in samples.
        groups: number of groups of channels, each with its own kernels.

    Returns:
        Shape (L',), or (N, out_channels, L'), with ``geometry.output_length`` giving L'; dtype of ``signal``.
        The error is at most tol * max(1, largest result), with tol 1e-12 in float64, 1e-5 in float32 and 1e-2
        in half precision, for data of ordinary size; sums that nearly cancel lose more in float32.

    Raises:
        TypeError: not tensors, unsupported or differing dtypes, or a size that is not an integer.
        ValueError: shapes, devices, groups or options that do not fit together.

    Source:
        ``torch.nn.functional.conv1d``, including its ``padding="same"``.

    Example:
        >>> cross_correlate1d(torch.tensor([1.0, 2.0, 4.0, 7.0]), torch.tensor([-1.0, 1.0]))
        tensor([1., 2., 3.])
    """
    check_operands(signal, kernel, axes="L", taps="k", groups=groups)
    options = {"mode": mode, "stride": stride, "padding": padding, "dilation": dilation}
    slide = make_slide("cross_correlation", kernel.shape[-1], **options)
    return apply(_METHODS[one_of("method", method, METHODS)], signal, kernel, slide, groups=groups)


@without_autocast
def convolve1d(
    signal: torch.Tensor,
    kernel: torch.Tensor,
    *,
    method: str = "windows",
    mode: str = "valid",
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    groups: int = 1,
) -> torch.Tensor:
    """Return the convolution: the flipped kernel slid along the signal.

    ``result[i] = sum over j of signal[i - j] * kernel[j]`` in mode "full" with stride and dilation 1.
    Arguments, shapes, accuracy and errors are those of ``cross_correlate1d``; only "same" differs: it is the
    middle of "full", so an even kernel reaches further to the left.

    Args:
        signal: shape (L,), or (N, C, L).
        kernel: shape (k,), or (out_channels, C // groups, k); its taps are flipped, its channels are not.
        method: "loops", "windows", "im2col", "matrix" or "fft"; with the last two an infinity or NaN in the
            signal spoils the whole of its signal's results, in all output channels of its group.
        mode: "valid", "full" or "same".
        stride: samples from one result to the next.
        padding: zeros added on each side, in mode "valid" only.
        dilation: distance between neighbouring taps in samples.
        groups: number of groups of channels, each with its own kernels.

    Returns:
        Shape (L',), or (N, out_channels, L'); dtype of ``signal``.

    Raises:
        TypeError: not tensors, unsupported or differing dtypes, or a size that is not an integer.
        ValueError: shapes, devices, groups or options that do not fit together.

    Source:
        ``scipy.signal.convolve``, including its ``mode="same"``. Where the kernel is longer than the signal,
        "valid" is an error here and swaps the two there.

    Example:
        >>> convolve1d(torch.tensor([1.0, 0.0, -1.0]), torch.tensor([0.0, 1.0, 2.0]), mode="full")
        tensor([ 0.,  1.,  2., -1., -2.])
    """
    check_operands(signal, kernel, axes="L", taps="k", groups=groups)
    options = {"mode": mode, "stride": stride, "padding": padding, "dilation": dilation}
    slide = make_slide("convolution", kernel.shape[-1], **options)
    flipped = kernel.flip(-1)
    return apply(_METHODS[one_of("method", method, METHODS)], signal, flipped, slide, groups=groups)


def toeplitz1d(kernel: torch.Tensor, length: int, *, mode: str = "full") -> torch.Tensor:
    """Return the matrix T with ``T @ signal`` equal to ``convolve1d(signal, kernel, mode=mode)``.

    Args:
        kernel: shape (k,), floating point.
        length: samples of the signal, at least 1.
        mode: "full", "same" or "valid".

    Returns:
        Shape (``geometry.mode_length(mode, length, k)``, length); constant along each diagonal.

    Raises:
        TypeError: ``kernel`` is not a floating-point tensor, or ``length`` not an integer.
        ValueError: ``kernel`` is empty or not 1-D, ``length`` is below 1, or ``mode`` does not allow them.

    Example:
        >>> toeplitz1d(torch.tensor([1.0, 2.0]), 3)
        tensor([[1., 0., 0.],
                [2., 1., 0.],
                [0., 2., 1.],
                [0., 0., 2.]])
    """
    check_tensor("kernel", kernel)
    if kernel.ndim != 1 or len(kernel) == 0:
        raise ValueError(f"kernel must have shape (k,) with k at least 1, got {tuple(kernel.shape)}")
    slide = make_slide("convolution", len(kernel), mode=mode)
    return methods1d.toeplitz(kernel.flip(-1), positive_int("length", length), slide)
