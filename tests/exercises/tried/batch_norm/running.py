"""Further answers to batch_norm.running."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

CHANNEL = 0, 2, 3


def by_loop(batches, training, momentum):
    mean, variance = torch.zeros(batches.shape[2]), torch.ones(batches.shape[2])
    for x, is_training in zip(batches, training, strict=True):
        if is_training:
            mean = (1 - momentum) * mean + momentum * x.mean(CHANNEL)
            variance = (1 - momentum) * variance + momentum * x.var(CHANNEL)
    return mean, variance


def by_steps(batches, training, momentum):
    mean, variance = np.zeros(batches.shape[2]), np.ones(batches.shape[2])
    for k in np.flatnonzero(training):
        values = np.moveaxis(batches[k].numpy(), 1, 0).reshape(len(mean), -1)
        n = values.shape[1]
        mean += momentum * (values.mean(1) - mean)
        variance += momentum * (values.var(1) * n / (n - 1) - variance)
    return [mean, variance]


def by_function(batches, training, momentum):
    mean, variance = batches.new_zeros(batches.shape[2]), batches.new_ones(batches.shape[2])
    for x, is_training in zip(batches, training, strict=True):
        F.batch_norm(x, mean, variance, training=is_training, momentum=momentum)
    return torch.stack([mean, variance])


def by_layer_of_float32(batches, training, momentum):
    layer = nn.BatchNorm2d(batches.shape[2], momentum=momentum)
    for x, is_training in zip(batches, training, strict=True):
        layer.train(is_training)(x)
    return layer.running_mean, layer.running_var


def by_recursion(batches, training, momentum):
    if not training:
        return np.stack([np.zeros(batches.shape[2]), np.ones(batches.shape[2])])
    before = by_recursion(batches[:-1], training[:-1], momentum)
    x = batches[-1].numpy()
    now = np.stack([x.mean(CHANNEL), x.var(CHANNEL, ddof=1)])
    return (1 - momentum) * before + momentum * now if training[-1] else before


def of_changed_list(batches, training, momentum):
    result = by_loop(batches, training, momentum)
    training.clear()
    return result


def started_empty(batches, training, momentum):
    running = None
    for x, is_training in zip(batches, training, strict=True):
        if is_training:
            now = torch.stack([x.mean(CHANNEL), x.var(CHANNEL)])
            running = now if running is None else torch.lerp(running, now, momentum)
    return running


def about_the_running_mean(batches, training, momentum):
    mean, variance = torch.zeros(batches.shape[2]), torch.ones(batches.shape[2])
    for x in batches[training]:
        mean = (1 - momentum) * mean + momentum * x.mean(CHANNEL)
        squares = (x - mean[:, None, None]).square().sum(CHANNEL)
        variance = (1 - momentum) * variance + momentum * squares / (x[:, 0].numel() - 1)
    return mean, variance


def layer_in_one_mode(batches, training, momentum):
    layer = nn.BatchNorm2d(batches.shape[2], momentum=momentum, dtype=batches.dtype)
    for x in batches:
        layer(x)
    return layer.running_mean, layer.running_var


RIGHT = [by_loop, by_steps, by_function, by_layer_of_float32, by_recursion]
WRONG = {
    "eval mode": [layer_in_one_mode],
    "start": [started_empty],
    "reversed": [lambda b, t, m: by_steps(b, t, 1 - m)],
    "not mixed": [
        lambda b, t, m: by_steps(b, t, 0.1),
        lambda b, t, m: (b[t].mean((0, 1, 3, 4)), b[t].var((1, 3, 4)).mean(0)),
    ],
    "wrong values": [
        about_the_running_mean,
        # Tame cases would accept these: two batches, one channel, small numbers, one picture, a square.
        lambda b, t, m: by_steps(b[:3], t[:3], m),
        lambda b, t, m: np.stack([np.full_like(each, each[0]) for each in by_steps(b, t, m)]),
        lambda b, t, m: by_steps(b.clamp(-50, 50), t, m),
        lambda b, t, m: by_steps(b.abs(), t, m),
        lambda b, t, m: by_steps(b, t, round(m, 0)),
        lambda b, t, m: by_steps(b, [True, *t[1:]], m),
        lambda b, t, m: by_steps(b, [*t[:-1], True], m),
        lambda b, t, m: (by_loop(b, t, m)[0], 0 * by_loop(b, t, m)[1]),
    ],
    "wrong shape": [
        lambda b, t, m: by_loop(b, t, m)[0],
    ],
    "transposed": [lambda b, t, m: torch.stack(by_loop(b, t, m)).T],
    "extra brackets": [lambda b, t, m: torch.stack(by_loop(b, t, m))[:, None, :, None]],
    "sign": [lambda b, t, m: -torch.stack(by_loop(b, t, m))],
    "factor": [lambda b, t, m: 2 * torch.stack(by_loop(b, t, m))],
    "not finite": [lambda b, t, m: (b[t].mean(1).sum((0, 2, 3)) / 0, b[t].var((0, 3, 4)).mean(0))],
    "changed its input": [of_changed_list],
    "arguments": [lambda batches, momentum: by_loop(batches, [True] * len(batches), momentum)],
    "exception": [lambda b, t, m: by_loop(b, ~t, m)],
    "nothing": [lambda b, t, m: [None, None]],
}
