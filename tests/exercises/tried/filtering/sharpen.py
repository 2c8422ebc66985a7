"""Further answers to filtering.sharpen."""

import numpy as np
import scipy.ndimage
import torch
from torch import nn

from cnnlab import kernels


def response(image):
    return 2 * image - scipy.ndimage.uniform_filter(image, 3, mode="constant")


def impulse():
    image = np.zeros((3, 3))
    image[1, 1] = 1
    return image


def written_out(centre, beside, corner=None):
    corner = beside if corner is None else corner
    return [[corner, beside, corner], [beside, centre, beside], [corner, beside, corner]]


def by_loop():
    kernel = torch.zeros(3, 3)
    for row in range(3):
        for column in range(3):
            kernel[row, column] -= 1 / 9
    kernel[1, 1] += 2
    return kernel


def layer():
    layer = nn.Conv2d(1, 1, 3, bias=False)
    with torch.no_grad():
        layer.weight[:] = -1 / 9
        layer.weight[0, 0, 1, 1] = 17 / 9
    return layer


RIGHT = [
    np.array(written_out(1.889, -0.111), dtype=np.float32),
    [[-1 / 9, -1 / 9, -1 / 9], [-1 / 9, 17 / 9, -1 / 9], [-1 / 9, -1 / 9, -1 / 9]],
    2 * nn.functional.pad(torch.ones(1, 1), (1, 1, 1, 1)) - torch.ones(3, 3) / 9,
    response(impulse()),
    by_loop(),
    layer().weight,
    2 * kernels.preset("identity").matrix - kernels.box(3).matrix / 9,
    written_out(1.8889, -0.1111),
]

WRONG = {
    "picture forgotten": [
        written_out(8 / 9, -1 / 9),
    ],
    "mean added": [
        written_out(19 / 9, 1 / 9),
        torch.tensor(written_out(10 / 9, 1 / 9)),
    ],
    "not divided": [
        written_out(17, -1),
        written_out(9, -1),
    ],
    "eight neighbours": [
        written_out(2, -1 / 8),
    ],
    "pixel not in the mean": [
        written_out(2, -1 / 9),
    ],
    "lecture's kernel": [
        written_out(5, -1, 0),
        written_out(1.8, -0.2, 0),
    ],
    "rounded": [
        written_out(1.89, -0.11),
        written_out(1.9, -0.1),
        written_out(1.88, -0.11),
    ],
    "sum": [
        written_out(8, -1),
        scipy.ndimage.uniform_filter(impulse(), 3, mode="constant") - impulse(),
        written_out(1, -1),
        written_out(0, -1),
        written_out(17 // 9, -1 // 9),
        written_out(5 / 3, -1 / 3),
        written_out(1 / 9, -1 / 9),
        written_out(-17 / 9, 1 / 9),
        torch.ones(3, 3),
        written_out(1, -1 / 9),
        written_out(21, -3, 0),
        written_out(2, -0.125, -0.1),
        3 * torch.tensor(written_out(1.0, 0.0)) - torch.ones(3, 3) / 9,
        # One weight missing.
        [[-1 / 9] * 3, [-1 / 9, 17 / 9, -1 / 9], [-1 / 9, -1 / 9, 0]],
    ],
    "other weights": [
        np.full((3, 3), 1 / 9),
        written_out(25 / 9, -2 / 9),
        written_out(13 / 9, -1 / 18),
        kernels.preset("sharpen").matrix / 9,
        impulse(),
        np.array(written_out(17 / 9, -1 / 9)).astype(int),
        kernels.preset("emboss").matrix,
        written_out(17 / 9, -2 / 9, 0),
        written_out(1.5, -1 / 16),
        written_out(1.8, -0.1),
        [[0, 0, 0], [-1 / 3, 5 / 3, -1 / 3], [0, 0, 0]],
        np.roll(written_out(17 / 9, -1 / 9), 1, axis=1),
    ],
    "wrong shape": [
        [-1 / 9, 17 / 9, -1 / 9],
        np.array(written_out(17 / 9, -1 / 9)).ravel(),
        17 / 9,
        np.eye(5),
        np.reshape(written_out(17 / 9, -1 / 9), (1, 9)),
        np.reshape(written_out(17 / 9, -1 / 9), (9, 1)),
    ],
    "wrong type": [
        kernels.box(3),
        layer(),
        "17 / 9",
    ],
    "ragged": [
        [[-1 / 9] * 3, [-1 / 9, 17 / 9], [-1 / 9] * 3],
    ],
    "not finite": [
        written_out(float("nan"), -1 / 9),
    ],
}
