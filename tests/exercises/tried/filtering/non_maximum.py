"""Further answers to filtering.non_maximum."""

import math
import operator

import numpy as np
import torch
from torch.nn.functional import pad

from cnnlab import filters

LINES = ((0, 1), (1, 1), (1, 0), (1, -1))


def nearest(x, y):
    return LINES[round(math.degrees(math.atan2(y, x)) / 45) % 4]


def octant(x, y):
    down, right = LINES[round(math.degrees(math.atan2(y, x)) / 45) % 4]
    turn = 1 if x * right + y * down >= 0 else -1
    return (turn * down, turn * right)


def by_loops(magnitude, x, y, line=nearest, ahead=operator.ge, behind=operator.ge):
    height, width = magnitude.shape
    padded = torch.zeros(height + 2, width + 2, dtype=magnitude.dtype)
    padded[1:-1, 1:-1] = magnitude
    result = torch.zeros_like(magnitude)
    for r in range(height):
        for c in range(width):
            down, right = line(float(x[r, c]), float(y[r, c]))
            front, back = (padded[1 + r + down, 1 + c + right], padded[1 + r - down, 1 + c - right])
            if ahead(magnitude[r, c], front) and behind(magnitude[r, c], back):
                result[r, c] = magnitude[r, c]
    return result


def by_masks(magnitude, x, y, turn=0.0):
    angle = (torch.rad2deg(torch.atan2(y, x)) + turn) % 180
    m = pad(magnitude, (1, 1, 1, 1))
    level = (m[1:-1, 2:], m[1:-1, :-2])
    falling = (m[2:, 2:], m[:-2, :-2])
    upright = (m[2:, 1:-1], m[:-2, 1:-1])
    rising = (m[2:, :-2], m[:-2, 2:])
    result = torch.zeros_like(magnitude)
    for at, (ahead, behind) in zip((0, 45, 90, 135), (level, falling, upright, rising), strict=True):
        distance = torch.minimum((angle - at).abs(), 180 - (angle - at).abs())
        keep = (distance <= 22.5) & (magnitude >= ahead) & (magnitude >= behind)
        result[keep] = magnitude[keep]
    return result


def by_branches(magnitude, x, y, top=180.0):
    angle = np.degrees(np.arctan2(np.asarray(y), np.asarray(x)))
    angle[angle < 0] += top
    m, result = (np.pad(np.asarray(magnitude), 1), np.zeros(magnitude.shape))
    for i in range(1, m.shape[0] - 1):
        for j in range(1, m.shape[1] - 1):
            a, q, r = (angle[i - 1, j - 1], np.inf, np.inf)
            if 0 <= a < 22.5 or 157.5 <= a <= 180:
                q, r = (m[i, j + 1], m[i, j - 1])
            elif 22.5 <= a < 67.5:
                q, r = (m[i + 1, j + 1], m[i - 1, j - 1])
            elif 67.5 <= a < 112.5:
                q, r = (m[i + 1, j], m[i - 1, j])
            elif 112.5 <= a < 157.5:
                q, r = (m[i + 1, j - 1], m[i - 1, j + 1])
            if m[i, j] >= q and m[i, j] >= r:
                result[i - 1, j - 1] = m[i, j]
    return result


def by_slopes(magnitude, x, y):
    m, low, high = (magnitude.tolist(), math.tan(math.pi / 8), math.tan(3 * math.pi / 8))

    def at(r, c):
        return m[r][c] if 0 <= r < len(m) and 0 <= c < len(m[0]) else 0.0

    def kept(r, c):
        across, down = (float(x[r, c]), float(y[r, c]))
        right = int(abs(down) < high * abs(across))
        below = int(abs(down) > low * abs(across)) * (1 if across * down >= 0 or not right else -1)
        return m[r][c] if m[r][c] >= max(at(r + below, c + right), at(r - below, c - right)) else 0.0

    return [[kept(r, c) for c in range(len(m[0]))] for r in range(len(m))]


def by_rolling(magnitude, x, y, zeros):
    line = torch.round(torch.atan2(y, x) / (torch.pi / 4)).long() % 4
    m = pad(magnitude, (1, 1, 1, 1)) if zeros else magnitude
    result = torch.zeros_like(magnitude)
    for number, step in enumerate(LINES):
        near = torch.maximum(m.roll(step, (0, 1)), m.roll([-side for side in step], (0, 1)))
        if zeros:
            near = near[1:-1, 1:-1]
        result = torch.where((line == number) & (magnitude >= near), magnitude, result)
    return result


def always(down, right):
    return lambda x, y: (down, right)


def clamped(magnitude, x, y):
    wide = pad(magnitude[None, None], (1, 1, 1, 1), mode="replicate")[0, 0]
    across, down = (pad(part, (1, 1, 1, 1)) for part in (x, y))
    return by_loops(wide, across, down)[1:-1, 1:-1]


def inner(magnitude, x, y, start):
    result, whole = (start(magnitude), by_loops(magnitude, x, y))
    result[1:-1, 1:-1] = whole[1:-1, 1:-1]
    return result


def overwriting(magnitude, x, y):
    m = pad(magnitude, (1, 1, 1, 1))
    for r, c in np.ndindex(*magnitude.shape):
        down, right = nearest(float(x[r, c]), float(y[r, c]))
        here = m[1 + r, 1 + c]
        if here < m[1 + r + down, 1 + c + right] or here < m[1 + r - down, 1 + c - right]:
            m[1 + r, 1 + c] = 0
    return m[1:-1, 1:-1]


def around(magnitude, beside):
    m = pad(magnitude, (1, 1, 1, 1))
    windows = m.unfold(0, 3, 1).unfold(1, 3, 1).flatten(2)
    near = windows[..., 1::2] if beside else windows
    return torch.where(magnitude >= near.amax(2), magnitude, 0)


def by_signs(x, y):
    return (int(np.sign(y)), int(np.sign(x)))


def by_rounding(x, y):
    length = math.hypot(x, y) or 1.0
    return (round(y / length), round(x / length))


def only_inside(result):
    inside = torch.zeros_like(result)
    inside[1:-1, 1:-1] = result[1:-1, 1:-1]
    return inside


def unclamped(magnitude, x, y):
    result = torch.zeros_like(magnitude)
    for r, c in np.ndindex(*magnitude.shape):
        down, right = nearest(float(x[r, c]), float(y[r, c]))
        if magnitude[r, c] >= max(magnitude[r + down, c + right], magnitude[r - down, c - right]):
            result[r, c] = magnitude[r, c]
    return result


def largest_of_three(magnitude, x, y):
    m, result = (pad(magnitude, (1, 1, 1, 1)), magnitude.clone())
    for r, c in np.ndindex(*magnitude.shape):
        down, right = nearest(float(x[r, c]), float(y[r, c]))
        result[r, c] = max(m[1 + r + k * down, 1 + c + k * right] for k in (-1, 0, 1))
    return result


RIGHT = [
    by_loops,
    by_masks,
    by_branches,
    by_slopes,
    lambda m, x, y: by_rolling(m, x, y, zeros=True),
]
WRONG = {
    "along the edge": [
        lambda m, x, y: by_masks(m, x, y, turn=90),
        lambda m, x, y: by_branches(m, -y, x),
    ],
    "y upward": [
        lambda m, x, y: by_loops(m, x, -y),
        lambda m, x, y: only_inside(by_loops(m, x, -y)),
    ],
    "x and y swapped": [
        lambda m, x, y: by_masks(m, y, x),
        lambda m, x, y: only_inside(by_loops(m, y, x)),
    ],
    "strict": [
        lambda m, x, y: by_loops(m, x, y, ahead=operator.gt, behind=operator.gt),
        lambda m, x, y: by_loops(m, x, y, ahead=operator.gt),
        lambda m, x, y: by_loops(m, x, y, behind=operator.gt),
        lambda m, x, y: by_loops(m, x, y, octant, ahead=operator.gt),
        lambda m, x, y: by_loops(m, x, y, octant, behind=operator.gt),
        lambda m, x, y: only_inside(by_loops(m, x, y, ahead=operator.gt, behind=operator.gt)),
    ],
    "one neighbour": [
        lambda m, x, y: by_loops(m, x, y, ahead=lambda here, near: True),
        lambda m, x, y: by_loops(m, x, y, behind=lambda here, near: True),
        lambda m, x, y: by_loops(m, x, y, octant, ahead=lambda here, near: True),
        lambda m, x, y: by_loops(m, x, y, octant, behind=lambda here, near: True),
    ],
    "all neighbours": [
        lambda m, x, y: around(m, beside=False),
        lambda m, x, y: around(m, beside=True),
    ],
    "either neighbour": [
        lambda m, x, y: torch.maximum(
            by_loops(m, x, y, ahead=lambda here, near: True),
            by_loops(m, x, y, behind=lambda here, near: True),
        ),
    ],
    "two lines": [
        lambda m, x, y: by_loops(m, x, y, lambda a, b: (0, 1) if abs(a) >= abs(b) else (1, 0)),
    ],
    "one line": [
        lambda m, x, y: by_loops(m, x, y, always(0, 1)),
        lambda m, x, y: by_loops(m, x, y, always(1, 0)),
    ],
    "rounded down": [
        lambda m, x, y: by_loops(
            m, x, y, lambda a, b: LINES[int(math.degrees(math.atan2(b, a)) % 180 // 45)]
        ),
    ],
    "signs of x and y": [
        lambda m, x, y: by_loops(m, x, y, by_signs),
    ],
    "rounded components": [
        lambda m, x, y: by_loops(m, x, y, by_rounding),
    ],
    "signs": [
        lambda m, x, y: by_branches(m, x, y, top=0),
        lambda m, x, y: by_loops(m, x, y.abs()),
        lambda m, x, y: by_loops(m, x.abs(), y.abs()),
    ],
    "wrapped round": [
        lambda m, x, y: by_rolling(m, x, y, zeros=False),
    ],
    "edge repeated": [
        clamped,
    ],
    "border zero": [
        lambda m, x, y: inner(m, x, y, torch.zeros_like),
    ],
    "border as it was": [
        lambda m, x, y: inner(m, x, y, torch.clone),
    ],
    "border lost": [
        lambda m, x, y: by_masks(m, x, y)[1:-1, 1:-1] if min(m.shape) > 2 else m,
    ],
    "mask": [
        lambda m, x, y: (by_masks(m, x, y) > 0).float(),
    ],
    "booleans": [
        lambda m, x, y: by_masks(m, x, y) > 0,
    ],
    "turned round": [
        lambda m, x, y: torch.where(by_masks(m, x, y) > 0, 0, m),
    ],
    "smallest": [
        lambda m, x, y: by_loops(m, x, y, ahead=operator.le, behind=operator.le),
    ],
    "maximum of the three": [
        largest_of_three,
    ],
    "in place": [
        overwriting,
    ],
    "interpolated": [
        lambda m, x, y: filters.non_maximum_suppression(filters.Gradient(x, y)),
    ],
    "nothing suppressed": [
        lambda m, x, y: m.clone(),
    ],
    "index outside": [
        unclamped,
    ],
    "one pixel at a time": [
        lambda m, x, y: m if m >= m.roll(1, 1) else 0 * m,
    ],
    "transposed": [
        lambda m, x, y: by_masks(m, x, y).T,
    ],
    "extra brackets": [
        lambda m, x, y: by_masks(m, x, y)[None, None],
    ],
    "wrong shape": [
        lambda m, x, y: torch.stack([m, x, y]),
    ],
    "untouched input": [
        lambda m, x, y: x,
    ],
    "factor": [
        lambda m, x, y: 2 * by_masks(m, x, y),
    ],
    "arguments": [
        lambda m, x: m,
    ],
    "changed its input": [
        lambda m, x, y: m.mul_(by_masks(m, x, y) > 0),
    ],
}
