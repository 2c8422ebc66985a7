"""Answers of an outsider to the exercises of conv1d."""

import numpy as np
import scipy.linalg
import scipy.signal
import torch
import torch.nn.functional as F


# ---- convolve
def convolve_1(signal, kernel):
    n, k = len(signal), len(kernel)
    result = torch.zeros(n + k - 1, dtype=torch.float64)
    for t in range(n + k - 1):
        for j in range(k):
            if 0 <= t - j < n:
                result[t] += kernel[j] * signal[t - j]
    return result


def convolve_2(signal, kernel):
    return np.convolve(signal.numpy(), kernel.numpy())


def convolve_3(signal, kernel):
    return F.conv1d(signal[None, None], kernel.flip(0)[None, None], padding=len(kernel) - 1)[0, 0]


def convolve_4(signal, kernel):
    x, w = signal.tolist(), kernel.tolist()
    return [
        sum(x[i] * w[t - i] for i in range(len(x)) if 0 <= t - i < len(w)) for t in range(len(x) + len(w) - 1)
    ]


def convolve_w5(signal, kernel):
    n = len(signal)
    spectrum = torch.fft.fft(signal) * torch.fft.fft(kernel, n)
    return F.pad(torch.fft.ifft(spectrum).real, (0, len(kernel) - 1))


def convolve_w6(signal, kernel):
    n, k = len(signal), len(kernel)
    result = torch.zeros(n + k - 1, dtype=torch.float64)
    for t in range(n + k - 1):
        for j in range(k):
            if -n <= t - j < n:
                result[t] += kernel[j] * signal[t - j]
    return result


def convolve_w7(signal, kernel):
    n, k = len(signal), len(kernel)
    result = torch.zeros(n + k - 1, dtype=torch.float64)
    for t in range(n + k - 1):
        for j in range(min(n, k)):
            if 0 <= t - j < n:
                result[t] += kernel[j] * signal[t - j]
    return result


def convolve_w8(signal, kernel):
    n, k = len(signal), len(kernel)
    result = torch.zeros(n + k - 1, dtype=torch.long)
    for i in range(n):
        result[i : i + k] += (signal[i] * kernel).long()
    return result


def convolve_w10(signal, kernel):
    return F.conv1d(signal[None, None], kernel.flip(0)[None, None], padding=2)[0, 0]


# ---- derivative
def derivative_1(samples, step):
    return (samples[2:] - samples[:-2]) / (2 * step)


def derivative_2(samples, step):
    values = samples.tolist()
    return [(values[i + 1] - values[i - 1]) / (2 * step) for i in range(1, len(values) - 1)]


def derivative_3(samples, step):
    return np.gradient(samples.numpy(), float(step))[1:-1]


def derivative_4(samples, step):
    result = torch.zeros(len(samples) - 2, dtype=torch.float64)
    for i in range(len(result)):
        result[i] = (samples[i + 2] - samples[i]) / step / 2
    return result


# ---- toeplitz
def toeplitz_1(kernel, length):
    k = len(kernel)
    matrix = torch.zeros(length + k - 1, length, dtype=torch.float64)
    for column in range(length):
        matrix[column : column + k, column] = kernel
    return matrix


def toeplitz_2(kernel, length):
    column = np.concatenate([kernel.numpy(), np.zeros(length - 1)])
    row = np.zeros(length)
    row[0] = column[0]
    return scipy.linalg.toeplitz(column, row)


def toeplitz_3(kernel, length):
    w = kernel.tolist()
    return [
        [w[r - c] if 0 <= r - c < len(w) else 0.0 for c in range(length)] for r in range(length + len(w) - 1)
    ]


def toeplitz_4(kernel, length):
    return scipy.linalg.convolution_matrix(kernel.numpy(), length, mode="full").astype(np.float64)


def toeplitz_w3(kernel, length):
    matrix = torch.zeros(length + len(kernel) - 1, length, dtype=torch.float64)
    for column in range(length):
        for j in range(len(kernel)):
            matrix[(column + j) % length, column] += kernel[j]
    return matrix


def toeplitz_w5(kernel, length):
    column = np.concatenate([kernel.numpy(), np.zeros(length - 1)])
    return scipy.linalg.toeplitz(column)[:, :length]


def toeplitz_w6(kernel, length):
    k = len(kernel)
    matrix = torch.zeros(length + k, length, dtype=torch.float64)
    for column in range(length):
        matrix[column : column + k, column] = kernel
    return matrix


def toeplitz_w7(kernel, length):
    matrix = torch.zeros(length + len(kernel) - 1, length, dtype=torch.long)
    for column in range(length):
        matrix[column : column + len(kernel), column] = kernel.long()
    return matrix


def toeplitz_w8(kernel, length):
    k = len(kernel)
    matrix = torch.zeros(length + k - 1, length, dtype=torch.float64)
    for row in range(length):
        for j in range(k):
            if row - j >= 0:
                matrix[row, row - j] = kernel[j]
    return matrix


def toeplitz_w9(kernel, length):
    matrix = torch.zeros(length + len(kernel) - 1, length, dtype=torch.float64)
    for column in range(length):
        for j in range(min(len(kernel), length)):
            matrix[column + j, column] = kernel[j]
    return matrix


def toeplitz_w10(kernel, length):
    matrix = torch.zeros(length + len(kernel) - 1, length, dtype=torch.float64)
    for column in range(length):
        for j in range(min(len(kernel), 3)):
            matrix[column + j, column] = kernel[j]
    return matrix


# ---- undo
def undo_1(result):
    signal = [float(result[0])]
    for t in range(1, len(result) - 1):
        signal.append(float(result[t]) - signal[-1] / 2)
    return signal


def undo_2(result):
    return scipy.signal.lfilter([1.0], [1.0, 0.5], result.numpy())[:-1]


def undo_3(result):
    n = len(result) - 1
    matrix = torch.eye(n, dtype=torch.float64)
    for t in range(1, n):
        matrix[t, t - 1] = 0.5
    return torch.linalg.solve(matrix, result[:-1])


def undo_4(result):
    n = len(result)
    kernel = torch.zeros(n, dtype=torch.float64)
    kernel[:2] = torch.tensor([1, 0.5])
    return torch.fft.ifft(torch.fft.fft(result) / torch.fft.fft(kernel)).real[: n - 1]


def undo_with(first, second, result):
    signal = [float(result[0]) / first]
    for t in range(1, len(result) - 1):
        signal.append((float(result[t]) - second * signal[-1]) / first)
    return torch.tensor(signal, dtype=torch.float64)


def undo_w2(result):
    signal = result.clone()
    for t in range(1, len(result)):
        signal[t] = result[t] - signal[t - 1] / 2
    return signal


def undo_w3(result):
    signal = result[:-1].clone()
    signal[1:] -= result[:-2] / 2
    return signal


def undo_w6(result):
    return undo_with(1, 0.5, result)[:-1]


def undo_w7(result):
    n = len(result) - 1
    kernel = torch.zeros(n, dtype=torch.float64)
    kernel[0] = 1
    kernel[1 % n] += 0.5
    return torch.fft.ifft(torch.fft.fft(result[:-1]) / torch.fft.fft(kernel)).real


ANSWERS = {
    "conv1d.by_hand": (
        [
            [1, 2, 3, 6],
            (1.0, 2.0, 3.0, 6.0),
            torch.tensor([1, 2, 3, 6]),
            np.array([1, 2, 3, 6], dtype=np.float32),
        ],
        [
            [3, 6, 1, 2],  # kernel flipped (cross-correlation)
            [3, 6],  # valid only
            [2, 3],  # middle part only
            [1, 2, 3],  # as long as the kernel
            [6, 3, 2, 1],  # backwards
            [1, 2, 0, 0, 3, 6],  # products one after another, not added
            [1, 2, 3, 5],  # 2 + 3 for 2 * 3
            [1, 2, 6, 3],  # the last two swapped
            [1, 4, 3, 6],  # signal's second sample not moved
            12,  # their sum
        ],
    ),
    "conv1d.convolve": (
        [convolve_1, convolve_2, convolve_3, convolve_4],
        [
            lambda x, w: np.correlate(x.numpy(), w.numpy(), mode="full"),  # not flipped
            lambda x, w: np.convolve(x.numpy(), w.numpy(), mode="valid"),  # valid
            lambda x, w: np.convolve(x.numpy(), w.numpy(), mode="same"),  # same
            # padded by k, not k - 1
            lambda x, w: F.conv1d(x[None, None], w.flip(0)[None, None], padding=len(w))[0, 0],
            convolve_w5,  # circular
            convolve_w6,  # negative indices wrap round
            convolve_w7,  # wrong where the kernel is longer than the signal
            convolve_w8,  # right for whole numbers only
            lambda x, w: np.convolve(x.numpy(), w.numpy())[:-1],  # last result left out
            convolve_w10,  # right for kernels of 3 only
        ],
    ),
    "conv1d.delay": (
        [
            [0, 0, 0.5],
            torch.tensor([0, 0, 0.5]),
            np.array([0, 0, 0.5], dtype=np.float32),
            (0.0, 0.0, 0.5, 0.0, 0.0),  # zeros behind change only the length
        ],
        [
            [0.5, 0, 0],  # flipped
            [0, 0.5],  # one sample
            [0, 0, 0, 0.5],  # three samples
            [0, 0, 2],  # doubled
            [0, 0, 1],  # not halved
            [0, 0.5, 0],  # as if same mode
            [0.5, 0.5],  # mean of two
            [0, 0, -0.5],  # sign
            [0, 0, 0.505],  # off by 1 %
            [0, 0, 0.5, 0.5],  # two echoes
        ],
    ),
    "conv1d.derivative": (
        [derivative_1, derivative_2, derivative_3, derivative_4],
        [
            lambda s, h: (s[2:] - s[:-2]) / h,  # distance of one step
            lambda s, h: (s[2:] - s[:-2]) / 2 * h,  # right for step 1
            lambda s, h: (s[1:-1] - s[:-2]) / h,  # backward differences
            lambda s, h: np.gradient(s.numpy(), float(h)),  # ends too
            lambda s, h: (s[:-2] - s[2:]) / (2 * h),  # sign
            lambda s, h: (s[2:] - s[:-2]) / 2,  # step forgotten
            lambda s, h: (s[2:] - 2 * s[1:-1] + s[:-2]) / h**2,  # second derivative
            lambda s, h: (s[2:] - s[:-2]) // (2 * h),  # whole numbers
            lambda s, h: (s[2:] - s[:-2]).abs() / (2 * h),  # right where it rises
            lambda s, h: ((s[2:] - s[:-2]) / (2 * h))[:-1],  # last one left out
        ],
    ),
    "conv1d.layer_kernel": (
        [
            [1, 0, 0, 0, 0],
            (1.0, 0.0, 0.0, 0.0, 0.0),
            torch.tensor([1.0, 0, 0, 0, 0]),
            np.eye(5, dtype=np.float32)[0],
        ],
        [
            [0, 0, 0, 0, 1],  # flip taken for granted
            [0, 0, 1, 0, 0],  # identity
            [0, 1, 0, 0, 0],  # one sample
            [0, 0, 0, 1, 0],  # one sample ahead
            [1, 0, 0],  # three weights
            [0.5, 0, 0, 0, 0],  # halved as before
            [0.2, 0.2, 0.2, 0.2, 0.2],  # mean
            [1, 0, 0, 0, 1],  # both directions
            [-1, 0, 0, 0, 0],  # sign
            0,  # the place of the one only
        ],
    ),
    "conv1d.lengths": (
        [(13, 10, 7), [13.0, 10.0, 7.0], torch.tensor([13, 10, 7]), np.array([13, 10, 7], dtype=np.float32)],
        [
            (14, 10, 6),  # 1 forgotten
            (7, 10, 13),  # backwards
            (13, 10, 6),  # valid without + 1
            (14, 10, 7),  # full without - 1
            (13, 9, 7),  # same with an even kernel
            (13, 10, 10),  # valid as same
            (13, 4, 7),  # same as the kernel
            (12, 10, 8),  # k - 2
            (16, 13, 10),  # all padded once more
            (13, 7),  # same left out
        ],
    ),
    "conv1d.toeplitz": (
        [toeplitz_1, toeplitz_2, toeplitz_3, toeplitz_4],
        [
            lambda w, n: toeplitz_1(w, n).T,  # transposed
            lambda w, n: toeplitz_1(w.flip(0), n),  # kernel flipped
            toeplitz_w3,  # circulant
            lambda w, n: toeplitz_1(w, n)[:n],  # square
            toeplitz_w5,  # symmetric: above the diagonal too
            toeplitz_w6,  # one row too many
            toeplitz_w7,  # whole numbers only
            toeplitz_w8,  # last rows left empty
            toeplitz_w9,  # wrong where the kernel is longer than the signal
            toeplitz_w10,  # right for kernels of up to 3 only
        ],
    ),
    "conv1d.undo": (
        [undo_1, undo_2, undo_3, undo_4],
        [
            lambda y: undo_with(0.5, 1, y),  # kernel flipped
            undo_w2,  # one sample too many, 0 at the end
            undo_w3,  # half of the result taken off, not of the signal
            lambda y: undo_with(1, -0.5, y),  # added
            lambda y: y[:-1] / 1.5,  # divided by the sum of the kernel
            undo_w6,  # last sample left out
            undo_w7,  # circular
            lambda y: undo_with(1, 0.5, y).round(),  # right for whole numbers
            lambda y: undo_with(1, 0.5, y).clamp(min=0),  # right for positive signals
            lambda y: y[:-1] - y[1:] / 2,  # half of the next result taken off
        ],
    ),
}
