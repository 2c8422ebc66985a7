"""Answers of an outsider to the exercises of conv1d."""

import numpy as np
import torch
import torch.nn.functional as F
from scipy import linalg
from scipy import signal as sps

# ---------------------------------------------------------------- convolve


def convolve_loop(signal, kernel):
    x, k = signal.tolist(), kernel.tolist()
    result = [0.0] * (len(x) + len(k) - 1)
    for i, a in enumerate(x):
        for j, b in enumerate(k):
            result[i + j] += a * b
    return result


def convolve_formula(signal, kernel):
    n, m = len(signal), len(kernel)
    result = torch.zeros(n + m - 1, dtype=torch.float64)
    for t in range(n + m - 1):
        for k in range(m):
            if 0 <= t - k < n:
                result[t] += kernel[k] * signal[t - k]
    return result


def convolve_library(signal, kernel):
    return F.conv1d(signal[None, None], kernel.flip(0)[None, None], padding=len(kernel) - 1)[0, 0]


def convolve_numpy(signal, kernel):
    return np.convolve(signal.numpy(), kernel.numpy()).astype(np.float32)


def convolve_wrong_flip(signal, kernel):
    return F.conv1d(signal[None, None], kernel[None, None], padding=len(kernel) - 1)[0, 0]


def convolve_wrong_fft(signal, kernel):
    n = max(len(signal), len(kernel))
    return torch.fft.irfft(torch.fft.rfft(signal, n) * torch.fft.rfft(kernel, n), n)


def convolve_wrong_whole(signal, kernel):
    result = torch.zeros(len(signal) + len(kernel) - 1, dtype=torch.long)
    for i in range(len(signal)):
        for j in range(len(kernel)):
            result[i + j] += int(signal[i] * kernel[j])
    return result


def convolve_wrong_negative_index(signal, kernel):
    n = len(signal) + len(kernel) - 1
    x = torch.zeros(n, dtype=torch.float64)
    x[: len(signal) - 1] = signal[:-1]
    x[-1] = signal[-1]
    return torch.stack([sum(kernel[k] * x[t - k] for k in range(len(kernel))) for t in range(n)])


def convolve_wrong_trimmed(signal, kernel):
    return np.polymul(signal.numpy(), kernel.numpy())


def convolve_wrong_long_kernel(signal, kernel):
    n, m = len(signal), len(kernel)
    result = torch.zeros(n + m - 1, dtype=torch.float64)
    for t in range(n + m - 1):
        for k in range(min(n, m)):
            if 0 <= t - k < n:
                result[t] += kernel[k] * signal[t - k]
    return result


def convolve_wrong_one_longer(signal, kernel):
    result = torch.zeros(len(signal) + len(kernel), dtype=torch.float64)
    for j in range(len(kernel)):
        result[j : j + len(signal)] += kernel[j] * signal
    return result


def convolve_wrong_overwrites(signal, kernel):
    result = torch.zeros(len(signal) + len(kernel) - 1, dtype=torch.float64)
    for i in range(len(signal)):
        result[i : i + len(kernel)] = signal[i] * kernel
    return result


# ---------------------------------------------------------------- derivative


def derivative_loop(samples, step):
    values = samples.tolist()
    return [(values[i + 1] - values[i - 1]) / (2 * step) for i in range(1, len(values) - 1)]


def derivative_slices(samples, step):
    return (samples[2:] - samples[:-2]) / (2 * step)


def derivative_numpy(samples, step):
    slopes = np.diff(samples.numpy()) / step
    return (slopes[1:] + slopes[:-1]) / 2


def derivative_kernel(samples, step):
    kernel = np.array([1.0, 0.0, -1.0])
    return np.convolve(samples.numpy(), kernel)[2 : len(samples)] / (2 * float(step))


def derivative_wrong_gradient(samples, step):
    return np.gradient(samples.numpy(), float(step))


def derivative_wrong_torch_conv(samples, step):
    kernel = torch.tensor([1.0, 0.0, -1.0], dtype=torch.float64)
    return F.conv1d(samples[None, None], kernel[None, None])[0, 0] / (2 * step)


def derivative_wrong_wrap(samples, step):
    slopes = (torch.roll(samples, -1) - torch.roll(samples, 1)) / (2 * step)
    return slopes[:-2]


# ---------------------------------------------------------------- toeplitz


def toeplitz_loop(kernel, length):
    matrix = torch.zeros(length + len(kernel) - 1, length, dtype=torch.float64)
    for j in range(length):
        matrix[j : j + len(kernel), j] = kernel
    return matrix


def toeplitz_scipy(kernel, length):
    k = kernel.numpy()
    column = np.concatenate([k, np.zeros(length - 1)])
    row = np.zeros(length)
    row[0] = k[0]
    return linalg.toeplitz(column, row)


def toeplitz_units(kernel, length):
    k = kernel.numpy()
    return np.stack([np.convolve(unit, k) for unit in np.eye(length)], axis=1)


def toeplitz_lists(kernel, length):
    k = kernel.tolist()
    rows = length + len(k) - 1
    return [[k[i - j] if 0 <= i - j < len(k) else 0 for j in range(length)] for i in range(rows)]


def toeplitz_wrong_flipped(kernel, length):
    return toeplitz_loop(kernel.flip(0), length)


def toeplitz_wrong_transposed(kernel, length):
    return toeplitz_loop(kernel, length).T


def toeplitz_wrong_same(kernel, length):
    start = (len(kernel) - 1) // 2
    return toeplitz_loop(kernel, length)[start : start + length]


def toeplitz_wrong_valid(kernel, length):
    return toeplitz_loop(kernel, length)[len(kernel) - 1 : length]


def toeplitz_wrong_symmetric(kernel, length):
    column = np.concatenate([kernel.numpy(), np.zeros(length - 1)])
    return linalg.toeplitz(column)[:, :length]


def toeplitz_wrong_whole(kernel, length):
    matrix = np.zeros((length + len(kernel) - 1, length), dtype=int)
    for j in range(length):
        matrix[j : j + len(kernel), j] = kernel.numpy()
    return matrix


def toeplitz_wrong_negative_index(kernel, length):
    matrix = torch.zeros(length + len(kernel) - 1, length, dtype=torch.float64)
    for i in range(matrix.shape[0]):
        for j in range(length):
            if abs(i - j) < len(kernel):
                matrix[i, j] = kernel[i - j]
    return matrix


def toeplitz_wrong_circulant(kernel, length):
    first = np.zeros(length)
    first[: len(kernel)] = kernel.numpy()[:length]
    square = linalg.circulant(first)
    return np.concatenate([square, np.zeros((len(kernel) - 1, length))])


def toeplitz_wrong_wide(kernel, length):
    n = length + len(kernel) - 1
    return toeplitz_loop(kernel, n)[:n]


def toeplitz_wrong_long_kernel(kernel, length):
    matrix = torch.zeros(length + len(kernel) - 1, length, dtype=torch.float64)
    for i in range(matrix.shape[0]):
        for j in range(length):
            if 0 <= i - j < min(length, len(kernel)):
                matrix[i, j] = kernel[i - j]
    return matrix


# ---------------------------------------------------------------- undo


def undo_loop(result):
    signal = []
    before = 0.0
    for value in result.tolist()[:-1]:
        before = value - before / 2
        signal.append(before)
    return signal


def undo_lstsq(result):
    n = len(result) - 1
    matrix = np.zeros((n + 1, n))
    matrix[np.arange(n), np.arange(n)] = 1
    matrix[np.arange(n) + 1, np.arange(n)] = 0.5
    return np.linalg.lstsq(matrix, result.numpy(), rcond=None)[0]


def undo_deconvolve(result):
    return sps.deconvolve(result.numpy(), np.array([1.0, 0.5]))[0]


def undo_fft(result):
    n = len(result)
    kernel = torch.tensor([1.0, 0.5], dtype=torch.float64)
    quotient = torch.fft.fft(result) / torch.fft.fft(kernel, n)
    return torch.fft.ifft(quotient).real[:-1]


def undo_wrong_result(result):
    signal = result[:-1].clone()
    signal[1:] -= result[:-2] / 2
    return signal


def undo_wrong_last(result):
    signal = result.clone()
    for t in range(1, len(result)):
        signal[t] -= signal[t - 1] / 2
    return signal


def undo_wrong_flipped(result):
    signal = [2 * result[0]]
    for t in range(1, len(result) - 1):
        signal.append(2 * (result[t] - signal[-1]))
    return torch.stack(signal)


def undo_wrong_sign(result):
    signal = result[:-1].clone()
    for t in range(1, len(signal)):
        signal[t] += signal[t - 1] / 2
    return signal


def undo_wrong_whole(result):
    signal = [result[0]]
    for t in range(1, len(result) - 1):
        signal.append(result[t] - signal[-1])
    return torch.stack(signal)


def undo_wrong_short_inverse(result):
    inverse = np.array([1, -0.5, 0.25, -0.125])
    return np.convolve(result.numpy(), inverse)[: len(result) - 1]


def undo_wrong_trailing(result):
    signal = np.array(undo_loop(result))
    return np.trim_zeros(signal, "b")


def undo_wrong_matrix(result):
    n = len(result) - 1
    matrix = torch.eye(n, dtype=torch.float64) + 0.5 * torch.eye(n, dtype=torch.float64).roll(1, 0)
    return torch.linalg.solve(matrix, result[:-1])


def undo_wrong_correlation(result):
    kernel = torch.tensor([1, 0.5], dtype=torch.float64)
    return F.conv1d(result[None, None], kernel[None, None])[0, 0]


def undo_wrong_start(result):
    signal = result[1:].clone()
    for t in range(1, len(signal)):
        signal[t] -= signal[t - 1] / 2
    return signal


ANSWERS = {
    "conv1d.by_hand": (
        [[1, 2, 3, 6], (1.0, 2.0, 3.0, 6.0), torch.tensor([1, 2, 3, 6]), np.convolve([1, 2], [1, 0, 3])],
        [
            [3, 6, 1, 2],  # cross-correlation
            [2, 1, 6, 3],  # first signal flipped
            [6, 3, 2, 1],  # backwards
            [1, 2, 3],  # same
            [1, 0, 6, 0],  # sample by sample
            [1, 2, 0, 3, 6],  # five numbers
            [2, 3],  # valid
            [1, 2, 3, 5],  # slip in the last product
            [4, 2, 0, 0],  # wrapped sums
            [1, 0, 3, 6],  # second copy not shifted where it is 0
        ],
    ),
    "conv1d.convolve": (
        [convolve_loop, convolve_formula, convolve_library, convolve_numpy],
        [
            convolve_wrong_flip,  # cross-correlation
            lambda signal, kernel: np.convolve(signal.numpy(), kernel.numpy(), "same"),  # same
            lambda signal, kernel: np.convolve(signal.numpy(), kernel.numpy(), "valid"),  # valid
            convolve_wrong_fft,  # circular
            convolve_wrong_whole,  # cuts to whole numbers
            convolve_wrong_negative_index,  # last sample at the end
            convolve_wrong_trimmed,  # leading zeros get lost
            convolve_wrong_long_kernel,  # kernel longer than signal
            convolve_wrong_one_longer,  # one value too many
            convolve_wrong_overwrites,  # = instead of +=
        ],
    ),
    "conv1d.delay": (
        [[0, 0, 0.5], (0.0, 0.0, 0.5), torch.tensor([0, 0, 0.5]), np.array([0, 0, 0.5, 0, 0])],
        [
            [0.5, 0, 0],  # flipped
            [0, 0.5],  # one sample
            [0, 0, 2],  # doubles
            [0, 0, 0, 0.5],  # three samples
            [0, 0, 1],  # not halved
            [0.5, 0, 0, 0, 0],  # the weights of a layer
            [0, 0.5, 0],  # centred
            [0.5, 0.5],  # mean of two
            [0.5, 0, 0.5],  # an echo
            [0, 0, -0.5],  # sign
        ],
    ),
    "conv1d.derivative": (
        [derivative_loop, derivative_slices, derivative_numpy, derivative_kernel],
        [
            lambda samples, step: (samples[1:-1] - samples[:-2]) / step,  # backward
            lambda samples, step: (samples[2:] - samples[1:-1]) / step,  # forward
            lambda samples, step: (samples[2:] - samples[:-2]) / step,  # 2 forgotten
            lambda samples, step: (samples[2:] - samples[:-2]) / 2,  # step forgotten
            lambda samples, step: (samples[2:] - samples[:-2]) / 2 * step,  # brackets forgotten
            lambda samples, step: samples[2:] - samples[:-2] / (2 * step),  # brackets forgotten
            derivative_wrong_gradient,  # ends too
            derivative_wrong_torch_conv,  # sign: layer does not flip
            derivative_wrong_wrap,  # wrapped, wrong end cut
            lambda samples, step: (samples[2:] - 2 * samples[1:-1] + samples[:-2]) / step**2,  # second
        ],
    ),
    "conv1d.layer_kernel": (
        [[1, 0, 0, 0, 0], (1.0, 0.0, 0.0, 0.0, 0.0), torch.tensor([1.0, 0, 0, 0, 0]), np.eye(5)[0]],
        [
            [0, 0, 0, 0, 1],  # flipped: ahead by two
            [0, 0, 1, 0, 0],  # no delay: padding forgotten
            [0, 1, 0, 0, 0],  # one sample
            [0, 0, 0, 1, 0],  # one sample ahead
            [0.5, 0, 0, 0, 0],  # halves
            [0, 0, 1],  # three weights
            [1, 0, 0, 0],  # four weights
            [1, 1, 1, 1, 1],  # sum
            [-1, 0, 0, 0, 0],  # sign
            [1, 0, 0, 0, 1],  # both ways
        ],
    ),
    "conv1d.lengths": (
        [(13, 10, 7), [13, 10, 7], torch.tensor([13.0, 10.0, 7.0]), np.array([13, 10, 7])],
        [
            (14, 10, 6),  # off by one at both
            (13, 10, 6),  # 10 - 4
            (14, 10, 7),  # 10 + 4
            (7, 10, 13),  # order
            (13, 7, 10),  # order of the last two
            (13, 11, 7),  # torch's padding of 2
            (13, 9, 7),  # padding of 1
            (12, 10, 8),  # kernel of 3
            (40, 10, 4),  # product
            (13, 10),  # third missing
        ],
    ),
    "conv1d.toeplitz": (
        [toeplitz_loop, toeplitz_scipy, toeplitz_units, toeplitz_lists],
        [
            toeplitz_wrong_flipped,  # kernel flipped
            toeplitz_wrong_transposed,  # transposed
            toeplitz_wrong_same,  # same
            toeplitz_wrong_valid,  # valid
            toeplitz_wrong_symmetric,  # first row as the first column
            toeplitz_wrong_whole,  # whole numbers
            toeplitz_wrong_negative_index,  # kernel[-1] above the diagonal
            toeplitz_wrong_circulant,  # wraps around
            toeplitz_wrong_wide,  # square, too many columns
            toeplitz_wrong_long_kernel,  # kernel longer than the signal
        ],
    ),
    "conv1d.undo": (
        [undo_loop, undo_lstsq, undo_deconvolve, undo_fft],
        [
            undo_wrong_result,  # takes off the result, not the signal
            undo_wrong_last,  # one value too many
            undo_wrong_flipped,  # kernel [1/2, 1]
            undo_wrong_sign,  # adds the half
            undo_wrong_whole,  # takes off the whole
            undo_wrong_short_inverse,  # inverse cut after four: short signals only
            undo_wrong_trailing,  # zeros at the end of the signal get lost
            undo_wrong_matrix,  # half wraps around
            undo_wrong_correlation,  # convolves again
            undo_wrong_start,  # drops the first value
        ],
    ),
}
