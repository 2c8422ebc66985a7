"""Further answers to pooling.max_gradient."""

import numpy as np
import torch
from torch.nn import functional as F


def by_loops(image, gradient, kernel_size, stride):
    result = torch.zeros_like(image)
    for i in range(gradient.shape[0]):
        for j in range(gradient.shape[1]):
            window = image[i * stride : i * stride + kernel_size, j * stride : j * stride + kernel_size]
            a, b = divmod(int(window.argmax()), kernel_size)
            result[i * stride + a, j * stride + b] += gradient[i, j]
    return result


def by_lists(image, gradient, kernel_size, stride):
    x, result = image.tolist(), [[0.0] * image.shape[1] for _ in image]
    for i, row in enumerate(gradient.tolist()):
        for j, value in enumerate(row):
            inside = [
                (i * stride + a, j * stride + b) for a in range(kernel_size) for b in range(kernel_size)
            ]
            m, n = max(inside, key=lambda place: x[place[0]][place[1]])
            result[m][n] += value
    return result


def by_backward(image, gradient, kernel_size, stride):
    leaf = image.clone().requires_grad_()
    F.max_pool2d(leaf[None], kernel_size, stride)[0].backward(gradient)
    return leaf.grad


def spread(image, gradient, k, s, weight):
    kernel = torch.full((1, 1, k, k), weight, dtype=gradient.dtype)
    sent = F.conv_transpose2d(gradient[None, None], kernel, stride=s)[0, 0]
    return F.pad(sent, (0, image.shape[1] - sent.shape[1], 0, image.shape[0] - sent.shape[0]))


def where_largest(image, gradient, k, s, split):
    result = torch.zeros_like(image)
    for i, j in np.ndindex(*gradient.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        mask = (window == window.max()).double()
        mask = mask / mask.sum() if split else mask
        result[i * s : i * s + k, j * s : j * s + k] += gradient[i, j] * mask
    return result


def last_of_equals(image, gradient, k, s):
    result = np.zeros(image.shape)
    for i, j in np.ndindex(*gradient.shape):
        inside = [(i * s + a, j * s + b) for a in range(k) for b in range(k)]
        place = max(inside, key=lambda at: (float(image[at]), at))
        result[place] += float(gradient[i, j])
    return result


def from_zero(image, gradient, k, s):
    result = torch.zeros_like(image)
    for i, j in np.ndindex(*gradient.shape):
        best, place = 0, (i * s, j * s)
        for a, b in np.ndindex(k, k):
            if image[i * s + a, j * s + b] > best:
                best, place = image[i * s + a, j * s + b], (i * s + a, j * s + b)
        result[place] += gradient[i, j]
    return result


def corners(image, gradient, k, s):
    result = torch.zeros_like(image)
    result[: gradient.shape[0] * s : s, : gradient.shape[1] * s : s] = gradient
    return result


def apart(image, gradient, k, s):
    fits = gradient.shape[0] * k <= image.shape[0] and gradient.shape[1] * k <= image.shape[1]
    return by_loops(image, gradient, k, k) if fits else image


def by_places(image, gradient, k, s):
    places = F.max_pool2d(image[None], k, s, return_indices=True)[1]
    return torch.zeros_like(image).flatten().index_add(0, places.flatten(), gradient.flatten()).view_as(image)


def given_to(winner, image, gradient, k, s):
    result = torch.zeros_like(image)
    for i, j in np.ndindex(*gradient.shape):
        a, b = winner(image[i * s : i * s + k, j * s : j * s + k])
        result[i * s + a, j * s + b] += gradient[i, j]
    return result


def first(window):
    return divmod(int(window.argmax()), window.shape[1])


def last_of_the_first_row(window):
    row = int(window.amax(1).argmax())
    return row, int((window[row] == window[row].max()).nonzero()[-1])


def in_the_corner(image, gradient, k, s):
    result = torch.zeros_like(image)
    for i, j in np.ndindex(*gradient.shape):
        result[first(image[i * s : i * s + k, j * s : j * s + k])] += gradient[i, j]
    return result


def found_anywhere(image, gradient, k, s):
    result = torch.zeros_like(image)
    for value, best in zip(gradient.flatten(), F.max_pool2d(image[None], k, s).flatten(), strict=True):
        result[tuple((image == best).nonzero()[0])] += value
    return result


def overwritten(image, gradient, k, s):
    result = torch.zeros_like(image)
    for i, j in np.ndindex(*gradient.shape):
        a, b = first(image[i * s : i * s + k, j * s : j * s + k])
        result[i * s + a, j * s + b] = gradient[i, j]
    return result


def nothing_below_zero(image, gradient, k, s):
    return by_loops(image, gradient * (F.max_pool2d(image[None], k, s)[0] > 0), k, s)


def without_a_place(image, gradient, k, s):
    result = torch.zeros_like(image)
    for i, j in np.ndindex(*gradient.shape):
        best = 0.0
        for a, b in np.ndindex(k, k):
            if image[i * s + a, j * s + b] > best:
                best, place = float(image[i * s + a, j * s + b]), (i * s + a, j * s + b)
        result[place] += gradient[i, j]
    return result


RIGHT = [by_loops, by_lists, by_backward, by_places]
WRONG = {
    "spread evenly": [
        lambda image, gradient, k, s: spread(image, gradient, k, s, 1 / k**2),
    ],
    "overwritten": [
        overwritten,
    ],
    "ties": [
        lambda image, gradient, k, s: where_largest(image, gradient, k, s, False),
        lambda image, gradient, k, s: where_largest(image, gradient, k, s, True),
    ],
    "another of equals": [
        last_of_equals,
        lambda image, gradient, k, s: given_to(lambda window: first(window.T)[::-1], image, gradient, k, s),
    ],
    "started at 0": [
        nothing_below_zero,
    ],
    "largest magnitude": [
        lambda image, gradient, k, s: given_to(lambda window: first(window.abs()), image, gradient, k, s),
    ],
    "found elsewhere": [
        found_anywhere,
    ],
    "stride ignored": [
        apart,
        lambda image, gradient, k, s: by_loops(image, gradient, k, k),
        lambda image, gradient, k, s: given_to(first, image, gradient, k, k),
    ],
    "wrong shape": [
        lambda image, gradient, k, s: F.max_pool2d(image[None], k, s)[0],
        lambda image, gradient, k, s: F.max_pool2d(image[None], k, s)[0] * gradient,
    ],
    "wrong values": [
        lambda image, gradient, k, s: spread(image, gradient, k, s, 1),
        from_zero,
        corners,
        lambda image, gradient, k, s: by_backward(-image, gradient, k, s),
        lambda image, gradient, k, s: by_loops(image, gradient, k, s) * image,
        lambda image, gradient, k, s: by_loops(image, torch.ones_like(gradient), k, s),
        lambda image, gradient, k, s: given_to(lambda window: first(window)[::-1], image, gradient, k, s),
        in_the_corner,
        lambda image, gradient, k, s: by_loops(image, gradient.sum()[None, None], len(image), 1),
        lambda image, gradient, k, s: given_to(first, image, gradient, k, 1),
        # Tame cases would accept these: whole pixels, whole slopes, a start at -1, ties within a row.
        lambda image, gradient, k, s: by_loops(image, gradient.trunc(), k, s),
        lambda image, gradient, k, s: by_loops(image.clamp(min=-1), gradient, k, s),
        lambda image, gradient, k, s: given_to(last_of_the_first_row, image, gradient, k, s),
        lambda image, gradient, k, s: (
            gradient.sum() * (torch.arange(image.numel()) == image.argmax()).view_as(image)
        ),
    ],
    "transposed": [
        lambda image, gradient, k, s: by_loops(image, gradient, k, s).T,
    ],
    "sign": [
        lambda image, gradient, k, s: -by_loops(image, gradient, k, s),
    ],
    "factor": [
        lambda image, gradient, k, s: 2 * by_backward(image, gradient, k, s),
    ],
    "arguments": [
        lambda image, gradient: by_loops(image, gradient, 2, 2),
    ],
    "changed its input": [
        lambda image, gradient, k, s: -by_loops(image, gradient.neg_(), k, s),
    ],
    "exception": [
        without_a_place,
        lambda image, gradient, k, s: gradient * (image == image.max()),
        lambda image, gradient, k, s: F.max_pool2d(image, k, s),
    ],
    "other places": [
        lambda image, gradient, k, s: by_loops(image, gradient, k, s).flatten(),
        lambda image, gradient, k, s: by_loops(image.trunc(), gradient, k, s),
    ],
}
