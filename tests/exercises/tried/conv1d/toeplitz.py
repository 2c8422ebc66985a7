import numpy as np
import torch
from torch.nn.functional import pad


def by_columns(kernel, length):
    matrix = torch.zeros(length + len(kernel) - 1, length)
    for column in range(length):
        matrix[column : column + len(kernel), column] = kernel
    return matrix


def by_entries(kernel, length):
    k = len(kernel)
    return [
        [float(kernel[row - column]) if 0 <= row - column < k else 0.0 for column in range(length)]
        for row in range(length + k - 1)
    ]


def by_diagonals(kernel, length):
    rows = length + len(kernel) - 1
    return sum(weight * np.eye(rows, length, -i) for i, weight in enumerate(kernel.numpy()))


def by_impulses(kernel, length):
    return np.stack([np.convolve(spike, kernel) for spike in np.eye(length)], axis=1)


def correlating(kernel, length):
    padded = pad(kernel, (length - 1, length - 1))
    return padded.flip(0).unfold(0, length, 1).flip(1)


def rows_hold_the_kernel(kernel, length):
    return [[0.0] * i + kernel.tolist() + [0.0] * (length - 1 - i) for i in range(length)]


def valid_rows(kernel, length, step):
    taps, k = kernel.tolist()[::step], len(kernel)
    return [[0.0] * i + taps + [0.0] * (length - k - i) for i in range(length - k + 1)]


def rolled(kernel, length, dim):
    column = torch.zeros(length)
    column[: len(kernel)] = kernel
    return torch.stack([torch.roll(column, shift) for shift in range(length)], dim=dim)


def lower_triangle(kernel, length):
    rows, columns = np.indices((length, length))
    gap = rows - columns
    return np.where((gap >= 0) & (gap < len(kernel)), kernel.numpy()[np.clip(gap, 0, len(kernel) - 1)], 0)


def tail_of_zeros(kernel, length):
    return pad(torch.from_numpy(lower_triangle(kernel, length)), (0, 0, 0, len(kernel) - 1))


def one_weight_short(kernel, length):
    matrix = torch.zeros(length + len(kernel) - 1, length)
    for i in range(len(kernel) - 1):
        for column in range(length):
            matrix[column + i, column] = kernel[i]
    return matrix


def rows_from_the_corner(kernel, length, step):
    taps = kernel.tolist()[::step]
    rows = ([0.0] * row + taps + [0.0] * length for row in range(length + len(kernel) - 1))
    return [row[:length] for row in rows]


def rows_by_slices(kernel, length):
    matrix = torch.zeros(length + len(kernel) - 1, length)
    for row in range(len(matrix)):
        matrix[row, row : row + len(kernel)] = kernel.flip(0)
    return matrix


def rows_by_slices_in_numpy(kernel, length):
    matrix = np.zeros((length + len(kernel) - 1, length))
    for row in range(len(matrix)):
        matrix[row, row : row + len(kernel)] = kernel.numpy()
    return matrix


def one_column_a_weight(kernel, length):
    matrix = torch.zeros(length + len(kernel) - 1, length)
    for column in range(len(kernel)):
        matrix[column : column + len(kernel), column] = kernel
    return matrix


def indices_exchanged(kernel, length):
    matrix = torch.zeros(length + len(kernel) - 1, length)
    for column in range(length):
        for i, weight in enumerate(kernel):
            matrix[column, column + i] = weight
    return matrix


def indices_added(kernel, length):
    matrix = torch.zeros(length + len(kernel) - 1, length)
    for row in range(len(matrix)):
        for column in range(length):
            if row + column < len(kernel):
                matrix[row, column] = kernel[row + column]
    return matrix


def too_few_rows(kernel, length):
    matrix = torch.zeros(length, length)
    for column in range(length):
        matrix[column : column + len(kernel), column] = kernel
    return matrix


RIGHT = [by_columns, by_entries, by_diagonals, by_impulses]
WRONG = {
    "transposed": [
        rows_hold_the_kernel,
        lambda kernel, length: rows_hold_the_kernel(kernel.flip(0), length),
        lambda kernel, length: by_columns(kernel, length).T,
    ],
    "cross-correlation": [correlating],
    "valid": [
        lambda kernel, length: valid_rows(kernel, length, -1),
        lambda kernel, length: valid_rows(kernel, length, 1),
    ],
    "circulant": [
        lambda kernel, length: rolled(kernel, length, 1),
        lambda kernel, length: rolled(kernel, length, 0),
    ],
    "tail cut": [lower_triangle, tail_of_zeros],
    "kernel in rows": [
        lambda kernel, length: rows_from_the_corner(kernel, length, -1),
        lambda kernel, length: rows_from_the_corner(kernel, length, 1),
        lambda kernel, length: rows_from_the_corner(kernel, length, -1)[:length],
        lambda kernel, length: rows_from_the_corner(kernel, length, 1)[:length],
    ],
    "number of rows": [lambda kernel, length: pad(by_columns(kernel, length), (0, 0, 0, 1))],
    "number of columns": [
        lambda kernel, length: by_columns(kernel, length + 1),
        lambda kernel, length: rolled(pad(kernel, (0, length - 1)), length + len(kernel) - 1, 1),
    ],
    "columns left empty": [one_column_a_weight],
    "upwards": [indices_added, lambda kernel, length: by_columns(kernel, length).flip(0)],
    "row too short": [rows_by_slices, rows_by_slices_in_numpy, too_few_rows],
    "index outside": [indices_exchanged],
    "last diagonal missing": [one_weight_short],
    "vector": [lambda kernel, length: by_columns(kernel, length) @ torch.ones(length)],
    "booleans": [lambda kernel, length: by_columns(kernel, length) != 0],
    "ragged": [lambda kernel, length: [kernel.tolist()[: i + 1] for i in range(length)]],
    "factor": [lambda kernel, length: 2 * by_columns(kernel, length)],
}
