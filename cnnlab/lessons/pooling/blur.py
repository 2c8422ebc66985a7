"""Blur a picture by $(1, 2, 1)/4$ along both axes, with the edge pixels repeated beyond the edge, and keep
every second row and column, from the first on.
"""

from __future__ import annotations

import numpy as np
import torch
from scipy.ndimage import convolve1d
from torch import Tensor
from torch.nn.functional import avg_pool2d, conv2d, pad

from cnnlab.exercises import Function, Mistake

BINOMIAL = (0.25, 0.5, 0.25)
Weights = tuple[float, float, float]


def along(
    image: Tensor | np.ndarray, axis: int, weights: Weights = BINOMIAL, edge: str = "nearest"
) -> np.ndarray:
    """Return the picture blurred along one axis."""
    return np.asarray(convolve1d(image, weights, axis=axis, mode=edge))


def blurred(image: Tensor, weights: Weights = BINOMIAL, edge: str = "nearest") -> np.ndarray:
    """Return the picture blurred along both axes."""
    return along(along(image, 0, weights, edge), 1, weights, edge)


def by_slices(image: Tensor) -> Tensor:
    """Return the right answer from sums of shifted pictures."""
    wide = torch.cat([image[:1], image, image[-1:]])
    down = (wide[:-2] + 2 * wide[1:-1] + wide[2:]) / 4
    wide = torch.cat([down[:, :1], down, down[:, -1:]], dim=1)
    return ((wide[:, :-2] + 2 * wide[:, 1:-1] + wide[:, 2:]) / 4)[::2, ::2]


def by_convolution(image: Tensor, frame: int = 1) -> Tensor:
    """Return the right answer by a kernel of 3 x 3 with stride 2; it needs a frame of 1."""
    row = image.new_tensor(BINOMIAL)
    framed = pad(image[None, None], [frame] * 4, mode="replicate")
    return conv2d(framed, torch.outer(row, row)[None, None], stride=2)[0, 0]


def in_place(image: Tensor) -> Tensor:
    """Return what comes of writing into the picture that is still to be read."""
    x = image.clone()
    for _ in range(2):
        for i in range(len(x)):
            x[i] = (x[max(i - 1, 0)] + 2 * x[i] + x[min(i + 1, len(x) - 1)]) / 4
        x = x.T
    return x[::2, ::2]


EXERCISE = Function(
    cases=[
        {"image": [[0, 0, 0, 0], [0, 16, 0, 0], [0, 0, 0, 4], [0, 0, 0, 0]]},
        {"image": [[1, 0, 1, 0, 1, 0], [0, 1, 0, 1, 0, 1], [1, 0, 1, 0, 1, 0]]},
        {"image": [[2, 5, 1, -7, 3], [8, -1, 4, 0, 6], [3, 9, -2, 5, 1], [7, 0, 6, 4, 8], [-1, 3, 5, 2, 9]]},
        {"image": [[3, 8, 1, 6], [2, 9, 4, 7]]},
        {"image": [[-4, 8, -1, 3, -2]]},
        {"image": [[100], [300], [-200], [50]]},
        {"image": [[5]]},
    ],
    right=[by_slices, by_convolution, lambda image: blurred(image)[::2, ::2]],
    mistakes=[
        Mistake("not blurred", "This is every second pixel: blur before.", lambda image: image[::2, ::2]),
        Mistake(
            "blurred too late",
            "Thinned out first and blurred afterwards: what was folded together stays so. Blur first.",
            lambda image: blurred(image[::2, ::2]),
        ),
        Mistake("not thinned out", "This is the blurred picture: keep every second row and column.", blurred),
        Mistake(
            "one axis thinned out",
            "Along one axis all pixels are still there: keep every second row and every second column.",
            *(lambda image: blurred(image)[::2], lambda image: blurred(image)[:, ::2]),
        ),
        Mistake(
            "odd pixels",
            "Kept are rows and columns 1, 3, 5 and so on: start at 0.",
            lambda image: torch.from_numpy(blurred(image)).unfold(0, 2, 2).unfold(1, 2, 2)[:, :, 1, 1],
        ),
        Mistake(
            "last one lost",
            "The last row or column is lost where their number is odd: rows 0, 2, 4 and so on stay.",
            lambda image: blurred(image)[::2, ::2][: len(image) // 2, : image.shape[1] // 2],
            # Of no rows a list forgets how many columns they had.
            lambda image: blurred(image)[::2, ::2][: len(image) // 2, : image.shape[1] // 2].tolist(),
        ),
        Mistake(
            "not divided",
            "The weights 1, 2, 1 add up to 4 along each axis: divide by 4 twice.",
            lambda image: blurred(image, (1, 2, 1))[::2, ::2],
        ),
        Mistake(
            "divided once",
            "Divided by 4 for one axis only: a flat picture must stay as bright as it was.",
            lambda image: blurred(image, (1, 2, 1))[::2, ::2] / 4,
        ),
        Mistake(
            "zeros at the edge",
            "Zeros were put around the picture, so its edge turns dark: repeat the edge.",
            lambda image: blurred(image, edge="constant")[::2, ::2],
        ),
        Mistake(
            "weights scaled",
            "Beyond the edge nothing counts here, and the other weights grow: repeat the edge instead.",
            lambda image: (
                blurred(image, edge="constant") / blurred(torch.ones_like(image), edge="constant")
            )[::2, ::2],
        ),
        Mistake(
            "mirrored",
            "The picture was mirrored at its edge: repeat the edge itself.",
            lambda image: blurred(image, edge="mirror")[::2, ::2],
        ),
        Mistake(
            "wrapped round",
            "The opposite edge was taken for the pixels beyond: repeat the edge.",
            lambda image: blurred(image, edge="wrap")[::2, ::2],
        ),
        Mistake(
            "box",
            "All nine pixels count alike: the middle one counts twice its neighbour along each axis.",
            lambda image: blurred(image, (1 / 3, 1 / 3, 1 / 3))[::2, ::2],
        ),
        Mistake(
            "one axis",
            "Blurred along one axis only: rows and columns are both thinned out, so blur along both.",
            *(lambda image: along(image, 0)[::2, ::2], lambda image: along(image, 1)[::2, ::2]),
        ),
        Mistake(
            "added",
            "Two blurred pictures were added: blur along one axis, and what comes of it along the other.",
            lambda image: (along(image, 0) + along(image, 1))[::2, ::2],
            lambda image: (along(image, 0) + along(image, 1))[::2, ::2] / 2,
        ),
        Mistake(
            "in place",
            "Pixels that were blurred already went into the blur of others: write into a new picture.",
            in_place,
        ),
        Mistake(
            "average pooling",
            "These are the means of windows of 2 x 2: weigh each kept pixel and its eight neighbours.",
            lambda image: avg_pool2d(image[None], 2)[0],
        ),
        Mistake(
            "border lost",
            "The pixels of the border are gone: the first kept pixel is that of the corner.",
            lambda image: by_convolution(image, frame=0),
        ),
        Mistake(
            "index outside",
            "An index left the picture: beyond its edge the pixel of the edge counts again.",
            lambda image: [image[i - 1] + 2 * image[i] + image[i + 1] for i in range(len(image))],
            raises=["IndexError"],
        ),
        Mistake(
            "two dimensions",
            "PyTorch convolves and pads (N, C, H, W): give it image[None, None], and take [0, 0] at the end.",
            lambda image: pad(image, (1, 1, 1, 1), mode="replicate"),
            lambda image: conv2d(image, image.new_ones(1, 1, 3, 3), stride=2, padding=1),
            raises=["non-constant padding", "Expected 3D"],
        ),
    ],
)
