"""Further answers to filtering.median."""

import statistics

import numpy as np
import scipy.ndimage
import scipy.signal
import torch
from torch.nn import functional as F


def windows(image, mode="replicate", size=3):
    side = size // 2
    padded = F.pad(image[None, None], (side, side, side, side), mode=mode)[0, 0]
    return padded.unfold(0, size, 1).unfold(1, size, 1).flatten(2)


def by_unfolding(image, mode="replicate", size=3):
    return windows(image, mode, size).median(dim=2).values


def by_sorting(image, place=4):
    wide = torch.cat([image[:1], image, image[-1:]])
    wide = torch.cat([wide[:, :1], wide, wide[:, -1:]], dim=1)
    height, width = image.shape
    shifted = [wide[i : i + height, j : j + width] for i in range(3) for j in range(3)]
    return torch.stack(shifted).sort(dim=0).values[place]


def by_lists(image, pick=statistics.median):
    x, rows, columns = image.tolist(), range(image.shape[0]), range(image.shape[1])

    def nine(i, j):
        down, right = rows[-1], columns[-1]
        near = [(i + a, j + b) for a in (-1, 0, 1) for b in (-1, 0, 1)]
        return [x[min(max(r, 0), down)][min(max(c, 0), right)] for r, c in near]

    return [[pick(nine(i, j)) for j in columns] for i in rows]


def inside(image, whole):
    result = whole(image)
    for i in range(1, image.shape[0] - 1):
        for j in range(1, image.shape[1] - 1):
            result[i, j] = image[i - 1 : i + 2, j - 1 : j + 2].median()
    return result


def valid(image):
    if min(image.shape) < 3:
        return image
    return image.unfold(0, 3, 1).unfold(1, 3, 1).flatten(2).median(dim=2).values


def slices(image, middle):
    return [
        [float(middle(image[max(i - 1, 0) : i + 2, max(j - 1, 0) : j + 2])) for j in range(image.shape[1])]
        for i in range(image.shape[0])
    ]


def short_slices(image, middle):
    padded, result = F.pad(image[None, None], (1, 1, 1, 1), mode="replicate")[0, 0], torch.zeros_like(image)
    for i, j in np.ndindex(*image.shape):
        result[i, j] = float(middle(padded[i : i + 2, j : j + 2]))
    return result


def starting_here(image):
    padded = F.pad(image[None, None], (0, 2, 0, 2), mode="replicate")[0, 0]
    return padded.unfold(0, 3, 1).unfold(1, 3, 1).flatten(2).median(dim=2).values


def in_place(image):
    result = image.clone()
    height, width = image.shape
    for i in range(height):
        for j in range(width):
            rows = torch.tensor([i - 1, i, i + 1]).clamp(0, height - 1)
            columns = torch.tensor([j - 1, j, j + 1]).clamp(0, width - 1)
            result[i, j] = result[rows][:, columns].median()
    return result


def in_padded(image):
    padded = F.pad(image[None, None], (1, 1, 1, 1), mode="replicate")[0, 0]
    for i in range(1, image.shape[0] + 1):
        for j in range(1, image.shape[1] + 1):
            padded[i, j] = padded[i - 1 : i + 2, j - 1 : j + 2].median()
    return padded[1:-1, 1:-1]


def if_extreme(nine):
    return statistics.median(nine) if nine[4] in (min(nine), max(nine)) else nine[4]


def of_rows(nine):
    return statistics.median(map(statistics.median, [nine[0:3], nine[3:6], nine[6:9]]))


def of_columns(nine):
    return statistics.median(map(statistics.median, [nine[0::3], nine[1::3], nine[2::3]]))


def unclamped(image):
    result = torch.zeros_like(image)
    for i, j in np.ndindex(*image.shape):
        result[i, j] = np.median([image[i + a, j + b] for a in (-1, 0, 1) for b in (-1, 0, 1)])
    return result


def if_far(nine):
    middle = statistics.median(nine)
    return middle if abs(nine[4] - middle) > 1 else nine[4]


def two_edges(image):
    wide = np.pad(np.pad(image, ((1, 1), (0, 0)), "edge"), ((0, 0), (1, 1)), "reflect")
    return np.median(np.lib.stride_tricks.sliding_window_view(wide, (3, 3)), axis=(2, 3))


def of_distinct(nine):
    distinct = sorted(set(nine))
    return distinct[len(distinct) // 2]


RIGHT = [
    by_unfolding,
    by_sorting,
    by_lists,
    lambda image: scipy.ndimage.median_filter(image.numpy(), size=(3, 3), mode="reflect"),
    lambda image: scipy.ndimage.generic_filter(image.numpy(), np.median, 3, mode="nearest"),
]

WRONG = {
    "equal pixels once": [lambda image: by_lists(image, of_distinct)],
    "only extremes": [lambda image: by_lists(image, if_extreme)],
    "mean": [
        lambda image: scipy.ndimage.uniform_filter(image.numpy(), 3, mode="nearest"),
    ],
    "one place off": [
        lambda image: by_sorting(image, 3),
        lambda image: scipy.ndimage.rank_filter(image.numpy(), 5, 3),
    ],
    "zeros at the edge": [
        lambda image: by_unfolding(image, "constant"),
        lambda image: scipy.signal.medfilt2d(image.numpy(), 3),
    ],
    "other edge": [
        lambda image: by_unfolding(image, "reflect"),
        lambda image: by_unfolding(image, "circular"),
        lambda image: scipy.ndimage.median_filter(image.numpy(), 3, mode="mirror"),
    ],
    "border unfiltered": [
        lambda image: inside(image, torch.clone),
    ],
    "smaller window": [
        lambda image: slices(image, np.median),
        lambda image: slices(image, torch.median),
    ],
    "median of medians": [
        lambda image: by_lists(image, of_rows),
    ],
    "cross": [
        lambda image: scipy.ndimage.median_filter(
            image.numpy(), footprint=scipy.ndimage.generate_binary_structure(2, 1)
        ),
    ],
    "eight neighbours": [
        lambda image: by_lists(image, lambda nine: statistics.median(nine[:4] + nine[5:])),
        lambda image: by_lists(image, lambda nine: statistics.median_low(nine[:4] + nine[5:])),
    ],
    "changed while read": [
        in_place,
        in_padded,
    ],
    "wrong values": [
        lambda image: F.avg_pool2d(image[None], 3, stride=1, padding=1)[0],
        lambda image: short_slices(image, torch.median),
        lambda image: short_slices(image, np.median),
        starting_here,
        lambda image: scipy.ndimage.minimum_filter(image.numpy(), 3),
        lambda image: F.max_pool2d(image[None], 3, stride=1, padding=1)[0],
        lambda image: by_lists(image, lambda nine: (min(nine) + max(nine)) / 2),
        lambda image: inside(image, torch.zeros_like),
        lambda image: scipy.ndimage.median_filter(image.numpy(), (1, 3)),
        lambda image: scipy.ndimage.median_filter(image.numpy(), (3, 1)),
        lambda image: by_lists(image, of_columns),
        lambda image: by_unfolding(image, size=5),
        lambda image: by_sorting(by_sorting(image)),
        lambda image: torch.full_like(image, float(np.median(image))),
        lambda image: by_sorting(image).int(),
        lambda image: F.avg_pool2d(image[None], 3, 1, 1, count_include_pad=False)[0],
        lambda image: torch.where((image == image.min()) | (image == image.max()), by_sorting(image), image),
        lambda image: torch.full_like(image, float(image.median())),
        # Tame cases would accept these: small steps, single rows, another edge along one axis.
        lambda image: by_lists(image, if_far),
        lambda image: by_sorting(image) if min(image.shape) > 1 else image,
        two_edges,
    ],
    "untouched input": [
        lambda image: by_lists(image, lambda nine: nine[4]),
        lambda image: image.clone(),
    ],
    "exception": [
        unclamped,
        lambda image: torch.median(F.pad(image, (1, 1, 1, 1), mode="replicate"), dim=2),
        lambda image: [[image[i + 1, j + 1] for j in range(image.shape[1])] for i in range(len(image))],
    ],
    "wrong shape": [
        valid,
        lambda image: np.median(image),
        lambda image: windows(image).median(dim=2),
        windows,
        lambda image: image.median(),
    ],
    "transposed": [
        lambda image: by_sorting(image).T,
    ],
    "extra brackets": [
        lambda image: by_sorting(image)[None],
    ],
    "changed its input": [
        lambda image: by_sorting(image.mul_(2)) / 2,
    ],
    "a part": [lambda image: image.unfold(0, 3, 1).unfold(1, 3, 1).flatten(2).median(dim=2).values],
}
