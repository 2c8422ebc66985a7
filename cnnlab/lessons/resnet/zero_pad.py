"""Write the shortcut without parameters. `x` has shape (N, C, H, W), `out_channels` is C or more, `stride` is
1 or more. Return the first of every `stride` rows and of every `stride` columns (with stride 2: index 0, 2,
4, ...), and behind the channels of `x` so many channels of zeros that there are `out_channels`. Leave `x` as
it is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises import Function, Mistake


def padded(kept: Tensor, out_channels: int, before: int = 0) -> Tensor:
    """Return the channels that were kept, so many zero ones in front and the others behind."""
    return F.pad(kept, (0, 0, 0, 0, before, out_channels - kept.shape[1] - before))


def step(x: Tensor, stride: int, first: int = 0) -> Tensor:
    """Return one of every stride rows and columns."""
    return x[:, :, first::stride, first::stride]


def drawn(seed: int) -> dict[str, Any]:
    """Return maps of up to three rows, columns and channels more than the stride or their own."""
    rng = np.random.default_rng(seed)
    pictures, channels, further = rng.integers([1, 1, 0], [3, 4, 4]).tolist()
    stride = seed % 3 + 1
    x = rng.integers(-9, 10, (pictures, channels, *(stride + rng.integers(0, 4, 2)))).astype(float)
    return {"x": x, "out_channels": channels + further, "stride": stride}


# The answers call out_channels and stride o and s.
EXERCISE = Function(
    cases=[
        {"x": [[[[1, 2], [3, 4]]]], "out_channels": 3, "stride": 2},
        {"x": [[[[1, 2]], [[-3, 4]]]], "out_channels": 3, "stride": 1},
        {"x": [[[[1, 2, -3], [4, 5, 6], [7, 8, 9]]]], "out_channels": 3, "stride": 2},
        *map(drawn, range(12)),
    ],
    right=[
        lambda x, o, s: padded(step(x, s), o),
        lambda x, o, s: torch.cat([step(x, s), step(0 * x[:, :1], s).repeat(1, o - x.shape[1], 1, 1)], 1),
        lambda x, o, s: F.conv2d(x, torch.eye(o, x.shape[1]).to(x)[..., None, None], stride=s),
    ],
    mistakes=[
        Mistake(
            "no stride",
            "All rows and columns are there: of every stride only the first is kept.",
            lambda x, o, s: padded(x, o),
        ),
        Mistake(
            "stride or zeros",
            "Where the channels stay, the stride still counts.",
            lambda x, o, s: x if o == x.shape[1] else padded(step(x, s), o),
        ),
        Mistake("fixed stride", "This steps by 2 whatever stride is.", lambda x, o, s: padded(step(x, 2), o)),
        Mistake(
            "one axis",
            "The stride thins out rows and columns, both of them, and neither channels nor pictures.",
            *(lambda x, o, s: padded(x[:, :, ::s], o), lambda x, o, s: padded(x[..., ::s], o)),
            *(lambda x, o, s: padded(x[:, ::s, ::s], o), lambda x, o, s: padded(step(x[:, ::s], s), o)),
        ),
        Mistake(
            "last one dropped",
            "A last row or column of index 0, stride, 2 * stride, ... is kept too.",
            lambda x, o, s: padded(step(x[..., : x.shape[2] // s * s, : x.shape[3] // s * s], s), o),
        ),
        Mistake(
            "pooled",
            "This is pooling: here one pixel of each window is kept, the others are left out.",
            *(lambda x, o, s, up=up: padded(F.avg_pool2d(x, s, ceil_mode=up), o) for up in (True, False)),
            *(lambda x, o, s, up=up: padded(F.max_pool2d(x, s, ceil_mode=up), o) for up in (True, False)),
        ),
        Mistake("no zeros", "The channels of zeros are missing.", lambda x, o, s: step(x, s)),
        Mistake(
            "another axis",
            "Zeros were added along another axis: channels are axis 1, and F.pad begins at the last axis.",
            lambda x, o, s: F.pad(step(x, s), (0, o - x.shape[1])),
            lambda x, o, s: F.pad(step(x, s), (0, 0, 0, o - x.shape[1])),
            lambda x, o, s: F.pad(step(x, s), (0, o - x.shape[1], 0, o - x.shape[1])),
            lambda x, o, s: F.pad(step(x, s), (o - x.shape[1],) * 4),
            lambda x, o, s: F.pad(step(x, s), (0, 0, 0, 0, 0, 0, 0, o - x.shape[1])),
        ),
        Mistake(
            "in front",
            "Zeros stand in front of the channels of x: here all of them come behind.",
            lambda x, o, s: padded(step(x, s), o, o - x.shape[1]),
            lambda x, o, s: padded(step(x, s), o, (o - x.shape[1]) // 2),
            lambda x, o, s: padded(step(x, s), o, (o - x.shape[1] + 1) // 2),
        ),
        Mistake(
            "other number",
            "There are to be out_channels in all, those of x among them.",
            lambda x, o, s: padded(step(x, s), o + x.shape[1]),
            lambda x, o, s: padded(step(x, s), 2 * x.shape[1]),
            lambda x, o, s: F.pad(step(x, s), (*(0,) * 4, *((o - x.shape[1]) // 2,) * 2)),
        ),
        # The last two know the first case: of 1, 2, 3 and 4 the 1 is kept, and two zeros follow.
        Mistake(
            "no zeros behind",
            "The further channels hold other numbers than 0.",
            lambda x, o, s: step(x, s).repeat(1, o, 1, 1)[:, :o],
            lambda x, o, s: step(x, s)[:, [min(c, x.shape[1] - 1) for c in range(o)]],
            fits=lambda got: len(got) == 3 and got[1:].any(),
        ),
        Mistake(
            "other pixels",
            "Each channel begins with its pixel of index 0, 0, as it is: then comes one of every stride.",
            lambda x, o, s: padded(step(x, s, s - 1), o),
            fits=lambda got: len(got) == 3 and got[0] != 1,
        ),
    ],
)
