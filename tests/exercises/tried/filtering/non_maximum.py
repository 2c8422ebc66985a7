"""Further answers to filtering.non_maximum."""

import math
import operator

import numpy as np
import torch
from torch.nn import functional as F
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
    m, across, along = magnitude.tolist(), x.tolist(), y.tolist()

    def at(r, c):
        return m[r][c] if 0 <= r < len(m) and 0 <= c < len(m[0]) else 0.0

    def kept(r, c):
        down, right = line(across[r][c], along[r][c])
        stays = ahead(m[r][c], at(r + down, c + right)) and behind(m[r][c], at(r - down, c - right))
        return m[r][c] if stays else 0.0

    return magnitude.new_tensor([[kept(r, c) for c in range(len(m[0]))] for r in range(len(m))])


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


def around(magnitude, beside, strictly=False):
    m = pad(magnitude, (1, 1, 1, 1))
    windows = m.unfold(0, 3, 1).unfold(1, 3, 1).flatten(2)
    largest = windows[..., [1, 3, 5, 7] if beside else [0, 1, 2, 3, 5, 6, 7, 8]].amax(2)
    return torch.where(magnitude > largest if strictly else magnitude >= largest, magnitude, 0)


def by_signs(x, y):
    return (int(np.sign(y)), int(np.sign(x)))


def by_rounding(x, y):
    length = math.hypot(x, y) or 1.0
    return (round(y / length), round(x / length))


def only_inside(result):
    result = torch.as_tensor(result)
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


def without(where, kept):
    """Return an answer without neighbours for these angles: all their pixels are kept, or none."""
    return lambda m, x, y: torch.where(where(torch.rad2deg(torch.atan2(y, x))), m * kept, by_loops(m, x, y))


def interpolated_at_border(m, x, y):
    gradient = filters.Gradient(*(pad(part, (1, 1, 1, 1)) for part in (x, y)))
    return filters.non_maximum_suppression(gradient)[1:-1, 1:-1]


def infinite_outside(m, x, y):
    wide = pad(m, (1, 1, 1, 1), value=math.inf)
    return by_loops(wide, *(pad(part, (1, 1, 1, 1)) for part in (x, y)))[1:-1, 1:-1]


def digitized(x, y):
    return LINES[int(np.digitize(math.degrees(math.atan2(y, x)) % 180, [22.5, 67.5, 112.5]))]


def by_half(x, y):
    """Split the angles at slopes of a half and two, 26.6 degrees."""
    if abs(y) < 0.5 * abs(x):
        return LINES[0]
    if abs(x) < 0.5 * abs(y):
        return LINES[2]
    return LINES[1] if x * y > 0 else LINES[3]


def first_line_below(x, y):
    degrees = math.degrees(math.atan2(y, x))
    return LINES[0] if degrees < -22.5 else nearest(x, y)


def bordered(answer):
    """Return the same answer with zeros at the border."""
    return lambda m, x, y: only_inside(answer(m, x, y))


RIGHT = [
    lambda m, x, y: by_loops(m, x, y, octant),
    by_loops,
    by_masks,
    by_branches,
    by_slopes,
    lambda m, x, y: by_rolling(m, x, y, zeros=True),
]
EVERYWHERE = [
    lambda m, x, y: by_loops(m, x, y, octant, ahead=operator.gt),
    lambda m, x, y: by_loops(m, x, y, octant, behind=operator.gt),
    lambda m, x, y: by_loops(m, x, y, ahead=lambda here, near: True),
    lambda m, x, y: by_loops(m, x, y, behind=lambda here, near: True),
    lambda m, x, y: by_loops(m, x, y, octant, ahead=lambda here, near: True),
    lambda m, x, y: by_loops(m, x, y, octant, behind=lambda here, near: True),
    lambda m, x, y: around(m, beside=False),
    lambda m, x, y: around(m, beside=True),
    lambda m, x, y: torch.maximum(
        by_loops(m, x, y, ahead=lambda here, near: True),
        by_loops(m, x, y, behind=lambda here, near: True),
    ),
    lambda m, x, y: by_loops(m, x, y, lambda a, b: (0, 1) if abs(a) >= abs(b) else (1, 0)),
    lambda m, x, y: by_loops(m, x, y, always(0, 1)),
    lambda m, x, y: by_loops(m, x, y, always(1, 0)),
    lambda m, x, y: by_loops(m, x, y, by_signs),
    lambda m, x, y: by_loops(m, x, y, by_rounding),
    lambda m, x, y: by_branches(m, x, y, top=0),
    lambda m, x, y: by_loops(m, x.abs(), y.abs()),
    lambda m, x, y: by_loops(m, x, y, ahead=operator.gt, behind=lambda here, near: True),
    lambda m, x, y: torch.maximum(
        by_loops(m, x, y, ahead=lambda here, near: True, behind=operator.gt),
        by_loops(m, x, y, ahead=operator.gt, behind=lambda here, near: True),
    ),
    without(lambda angle: angle < 0, True),
    without(lambda angle: angle < -22.5, False),
    without(lambda angle: angle < -22.5, True),
    without(lambda angle: angle > 0, False),
    without(lambda angle: angle > 0, True),
    lambda m, x, y: by_loops(m, x, y, first_line_below),
    lambda m, x, y: by_loops(m, x.abs(), y),
    without(lambda angle: angle % 180 > 157.5, False),
    without(lambda angle: angle % 180 > 157.5, True),
    without(lambda angle: angle > 157.5, False),
    without(lambda angle: angle > 157.5, True),
    without(lambda angle: (angle > -22.5) & (angle < 0), False),
    without(lambda angle: (angle > -22.5) & (angle < 0), True),
    lambda m, x, y: by_loops(m, x, y, by_half),
    lambda m, x, y: around(m, beside=False, strictly=True),
    lambda m, x, y: by_loops(m, x, y, lambda a, b: LINES[int(math.degrees(math.atan2(b, a)) / 45) % 4]),
]
# Named where made everywhere, not where the border is zero as well.
NAMED = [
    lambda m, x, y: by_loops(m, x, y, ahead=operator.gt),
    lambda m, x, y: by_loops(m, x, y, behind=operator.gt),
    lambda m, x, y: by_loops(m, x, y, lambda a, b: LINES[0] if a == 0 else nearest(a, b)),
    lambda m, x, y: by_masks(m, x, y, turn=90),
    lambda m, x, y: by_loops(m, x, -y),
    lambda m, x, y: by_masks(m, y, x),
    lambda m, x, y: by_loops(m, x, y, ahead=operator.gt, behind=operator.gt),
    lambda m, x, y: by_loops(m, x, y, lambda a, b: LINES[int(math.degrees(math.atan2(b, a)) % 180 // 45)]),
    lambda m, x, y: by_loops(m, x, y.abs()),
    lambda m, x, y: by_loops(m, x, y, digitized),
]
WRONG = {
    "along the edge": [
        lambda m, x, y: by_masks(m, x, y, turn=90),
        lambda m, x, y: by_branches(m, -y, x),
    ],
    "y upward": [
        lambda m, x, y: by_loops(m, x, -y),
    ],
    "x and y swapped": [
        lambda m, x, y: by_masks(m, y, x),
    ],
    "strict": [
        lambda m, x, y: by_loops(m, x, y, ahead=operator.gt, behind=operator.gt),
        lambda m, x, y: by_loops(m, x, y, ahead=operator.gt),
        lambda m, x, y: by_loops(m, x, y, behind=operator.gt),
    ],
    "upright": [
        lambda m, x, y: by_loops(m, x, y, lambda a, b: LINES[0] if a == 0 else nearest(a, b)),
    ],
    "rounded down": [
        lambda m, x, y: by_loops(
            m, x, y, lambda a, b: LINES[int(math.degrees(math.atan2(b, a)) % 180 // 45)]
        ),
    ],
    "signs": [
        lambda m, x, y: by_loops(m, x, y.abs()),
    ],
    "beyond 157.5 degrees": [
        lambda m, x, y: by_loops(m, x, y, digitized),
    ],
    "other edge": [
        lambda m, x, y: by_rolling(m, x, y, zeros=False),
        clamped,
    ],
    "border zero": [
        lambda m, x, y: inner(m, x, y, torch.zeros_like),
    ],
    "in place": [
        overwriting,
    ],
    "wrong values": [
        *EVERYWHERE,
        *map(bordered, EVERYWHERE),
        *map(bordered, NAMED),
        lambda m, x, y: inner(m, x, y, torch.clone),
        lambda m, x, y: (by_masks(m, x, y) > 0).float(),
        lambda m, x, y: torch.where(by_masks(m, x, y) > 0, 0, m),
        lambda m, x, y: by_loops(m, x, y, ahead=operator.le, behind=operator.le),
        largest_of_three,
        lambda m, x, y: filters.non_maximum_suppression(filters.Gradient(x, y)),
        infinite_outside,
        interpolated_at_border,
        lambda m, x, y: by_loops(
            pad(m[None], (0, 0, 0, 1), mode="replicate")[0], *(pad(p, (0, 0, 0, 1)) for p in (x, y))
        )[:-1],
        lambda m, x, y: by_loops(m, x, y) if min(m.shape) > 1 else m,
    ],
    "wrong shape": [
        lambda m, x, y: by_masks(m, x, y)[1:-1, 1:-1] if min(m.shape) > 2 else m,
        lambda m, x, y: torch.stack([m, x, y]),
        lambda m, x, y: by_masks(m, x, y)[1:-1, 1:-1],
        lambda m, x, y: by_masks(m, x, y)[1:-1, 1:-1].tolist(),
    ],
    "booleans": [
        lambda m, x, y: by_masks(m, x, y) > 0,
    ],
    "untouched input": [
        lambda m, x, y: m.clone(),
        lambda m, x, y: x,
    ],
    "exception": [
        unclamped,
        lambda m, x, y: m if m >= m.roll(1, 1) else 0 * m,
        lambda m, x, y: by_rolling(
            F.pad(m[None, None], (1, 1, 1, 1), mode="reflect")[0, 0],
            *(pad(p, (1, 1, 1, 1)) for p in (x, y)),
            zeros=True,
        )[1:-1, 1:-1],
    ],
    "transposed": [
        lambda m, x, y: by_masks(m, x, y).T,
    ],
    "extra brackets": [
        lambda m, x, y: by_masks(m, x, y)[None, None],
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
