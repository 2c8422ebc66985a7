"""Answers of an outsider to the exercises of conv1d."""

from fractions import Fraction

import numpy as np
import scipy.linalg
import scipy.signal
import torch
import torch.nn.functional as F


# ---------------------------------------------------------------- convolve
def conv_loops(signal, kernel):
    n, m = len(signal), len(kernel)
    result = [0.0] * (n + m - 1)
    for i in range(n):
        for j in range(m):
            result[i + j] += float(signal[i]) * float(kernel[j])
    return result


def conv_formula(signal, kernel):
    n, m = len(signal), len(kernel)
    result = torch.zeros(n + m - 1, dtype=torch.float64)
    for t in range(n + m - 1):
        for k in range(m):
            if 0 <= t - k < n:
                result[t] += kernel[k] * signal[t - k]
    return result


def conv_torch(signal, kernel):
    return F.conv1d(signal[None, None], kernel.flip(0)[None, None], padding=len(kernel) - 1)[0, 0]


def conv_scipy(signal, kernel):
    return scipy.signal.convolve(signal.numpy(), kernel.numpy(), mode="full", method="direct")


def conv_no_flip(signal, kernel):
    return F.conv1d(signal[None, None], kernel[None, None], padding=len(kernel) - 1)[0, 0]


def conv_wraps(signal, kernel):
    n, m = len(signal), len(kernel)
    result = torch.zeros(n + m - 1, dtype=torch.float64)
    for t in range(n + m - 1):
        for k in range(m):
            if t - k < n:
                result[t] += kernel[k] * signal[max(t - k, -n)]
    return result


def conv_circular(signal, kernel):
    n = max(len(signal), len(kernel))
    return torch.fft.irfft(torch.fft.rfft(signal, n) * torch.fft.rfft(kernel, n), n)


def conv_one_more(signal, kernel):
    n = len(signal) + len(kernel)
    return torch.fft.irfft(torch.fft.rfft(signal, n) * torch.fft.rfft(kernel, n), n)


def conv_polynomials(signal, kernel):
    return np.polymul(signal.numpy(), kernel.numpy())


def conv_integers(signal, kernel):
    result = torch.zeros(len(signal) + len(kernel) - 1, dtype=torch.int64)
    for i in range(len(signal)):
        result[i : i + len(kernel)] += (signal[i] * kernel).to(torch.int64)
    return result


def conv_padding_signal(signal, kernel):
    padded = F.pad(signal, (len(kernel) - 1, len(kernel) - 1))
    turned = kernel.flip(0)
    return torch.stack([padded[t : t + len(kernel)] @ turned for t in range(len(signal))])


def conv_border(signal, kernel):
    m = len(kernel)
    padded = torch.cat([signal[:1].repeat(m - 1), signal, signal[-1:].repeat(m - 1)])
    return F.conv1d(padded[None, None], kernel.flip(0)[None, None])[0, 0]


# ---------------------------------------------------------------- derivative
def deriv_loop(samples, step):
    values = [float(value) for value in samples]
    return [(values[i + 1] - values[i - 1]) / (2 * float(step)) for i in range(1, len(values) - 1)]


def deriv_conv(samples, step):
    kernel = torch.tensor([[[-0.5, 0.0, 0.5]]], dtype=torch.float64) / step
    return F.conv1d(samples[None, None], kernel)[0, 0]


# ---------------------------------------------------------------- toeplitz
def matrix_loops(kernel, length):
    rows = [[0.0] * length for _ in range(length + len(kernel) - 1)]
    for column in range(length):
        for k in range(len(kernel)):
            rows[column + k][column] = float(kernel[k])
    return rows


def matrix_columns(kernel, length):
    result = torch.zeros(length + len(kernel) - 1, length, dtype=torch.float64)
    for j in range(length):
        result[j : j + len(kernel), j] = kernel
    return result


def matrix_scipy(kernel, length):
    kernel = np.asarray(kernel)
    column = np.concatenate([kernel, np.zeros(length - 1)])
    return scipy.linalg.toeplitz(column, np.zeros(length))


def matrix_spikes(kernel, length):
    return np.stack([np.convolve(spike, np.asarray(kernel)) for spike in np.eye(length)], axis=1)


def matrix_symmetric(kernel, length):
    column = np.concatenate([np.asarray(kernel), np.zeros(length - 1)])
    return scipy.linalg.toeplitz(column)[:, :length]


def matrix_rolled(kernel, length):
    column = F.pad(kernel, (0, max(length - len(kernel), 0)))
    return torch.stack([column.roll(j) for j in range(length)], dim=1)


def matrix_one_more(kernel, length):
    return F.pad(matrix_columns(kernel, length), (0, 0, 0, 1))


def matrix_first_element_lost(kernel, length):
    """Diagonals 0 to len - 1, but those below the square are forgotten when the kernel is long."""
    result = torch.zeros(length + len(kernel) - 1, length, dtype=torch.float64)
    for i in range(result.shape[0]):
        for j in range(length):
            if 0 <= i - j < min(len(kernel), length):
                result[i, j] = kernel[i - j]
    return result


def matrix_valid(kernel, length):
    result = torch.zeros(length + len(kernel) - 1, length, dtype=torch.float64)
    for i in range(max(length - len(kernel) + 1, 0)):
        result[i, i : i + len(kernel)] = kernel.flip(0)
    return result


def matrix_bands_of_ones(kernel, length):
    return (matrix_columns(kernel, length) != 0).to(torch.float64)


def matrix_skips_last_column(kernel, length):
    result = torch.zeros(length + len(kernel) - 1, length, dtype=torch.float64)
    for j in range(length - 1):
        result[j : j + len(kernel), j] = kernel
    return result


def matrix_negative_index(kernel, length):
    """kernel[i - j] wraps above the diagonal."""
    m = len(kernel)
    result = torch.zeros(length + m - 1, length, dtype=torch.float64)
    for i in range(length + m - 1):
        for j in range(length):
            if -m <= i - j < m:
                result[i, j] = kernel[i - j]
    return result


# ---------------------------------------------------------------- undo
def undo_loop(result):
    signal = [float(result[0])]
    for t in range(1, len(result) - 1):
        signal.append(float(result[t]) - 0.5 * signal[-1])
    return signal


def undo_scipy(result):
    return scipy.signal.deconvolve(result.numpy(), np.array([1.0, 0.5]))[0]


def undo_least_squares(result):
    n = len(result) - 1
    matrix = np.zeros((n + 1, n))
    for t in range(n):
        matrix[t, t] = 1
        matrix[t + 1, t] = 0.5
    return np.linalg.lstsq(matrix, np.asarray(result), rcond=None)[0]


def undo_powers(result):
    n = len(result) - 1
    inverse = (-0.5) ** torch.arange(n, dtype=torch.float64)
    return torch.from_numpy(np.convolve(result.numpy(), inverse.numpy())[:n])


def undo_too_long(result):
    signal = [float(result[0])]
    for t in range(1, len(result)):
        signal.append(float(result[t]) - 0.5 * signal[-1])
    return signal


def undo_result(result):
    signal = result[:-1].clone()
    signal[1:] -= 0.5 * result[:-2]
    return signal


def undo_plus(result):
    signal = [float(result[0])]
    for t in range(1, len(result) - 1):
        signal.append(float(result[t]) + 0.5 * signal[-1])
    return signal


def undo_no_half(result):
    signal = [float(result[0])]
    for t in range(1, len(result) - 1):
        signal.append(float(result[t]) - signal[-1])
    return signal


def undo_reversed_kernel(result):
    signal = [2 * float(result[0])]
    for t in range(1, len(result) - 1):
        signal.append(2 * (float(result[t]) - signal[-1]))
    return signal


def undo_circular(result):
    n = len(result) - 1
    kernel = torch.tensor([1.0, 0.5], dtype=torch.float64)
    return torch.fft.ifft(torch.fft.fft(result[:n]) / torch.fft.fft(kernel, max(n, 2))[:n]).real


def undo_no_first(result):
    return undo_too_long(result)[1:]


def undo_short_series(result):
    signal = torch.zeros(len(result) - 1, dtype=torch.float64)
    for t in range(len(signal)):
        for k in range(min(t, 3) + 1):
            signal[t] += (-0.5) ** k * result[t - k]
    return signal


def undo_integers(result):
    return [round(value) for value in undo_loop(result)]


ANSWERS = {
    "conv1d.by_hand": (
        [
            [1, 2, 3, 6],
            (1.0, 2.0, 3.0, 6.0),
            torch.tensor([1, 2, 3, 6]),
            np.convolve([1, 2], [1, 0, 3]).astype(np.float32),
        ],
        [
            [3, 6, 1, 2],  # kernel not flipped: correlation
            [6, 3, 2, 1],  # result back to front
            [2, 1, 6, 3],  # signal flipped
            [2, 3],  # valid only
            [1, 2, 3],  # same
            [1, 2, 0, 3],  # put one behind the other
            [1, 2, 0, 0, 3, 6],  # copies not overlapped
            [1, 2, 3, 5],  # slip: 2 + 3 instead of 2 * 3
            [1, 0, 3, 6],  # forgot the 2 times 1
            12,  # everything summed
        ],
    ),
    "conv1d.convolve": (
        [conv_loops, conv_formula, conv_torch, conv_scipy],
        [
            conv_no_flip,  # correlation
            conv_wraps,  # negative index wraps to the end of the signal
            conv_circular,  # FFT without room: circular
            conv_one_more,  # one zero too many at the end
            conv_polynomials,  # leading zeros of a factor vanish
            conv_integers,  # everything rounded to integers
            conv_padding_signal,  # stops after len(signal) results
            conv_border,  # repeats the border instead of zeros
            lambda s, k: np.convolve(s.numpy(), k.numpy(), "valid"),  # valid
            lambda s, k: conv_torch(s, k / k.sum()),  # normalises the kernel
        ],
    ),
    "conv1d.delay": (
        [
            [0, 0, 0.5],
            (0, 0, Fraction(1, 2), 0),
            torch.tensor([0, 0, 0.5]),
            np.array([0.0, 0.0, 0.5, 0.0, 0.0]),
        ],
        [
            [0.5, 0, 0],  # flipped
            [0, 0.5],  # one sample only
            [0, 0, 0, 0.5],  # three samples
            [0, 0, 1],  # not halved
            [0, 0, 2],  # doubled
            [0, 0.5, 0],  # centred, as in mode same
            [0, 0, -0.5],  # sign
            [0.5, 0, 0.5],  # adds an echo
            [0, 0.25, 0.25],  # smears
            [0, 0, 0.505],  # off by 1 %
        ],
    ),
    "conv1d.derivative": (
        [
            lambda s, h: (s[2:] - s[:-2]) / (2 * h),
            deriv_loop,
            lambda s, h: np.gradient(s.numpy(), float(h))[1:-1],
            deriv_conv,
        ],
        [
            lambda s, h: (s[2:] - s[:-2]) / h,  # forgot the 2
            lambda s, h: (s[2:] - s[:-2]) / 2 * h,  # precedence: times the step
            lambda s, h: (s[2:] - s[1:-1]) / h,  # forward
            lambda s, h: (s[1:-1] - s[:-2]) / h,  # backward
            lambda s, h: (s[:-2] - s[2:]) / (2 * h),  # sign
            lambda s, h: np.gradient(s.numpy(), float(h)),  # ends kept
            lambda s, h: (s[2:] - s[:-2]) / 2,  # step ignored
            lambda s, h: (s[2:] - 2 * s[1:-1] + s[:-2]) / h**2,  # second derivative
            lambda s, h: (s[2:] - s[:-2]).abs() / (2 * h),  # positive only
            lambda s, h: ((s[2:] - s[:-2]) / (2 * h))[1:-1],  # cuts the ends twice
        ],
    ),
    "conv1d.layer_kernel": (
        [[1, 0, 0, 0, 0], (1.0, 0.0, 0.0, 0.0, 0.0), torch.eye(5)[0], np.array([1, 0, 0, 0, 0])],
        [
            [0, 0, 0, 0, 1],  # as for a convolution
            [0, 0, 1, 0, 0],  # identity; ignores the padding
            [0, 1, 0, 0, 0],  # one sample
            [0, 0, 0, 1, 0],  # one sample early
            [1, 0, 0],  # three weights
            [-1, 0, 0, 0, 0],  # sign
            [0.5, 0, 0, 0, 0],  # halves, from the exercise before
            [1, 0, 0, 0, 1],  # both ends
            [0.2] * 5,  # mean
            [1, 0, 0, 0, 0, 0],  # six weights
        ],
    ),
    "conv1d.lengths": (
        [[13, 10, 7], (13, 10, 7), torch.tensor([13, 10, 7]), np.array([13.0, 10.0, 7.0])],
        [
            [14, 10, 6],  # n + k and n - k
            [7, 10, 13],  # order reversed
            [13, 10, 6],  # valid one short
            [12, 10, 8],  # k - 2
            [13, 4, 7],  # same as the kernel
            [13, 11, 7],  # padding 2 on both sides
            [13, 9, 7],  # padding 1 on both sides
            [40, 10, 4],  # product
            [16, 10, 7],  # k - 1 zeros on each side counted as results
            [13, 10],  # one missing
        ],
    ),
    "conv1d.toeplitz": (
        [matrix_loops, matrix_columns, matrix_scipy, matrix_spikes],
        [
            lambda k, n: matrix_columns(k, n).T,  # transposed
            lambda k, n: matrix_columns(k.flip(0), n),  # kernel flipped
            matrix_symmetric,  # scipy's default first row
            matrix_rolled,  # circulant, too few rows
            lambda k, n: matrix_columns(k, n)[:n],  # square
            matrix_one_more,  # one row too many
            matrix_first_element_lost,  # only right if the kernel is no longer than the signal
            matrix_skips_last_column,  # range(length - 1)
            matrix_negative_index,  # wraps
            matrix_valid,  # rows of the valid correlation on top
        ],
    ),
    "conv1d.undo": (
        [undo_loop, undo_scipy, undo_least_squares, undo_powers],
        [
            undo_too_long,  # as long as the result
            undo_result,  # subtracts the result's sample, not the signal's
            undo_plus,  # sign
            undo_no_half,  # forgot the half
            undo_reversed_kernel,  # kernel 1/2, 1
            undo_circular,  # FFT without room
            undo_no_first,  # drops the first instead of the last
            undo_short_series,  # series cut after four terms: right for short signals
            undo_integers,  # rounds: right for whole numbers
            lambda r: r[:-1] / 1.5,  # divides by the kernel's sum
        ],
    ),
}
