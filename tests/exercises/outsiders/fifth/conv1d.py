"""Right and wrong answers to the exercises of the topic conv1d."""

import numpy as np
import torch


# conv1d.convolve, right
def convolve_scatter(signal, kernel):
    result = torch.zeros(len(signal) + len(kernel) - 1)
    for i in range(len(signal)):
        for j in range(len(kernel)):
            result[i + j] += signal[i] * kernel[j]
    return result


def convolve_formula_lists(signal, kernel):
    x = [float(v) for v in signal]
    w = [float(v) for v in kernel]
    return [
        sum(w[k] * x[t - k] for k in range(len(w)) if 0 <= t - k < len(x)) for t in range(len(x) + len(w) - 1)
    ]


def convolve_sliding(signal, kernel):
    m = len(kernel)
    padded = torch.cat([torch.zeros(m - 1), signal, torch.zeros(m - 1)])
    flipped = kernel.flip(0)
    return torch.stack([(padded[t : t + m] * flipped).sum() for t in range(len(signal) + m - 1)])


def convolve_shifted_copies_numpy(signal, kernel):
    x, w = np.asarray(signal, dtype=float), np.asarray(kernel, dtype=float)
    result = np.zeros(len(x) + len(w) - 1)
    for k, weight in enumerate(w):
        result[k : k + len(x)] += weight * x
    return result


# conv1d.convolve, wrong
def convolve_not_flipped(signal, kernel):
    m = len(kernel)
    padded = torch.cat([torch.zeros(m - 1), signal, torch.zeros(m - 1)])
    return torch.stack([(padded[t : t + m] * kernel).sum() for t in range(len(signal) + m - 1)])


def convolve_valid(signal, kernel):
    m = len(kernel)
    flipped = kernel.flip(0)
    return torch.stack([(signal[t : t + m] * flipped).sum() for t in range(len(signal) - m + 1)])


def convolve_same(signal, kernel):
    return torch.tensor(np.convolve(signal.numpy(), kernel.numpy(), mode="same"))


def convolve_cut_to_signal(signal, kernel):
    result = torch.zeros(len(signal))
    for t in range(len(signal)):
        for k in range(len(kernel)):
            if t - k >= 0:
                result[t] += kernel[k] * signal[t - k]
    return result


def convolve_one_too_long(signal, kernel):
    result = torch.zeros(len(signal) + len(kernel))
    for i in range(len(signal)):
        for j in range(len(kernel)):
            result[i + j] += signal[i] * kernel[j]
    return result


def convolve_negative_index(signal, kernel):
    # signal[t - k] wraps round for t < k
    result = torch.zeros(len(signal) + len(kernel) - 1)
    for t in range(len(result)):
        for k in range(len(kernel)):
            if t - k < len(signal):
                result[t] += kernel[k] * signal[t - k]
    return result


def convolve_loses_first_weight(signal, kernel):
    result = torch.zeros(len(signal) + len(kernel) - 1)
    for t in range(len(result)):
        for k in range(1, len(kernel)):
            if 0 <= t - k < len(signal):
                result[t] += kernel[k] * signal[t - k]
    return result


def convolve_overwrites(signal, kernel):
    result = torch.zeros(len(signal) + len(kernel) - 1)
    for i in range(len(signal)):
        for j in range(len(kernel)):
            result[i + j] = signal[i] * kernel[j]
    return result


def convolve_both_flipped(signal, kernel):
    x, w = signal.flip(0), kernel.flip(0)
    result = torch.zeros(len(x) + len(w) - 1)
    for i in range(len(x)):
        for j in range(len(w)):
            result[i + j] += x[i] * w[j]
    return result


def convolve_skips_first_sample(signal, kernel):
    # 0 < t - k instead of 0 <= t - k
    result = torch.zeros(len(signal) + len(kernel) - 1)
    for t in range(len(result)):
        for k in range(len(kernel)):
            if 0 < t - k < len(signal):
                result[t] += kernel[k] * signal[t - k]
    return result


# conv1d.derivative, right
def derivative_slices(samples, step):
    return (samples[2:] - samples[:-2]) / (2 * step)


def derivative_loop(samples, step):
    result = []
    for t in range(1, len(samples) - 1):
        result.append((float(samples[t + 1]) - float(samples[t - 1])) / (2 * step))
    return result


def derivative_numpy_gradient(samples, step):
    return np.gradient(np.asarray(samples, dtype=float), step)[1:-1]


def derivative_two_halves(samples, step=1.0):
    slopes = (samples[1:] - samples[:-1]) / step
    return (slopes[1:] + slopes[:-1]) / 2


# conv1d.derivative, wrong
def derivative_forgot_two(samples, step):
    return (samples[2:] - samples[:-2]) / step


def derivative_precedence(samples, step):
    return (samples[2:] - samples[:-2]) / 2 * step


def derivative_sign(samples, step):
    return (samples[:-2] - samples[2:]) / (2 * step)


def derivative_forward(samples, step):
    return (samples[1:] - samples[:-1]) / step


def derivative_forward_cut(samples, step):
    return ((samples[1:] - samples[:-1]) / step)[1:]


def derivative_step_ignored(samples, step):
    return (samples[2:] - samples[:-2]) / 2


def derivative_with_ends(samples, step):
    return torch.tensor(np.gradient(samples.numpy(), step))


def derivative_second(samples, step):
    return (samples[2:] - 2 * samples[1:-1] + samples[:-2]) / step**2


def derivative_loses_last(samples, step):
    return torch.stack([(samples[t + 1] - samples[t - 1]) / (2 * step) for t in range(1, len(samples) - 2)])


def derivative_no_brackets(samples, step):
    return samples[2:] - samples[:-2] / (2 * step)


# conv1d.toeplitz, right
def toeplitz_loops(kernel, length):
    matrix = torch.zeros(length + len(kernel) - 1, length)
    for row in range(length + len(kernel) - 1):
        for column in range(length):
            if 0 <= row - column < len(kernel):
                matrix[row, column] = kernel[row - column]
    return matrix


def toeplitz_columns(kernel, length):
    matrix = torch.zeros(length + len(kernel) - 1, length)
    for column in range(length):
        matrix[column : column + len(kernel), column] = torch.as_tensor(kernel)
    return matrix


def toeplitz_spikes_numpy(kernel, length):
    weights = np.asarray(kernel, dtype=float)
    return np.stack([np.convolve(spike, weights) for spike in np.eye(length)], axis=1)


def toeplitz_list_rows(kernel, length):
    m = len(kernel)
    return [
        [float(kernel[i - j]) if 0 <= i - j < m else 0.0 for j in range(length)]
        for i in range(length + m - 1)
    ]


# conv1d.toeplitz, wrong
def toeplitz_transposed(kernel, length):
    return toeplitz_columns(kernel, length).T


def toeplitz_flipped(kernel, length):
    return toeplitz_columns(kernel.flip(0), length)


def toeplitz_square(kernel, length):
    return toeplitz_columns(kernel, length)[:length]


def toeplitz_valid(kernel, length):
    m = len(kernel)
    matrix = torch.zeros(length - m + 1, length)
    for row in range(length - m + 1):
        matrix[row, row : row + m] = kernel
    return matrix


def toeplitz_circulant(kernel, length):
    size = length + len(kernel) - 1
    matrix = torch.zeros(size, length)
    for row in range(size):
        for k in range(len(kernel)):
            matrix[row, (row - k) % length] = kernel[k]
    return matrix


def toeplitz_row_too_many(kernel, length):
    matrix = torch.zeros(length + len(kernel), length)
    for column in range(length):
        matrix[column : column + len(kernel), column] = kernel
    return matrix


def toeplitz_diagonal_lost(kernel, length):
    matrix = torch.zeros(length + len(kernel) - 1, length)
    for row in range(matrix.shape[0]):
        for column in range(length):
            if 0 < row - column < len(kernel):
                matrix[row, column] = kernel[row - column]
    return matrix


def toeplitz_same_column(kernel, length):
    column = torch.cat([kernel, torch.zeros(length - 1)])
    return torch.stack([column] * length, dim=1)


def toeplitz_negative_index(kernel, length):
    # no lower bound: kernel[-1] is the last weight
    matrix = torch.zeros(length + len(kernel) - 1, length)
    for row in range(matrix.shape[0]):
        for column in range(length):
            if -len(kernel) <= row - column < len(kernel):
                matrix[row, column] = kernel[row - column]
    return matrix


def toeplitz_upside_down(kernel, length):
    return toeplitz_columns(kernel, length).flip(0)


# conv1d.undo, right
def undo_loop(result):
    signal = torch.zeros(len(result) - 1)
    signal[0] = result[0]
    for t in range(1, len(signal)):
        signal[t] = result[t] - 0.5 * signal[t - 1]
    return signal


def undo_list(result):
    signal, previous = [], 0.0
    for value in result[:-1]:
        previous = float(value) - previous / 2
        signal.append(previous)
    return signal


def undo_matrix(result):
    n = len(result) - 1
    rows = torch.eye(n, dtype=torch.float64) + torch.diag(torch.full((n - 1,), 0.5, dtype=torch.float64), -1)
    return torch.linalg.solve(rows, result[:n].double())


def undo_inverse_kernel(result):
    values = np.asarray(result, dtype=float)
    inverse = (-0.5) ** np.arange(len(values))
    return np.convolve(values, inverse)[: len(values) - 1]


# conv1d.undo, wrong
def undo_keeps_length(result):
    signal = result.clone()
    for t in range(1, len(result)):
        signal[t] = result[t] - 0.5 * signal[t - 1]
    return signal


def undo_plus(result):
    signal = torch.zeros(len(result) - 1)
    signal[0] = result[0]
    for t in range(1, len(signal)):
        signal[t] = result[t] + 0.5 * signal[t - 1]
    return signal


def undo_uses_result(result):
    signal = result[:-1].clone()
    signal[1:] -= 0.5 * result[:-2]
    return signal


def undo_forgot_half(result):
    signal = torch.zeros(len(result) - 1)
    signal[0] = result[0]
    for t in range(1, len(signal)):
        signal[t] = result[t] - signal[t - 1]
    return signal


def undo_cuts_only(result):
    return result[:-1]


def undo_divides_by_sum(result):
    return result[:-1] / 1.5


def undo_convolves_again(result):
    return torch.tensor(np.convolve(result.numpy(), [1, -0.5]))[:-2]


def undo_two_too_short(result):
    signal = [result[0]]
    for t in range(1, len(result) - 2):
        signal.append(result[t] - 0.5 * signal[t - 1])
    return torch.stack(signal)


def undo_kernel_reversed(result):
    # as if the kernel were [1/2, 1]
    signal = torch.zeros(len(result) - 1)
    signal[0] = 2 * result[0]
    for t in range(1, len(signal)):
        signal[t] = 2 * (result[t] - signal[t - 1])
    return signal


def undo_drops_first(result):
    signal = torch.zeros(len(result))
    signal[0] = result[0]
    for t in range(1, len(signal)):
        signal[t] = result[t] - 0.5 * signal[t - 1]
    return signal[1:]


ANSWERS = {
    "conv1d.lengths": (
        [
            (13, 10, 7),
            [13, 10, 7],
            torch.tensor([13, 10, 7]),
            [len(np.convolve(np.ones(10), np.ones(4), mode)) for mode in ("full", "same", "valid")],
        ],
        [
            (7, 10, 13),
            (14, 10, 6),
            (13, 10, 6),
            (14, 10, 7),
            (13, 7, 10),
            (13, 9, 7),
            (12, 10, 8),
            (13, 11, 7),
            (40, 10, 6),
            (13, 10),
        ],
    ),
    "conv1d.by_hand": (
        [
            [1, 2, 3, 6],
            (1.0, 2.0, 3.0, 6.0),
            torch.tensor([1.0, 2.0, 3.0, 6.0]),
            np.convolve([1, 2], [1, 0, 3]),
        ],
        [
            [3, 6, 1, 2],
            [2, 1, 6, 3],
            [6, 3, 2, 1],
            [1, 2, 0, 6],
            [1, 2, 3, 5],
            [2, 3],
            [1, 0, 3, 6],
            [1, 2, 3],
            [1, 2, 3, 6, 0],
            [1, 2, 6, 3],
        ],
    ),
    "conv1d.delay": (
        [[0, 0, 0.5], (0.0, 0.0, 1 / 2), torch.tensor([0.0, 0.0, 0.5]), np.eye(3)[2] / 2],
        [
            [0.5, 0, 0],
            [0, 0, 1],
            [0, 0.5],
            [0, 0, 2],
            [0, 0, 0, 0.5],
            [0, 0, -0.5],
            [1, 0, 0.5],
            [0.5, 0.5, 0.5],
            [0, 0.5, 0],
            [0.5],
        ],
    ),
    "conv1d.layer_kernel": (
        [[1, 0, 0, 0, 0], (1.0, 0.0, 0.0, 0.0, 0.0), torch.tensor([1.0, 0, 0, 0, 0]), np.eye(5)[0]],
        [
            [0, 0, 0, 0, 1],
            [0, 0, 1, 0, 0],
            [0, 1, 0, 0, 0],
            [0, 0, 0, 1, 0],
            [0.5, 0, 0, 0, 0],
            [1, 1, 0, 0, 0],
            [-1, 0, 0, 0, 0],
            [1, 0, 0],
            [2, 0, 0, 0, 0],
            [0.2, 0.2, 0.2, 0.2, 0.2],
        ],
    ),
    "conv1d.convolve": (
        [convolve_scatter, convolve_formula_lists, convolve_sliding, convolve_shifted_copies_numpy],
        [
            convolve_not_flipped,
            convolve_valid,
            convolve_same,
            convolve_cut_to_signal,
            convolve_one_too_long,
            convolve_negative_index,
            convolve_loses_first_weight,
            convolve_overwrites,
            convolve_both_flipped,
            convolve_skips_first_sample,
        ],
    ),
    "conv1d.derivative": (
        [derivative_slices, derivative_loop, derivative_numpy_gradient, derivative_two_halves],
        [
            derivative_forgot_two,
            derivative_precedence,
            derivative_sign,
            derivative_forward,
            derivative_forward_cut,
            derivative_step_ignored,
            derivative_with_ends,
            derivative_second,
            derivative_loses_last,
            derivative_no_brackets,
        ],
    ),
    "conv1d.toeplitz": (
        [toeplitz_loops, toeplitz_columns, toeplitz_spikes_numpy, toeplitz_list_rows],
        [
            toeplitz_transposed,
            toeplitz_flipped,
            toeplitz_square,
            toeplitz_valid,
            toeplitz_circulant,
            toeplitz_row_too_many,
            toeplitz_diagonal_lost,
            toeplitz_same_column,
            toeplitz_negative_index,
            toeplitz_upside_down,
        ],
    ),
    "conv1d.undo": (
        [undo_loop, undo_list, undo_matrix, undo_inverse_kernel],
        [
            undo_keeps_length,
            undo_plus,
            undo_uses_result,
            undo_forgot_half,
            undo_cuts_only,
            undo_divides_by_sum,
            undo_convolves_again,
            undo_two_too_short,
            undo_kernel_reversed,
            undo_drops_first,
        ],
    ),
}
