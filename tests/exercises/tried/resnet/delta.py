import numpy as np
import torch
from torch import nn

from cnnlab.lessons.resnet.delta import copying


def by_layers(m, v, e):
    """Set the parameters of layers, and hand those back."""
    conv = nn.Conv2d(len(m), len(m), 3, padding=1, bias=False)
    norm = nn.BatchNorm2d(len(m), eps=e)
    nn.init.dirac_(conv.weight)
    norm.weight.data, norm.bias.data = (v + e).sqrt(), m.clone()
    return conv.weight, (norm.weight, norm.bias)


def by_number(m, v, e):
    channels = range(len(m))
    weight = [
        [[[float(i == o and r == c == 1) for c in range(3)] for r in range(3)] for i in channels]
        for o in channels
    ]
    return weight, ([(one.item() + e) ** 0.5 for one in v], [one.item() for one in m])


def by_index(m, v, e):
    weight = torch.zeros(len(m), len(m), 3, 3)
    weight[range(len(m)), range(len(m)), 1, 1] = 1
    return [weight, torch.stack((torch.sqrt(v + e), m))]


def by_solving(m, v, e):
    """Find gamma and beta from two points: mean stays mean, and 0 stays 0."""
    slope = 1 / torch.sqrt(v + e)
    gamma = 1 / slope
    return copying(m), (gamma, 0 - (0 - m) * slope * gamma)


def filled(m, places, value=1.0):
    weight = torch.zeros(len(m), len(m), 3, 3)
    weight[places] = value
    return weight


def root(v, e):
    return (v + e).sqrt()


def altered(m, v, e):
    v += e
    return copying(m), (v.sqrt(), m)


EVERY = slice(None)
RIGHT = [by_layers, by_number, by_index, by_solving]
WRONG = {
    "gamma and beta": [
        lambda m, v, e: (copying(m), (torch.ones(len(m)), torch.zeros(len(m)))),
        lambda m, v, e: (copying(m), by_index(m, v, e)[1].flip(0)),
        # Folded the other way round, as into a convolution behind the normalisation.
        lambda m, v, e: (copying(m), (1 / root(v, e), -m / root(v, e))),
        lambda m, v, e: (copying(m), (v, -m)),
        lambda m, v, e: (copying(m), torch.stack((root(v, e), m), 1)),
    ],
    "in the weight": [
        lambda m, v, e: (copying(m) * root(v, e)[:, None, None, None], (torch.ones(len(m)), m / root(v, e))),
    ],
    "weight": [
        lambda m, v, e: (filled(m, (EVERY, EVERY, 1, 1)), (root(v, e), m)),
        lambda m, v, e: (filled(m, (range(len(m)), range(len(m)), 0, 0)), (root(v, e), m)),
        lambda m, v, e: (filled(m, (range(len(m)), range(len(m)))), (root(v, e), m)),
        lambda m, v, e: (filled(m, (range(len(m)), range(len(m))), 1 / 9), (root(v, e), m)),
        lambda m, v, e: (filled(m, EVERY), (root(v, e), m)),
        lambda m, v, e: (filled(m, EVERY, 0.0), (root(v, e), m)),
        lambda m, v, e: (torch.eye(3).expand(len(m), len(m), 3, 3), (root(v, e), m)),
        lambda m, v, e: (-copying(m), (root(v, e), m)),
        # Right for one channel, or for no more than one.
        lambda m, v, e: (filled(m, (EVERY, 0, 1, 1)), (root(v, e), m)),
        lambda m, v, e: (copying(m).flip(0), (root(v, e), m)),
    ],
    "gamma": [
        lambda m, v, e: (copying(m), (torch.ones(len(m)), m)),
        lambda m, v, e: (copying(m), (1 / root(v, e), m)),
        lambda m, v, e: (copying(m), ((v**2 + e).sqrt(), m)),
        lambda m, v, e: (copying(m), (v, m)),
        lambda m, v, e: (copying(m), ((v + e) ** 2, m)),
        lambda m, v, e: (copying(m), (-root(v, e), m)),
        lambda m, v, e: (copying(m), (root(v, 1e-5), m)),
        # Right where the variance is not 0, and for channels of one variance.
        lambda m, v, e: (copying(m), (root(v, e) * (v > 0), m)),
        lambda m, v, e: (copying(m), (root(v.mean().expand_as(v), e), m)),
    ],
    "beta": [
        lambda m, v, e: (copying(m), (root(v, e), 0 * m)),
        lambda m, v, e: (copying(m), (root(v, e), -m)),
        lambda m, v, e: (copying(m), (root(v, e), m / root(v, e))),
        lambda m, v, e: (copying(m), (root(v, e), -m / root(v, e))),
        lambda m, v, e: (copying(m), (root(v, e), m * root(v, e))),
        lambda m, v, e: (copying(m), (root(v, e), -m * root(v, e))),
        lambda m, v, e: (copying(m), (root(v, e), root(v, e))),
        # Right for positive means, and for channels of one mean.
        lambda m, v, e: (copying(m), (root(v, e), m.abs())),
        lambda m, v, e: (copying(m), (root(v, e), m.clamp(min=0))),
        lambda m, v, e: (copying(m), (root(v, e), m.mean().expand_as(m))),
    ],
    "wrong values": [
        lambda m, v, e: (filled(m, (EVERY, EVERY, 1, 1)), (v.sqrt(), m)),
        # Right for up to two channels, and for larger variances.
        lambda m, v, e: (copying(m) * (torch.arange(len(m)) < 2).view(-1, 1, 1, 1), (root(v, e), m)),
        lambda m, v, e: (copying(m), (root(v, e) - (v == 4) / 8, m)),
        lambda m, v, e: (copying(m), (root(v, e), m.clamp(max=3))),
    ],
    "wrong shape": [
        lambda m, v, e: (copying(m), root(v, e), m),
        lambda m, v, e: copying(m),
        lambda m, v, e: (copying(m)[:, :1], (root(v, e), m)),
        lambda m, v, e: (copying(m)[0], (root(v, e), m)),
        lambda m, v, e: (copying(m)[..., 1, 1], (root(v, e), m)),
        lambda m, v, e: ((root(v, e), m), copying(m)),
        lambda m, v, e: (copying(m), root(v, e)),
    ],
    "ragged": [lambda m, v, e: (copying(m), (root(v, e), float(m[0])))],
    "wrong type": [
        lambda m, v, e: {"weight": copying(m)},
        lambda m, v, e: (nn.Conv2d(1, 1, 3), nn.BatchNorm2d(1)),
    ],
    "changed its input": [altered],
    "nothing": [lambda m, v, e: None],
    "arguments": [lambda m, v: (copying(m), (v.sqrt(), m))],
    "exception": [lambda m, v, e: (nn.init.dirac_(np.zeros((len(m), len(m), 3, 3))), (root(v, e), m))],
}
