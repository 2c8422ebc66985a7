"""Further answers to batch_norm.input_gradient."""

import numpy as np
import torch
from torch.nn import functional as F

CHANNEL = 0, 2, 3


def mean(values):
    return values.mean(CHANNEL, keepdim=True)


def by_steps(gradient, x, gamma, eps):
    g, d = np.asarray(gradient * gamma[:, None, None]), np.asarray(x - mean(x))
    root = np.sqrt((d**2).mean(CHANNEL, keepdims=True) + eps)
    to_variance = -(g * d / root**3).sum(CHANNEL, keepdims=True) / 2
    to_distance = g / root + to_variance * 2 * d / d[:, 0].size
    return to_distance - to_distance.mean(CHANNEL, keepdims=True)


def by_sums(gradient, x, gamma, eps):
    m = x.numel() // x.shape[1]
    root = torch.sqrt(x.var(CHANNEL, correction=0, keepdim=True) + eps)
    z, g = (x - mean(x)) / root, gradient * gamma.view(1, -1, 1, 1)
    taken = g.sum(CHANNEL, keepdim=True) + z * (g * z).sum(CHANNEL, keepdim=True)
    return (m * g - taken) / (m * root)


def by_jacobian(gradient, x, gamma, eps):
    result = np.zeros(x.shape)
    for c in range(x.shape[1]):
        d = (x[:, c] - x[:, c].mean()).flatten().numpy()
        root = np.sqrt(np.mean(d**2) + eps)
        jacobian = (np.eye(len(d)) - 1 / len(d) - np.outer(d, d) / root**2 / len(d)) / root
        result[:, c] = (gamma[c].item() * jacobian @ gradient[:, c].flatten().numpy()).reshape(x[:, c].shape)
    return result


def by_backward(gradient, x, gamma, eps):
    leaf = x.clone().requires_grad_()
    F.batch_norm(leaf, None, None, gamma, training=True, eps=eps).backward(gradient)
    return leaf.grad


def by_lists(gradient, x, gamma, eps):
    result = torch.zeros_like(x)
    for c in range(x.shape[1]):
        values, slopes = x[:, c].flatten().tolist(), (gamma[c] * gradient[:, c]).flatten().tolist()
        m = len(values)
        mu, middle = sum(values) / m, sum(slopes) / m
        root = (sum((value - mu) ** 2 for value in values) / m + eps) ** 0.5
        along = sum(slope * (value - mu) for slope, value in zip(slopes, values, strict=True)) / m / root**2
        arrives = [
            (slope - middle - along * (value - mu)) / root
            for slope, value in zip(slopes, values, strict=True)
        ]
        result[:, c] = torch.tensor(arrives).view(x[:, c].shape)
    return result


def divided_by_pictures(gradient, x, gamma, eps):
    root = torch.sqrt(x.var(CHANNEL, correction=0, keepdim=True) + eps)
    z, g = (x - mean(x)) / root, gradient * gamma.view(1, -1, 1, 1)
    taken = g.sum(CHANNEL, keepdim=True) + z * (g * z).sum(CHANNEL, keepdim=True)
    return (len(x) * g - taken) / (len(x) * root)


def detached(gradient, x, gamma, eps):
    leaf = x.clone().requires_grad_()
    z = (leaf - mean(x)) / (x.var(CHANNEL, correction=0, keepdim=True) + eps).sqrt()
    (z * gamma[:, None, None]).backward(gradient)
    return leaf.grad


def variance_detached(gradient, x, gamma, eps):
    leaf = x.clone().requires_grad_()
    z = (leaf - mean(leaf)) / (x.var(CHANNEL, correction=0, keepdim=True) + eps).sqrt()
    (z * gamma[:, None, None]).backward(gradient)
    return leaf.grad


def mean_detached(gradient, x, gamma, eps):
    leaf = x.clone().requires_grad_()
    variance = (leaf - mean(x)).square().mean(CHANNEL, keepdim=True)
    ((leaf - mean(x)) / (variance + eps).sqrt() * gamma[:, None, None]).backward(gradient)
    return leaf.grad


def of_eval_mode(gradient, x, gamma, eps):
    leaf = x.clone().requires_grad_()
    F.batch_norm(leaf, torch.zeros_like(gamma), torch.ones_like(gamma), gamma, eps=eps).backward(gradient)
    return leaf.grad


def unbiased(gradient, x, gamma, eps):
    leaf = x.clone().requires_grad_()
    z = (leaf - mean(leaf)) / (leaf.var(CHANNEL, keepdim=True) + eps).sqrt()
    (z * gamma[:, None, None]).backward(gradient)
    return leaf.grad


def uncentred(gradient, x, gamma, eps):
    root = (x.var(CHANNEL, correction=0, keepdim=True) + eps).sqrt()
    g = gradient * gamma[:, None, None]
    return (g - mean(g) - x / root * mean(g * x / root)) / root


def of_each_picture(gradient, x, gamma, eps):
    pairs = zip(gradient.split(1), x.split(1), strict=True)
    return torch.cat([by_sums(g, one, gamma, eps) for g, one in pairs])


def in_place(gradient, x, gamma, eps):
    gradient *= gamma[:, None, None]
    return by_sums(gradient, x, torch.ones_like(gamma), eps)


RIGHT = [by_steps, by_sums, by_jacobian, by_backward, by_lists]
WRONG = {
    "statistics held constant": [detached, of_eval_mode],
    "variance term missing": [variance_detached],
    "mean term missing": [mean_detached],
    "order": [lambda gradient, x, gamma, eps: by_backward(x, gradient, gamma, eps)],
    "not a mean": [divided_by_pictures],
    "factor": [
        lambda gradient, x, gamma, eps: by_backward(gradient, x, torch.ones_like(gamma), eps),
        lambda gradient, x, gamma, eps: by_sums(gradient, x, gamma, 0.0),
    ],
    "shapes do not fit": [lambda gradient, x, gamma, eps: by_sums(gradient * gamma, x, gamma**0, eps)],
    "wrong values": [
        unbiased,
        uncentred,
        of_each_picture,
        lambda gradient, x, gamma, eps: by_sums(gradient, x, gamma, 1e-5),
        # Tame cases would accept these: gamma or the gradient above 0, whole numbers, a large variance.
        lambda gradient, x, gamma, eps: by_sums(gradient, x, gamma.abs(), eps),
        lambda gradient, x, gamma, eps: by_sums(gradient.abs(), x, gamma, eps),
        lambda gradient, x, gamma, eps: by_sums(gradient.trunc(), x, gamma, eps),
        lambda gradient, x, gamma, eps: by_sums(gradient, x, gamma, max(eps, 1e-3)),
        lambda gradient, x, gamma, eps: by_sums(gradient, x, gamma[:1].expand_as(gamma), eps),
    ],
    "untouched input": [lambda gradient, x, gamma, eps: gradient],
    "sign": [lambda gradient, x, gamma, eps: -by_sums(gradient, x, gamma, eps)],
    "wrong shape": [
        lambda gradient, x, gamma, eps: gradient.sum(CHANNEL),
        lambda gradient, x, gamma, eps: by_sums(gradient, x, gamma, eps).sum(0),
    ],
    "extra brackets": [lambda gradient, x, gamma, eps: by_sums(gradient, x, gamma, eps)[None]],
    "changed its input": [in_place],
    "arguments": [lambda gradient, x, gamma, beta, eps: gradient],
    "exception": [lambda gradient, x, gamma, eps: x.backward(gradient)],
}
