import numpy as np
import torch
from scipy.ndimage import convolve1d
from torch.nn import functional as F


def by_library(x):
    total = convolve1d(x.numpy() ** 2, np.ones(5), axis=0, mode="constant")
    return x.numpy() / np.power(2 + 0.0001 * total, 3 / 4)


def by_matrix(x):
    c = torch.arange(len(x))
    near = ((c[:, None] - c).abs() <= 2).to(x.dtype)
    return x / (2 + 1e-4 * torch.einsum("cd,dij->cij", near, x * x)).pow(0.75)


def by_lists(x):
    values, result = x.tolist(), np.zeros(x.shape)
    for c, i, j in np.ndindex(*x.shape):
        total = sum(values[d][i][j] ** 2 for d in range(max(0, c - 2), min(len(values) - 1, c + 2) + 1))
        result[c, i, j] = values[c][i][j] / (2 + 1e-4 * total) ** 0.75
    return result.tolist()


def by_sums_so_far(x):
    so_far = F.pad(x.square().cumsum(0), (0, 0, 0, 0, 1, 0))
    c = torch.arange(len(x))
    total = so_far[(c + 3).clamp(max=len(x))] - so_far[(c - 2).clamp(min=0)]
    return x / (2 + 1e-4 * total) ** 0.75


def by_index(x):
    near = [sum(x[c + d] ** 2 for d in (-2, -1, 0, 1, 2)) for c in range(len(x))]
    return torch.stack([x[c] / (2 + 1e-4 * near[c]) ** 0.75 for c in range(len(x))])


def modulo(x):
    near = [sum(x[(c + d) % len(x)] ** 2 for d in (-2, -1, 0, 1, 2)) for c in range(len(x))]
    return torch.stack([x[c] / (2 + 1e-4 * near[c]) ** 0.75 for c in range(len(x))])


def clamped(x):
    last = len(x) - 1
    near = [sum(x[min(max(c + d, 0), last)] ** 2 for d in (-2, -1, 0, 1, 2)) for c in range(len(x))]
    return torch.stack([x[c] / (2 + 1e-4 * near[c]) ** 0.75 for c in range(len(x))])


def reflected(x):
    squares = np.pad(x.numpy() ** 2, [(2, 2), (0, 0), (0, 0)], mode="reflect")
    total = np.stack([squares[c : c + 5].sum(0) for c in range(len(x))])
    return x.numpy() / (2 + 1e-4 * total) ** 0.75


def by_padding(x):
    squares = F.pad(x.square(), (0, 0, 0, 0, 2, 2))
    total = torch.stack([squares[start : start + len(x)] for start in range(5)]).sum(0)
    return x * (2 + total / 10_000) ** -0.75


def in_place(x):
    x /= (
        2
        + 1e-4 * F.conv1d(x.square().flatten(1).T[:, None], x.new_ones(1, 1, 5), padding=2)[:, 0].T.view_as(x)
    ) ** 0.75
    return x


RIGHT = [by_padding, by_library, by_matrix, by_lists, by_sums_so_far]
WRONG = {
    "mean": [lambda x: torch.nn.LocalResponseNorm(5, k=2)(x[None])[0]],
    "beyond the ends": [modulo, clamped],
    "wrong values": [reflected],
    "index outside": [by_index],
    "changed its input": [in_place],
    "untouched input": [lambda x: x],
    "sign": [lambda x: -by_matrix(x)],
    "wrong shape": [lambda x: by_matrix(x).mean()],
    "arguments": [lambda x, n, k, alpha, beta: by_matrix(x)],
    "wrong type": [lambda x: torch.nn.LocalResponseNorm(5)],
}
