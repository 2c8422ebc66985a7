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


RIGHT = [by_loops, by_lists, by_backward]
WRONG = {
    "one value a window": [lambda image, gradient, k, s: F.max_pool2d(image[None], k, s)[0]],
    "spread evenly": [lambda image, gradient, k, s: spread(image, gradient, k, s, 1 / k**2)],
    "sent to all": [lambda image, gradient, k, s: spread(image, gradient, k, s, 1)],
    "ties": [lambda image, gradient, k, s: where_largest(image, gradient, k, s, False)],
    "ties shared": [lambda image, gradient, k, s: where_largest(image, gradient, k, s, True)],
    "last of equals": [last_of_equals],
    "started at 0": [from_zero],
    "first pixel": [corners],
    "smallest": [lambda image, gradient, k, s: by_backward(-image, gradient, k, s)],
    "times the pixel": [lambda image, gradient, k, s: by_loops(image, gradient, k, s) * image],
    "ones": [lambda image, gradient, k, s: by_loops(image, torch.ones_like(gradient), k, s)],
    "stride ignored": [apart, lambda image, gradient, k, s: by_loops(image, gradient, k, k)],
    "transposed": [lambda image, gradient, k, s: by_loops(image, gradient, k, s).T],
    "sign": [lambda image, gradient, k, s: -by_loops(image, gradient, k, s)],
    "wrong shape": [lambda image, gradient, k, s: by_loops(image, gradient, k, s).flatten()],
    "factor": [lambda image, gradient, k, s: 2 * by_backward(image, gradient, k, s)],
    "arguments": [lambda image, gradient: by_loops(image, gradient, 2, 2)],
    "changed its input": [lambda image, gradient, k, s: -by_loops(image, gradient.neg_(), k, s)],
}
