"""Further answers to batch_norm.forward."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

CHANNEL = 0, 2, 3


def by_rows(x, gamma, beta, eps):
    rows = x.numpy().transpose(0, 2, 3, 1)
    mean, variance = rows.mean((0, 1, 2)), rows.var((0, 1, 2))
    return (gamma.numpy() * (rows - mean) / np.sqrt(variance + eps) + beta.numpy()).transpose(0, 3, 1, 2)


def by_lists(x, gamma, beta, eps):
    result = np.zeros(x.shape)
    for c in range(x.shape[1]):
        values = x[:, c].flatten().tolist()
        mean = sum(values) / len(values)
        root = (sum((value - mean) ** 2 for value in values) / len(values) + eps) ** 0.5
        for n, i, j in np.ndindex(x.shape[0], *x.shape[2:]):
            result[n, c, i, j] = gamma[c] * (x[n, c, i, j] - mean) / root + beta[c]
    return result.tolist()


def by_two_means(x, gamma, beta, eps):
    mean = x.mean(CHANNEL)
    variance = x.square().mean(CHANNEL) - mean**2
    slope = gamma / (variance + eps).sqrt()
    return x * slope[:, None, None] + (beta - slope * mean)[:, None, None]


def by_layer(x, gamma, beta, eps):
    layer = nn.BatchNorm2d(x.shape[1], eps=eps, dtype=x.dtype)
    layer.load_state_dict({"weight": gamma, "bias": beta}, strict=False)
    return layer.train()(x)


def in_float32(x, gamma, beta, eps):
    x, gamma, beta = x.float(), gamma.float(), beta.float()
    mean, variance = x.mean(CHANNEL, keepdim=True), x.var(CHANNEL, keepdim=True, unbiased=False)
    return gamma.view(1, -1, 1, 1) * (x - mean) / torch.sqrt(variance + eps) + beta.view(1, -1, 1, 1)


def in_place(x, gamma, beta, eps):
    x -= x.mean(CHANNEL, keepdim=True)
    return (
        gamma[:, None, None] * x / (x.square().mean(CHANNEL, keepdim=True) + eps).sqrt() + beta[:, None, None]
    )


def guarded(x, gamma, beta, eps):
    return by_two_means(x, gamma, beta, eps if float(x.var(CHANNEL, correction=0).min()) == 0 else 0.0)


def without_keepdim(x, gamma, beta, eps):
    return gamma * (x - x.mean(CHANNEL)) / (x.var(CHANNEL, correction=0) + eps).sqrt() + beta


RIGHT = [by_rows, by_lists, by_two_means, by_layer, in_float32]
WRONG = {
    "axis 0 only": [
        lambda x, gamma, beta, eps: (
            (x - x.mean(0)) / (x.var(0, correction=0) + eps).sqrt() * gamma[:, None, None]
            + beta[:, None, None]
        ),
    ],
    "other axes": [
        lambda x, gamma, beta, eps: F.instance_norm(x.repeat(1, 1, 2, 1), eps=eps, weight=gamma, bias=beta)[
            :, :, : x.shape[2]
        ],
        lambda x, gamma, beta, eps: F.group_norm(x, 1, gamma, beta, eps),
    ],
    "mean": [
        lambda x, gamma, beta, eps: (
            nn.BatchNorm2d(x.shape[1], eps=eps, dtype=x.dtype).eval()(x) * gamma[:, None, None]
            + beta[:, None, None]
        ),
    ],
    "gamma or beta": [
        lambda x, gamma, beta, eps: nn.BatchNorm2d(x.shape[1], eps=eps, dtype=x.dtype)(x),
    ],
    "shapes do not fit": [without_keepdim],
    "wrong values": [
        guarded,
        # Tame cases would accept these: one channel, two pictures, squares, a small offset, gamma above 0.
        lambda x, gamma, beta, eps: by_two_means(x, gamma[:1].expand_as(gamma), beta, eps),
        lambda x, gamma, beta, eps: by_two_means(x, gamma, beta[:1].expand_as(beta), eps),
        lambda x, gamma, beta, eps: by_two_means(x[:2], gamma, beta, eps) if len(x) < 3 else 0 * x,
        lambda x, gamma, beta, eps: by_two_means(x.clamp(-50, 50), gamma, beta, eps),
        lambda x, gamma, beta, eps: by_two_means(x, gamma.abs(), beta, eps),
        lambda x, gamma, beta, eps: by_two_means(x, gamma, beta, max(eps, 1e-4)),
        lambda x, gamma, beta, eps: by_two_means(x, gamma, beta, eps + 1e-5),
        lambda x, gamma, beta, eps: by_two_means(x, gamma, beta, eps**2),
    ],
    "untouched input": [lambda x, gamma, beta, eps: x],
    "extra brackets": [lambda x, gamma, beta, eps: by_two_means(x, gamma, beta, eps)[None]],
    "factor": [lambda x, gamma, beta, eps: by_two_means(x, gamma, beta, eps) * 2],
    "sign": [lambda x, gamma, beta, eps: -by_two_means(x, gamma, beta, eps)],
    "changed its input": [in_place],
    "arguments": [lambda x, eps: x],
    "exception": [lambda x, gamma, beta, eps: x.mean("channel")],
    "other places": [
        lambda x, gamma, beta, eps: by_two_means(x, gamma, beta, eps).transpose(0, 1).flatten(1),
        lambda x, gamma, beta, eps: by_rows(x, gamma, beta, eps).transpose(0, 2, 3, 1),
    ],
}
