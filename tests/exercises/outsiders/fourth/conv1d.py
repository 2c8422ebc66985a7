"""Answers of an outsider to the exercises of conv1d."""

from fractions import Fraction

import numpy as np
import scipy.linalg
import scipy.signal
import torch
import torch.nn.functional as F
from scipy.interpolate import CubicSpline


# --- convolve: right
def convolve_sum(signal, kernel):
    n, k = len(signal), len(kernel)
    signal, kernel = signal.tolist(), kernel.tolist()
    result = [0.0] * (n + k - 1)
    for t in range(n + k - 1):
        for j in range(k):
            if 0 <= t - j < n:
                result[t] += kernel[j] * signal[t - j]
    return result


def convolve_slide(signal, kernel):
    k = len(kernel)
    padded = F.pad(signal, (k - 1, k - 1))
    return padded.unfold(0, k, 1) @ kernel.flip(0)


def convolve_spikes(signal, kernel):
    result = [0.0] * (len(signal) + len(kernel) - 1)
    for i, s in enumerate(signal.tolist()):
        for j, w in enumerate(kernel.tolist()):
            result[i + j] += s * w
    return result


def convolve_library(signal, kernel):
    return scipy.signal.convolve(signal.numpy(), kernel.numpy(), mode="full", method="direct")


# --- convolve: wrong
def convolve_unflipped(signal, kernel):
    """Cross-correlation: right for symmetric kernels."""
    return F.conv1d(signal[None, None], kernel[None, None], padding=len(kernel) - 1)[0, 0]


def convolve_same(signal, kernel):
    return np.convolve(signal.numpy(), kernel.numpy(), mode="same")


def convolve_overwrites(signal, kernel):
    result = torch.zeros(len(signal) + len(kernel) - 1, dtype=torch.float64)
    for t in range(len(signal)):
        result[t : t + len(kernel)] = signal[t] * kernel
    return result


def convolve_circular(signal, kernel):
    """The transform is one too short: the last value is added to the first."""
    n = len(signal) + len(kernel) - 2
    if n < 1:
        return signal * kernel
    result = np.fft.irfft(np.fft.rfft(signal.numpy(), n) * np.fft.rfft(kernel.numpy(), n), n)
    return np.append(result, float(signal[-1] * kernel[-1]))


def convolve_wraps(signal, kernel):
    """A negative index reads from the end of the signal."""
    signal, kernel = signal.tolist(), kernel.tolist()
    result = []
    for t in range(len(signal) + len(kernel) - 1):
        total = 0.0
        for j in range(len(kernel)):
            if t - j < len(signal) and t - j >= -len(signal):
                total += kernel[j] * signal[t - j]
        result.append(total)
    return result


def convolve_polymul(signal, kernel):
    """Subtle: NumPy drops leading zeros of polynomials."""
    return np.polymul(signal.numpy(), kernel.numpy())


def convolve_short_kernel(signal, kernel):
    """Subtle: right unless the kernel is longer than the signal."""
    result = torch.zeros(len(signal) + len(kernel) - 1, dtype=torch.float64)
    for j in range(min(len(kernel), len(signal))):
        result[j : j + len(signal)] += kernel[j] * signal
    return result


def convolve_rounded(signal, kernel):
    """Subtle: right for whole numbers; rounded 'to remove the noise of the FFT'."""
    return np.rint(scipy.signal.fftconvolve(signal.numpy(), kernel.numpy()))


def convolve_positive(signal, kernel):
    """Subtle: right unless a sample is negative."""
    result = torch.zeros(len(signal) + len(kernel) - 1, dtype=torch.float64)
    for t, sample in enumerate(signal):
        if sample > 0:
            result[t : t + len(kernel)] += sample * kernel
    return result


def convolve_repeated_once(signal, kernel):
    """Subtle: looks a weight up by its value, so that equal weights share one place."""
    weights = kernel.tolist()
    result = torch.zeros(len(signal) + len(weights) - 1, dtype=torch.float64)
    for w in weights:
        j = weights.index(w)
        result[j : j + len(signal)] += w * signal
    return result


# --- derivative: right
def derivative_slices(samples, step):
    return (samples[2:] - samples[:-2]) / (2 * step)


def derivative_gradient(samples, step):
    return np.gradient(samples.numpy(), step)[1:-1]


def derivative_loop(samples, step):
    values = samples.tolist()
    return [(values[i + 1] - values[i - 1]) / (2 * step) for i in range(1, len(values) - 1)]


def derivative_two_sides(samples, step):
    slopes = torch.diff(samples) / step
    return (slopes[1:] + slopes[:-1]) / 2


# --- derivative: wrong
def derivative_forward(samples, step):
    return torch.diff(samples)[1:] / step


def derivative_backward(samples, step):
    return torch.diff(samples)[:-1] / step


def derivative_no_two(samples, step):
    return (samples[2:] - samples[:-2]) / step


def derivative_sign(samples, step):
    return (samples[:-2] - samples[2:]) / (2 * step)


def derivative_second(samples, step):
    return (samples[2:] - 2 * samples[1:-1] + samples[:-2]) / step**2


def derivative_precedence(samples, step):
    """Subtle: right for a step of 1 (times the step instead of divided by it)."""
    return (samples[2:] - samples[:-2]) / 2 * step


def derivative_whole_step(samples, step):
    """Subtle: right for whole steps."""
    return (samples[2:] - samples[:-2]) / (2 * max(1, int(step)))


def derivative_in_place(samples, step):
    """Subtle: right for three samples; reads what it has just written."""
    result = samples.clone()
    for i in range(1, len(samples) - 1):
        result[i] = (result[i + 1] - result[i - 1]) / (2 * step)
    return result[1:-1]


def derivative_spline(samples, step):
    """Subtle: the slope of the curve through the samples, right for parabolas and three samples."""
    if len(samples) < 3:
        return samples[2:]
    places = step * np.arange(len(samples))
    return CubicSpline(places, samples.numpy())(places[1:-1], 1)


def derivative_squeezed(samples, step):
    """Subtle: loses its axis for three samples."""
    return ((samples[2:] - samples[:-2]) / (2 * step)).squeeze()


# --- toeplitz: right
def toeplitz_loops(kernel, length):
    k = len(kernel)
    matrix = torch.zeros(length + k - 1, length, dtype=torch.float64)
    for column in range(length):
        matrix[column : column + k, column] = kernel
    return matrix


def toeplitz_scipy(kernel, length):
    column = np.concatenate([kernel.numpy(), np.zeros(length - 1)])
    return scipy.linalg.toeplitz(column, np.zeros(length))


def toeplitz_responses(kernel, length):
    columns = [np.convolve(spike, kernel.numpy()) for spike in np.eye(length)]
    return np.stack(columns, axis=1)


def toeplitz_reshape(kernel, length):
    rows = length + len(kernel) - 1
    line = F.pad(kernel, (0, length)).repeat(length)
    return line[: rows * length].reshape(length, rows).T


# --- toeplitz: wrong
def toeplitz_flipped(kernel, length):
    return toeplitz_loops(kernel.flip(0), length)


def toeplitz_symmetric(kernel, length):
    column = np.concatenate([kernel.numpy(), np.zeros(length - 1)])
    return scipy.linalg.toeplitz(column)[:, :length]


def toeplitz_square(kernel, length):
    return toeplitz_loops(kernel, length)[:length]


def toeplitz_valid(kernel, length):
    k = len(kernel)
    return toeplitz_loops(kernel, length)[k - 1 : length]


def toeplitz_no_shift(kernel, length):
    return F.pad(kernel, (0, length - 1))[:, None].expand(-1, length)


def toeplitz_negative_index(kernel, length):
    """Right for length 1: kernel[-1] is the last weight, not zero."""
    matrix = torch.zeros(length + len(kernel) - 1, length, dtype=torch.float64)
    for i in range(matrix.shape[0]):
        for j in range(length):
            if abs(i - j) < len(kernel):
                matrix[i, j] = kernel[i - j]
    return matrix


def toeplitz_integers(kernel, length):
    """Subtle: right for whole numbers."""
    matrix = np.zeros((length + len(kernel) - 1, length), dtype=int)
    for column in range(length):
        matrix[column : column + len(kernel), column] = kernel.numpy()
    return matrix


def toeplitz_short_kernel(kernel, length):
    """Subtle: right unless the kernel is longer than the signal."""
    rows = length + len(kernel) - 1
    matrix = np.zeros((rows, length))
    for j in range(min(len(kernel), length)):
        matrix += float(kernel[j]) * np.eye(rows, length, -j)
    return matrix


def toeplitz_trimmed(kernel, length):
    """Subtle: drops zeros at the end of the kernel, and with them the last rows."""
    weights = np.trim_zeros(kernel.numpy(), "b")
    return scipy.linalg.convolution_matrix(weights if len(weights) else np.zeros(1), length)


def toeplitz_positive(kernel, length):
    """Subtle: right unless a weight is negative."""
    rows = length + len(kernel) - 1
    matrix = np.zeros((rows, length))
    places = np.flatnonzero(kernel.numpy() > 0)
    for p in places:
        matrix += float(kernel[p]) * np.eye(rows, length, -p)
    return matrix


# --- undo: right
def undo_forward(result):
    signal = []
    previous = 0.0
    for value in result.tolist()[:-1]:
        previous = value - previous / 2
        signal.append(previous)
    return signal


def undo_filter(result):
    return scipy.signal.lfilter([1.0], [1.0, 0.5], result.numpy())[:-1]


def undo_solve(result):
    n = len(result) - 1
    below = torch.full((n - 1,), 0.5, dtype=torch.float64)
    matrix = torch.eye(n, dtype=torch.float64) + torch.diag(below, -1)
    return torch.linalg.solve_triangular(matrix, result[:-1, None], upper=False)[:, 0]


def undo_fourier(result):
    n = len(result)
    spectrum = np.fft.fft(result.numpy()) / np.fft.fft([1.0, 0.5], n)
    return np.fft.ifft(spectrum).real[: n - 1]


# --- undo: wrong
def undo_one_step(result):
    """Subtracts half the result before, not half the signal before: right for two values."""
    signal = result[:-1].clone()
    signal[1:] -= result[:-2] / 2
    return signal


def undo_plus(result):
    signal = result[:-1].clone()
    for t in range(1, len(signal)):
        signal[t] += signal[t - 1] / 2
    return signal


def undo_no_half(result):
    signal = result[:-1].clone()
    for t in range(1, len(signal)):
        signal[t] -= signal[t - 1]
    return signal


def undo_flipped(result):
    """Takes the kernel for [1/2, 1]."""
    signal = []
    previous = 0.0
    for value in result.tolist()[:-1]:
        previous = 2 * (value - previous)
        signal.append(previous)
    return signal


def undo_too_long(result):
    """Does not leave out the last value (nearly zero)."""
    return scipy.signal.lfilter([1.0], [1.0, 0.5], result.numpy())


def undo_four_taps(result):
    """Subtle: an inverse kernel of four weights, right up to four samples."""
    inverse = np.array([1, -1 / 2, 1 / 4, -1 / 8])
    return np.convolve(result.numpy(), inverse)[: len(result) - 1]


def undo_polynomial(result):
    """Subtle: NumPy drops zeros at the end of the signal."""
    return np.polynomial.polynomial.polydiv(result.numpy(), [1.0, 0.5])[0]


def undo_rounded(result):
    """Subtle: right for whole samples."""
    return torch.tensor(undo_forward(result)).round()


def undo_positive(result):
    """Subtle: right for samples that are not negative."""
    return [max(s, 0.0) for s in undo_forward(result)]


def undo_leading_zeros(result):
    """Subtle: starts at the first value that is not zero, and forgets the zeros before it."""
    values = np.trim_zeros(result.numpy(), "f")
    return scipy.signal.lfilter([1.0], [1.0, 0.5], values)[:-1]


ANSWERS = {
    "conv1d.lengths": (
        [
            (13, 10, 7),
            [10 + 4 - 1, 10, 10 - 4 + 1],
            torch.tensor([13, 10, 7]),
            np.array([len(np.convolve(np.ones(10), np.ones(4), m)) for m in ("full", "same", "valid")]),
        ],
        [
            (14, 10, 6),
            (13, 10, 6),
            (7, 10, 13),
            (14, 10, 7),
            (13, 10, 10),
            (13, 10),
            (13, 7, 10),
            (13, 9, 7),
            30,
            {13, 10, 7},
        ],
    ),
    "conv1d.by_hand": (
        [
            [1, 2, 3, 6],
            np.convolve([1, 2], [1, 0, 3]),
            torch.tensor([1.0, 2.0, 3.0, 6.0]),
            tuple(Fraction(n) for n in (1, 2, 3, 6)),
        ],
        [
            [3, 6, 1, 2],
            [6, 3, 2, 1],
            [2, 1, 6, 3],
            [2, 3],
            [1, 2, 4, 6],
            [1, 2, 6, 3],
            [[1, 0, 3], [2, 0, 6]],
            1236,
            [1, 2, 3, 6, 0],
            [1, 2, 0, 6],
        ],
    ),
    "conv1d.delay": (
        [[0, 0, 0.5], (0, 0, Fraction(1, 2)), np.array([0, 0, 1]) / 2, torch.eye(3)[2] / 2],
        [
            [0.5, 0, 0],
            [0, 0, 1],
            [0, 0.5],
            [0, 0, 2],
            [0, 0, 0, 0.5],
            [0.5],
            [0, 0, -0.5],
            [2, 0.5],
            [0, 0, 1 // 2],
            [0, 0.5, 0.5],
        ],
    ),
    "conv1d.layer_kernel": (
        [[1, 0, 0, 0, 0], np.eye(5)[0], torch.tensor([0.0, 0, 0, 0, 1]).flip(0), (Fraction(1), 0, 0, 0, 0)],
        [
            [0, 0, 0, 0, 1],
            [0, 0, 1, 0, 0],
            [0, 1, 0, 0, 0],
            [0, 0, 0, 1, 0],
            [0.5, 0, 0, 0, 0],
            [1, 0, 0],
            [-1, 0, 0, 0, 0],
            torch.eye(5),
            [1, 1, 0, 0, 0],
            [0.2, 0.2, 0.2, 0.2, 0.2],
        ],
    ),
    "conv1d.convolve": (
        [convolve_sum, convolve_slide, convolve_spikes, convolve_library],
        [
            convolve_unflipped,
            convolve_same,
            convolve_overwrites,
            convolve_circular,
            convolve_wraps,
            convolve_polymul,
            convolve_short_kernel,
            convolve_rounded,
            convolve_positive,
            convolve_repeated_once,
        ],
    ),
    "conv1d.derivative": (
        # The last one's author took it for wrong, but a single number may come in any number of brackets.
        [
            derivative_slices,
            derivative_gradient,
            derivative_loop,
            derivative_two_sides,
            derivative_squeezed,
        ],
        [
            derivative_forward,
            derivative_backward,
            derivative_no_two,
            derivative_sign,
            derivative_second,
            derivative_precedence,
            derivative_whole_step,
            derivative_in_place,
            derivative_spline,
        ],
    ),
    "conv1d.toeplitz": (
        [toeplitz_loops, toeplitz_scipy, toeplitz_responses, toeplitz_reshape],
        [
            toeplitz_flipped,
            toeplitz_symmetric,
            toeplitz_square,
            toeplitz_valid,
            toeplitz_no_shift,
            toeplitz_negative_index,
            toeplitz_integers,
            toeplitz_short_kernel,
            toeplitz_trimmed,
            toeplitz_positive,
        ],
    ),
    "conv1d.undo": (
        [undo_forward, undo_filter, undo_solve, undo_fourier],
        [
            undo_one_step,
            undo_plus,
            undo_no_half,
            undo_flipped,
            undo_too_long,
            undo_four_taps,
            undo_polynomial,
            undo_rounded,
            undo_positive,
            undo_leading_zeros,
        ],
    ),
}
