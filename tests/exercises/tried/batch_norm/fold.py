"""Further answers to batch_norm.fold."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


def by_view(weight, bias, mean, variance, gamma, beta, eps):
    factor = gamma * torch.rsqrt(variance + eps)
    return weight * factor.view(-1, 1, 1, 1), factor * bias + (beta - factor * mean)


def by_pictures(weight, bias, *norm):
    *norm, eps = norm
    pixels = torch.eye(weight[0].numel(), dtype=weight.dtype)
    pictures = torch.cat([pixels, 0 * pixels[:1]]).view(-1, *weight.shape[1:])
    seen = F.batch_norm(F.conv2d(pictures, weight, bias), *norm, eps=eps)[:, :, 0, 0]
    return (seen[:-1] - seen[-1]).T.reshape(weight.shape), seen[-1]


def by_lists(weight, bias, mean, variance, gamma, beta, eps):
    kernels, biases = [], []
    for o in range(len(weight)):
        root = (float(variance[o]) + eps) ** 0.5
        kernels.append((weight[o] * gamma[o] / root).tolist())
        biases.append(float((bias[o] - mean[o]) * gamma[o] / root + beta[o]))
    return kernels, biases


def by_modules(weight, bias, mean, variance, gamma, beta, eps):
    o, c, kh, kw = weight.shape
    conv, norm = nn.Conv2d(c, o, (kh, kw), dtype=weight.dtype), nn.BatchNorm2d(o, eps=eps, dtype=weight.dtype)
    conv.load_state_dict({"weight": weight, "bias": bias})
    state = {"weight": gamma, "bias": beta, "running_mean": mean, "running_var": variance}
    norm.load_state_dict(state, strict=False)
    fused = nn.utils.fuse_conv_bn_eval(conv.eval(), norm.eval())
    return fused.weight, fused.bias


def by_einsum(weight, bias, mean, variance, gamma, beta, eps):
    factor = gamma.numpy() / np.sqrt(variance.numpy() + eps)
    return [np.einsum("o,ocij->ocij", factor, weight.numpy()), factor * (bias - mean).numpy() + beta.numpy()]


def in_place(weight, bias, mean, variance, gamma, beta, eps):
    weight *= (gamma / (variance + eps).sqrt())[:, None, None, None]
    return weight, (bias - mean) * gamma / (variance + eps).sqrt() + beta


def with_parts(change):
    """Return an answer whose weight and bias are changed by a function of both and the inputs."""
    return lambda *given: change(*by_view(*given), *given)


RIGHT = [by_view, by_pictures, by_lists, by_modules, by_einsum]
WRONG = {
    "no root": [
        lambda w, b, mean, v, g, beta, eps: by_view(w, b, mean, (v + eps) ** 2, g, beta, 0.0),
    ],
    "factor": [
        lambda w, b, mean, v, g, beta, eps: by_view(w, b, mean, v, torch.ones_like(g), beta, eps),
        lambda w, b, mean, v, g, beta, eps: by_view(w, b, mean, (v.sqrt() + eps) ** 2, g, beta, 0.0),
    ],
    "not scaled": [
        with_parts(lambda nw, nb, w, b, mean, v, g, beta, eps: (nw, nb + b - b * g / (v + eps).sqrt())),
    ],
    "bias": [
        with_parts(lambda nw, nb, w, b, *norm: (nw, b)),
        with_parts(lambda nw, nb, w, b, mean, v, g, beta, eps: (nw, beta)),
        with_parts(lambda nw, nb, *given: (nw, 0 * nb)),
        with_parts(lambda nw, nb, w, b, mean, v, g, beta, eps: (nw, nb - 2 * beta)),
        with_parts(lambda nw, nb, w, b, mean, v, g, beta, eps: (nw, (b - mean) * g + beta)),
        lambda w, b, mean, v, g, beta, eps: by_view(w, b, -mean, v, g, beta, eps),
        lambda w, b, mean, v, g, beta, eps: by_view(w, 0 * b, mean, v, g, beta, eps),
    ],
    "weight": [
        with_parts(lambda nw, nb, w, *others: (w, nb)),
        with_parts(lambda nw, nb, w, *others: (nw.flip(3), nb)),
        with_parts(lambda nw, nb, *given: (nw.abs(), nb)),
    ],
    "other axis": [
        with_parts(lambda nw, nb, w, b, mean, v, g, beta, eps: (w * g / (v + eps).sqrt(), nb)),
    ],
    "shapes do not fit": [
        lambda w, b, mean, v, g, beta, eps: (w * (g / (v + eps).sqrt()).repeat(5), b),
    ],
    "pair": [with_parts(lambda nw, nb, *given: (nb, nw))],
    "wrong shape": [
        with_parts(lambda nw, nb, *given: nw),
        with_parts(lambda nw, nb, *given: (nw, nb, nb)),
        with_parts(lambda nw, nb, *given: (nw.sum(), nb)),
    ],
    "wrong values": [
        with_parts(lambda nw, nb, *given: (nw + 1, nb + 1)),
        # Tame cases would accept these: variances or means above 0, gamma above 0, two output channels.
        lambda w, b, mean, v, g, beta, eps: (
            by_view(w, b, mean.abs(), v, g, beta, eps)
            if len(w) != 2
            else by_view(w, b, mean, v, g, beta, eps)
        ),
        lambda w, b, mean, v, g, beta, eps: by_view(w, b, mean, v.clamp(min=0.1), g, beta, eps),
        lambda w, b, mean, v, g, beta, eps: by_view(w, b, mean, v, g, beta, max(eps, 0.01)),
        lambda w, b, mean, v, g, beta, eps: by_view(w, b, mean, v, g, beta, eps + 1e-3),
    ],
    "sign": [with_parts(lambda nw, nb, *given: (-nw, -nb))],
    "not finite": [with_parts(lambda nw, nb, *given: (nw / 0, nb))],
    "changed its input": [in_place],
    "arguments": [lambda conv, norm: (conv.weight, conv.bias)],
    "exception": [lambda w, b, mean, v, g, beta, eps: nn.BatchNorm2d(w, eps)],
}
