"""Further answers to conv2d.channels."""

import numpy as np
import torch
from torch.nn.functional import conv2d, pad


def one_plane(plane, kernel):
    windows = plane.unfold(0, kernel.shape[0], 1).unfold(1, kernel.shape[1], 1)
    return (windows * kernel).sum((2, 3))


def by_einsum(image, weight, bias):
    windows = np.lib.stride_tricks.sliding_window_view(image.numpy(), weight.shape[2:], axis=(1, 2))
    return np.einsum("cijab,ocab->oij", windows, weight.numpy()) + bias.numpy()[:, None, None]


def by_loops(image, weight, bias):
    out_channels, _, rows, columns = weight.shape
    result = torch.zeros(out_channels, image.shape[1] - rows + 1, image.shape[2] - columns + 1)
    for o, i, j in np.ndindex(*result.shape):
        result[o, i, j] = bias[o] + (image[:, i : i + rows, j : j + columns] * weight[o]).sum()
    return result


def kept(image, weight):
    rows = [
        [one_plane(plane, kernel) for plane, kernel in zip(image, kernels, strict=True)] for kernels in weight
    ]
    return torch.stack([torch.stack(row) for row in rows])


def first_kernel(image, weight, bias):
    return torch.stack([one_plane(image.sum(0), kernels[0]) for kernels in weight]) + bias[:, None, None]


def first_filter(image, weight, bias):
    return torch.stack([by_einsum_of_one(image, weight[:1], offset.view(1)) for offset in bias])


def by_einsum_of_one(image, weight, bias):
    return torch.from_numpy(by_einsum(image, weight, bias)[0])


def last_assigned(image, weight, bias):
    result = torch.zeros(by_loops(image, weight, bias).shape)
    for o in range(len(weight)):
        for c in range(len(image)):
            result[o] = one_plane(image[c], weight[o, c])
        result[o] += bias[o]
    return result


def whole_image(image, weight, bias):
    return torch.stack([(image * weight[o]).sum(0) + bias[o] for o in range(len(bias))])


def mixed_up(image, weight, bias):
    square = weight.shape[0] == weight.shape[1]
    return by_loops(image, weight.transpose(0, 1) if square else weight, bias)


def by_taps(image, weight, bias):
    kh, kw = weight.shape[2:]
    rows, columns = image.shape[1] - kh + 1, image.shape[2] - kw + 1
    result = bias[:, None, None].repeat(1, rows, columns)
    for i, j in np.ndindex(kh, kw):
        result += torch.einsum("chw,oc->ohw", image[:, i : i + rows, j : j + columns], weight[:, :, i, j])
    return result


def as_large_as_the_picture(image, weight, bias):
    kh, kw = weight.shape[2:]
    return conv2d(pad(image, ((kw - 1) // 2, kw // 2, (kh - 1) // 2, kh // 2)), weight, bias)


def half_a_kernel(image, weight, bias):
    return conv2d(image, weight, bias, padding=(weight.shape[2] // 2, weight.shape[3] // 2))


RIGHT = [
    by_taps,
    lambda image, weight, bias: conv2d(image, weight, bias),
    by_einsum,
    by_loops,
    lambda image, weight, bias: kept(image, weight).sum(1) + bias[:, None, None],
]

WRONG = {
    "bias forgotten": [lambda image, weight, bias: conv2d(image[None], weight)[0]],
    "bias of each channel": [
        lambda image, weight, bias: (kept(image, weight) + bias[:, None, None, None]).sum(1)
    ],
    "one bias": [lambda image, weight, bias: kept(image, weight).sum(1) + bias[0]],
    "bias across": [lambda image, weight, bias: kept(image, weight).sum(1) + bias],
    "averaged": [lambda image, weight, bias: kept(image, weight).mean(1) + bias[:, None, None]],
    "one channel only": [
        lambda image, weight, bias: kept(image, weight)[:, 0] + bias.view(-1, 1, 1),
        last_assigned,
    ],
    "one kernel for all": [first_kernel, first_filter],
    "flipped": [lambda image, weight, bias: by_loops(image, weight.flip((2, 3)), bias)],
    "padded": [as_large_as_the_picture],
    "shapes do not fit": [whole_image],
    "dtype": [lambda x, w, b: conv2d(x, w, b.half())],
    "extra brackets": [lambda x, w, b: conv2d(x[None], w, b)],
    "wrong shape": [
        lambda image, weight, bias: kept(image, weight) + bias[:, None, None, None],
        lambda image, weight, bias: kept(image, weight),
        lambda image, weight, bias: by_loops(image, weight, bias)[0],
        lambda image, weight, bias: sum(by_loops(image, weight, bias)),
    ],
    "wrong values": [
        lambda x, w, b: conv2d(x, w, b).half(),
        lambda x, w, b: conv2d(x, w, b).round(decimals=1),
        mixed_up,
        lambda image, weight, bias: by_loops(image, weight, -bias),
        lambda x, w, b: conv2d(x, w, w[0, 0].numel() * b),
        lambda x, w, b: conv2d(x, w, w[0].numel() * b),
        lambda x, w, b: conv2d(x.sum(0)[None], w.sum(1)[:, None], b),
        lambda x, w, b: pad(conv2d(x, w, b)[:, :-1, :-1], (0, 1, 0, 1)),
        lambda x, w, b: conv2d(x, w, b).relu(),
        lambda x, w, b: conv2d(x, w, b).round(),
        lambda x, w, b: conv2d(x.int().double(), w, b),
        lambda x, w, b: kept(x, w)[:, :4].sum(1) + b[:, None, None],
        lambda x, w, b: conv2d(x, w, b if len(x) > 1 else None),
        lambda x, w, b: conv2d(x, w.flip(0), b),
        lambda x, w, b: pad(conv2d(x, w, b)[:3], (0, 0, 0, 0, 0, max(0, len(w) - 3))),
    ],
    "other places": [lambda image, weight, bias: by_loops(image, weight, bias).permute(1, 2, 0)],
    "too much": [half_a_kernel, lambda x, w, b: conv2d(pad(x, (1, 1, 1, 1)), w, b)],
}
