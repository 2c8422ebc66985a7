import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from cnnlab.models import ZeroPaddedShortcut


def written_into(x, o, s):
    result = x.new_zeros(len(x), o, -(-x.shape[2] // s), -(-x.shape[3] // s))
    result[:, : x.shape[1]] = x[..., ::s, ::s]
    return result


def by_loops(x, o, s):
    n, c, height, width = x.shape
    return [
        [
            [[x[i, j, h, w] if j < c else 0.0 for w in range(0, width, s)] for h in range(0, height, s)]
            for j in range(o)
        ]
        for i in range(n)
    ]


def by_numpy(x, o, s):
    kept = x.numpy()[:, :, ::s, ::s]
    return np.pad(kept, [(0, 0), (0, o - kept.shape[1]), (0, 0), (0, 0)])


def by_pooling(x, o, s):
    kept = nn.MaxPool2d(1, s)(x)
    for _ in range(o - x.shape[1]):
        kept = torch.cat((kept, torch.zeros_like(kept[:, :1])), dim=1)
    return kept


def padded(kept, o):
    return F.pad(kept, (0, 0, 0, 0, 0, o - kept.shape[1]))


def altered(x, o, s):
    x[:, :, 1::s] *= 1
    x += 1
    return padded(x[:, :, ::s, ::s] - 1, o)


def masked(x, o, s):
    """Set to 0 what is left out, instead of leaving it out."""
    kept = torch.zeros_like(x)
    kept[:, :, ::s, ::s] = x[:, :, ::s, ::s]
    return padded(kept, o)


def between(x, o, s):
    """Zeros between the channels instead of behind them."""
    places = np.linspace(0, o - 1, x.shape[1]).round().astype(int)
    result = written_into(0 * x, o, s)
    result[:, places] = x[:, :, ::s, ::s]
    return result


def resized(x, o, s, mode):
    size = (-(-x.shape[2] // s), -(-x.shape[3] // s))
    return padded(F.interpolate(x, size, mode=mode), o)


def filled(x, o, s, value):
    return F.pad(x[:, :, ::s, ::s], (0, 0, 0, 0, 0, o - x.shape[1]), value=value)


RIGHT = [written_into, by_loops, by_numpy, by_pooling]
WRONG = {
    "no stride": [lambda x, o, s: written_into(x, o, 1)],
    "fixed stride": [lambda x, o, s: written_into(x, o, 2)],
    "in front": [lambda x, o, s: ZeroPaddedShortcut(x.shape[1], o, s)(x)],
    "no zeros": [lambda x, o, s: F.avg_pool2d(x, 1, s)],
    "other number": [lambda x, o, s: torch.cat([k := x[:, :, ::s, ::s], 0 * k], 1)],
    "no zeros behind": [
        lambda x, o, s: torch.cat([x[:, :, ::s, ::s]] * o, 1)[:, :o],
        lambda x, o, s: filled(x, o, s, 1.0),
    ],
    "other pixels": [
        lambda x, o, s: padded(x[:, :, s - 1 :: s, s - 1 :: s], o),
        lambda x, o, s: padded(x.flip(2, 3)[:, :, ::s, ::s].flip(2, 3), o),
        lambda x, o, s: resized(x, o, s, "bilinear"),
    ],
    "stride or zeros": [lambda x, o, s: x if o == x.shape[1] else by_numpy(x, o, s)],
    "wrong values": [
        between,
        lambda x, o, s: resized(x, o, s, "nearest"),
        # Right for what is not negative, for one picture, for square ones, and for up to two channels.
        lambda x, o, s: by_numpy(x, o, s).clip(0),
        lambda x, o, s: np.repeat(by_numpy(x[:1], o, s), len(x), 0),
        lambda x, o, s: by_numpy(x, o, s) * np.array([1, 1, 0, 0, 0, 0])[:o, None, None],
        lambda x, o, s: by_numpy(x, o, s) if s == 1 else by_numpy(x.abs(), o, s),
    ],
    "wrong shape": [
        masked,
        lambda x, o, s: padded(x[:, :, : x.shape[2] // s, : x.shape[3] // s], o),
        lambda x, o, s: padded(x[:, :, ::s, ::s], o)[0],
        lambda x, o, s: by_numpy(x, o, s).transpose(0, 1, 3, 2),
        lambda x, o, s: by_numpy(x, o, s).transpose(0, 2, 3, 1),
        lambda x, o, s: by_numpy(x, o, s).ravel(),
        lambda x, o, s: padded(x[:, :, ::s, : (x.shape[2] - 1) // s + 1], o),
    ],
    "untouched input": [lambda x, o, s: x],
    "changed its input": [altered],
    "nothing": [lambda x, o, s: None],
    "arguments": [lambda x, o: padded(x, o), lambda x: x],
    "wrong type": [lambda x, o, s: ZeroPaddedShortcut(x.shape[1], o, s)],
    "exception": [
        lambda x, o, s: torch.cat([x, torch.zeros(len(x), o - x.shape[1], 2, 2)], 1)[:, :, ::s, ::s]
    ],
}
