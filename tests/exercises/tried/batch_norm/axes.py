"""Further answers to batch_norm.axes."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


def by_view(x, num_groups, eps):
    groups = x.reshape(len(x), num_groups, -1)
    mean, variance = groups.mean(2, keepdim=True), groups.var(2, correction=0, keepdim=True)
    return ((groups - mean) / torch.sqrt(variance + eps)).reshape(x.shape)


def by_slices(x, num_groups, eps):
    result, size = torch.zeros_like(x), x.shape[1] // num_groups
    for n in range(len(x)):
        for start in range(0, x.shape[1], size):
            part = x[n, start : start + size]
            result[n, start : start + size] = (part - part.mean()) / (part.var(correction=0) + eps) ** 0.5
    return result


def by_chunks(x, num_groups, eps):
    parts = x.numpy().reshape(len(x) * num_groups, -1)
    return ((parts - parts.mean(1)[:, None]) / np.sqrt(parts.var(1)[:, None] + eps)).reshape(x.shape)


def by_module(x, num_groups, eps):
    return nn.GroupNorm(num_groups, x.shape[1], eps=eps)(x)


def by_batch_norm(x, num_groups, eps):
    rows = x.reshape(1, len(x) * num_groups, -1)
    return F.batch_norm(rows, None, None, training=True, eps=eps).view(x.shape)


def per_group_of_the_batch(x, num_groups, eps):
    parts = x.chunk(num_groups, dim=1)
    return torch.cat([(part - part.mean()) / (part.var(correction=0) + eps).sqrt() for part in parts], dim=1)


def interleaved(x, num_groups, eps):
    result = torch.zeros_like(x)
    for g in range(num_groups):
        part = x[:, g::num_groups]
        mean, variance = part.mean((1, 2, 3), keepdim=True), part.var((1, 2, 3), correction=0, keepdim=True)
        result[:, g::num_groups] = (part - mean) / (variance + eps).sqrt()
    return result


def in_place(x, num_groups, eps):
    groups = x.view(len(x), num_groups, -1)
    groups -= groups.mean(2, keepdim=True)
    groups /= (groups.square().mean(2, keepdim=True) + eps).sqrt()
    return x


def without_the_last_rest(x, num_groups, eps):
    """Take groups of two channels."""
    return by_view(x, max(x.shape[1] // 2, 1), eps) if x.shape[1] % 2 == 0 else by_view(x, 1, eps)


RIGHT = [by_view, by_slices, by_chunks, by_module, by_batch_norm]
WRONG = {
    "batch included": [
        per_group_of_the_batch,
        lambda x, num_groups, eps: F.batch_norm(x, None, None, training=True, eps=eps),
    ],
    "other channels": [
        interleaved,
        lambda x, num_groups, eps: F.group_norm(x, x.shape[1] // num_groups, eps=eps),
    ],
    "groups ignored": [lambda x, num_groups, eps: F.layer_norm(x, x.shape[1:], eps=eps)],
    "part of a group": [lambda x, num_groups, eps: F.layer_norm(x, x.shape[3:], eps=eps)],
    "eps": [lambda x, num_groups, eps: F.group_norm(x, num_groups)],
    "not put together": [
        lambda x, num_groups, eps: by_view(x, num_groups, eps).unflatten(1, (num_groups, -1))
    ],
    "wrong values": [
        without_the_last_rest,
        lambda x, num_groups, eps: by_view(x, num_groups, eps) * 2 + 1,
        # Tame cases would accept these: two groups, one picture, a small offset, a large eps.
        lambda x, num_groups, eps: by_view(x, min(num_groups, 2) if x.shape[1] % 2 == 0 else 1, eps),
        lambda x, num_groups, eps: by_view(x[:1].expand_as(x), num_groups, eps),
        lambda x, num_groups, eps: by_view(x.clamp(-50, 50), num_groups, eps),
        lambda x, num_groups, eps: by_view(x, num_groups, max(eps, 1e-4)),
        lambda x, num_groups, eps: by_view(x.abs(), num_groups, eps),
        lambda x, num_groups, eps: by_view(x, num_groups, eps).abs(),
    ],
    "untouched input": [lambda x, num_groups, eps: x],
    "wrong shape": [
        lambda x, num_groups, eps: by_view(x, num_groups, eps).mean((2, 3)),
    ],
    "extra brackets": [lambda x, num_groups, eps: by_view(x, num_groups, eps)[None]],
    "factor": [lambda x, num_groups, eps: 3 * by_view(x, num_groups, eps)],
    "sign": [lambda x, num_groups, eps: -by_view(x, num_groups, eps)],
    "changed its input": [in_place],
    "arguments": [lambda x, num_groups, gamma, beta, eps: x],
    "exception": [lambda x, num_groups, eps: x.view(num_groups, 3, -1).mean(2)],
    "other places": [lambda x, num_groups, eps: by_view(x, num_groups, eps).flatten()],
}
