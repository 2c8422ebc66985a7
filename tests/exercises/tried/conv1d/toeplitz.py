import numpy as np
import torch
from scipy.linalg import convolution_matrix
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


def band(kernel, rows, columns, first=0, step=1):
    matrix = torch.zeros(rows, columns, dtype=kernel.dtype)
    for r, c in np.ndindex(rows, columns):
        if 0 <= first + step * (r - c) < len(kernel):
            matrix[r, c] = kernel[first + step * (r - c)]
    return matrix


def height(kernel, length):
    return length + len(kernel) - 1


def symmetric(kernel, rows, columns):
    return band(kernel, rows, columns) + band(kernel, rows, columns, step=-1).triu(1)


def from_the_end(kernel, length):
    matrix = torch.zeros(height(kernel, length), length)
    for r in range(len(matrix)):
        for i, weight in enumerate(kernel):
            if r - i < length:
                matrix[r, r - i] = weight
    return matrix


def mirrored_guard(kernel, length):
    later = kernel * (torch.arange(len(kernel)) > 0)
    return by_columns(kernel, length) + band(later, height(kernel, length), length, first=len(kernel))


def modulo(kernel, length):
    return kernel[(torch.arange(height(kernel, length))[:, None] - torch.arange(length)) % len(kernel)]


def wrapped(kernel, rows, columns):
    row = torch.zeros(columns, dtype=kernel.dtype)
    row[: len(kernel)] = kernel
    return [row.roll(r) for r in range(rows)]


RIGHT = [
    by_columns,
    by_entries,
    by_diagonals,
    lambda kernel, length: convolution_matrix(kernel.numpy(), length, "full"),
]
WRONG = {
    "not shifted": [
        lambda k, n: torch.stack([k] * n, dim=1),
        lambda k, n: torch.stack([pad(k, (0, n - 1))] * n, dim=1),
    ],
    "transposed": [rows_hold_the_kernel],
    "cross-correlation": [correlating],
    "circulant": [lambda kernel, length: rolled(kernel, length, 1)],
    "tail cut": [lower_triangle, tail_of_zeros],
    "number of rows": [
        lambda k, n: by_columns(k, n)[len(k) - 1 : n],
        lambda kernel, length: valid_rows(kernel, length, -1),
    ],
    "negative index": [mirrored_guard],
    "row too short": [rows_by_slices, rows_by_slices_in_numpy, too_few_rows],
    "index outside": [indices_exchanged],
    "booleans": [lambda kernel, length: by_columns(kernel, length) != 0],
    "factor": [lambda kernel, length: 2 * by_columns(kernel, length), lambda k, n: by_columns(k, n).half()],
    "ragged": [lambda kernel, length: [kernel.tolist()[: i + 1] for i in range(length)]],
    "wrong shape": [
        lambda kernel, length: valid_rows(kernel, length, 1),
        lambda kernel, length: rolled(kernel, length, 0),
        lambda kernel, length: rows_from_the_corner(kernel, length, 1)[:length],
        lambda kernel, length: by_columns(kernel, length) @ torch.ones(length),
        lambda k, n: band(k, n, height(k, n)),
        lambda k, n: band(k.flip(0), n, height(k, n)),
        lambda k, n: torch.stack(wrapped(k.flip(0), n, n), dim=1),
        lambda k, n: wrapped(k.flip(0), n, n),
        lambda k, n: band(k.flip(0), n, n),
        lambda k, n: band(k.flip(0), n, n, first=(len(k) - 1) // 2),
        lambda k, n: band(k.flip(0), n, n, first=len(k) // 2),
        lambda k, n: pad(by_columns(k, n).T, (0, 0, 0, len(k) - 1)),
        lambda k, n: pad(by_columns(k.flip(0), n).T, (0, 0, 0, len(k) - 1)),
        lambda k, n: band(k, height(k, n), len(k)),
        lambda k, n: band(k, height(k, n), n - 1),
        lambda k, n: by_columns(k, n - 1),
        lambda k, n: symmetric(k, height(k, n), height(k, n)),
        lambda k, n: symmetric(k, n, n),
        lambda k, n: symmetric(k, len(k), len(k)),
        lambda k, n: pad(k, (0, n - 1)),
    ],
    "wrong values": [
        lambda k, n: by_columns(k, n).round(decimals=2),
        lambda kernel, length: rows_from_the_corner(kernel, length, -1),
        lambda kernel, length: rows_from_the_corner(kernel, length, 1),
        one_column_a_weight,
        indices_added,
        one_weight_short,
        lambda k, n: wrapped(k, height(k, n), n),
        lambda k, n: wrapped(k.flip(0), height(k, n), n),
        lambda k, n: band(k, height(k, n), n, first=1),
        lambda k, n: band(k, height(k, n), n, first=-1),
        lambda k, n: by_columns(k, n) * (torch.arange(n) < n - 1),
        lambda k, n: by_columns(k, n) * (torch.arange(n) < len(k)),
        lambda k, n: by_columns(k, n) * (torch.arange(n) < 1),
        lambda k, n: by_columns(k, n) * (torch.arange(n) > 0),
        lambda k, n: k[0] * torch.eye(height(k, n), n),
        lambda k, n: k.sum() * torch.eye(height(k, n), n),
        from_the_end,
        modulo,
        lambda k, n: pad(by_columns(k[1:], n), (0, 0, 1, 0)),
        lambda k, n: by_columns(k, n) if len(k) > 1 else k[0] * torch.ones(n, n),
        lambda k, n: pad(by_columns(k[:4], n), (0, 0, 0, max(0, len(k) - 4))),
    ],
    "a part": [
        lambda k, n: by_columns(torch.as_tensor(np.trim_zeros(k.numpy(), "b")), n),
        lambda kernel, length: rows_from_the_corner(kernel, length, -1)[:length],
        lambda k, n: band(k, n, n, first=len(k) // 2),
        lambda k, n: np.stack([np.convolve(spike, k, "same") for spike in np.eye(n)], axis=1),
        lambda k, n: band(k, n + len(k) - 2, n),
        lambda k, n: band(k, len(k), n),
    ],
    "other places": [
        lambda kernel, length: rows_hold_the_kernel(kernel.flip(0), length),
        lambda k, n: by_columns(k, n).flatten(),
        lambda k, n: by_columns(k, n).flip(1),
        lambda k, n: by_columns(k if len(k) <= n else k.flip(0), n),
    ],
    "too much": [
        lambda kernel, length: by_columns(kernel, length + 1),
        lambda kernel, length: rolled(pad(kernel, (0, length - 1)), length + len(kernel) - 1, 1),
        lambda k, n: band(k, n + len(k) + 1, n),
        lambda k, n: band(k, n + len(k) + 1, n, first=-1),
        lambda k, n: band(k, height(k, n), height(k, n)),
        lambda k, n: pad(by_columns(k, n), (0, len(k) - 1)),
        lambda k, n: band(k, height(k, n), n + 1),
    ],
    "rows reversed": [lambda kernel, length: by_columns(kernel, length).flip(0)],
}
