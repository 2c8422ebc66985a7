import numpy as np
import torch
from torch.nn.functional import conv1d, pad


def by_convolution(samples, step):
    return np.convolve(samples, [1, 0, -1], "valid") / (2 * step)


def by_loop(samples, step):
    return [(samples[i + 1] - samples[i - 1]) / (2 * step) for i in range(1, len(samples) - 1)]


def differences(samples, step, weights):
    return conv1d(samples.view(1, 1, -1), samples.new_tensor(weights).view(1, 1, -1))[0, 0] / step


RIGHT = [
    by_convolution,
    by_loop,
    lambda samples, step: torch.gradient(samples, spacing=float(step))[0][1:-1],
    lambda samples, step: np.gradient(samples.numpy(), step)[1:-1],
    lambda samples, step: (torch.diff(samples)[1:] + torch.diff(samples)[:-1]) / 2 / step,
    lambda samples, step: differences(samples, step, [-0.5, 0, 0.5]),
]
WRONG = {
    "neighbours": [lambda samples, step: differences(samples, step, [-1, 1])],
    "not divided by 2": [lambda samples, step: differences(samples, step, [-1, 0, 1])],
    "not divided by step": [lambda samples, step: differences(samples, 2, [-1, 0, 1])],
    "precedence": [lambda samples, step: [float(d) / 2 * step for d in samples[2:] - samples[:-2]]],
    "borders kept": [lambda samples, step: np.gradient(samples.numpy(), step)],
    "exception": [
        lambda samples, step: [(samples[i + 1] - samples[i - 1]) / 2 for i in range(len(samples))],
        lambda samples, step: [samples[i + 1] - samples[i - 1] for i in range(len(samples))],
    ],
    "factor": [lambda samples, step: (samples[:-2] - samples[2:]) / step],
    "nothing": [
        lambda samples, step: by_loop(samples, step).reverse(),
        lambda samples, step: [samples[i + 2] - samples[i] for i in range(2)].reverse(),
    ],
    "one too long": [
        lambda samples, step: torch.diff(samples) / (2 * step),
        lambda samples, step: torch.diff(samples),
        lambda samples, step: np.gradient(samples.numpy(), step, edge_order=2)[1:],
    ],
    "one too short": [lambda samples, step: by_loop(samples, step)[:-1]],
    "reversed": [lambda samples, step: by_convolution(samples, step)[::-1].copy()],
    "sign": [lambda samples, step: differences(samples, 2 * step, [1, 0, -1])],
    "wrong values": [
        lambda samples, step: (samples[2:] - samples[:-2]) // 2 / step,
        lambda samples, step: differences(samples, 1.0, [-1, 0, 1]),
        lambda samples, step: [2 * step * float(d) for d in samples[2:] - samples[:-2]],
        lambda samples, step: np.diff(samples, n=2),
        lambda samples, step: [
            (samples[i + 1] - samples[i - 1]) / (2 * step) for i in range(len(samples) - 2)
        ],
        lambda samples, step: samples[2:] - samples[:-2] / 2 * step,
        lambda samples, step: differences(samples, step, [1, -2, 1]),
        lambda samples, step: samples[:-2] - samples[2:],
        lambda samples, step: (samples[2:] + samples[:-2]) / (2 * step),
        lambda samples, step: (samples[2:] - samples[:-2]) / (2 * step if step <= 1 else 2 * step**2),
    ],
    "too much": [
        lambda samples, step: np.convolve(samples, [1, 0, -1], "same") / (2 * step),
        lambda samples, step: (samples.roll(-1) - samples.roll(1)) / (2 * step),
        lambda samples, step: pad(samples[2:] - samples[:-2], (1, 1)) / (2 * step),
        lambda samples, step: np.convolve(samples, [1, 0, -1]) / (2 * step),
    ],
    "a part": [lambda samples, step: differences(samples[:6], 2 * step, [-1, 0, 1])],
}
