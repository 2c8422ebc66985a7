import math
from itertools import combinations, permutations, product

import numpy as np
import torch

from cnnlab.lessons.resnet.scalar_gradient import by_block


def by_path(a):
    sums = [0.0] * (len(a) + 1)
    for path in product((False, True), repeat=len(a)):
        sums[sum(path)] += math.prod(factor for factor, taken in zip(a, path, strict=True) if taken)
    return sums


def by_recursion(a):
    if not a:
        return [1]
    *others, last = a
    by = by_recursion(others)
    return [x + last * y for x, y in zip([*by, 0], [0, *by], strict=True)]


def by_convolution(a):
    sums = np.ones(1)
    for factor in a:
        sums = np.convolve(sums, [1, factor])
    return sums


def by_newton(a):
    """Newton's identities, from the sums of powers."""
    powers = [sum(x**k for x in a) for k in range(len(a) + 1)]
    sums = [1.0]
    for k in range(1, len(a) + 1):
        sums.append(sum((-1) ** (i - 1) * sums[k - i] * powers[i] for i in range(1, k + 1)) / k)
    return sums


def by_interpolation(a):
    """The product of 1 + t a_i at len(a) + 1 points, and the polynomial through them."""
    points = torch.cos(torch.arange(len(a) + 1, dtype=torch.float64) * torch.pi / max(1, len(a)))
    values = torch.stack(
        [math.prod((1 + t * x for x in a), start=torch.ones((), dtype=t.dtype)) for t in points]
    )
    return torch.linalg.solve(torch.stack([points**k for k in range(len(a) + 1)], 1), values)


def altered(a):
    sums = by_block(a)
    a.clear()
    return sums


def divided(a):
    """The path of length k as the longest one divided by what it leaves out."""
    whole = math.prod(a)
    return [sum(whole / math.prod(left) for left in combinations(a, len(a) - k)) for k in range(len(a) + 1)]


def overwritten(a):
    """In place from the front: a branch is gone through again."""
    sums = [1.0] + [0.0] * len(a)
    for factor in a:
        for length in range(1, len(a) + 1):
            sums[length] += factor * sums[length - 1]
    return sums


RIGHT = [by_path, by_recursion, by_convolution, by_newton, by_interpolation]
WRONG = {
    "only the derivative": [lambda a: [float(np.prod(np.add(1, a)))]],
    "some paths": [lambda a: math.prod([1, *a]), lambda a: [1 + sum(a)]],
    "no branch": [lambda a: [0.0, *by_path(a)[1:]], lambda a: by_path(a)[1:]],
    "number of paths": [lambda a: by_path([1] * len(a))],
    "sign lost": [lambda a: by_path([abs(x) for x in a]), lambda a: np.abs(by_path(a))],
    "neighbours": [lambda a: [1, *np.cumprod(a)]],
    "reversed": [lambda a: by_block(a)[::-1]],
    "sign": [lambda a: [-x for x in by_block(a)]],
    "one branch": [
        # Up to l branches; paths through 1 + a or -a; the largest factor of all.
        lambda a: np.cumsum(by_block(a)),
        lambda a: by_block([1 + x for x in a]),
        lambda a: by_block([-x for x in a]),
        np.poly,
        lambda a: [1, *(max(combinations(a, k), key=math.prod)[0] for k in range(1, len(a) + 1))],
    ],
    "several branches": [
        overwritten,
        lambda a: [1, sum(a), *a[1:]][: len(a) + 1],
        lambda a: [1, sum(a)][: len(a) + 1] + [0] * (len(a) - 1),
        lambda a: [*by_block(a)[:-1], 0] if a else [1],
        lambda a: [x if k < 3 else 0 for k, x in enumerate(by_block(a))],
        lambda a: [x / max(1, math.comb(len(a), k) // len(a) * k) for k, x in enumerate(by_block(a))],
        lambda a: [sum(math.prod(path) for path in permutations(a, k)) for k in range(len(a) + 1)],
    ],
    "wrong values": [
        lambda a: [x / (sum(by_block(a)) or 1) for x in by_block(a)],
        # Right up to three branches, without negative numbers or 0, for numbers that differ.
        lambda a: [x if k < 4 else 0 for k, x in enumerate(by_block(a))],
        lambda a: [max(x, 0) for x in by_block(a)],
        lambda a: by_block([*dict.fromkeys(a)]) + [0] * (len(a) - len(set(a))),
        lambda a: [sum(math.prod(path) for path in set(combinations(a, k))) for k in range(len(a) + 1)],
        lambda a: by_block([x or 1 for x in a]),
        lambda a: by_block([x for x in a if x > 0]) + [0] * sum(x <= 0 for x in a),
    ],
    "exception": [divided, lambda a: np.convolve([1, a[0]], by_block(a[1:]))],
    "one too short": [lambda a: [*a]],
    "wrong shape": [sum, lambda a: [by_block(a)] * 2],
    "one too long": [lambda a: [*by_block(a), sum(by_block(a))], lambda a: [*by_block(a), 0]],
    "changed its input": [altered],
    "nothing": [lambda a: print(by_block(a))],
    "ragged": [lambda a: [[math.prod(path) for path in combinations(a, k)] for k in range(len(a) + 2)]],
    "arguments": [lambda a, x: by_block(a), lambda: [1]],
}
