r"""Thin an edge to its ridge, more simply than section 11 does, without interpolation. Given are the
gradient's magnitude and its parts x (to the right) and y (downward), all (H, W). Round each direction to the
nearest of four lines: 0, 45, 90 or $135$ degrees. Keep the magnitude where it is at least as large as both
neighbours on that line, one ahead and one behind; elsewhere write 0. Pixels outside count as 0. Opposite
directions lie on one line; at 45 degrees the neighbours are the lower right and the upper left, at $135$
degrees the lower left and the upper right.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import pad

from cnnlab import filters
from cnnlab.exercises import Function, Mistake

Answer = Callable[[Tensor, Tensor, Tensor], Any]
Compare = Callable[[Tensor, Tensor], Tensor]
# Rows and columns to the neighbour at 0, 45, ..., 315 degrees, from the x axis towards the y axis.
STEPS = [(0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1)]
AROUND, BESIDE = tuple(range(8)), (0, 2, 4, 6)


def case(x: list[list[float]], y: list[list[float]]) -> dict[str, Any]:
    """Return a gradient with its magnitude."""
    return {"magnitude": np.hypot(x, y), "x": x, "y": y}


def degrees(x: Tensor, y: Tensor) -> Tensor:
    """Return the angle, -180 to 180."""
    return torch.rad2deg(torch.atan2(y, x))


def octants(x: Tensor, y: Tensor) -> Tensor:
    """Return 0 to 7: the multiple of 45 degrees that is nearest."""
    return (degrees(x, y) / 45).round().long() % 8


def lines(x: Tensor, y: Tensor) -> Tensor:
    """Return 0 to 3: the nearest of the lines at 0, 45, 90 and 135 degrees."""
    return octants(x, y) % 4


def neighbour(m: Tensor, octant: Tensor | int, mode: str = "constant") -> Tensor:
    """Return the magnitude one step from each pixel in its own direction."""
    wide = pad(m[None, None], (1, 1, 1, 1), mode=mode)[0, 0]
    down, right = torch.tensor(STEPS)[torch.as_tensor(octant).expand(m.shape) % 8].unbind(2)
    return wide[torch.arange(m.shape[0])[:, None] + 1 + down, torch.arange(m.shape[1]) + 1 + right]


def thinned(
    m: Tensor,
    octant: Tensor | int,
    ahead: Compare = torch.ge,
    behind: Compare = torch.ge,
    mode: str = "constant",
) -> Tensor:
    """Return the magnitude where it compares well with both neighbours, zero elsewhere."""
    kept = ahead(m, neighbour(m, octant, mode)) & behind(m, neighbour(m, octant + 4, mode))
    return torch.where(kept, m, 0)


def right(m: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return what is asked for."""
    return thinned(m, lines(x, y))


def line_by_line(m: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the same by shifting the whole picture."""
    wide, result = pad(m, (1, 1, 1, 1)), torch.zeros_like(m)
    for number, (down, across) in enumerate(STEPS[:4]):
        moved = wide.roll((-down, -across), (0, 1)), wide.roll((down, across), (0, 1))
        kept = (lines(x, y) == number) & (m >= torch.maximum(*moved)[1:-1, 1:-1])
        result[kept] = m[kept]
    return result


def pixel_by_pixel(m: Tensor, x: Tensor, y: Tensor) -> list[list[float]]:
    """Return the same on lists."""
    size, height, width = m.tolist(), *m.shape

    def at(i: int, j: int) -> float:
        return size[i][j] if 0 <= i < height and 0 <= j < width else 0.0

    def kept(i: int, j: int) -> float:
        down, across = STEPS[round(math.atan2(y[i, j], x[i, j]) / (math.pi / 4)) % 4]
        return at(i, j) if at(i, j) >= max(at(i + down, j + across), at(i - down, j - across)) else 0.0

    return [[kept(i, j) for j in range(width)] for i in range(height)]


def anything(m: Tensor, other: Tensor) -> Tensor:
    """Return True everywhere: a comparison that was forgotten."""
    return torch.ones_like(m, dtype=torch.bool)


def against(m: Tensor, directions: tuple[int, ...], compare: Compare) -> Tensor:
    """Return the magnitude where it compares well with its neighbours in all these directions."""
    kept = torch.stack([compare(m, neighbour(m, octant)) for octant in directions]).all(0)
    return torch.where(kept, m, 0)


def one_of_two(compare: Compare) -> Answer:
    """Return an answer to which one of the two neighbours is enough."""
    return lambda m, x, y: torch.maximum(
        thinned(m, lines(x, y), compare, anything), thinned(m, lines(x, y), anything, compare)
    )


def without(where: Callable[[Tensor], Tensor], kept: bool) -> Answer:
    """Return an answer without neighbours for these angles: all their pixels are kept, or none."""
    return lambda m, x, y: torch.where(where(degrees(x, y)), m * kept, right(m, x, y))


def rounded_components(m: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Divide x and y by the length and round them."""
    length = torch.where(m > 0, m, 1)
    return thinned(m, octants((x / length).round(), (y / length).round()))


def largest_of_three(m: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the largest of each pixel and its two neighbours."""
    return torch.maximum(m, torch.maximum(*(neighbour(m, octants(x, y) + turn) for turn in (0, 4))))


def in_place(m: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Set pixels to zero in the picture that is read."""
    result = m.clone()
    for i in range(m.shape[0]):
        for j in range(m.shape[1]):
            result[i, j] = right(result, x, y)[i, j]
    return result


def interpolated(m: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return Canny's own suppression, which leaves the border zero."""
    return filters.non_maximum_suppression(filters.Gradient(x, y))


def interpolated_at_border(m: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the same with zeros beyond the border."""
    return interpolated(m, *(pad(part, (1, 1, 1, 1)) for part in (x, y)))[1:-1, 1:-1]


def inside(result: Tensor, border: Tensor) -> Tensor:
    """Return a result with another border."""
    border = border.clone()
    border[1:-1, 1:-1] = result[1:-1, 1:-1]
    return border


def mistaken(name: str, says: str, *answers: Answer) -> Mistake:
    """Return a mistake made everywhere, or only inside, with a border of zeros.

    One thing at a time: once it is mended, the border is named.
    """

    def inner(answer: Answer) -> Answer:
        return lambda m, x, y: inside(answer(m, x, y), torch.zeros_like(m))

    return Mistake(name, says, *answers, *map(inner, answers))


def infinite_outside(m: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Let no pixel be a maximum whose line leaves the picture."""
    wide = pad(m, (1, 1, 1, 1), value=math.inf)
    return right(wide, *(pad(part, (1, 1, 1, 1)) for part in (x, y)))[1:-1, 1:-1]


def unpadded(m: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Look for neighbours without a border."""
    down, across = torch.tensor(STEPS)[lines(x, y)].unbind(2)
    rows, columns = torch.arange(m.shape[0])[:, None], torch.arange(m.shape[1])
    return torch.where(m >= m[rows + down, columns + across], m, 0)


EXERCISE = Function(
    cases=[
        case([[1, 3, 2, 4], [2, 2, 1, 3]], [[0, 0, 0, 0], [0, 0, 0, 0]]),
        case([[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]], [[1, 2, 3], [2, 4, 4], [3, 1, 4], [1, 2, 0]]),
        case([[3, 6, 3], [6, 9, 6], [3, 6, 3]], [[4, 8, -4], [8, 12, 8], [-4, 8, 4]]),
        case(
            [[15, -15, -21, -7, -8], [-4, 9, 4, 21, 0], [0, 0, -20, 7, 0], [-4, -40, -40, 7, 20]],
            [[8, 8, -20, -24, 6], [-3, 0, -3, -20, 20], [4, 0, -21, -24, -20], [0, -9, -9, 24, 0]],
        ),
        case(
            [
                [-8, 0, -6, 20, 0, -15, -9],
                [-20, 0, 0, -7, -20, 3, 4],
                [-4, -21, 8, 4, 4, -8, 15],
                [-4, -8, 8, 20, 8, 8, 20],
                [8, -4, -20, -7, 8, -3, 0],
                [0, -8, 6, -14, -20, 0, -3],
            ],
            [
                [6, -9, -8, 21, 20, 8, -40],
                [21, 20, 0, 24, 0, -4, 3],
                [3, -20, 15, 0, 0, 6, -8],
                [-3, 15, -6, 0, -15, 6, 0],
                [-15, 0, 0, -24, -15, -4, 4],
                [-20, 15, -8, 0, 0, 14, -4],
            ],
        ),
        case(
            [[3, 8, -27, 3, 12, 6, 0], [15, -40, -24, 40, 24, 0, 5], [4, -6, 28, 8, 9, 0, 3]],
            [[4, 6, 36, -4, 16, 8, 3], [8, 9, 7, -9, -7, 20, -12], [3, 8, -45, 6, 12, 5, 0]],
        ),
        case([[6]], [[8]]),
    ],
    right=[right, line_by_line, pixel_by_pixel],
    mistakes=[
        mistaken(
            "along the edge",
            "These neighbours lie along the edge: take those across it, where the gradient points.",
            lambda m, x, y: thinned(m, lines(x, y) + 2),
        ),
        mistaken(
            "y upward",
            "y points downward: at 45 degrees the neighbours are to the lower right and the upper left.",
            lambda m, x, y: right(m, x, -y),
        ),
        mistaken(
            "x and y swapped",
            "x and y have changed places: x counts columns, y counts rows; atan2 takes y first.",
            lambda m, x, y: right(m, y, x),
        ),
        mistaken(
            "strict",
            "An equal neighbour does no harm: the magnitude stays where it is >= both neighbours.",
            lambda m, x, y: thinned(m, lines(x, y), torch.gt, torch.gt),
            lambda m, x, y: thinned(m, lines(x, y), torch.gt, torch.ge),
            lambda m, x, y: thinned(m, lines(x, y), torch.ge, torch.gt),
            lambda m, x, y: thinned(m, octants(x, y), torch.gt, torch.ge),
            lambda m, x, y: thinned(m, octants(x, y), torch.ge, torch.gt),
        ),
        mistaken(
            "one neighbour",
            "Only one neighbour was looked at: compare with the one ahead and the one behind.",
            lambda m, x, y: thinned(m, lines(x, y), anything, torch.ge),
            lambda m, x, y: thinned(m, lines(x, y), torch.ge, anything),
            lambda m, x, y: thinned(m, octants(x, y), anything, torch.ge),
            lambda m, x, y: thinned(m, octants(x, y), torch.ge, anything),
        ),
        mistaken(
            "all neighbours",
            "Compare with the two neighbours along the gradient only, not with all around.",
            lambda m, x, y: against(m, AROUND, torch.ge),
            lambda m, x, y: against(m, AROUND, torch.gt),
            lambda m, x, y: against(m, BESIDE, torch.ge),
        ),
        mistaken(
            "either neighbour",
            "It is enough here to reach one of the two neighbours: >= both is asked for, with and.",
            *(one_of_two(torch.ge), one_of_two(torch.gt)),
        ),
        mistaken(
            "two lines",
            "There are four lines: at angles near 45 and 135 degrees the neighbours are across the corners.",
            lambda m, x, y: thinned(m, torch.where(y.abs() > x.abs(), 2, 0)),
        ),
        mistaken(
            "one line",
            "The same two neighbours were taken everywhere: is the angle in radians, compared with degrees?",
            *(lambda m, x, y: thinned(m, 0), lambda m, x, y: thinned(m, 2)),
        ),
        mistaken(
            "rounded down",
            "Round the angle to the nearest of the four lines: 40 degrees is nearer to 45 than to 0.",
            lambda m, x, y: thinned(m, (degrees(x, y) % 180 / 45).long()),
            lambda m, x, y: thinned(m, (degrees(x, y) / 45).long()),
        ),
        mistaken(
            "rounded components",
            "This is x and y divided by the length and rounded: that splits at 30 degrees, not at 22.5.",
            rounded_components,
        ),
        mistaken(
            "signs of x and y",
            "Only the signs of x and y were used: a gradient of (24, 7) is nearer to 0 degrees than to 45.",
            lambda m, x, y: right(m, x.sign(), y.sign()),
        ),
        mistaken(
            "signs",
            "Opposite directions lie on one line: take the angles modulo 180.",
            *(without(lambda angle: angle < 0, kept) for kept in (False, True)),
            *(without(lambda angle: angle < -22.5, kept) for kept in (False, True)),
            *(without(lambda angle: angle > 0, kept) for kept in (False, True)),
            lambda m, x, y: thinned(m, torch.where(degrees(x, y) < -22.5, 0, lines(x, y))),
            lambda m, x, y: right(m, x, y.abs()),
            lambda m, x, y: right(m, x.abs(), y),
            lambda m, x, y: right(m, x.abs(), y.abs()),
        ),
        mistaken(
            "upright",
            "Where x is 0 the gradient points up or down, along 90 degrees: use atan2(y, x), not y / x.",
            lambda m, x, y: thinned(m, torch.where(x == 0, 0, lines(x, y))),
        ),
        mistaken(
            "beyond 157.5 degrees",
            "The lines go round: from 157.5 to 180 degrees, and just below 0, the nearest is that of 0.",
            lambda m, x, y: thinned(m, torch.where(degrees(x, y) % 180 > 157.5, 3, lines(x, y))),
            *(without(lambda angle: angle % 180 > 157.5, kept) for kept in (False, True)),
            *(without(lambda angle: angle > 157.5, kept) for kept in (False, True)),
            *(without(lambda angle: (angle > -22.5) & (angle < 0), kept) for kept in (False, True)),
        ),
        Mistake(
            "wrapped round",
            "The opposite edge was taken for the neighbours outside: zeros lie there.",
            lambda m, x, y: thinned(m, lines(x, y), mode="circular"),
        ),
        Mistake(
            "edge repeated",
            "The edge was repeated or mirrored beyond the border: outside the picture count zeros.",
            lambda m, x, y: thinned(m, lines(x, y), mode="replicate"),
            lambda m, x, y: thinned(m, lines(x, y), mode="reflect"),
        ),
        Mistake(
            "border zero",
            "Only zeros lie beyond the border: what is next to them can still be a maximum.",
            lambda m, x, y: inside(right(m, x, y), torch.zeros_like(m)),
            infinite_outside,
        ),
        Mistake(
            "border as it was",
            "The border was not thinned: compare there too, with zeros outside.",
            lambda m, x, y: inside(right(m, x, y), m),
        ),
        Mistake(
            "border lost",
            "The border is lost: zeros lie beyond it.",
            lambda m, x, y: right(m, x, y)[1:-1, 1:-1],
            # Of no rows a list forgets how many columns they had.
            lambda m, x, y: right(m, x, y)[1:-1, 1:-1].tolist(),
            lambda m, x, y: right(m, x, y)[1:-1, 1:-1] if min(m.shape) > 2 else m,
        ),
        Mistake(
            "mask",
            "These are ones where the magnitude stays: hand back the magnitude there.",
            lambda m, x, y: right(m, x, y).sign(),
        ),
        Mistake(
            "turned round",
            "What is to stay was removed, and the rest kept.",
            lambda m, x, y: m - right(m, x, y),
        ),
        Mistake(
            "smallest",
            "Kept is what is <= both neighbours: an edge is where the magnitude is largest.",
            lambda m, x, y: thinned(m, lines(x, y), torch.le, torch.le),
        ),
        Mistake(
            "maximum of the three",
            "Each pixel became the largest of three: one that is not the largest itself becomes 0.",
            largest_of_three,
        ),
        Mistake(
            "in place",
            "Pixels were compared with neighbours set to zero before: write into a new picture.",
            in_place,
        ),
        Mistake(
            "interpolated",
            "This compares with values between two pixels: take the neighbour on the nearest of four lines.",
            *(interpolated, interpolated_at_border),
        ),
        Mistake(
            "nothing suppressed", "Every magnitude stays: nothing was set to zero.", lambda m, x, y: m.clone()
        ),
        Mistake(
            "index outside",
            "An index left the picture: test for the border, or put zeros around first.",
            unpadded,
            raises=["IndexError"],
        ),
        Mistake(
            "one pixel at a time",
            "An array is neither true nor false: compare pixel by pixel, or join comparisons with &.",
            lambda m, x, y: m if m >= m.roll(1, 1) else 0 * m,
            raises=["is ambiguous"],
        ),
    ],
    unnamed={
        "booleans": [lambda m, x, y: right(m, x, y) > 0],
        "transposed": [lambda m, x, y: right(m, x, y).T],
        "extra brackets": [lambda m, x, y: right(m, x, y)[None, None]],
        "wrong shape": [lambda m, x, y: torch.stack([m, x, y])],
        "untouched input": [lambda m, x, y: x],
        "factor": [lambda m, x, y: 2 * right(m, x, y)],
        "arguments": [lambda m, x: m],
        "changed its input": [lambda m, x, y: m.mul_(right(m, x, y) > 0)],
    },
)
