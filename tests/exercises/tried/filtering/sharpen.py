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
    [[-1 / 9, -1 / 9, -1 / 9], [-1 / 9, 17 / 9, -1 / 9], [-1 / 9, -1 / 9, -1 / 9]],
    2 * nn.functional.pad(torch.ones(1, 1), (1, 1, 1, 1)) - torch.ones(3, 3) / 9,
    response(impulse()),
    by_loop(),
    layer().weight,
    2 * kernels.preset("identity").matrix - kernels.box(3).matrix / 9,
    written_out(1.8889, -0.1111),
]

WRONG = {
    "picture forgotten": [written_out(8 / 9, -1 / 9), written_out(8, -1)],
    "mean added": [written_out(19 / 9, 1 / 9), torch.tensor(written_out(10 / 9, 1 / 9))],
    "difference turned": [scipy.ndimage.uniform_filter(impulse(), 3, mode="constant") - impulse()],
    "mean": [np.full((3, 3), 1 / 9)],
    "not divided": [
        written_out(1, -1),
        written_out(0, -1),
        written_out(17, -1),
        written_out(9, -1),
        written_out(17 // 9, -1 // 9),
    ],
    "divided by 3": [written_out(5 / 3, -1 / 3)],
    "all divided": [written_out(1 / 9, -1 / 9)],
    "twice as strong": [written_out(25 / 9, -2 / 9)],
    "half as strong": [written_out(13 / 9, -1 / 18)],
    "lecture's kernel": [kernels.preset("sharpen").matrix / 9],
    "nothing": [impulse(), np.array(written_out(17 / 9, -1 / 9)).astype(int)],
    "upside down": [written_out(-17 / 9, 1 / 9)],
    "sum": [torch.ones(3, 3)],
    "other weights": [kernels.preset("emboss").matrix],
    "not 3 x 3": [[-1 / 9, 17 / 9, -1 / 9], np.array(written_out(17 / 9, -1 / 9)).ravel()],
    "wrong type": [kernels.box(3), layer()],
}
