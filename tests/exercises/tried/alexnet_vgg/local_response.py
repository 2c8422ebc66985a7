import numpy as np
import torch
from scipy.ndimage import convolve1d
from torch.nn import functional as F

from cnnlab.lessons.alexnet_vgg.local_response import divided, near


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


def five(x, index):
    """Return x divided by five squares, where a function says which channel stands for an index."""
    total = [sum(x[index(c + d)] ** 2 for d in (-2, -1, 0, 1, 2)) for c in range(len(x))]
    return divided(x, torch.stack(total))


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


def with_constants(x, k=2, alpha=1e-4, beta=0.75):
    """Return x divided as the task says, with other constants."""
    return x / (k + alpha * near(x**2)) ** beta


RIGHT = [by_padding, by_library, by_matrix, by_lists, by_sums_so_far]
WRONG = {
    "changed its input": [in_place],
    "untouched input": [lambda x: x],
    "sign": [lambda x: -by_matrix(x)],
    "not finite": [lambda x: with_constants(x, k=0), lambda x: with_constants(x, beta=1) ** 0.75],
    "wrong values": [
        reflected,
        lambda x: F.normalize(x, dim=0),
        lambda x: divided(x, near(x**2) / near(torch.ones_like(x))),
        # Other constants, and at other places.
        torch.nn.LocalResponseNorm(5),
        lambda x: with_constants(x, k=1),
        lambda x: with_constants(x, alpha=1),
        lambda x: with_constants(x, alpha=1e-3),
        lambda x: with_constants(x, beta=1),
        lambda x: with_constants(x, beta=0.5),
        lambda x: with_constants(x, beta=1) / 0.75,
        lambda x: x / (1e-4 * (2 + near(x**2))) ** 0.75,
        lambda x: x / (2 + (1e-4 * near(x**2)) ** 0.75),
        lambda x: x / (2 + 1e-4 * near(x**2) ** 0.75),
        # Other sums.
        lambda x: divided(x, near(x)),
        lambda x: divided(x, near(x.abs())),
        lambda x: divided(x, near(x**2).sqrt()),
        # Other channels.
        lambda x: divided(x, x**2),
        lambda x: divided(x, near(x**2, 1, 2)),
        lambda x: divided(x, near(x**2, 0, 2)),
        lambda x: divided(x, near(x**2, 2, 0)),
        lambda x: divided(x, near(x**2, 0, 4)),
        lambda x: divided(x, near(x**2, 4, 0)),
        lambda x: divided(x, near(x**2, 5, 5)),
        lambda x: divided(x, near(x**2, 3, 3)),
        lambda x: divided(x, near(x**2, 2, 3)),
        lambda x: divided(x, (x**2).sum(0)),
        lambda x: divided(x, (x**2).sum()),
        # Not divided, or something else.
        lambda x: x * (2 + 1e-4 * near(x**2)) ** 0.75,
        lambda x: (2 + 1e-4 * near(x**2)) ** 0.75,
        lambda x: 1 / (2 + 1e-4 * near(x**2)) ** 0.75,
        lambda x: 2 + 1e-4 * near(x**2),
        lambda x: divided(x**2, near(x**2)),
        # Right up to four channels, up to seven, or where no number is negative.
        lambda x: divided(x, near(x**2, 2, 2 if len(x) < 5 else 1)),
        lambda x: divided(x, near(x**2, 2 if len(x) < 8 else 1)),
        lambda x: divided(x.abs(), near(x**2)),
    ],
    "wrong shape": [
        lambda x: by_matrix(x).mean(),
        lambda x: by_matrix(x)[2:-2],
    ],
    "extra brackets": [lambda x: by_matrix(x)[None]],
    "exception": [lambda x: five(x, lambda c: c)],
    "arguments": [lambda x, n, k, alpha, beta: by_matrix(x)],
    "wrong type": [lambda x: torch.nn.LocalResponseNorm(5)],
}
