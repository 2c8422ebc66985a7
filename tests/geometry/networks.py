"""Networks: random small ones, for formulas to be compared with gradients, and functions as modules."""

import torch
from hypothesis import strategies as st
from torch import nn

WIDTH = 2


class Forward(nn.Module):
    """A module whose forward is the function given, with layers to use."""

    def __init__(self, forward, **layers):
        super().__init__()
        self.work = forward
        for name, layer in layers.items():
            self.add_module(name, layer)

    def forward(self, x):
        return self.work(self, x)


class Branches(nn.Module):
    """Paths from one input that meet in a sum or a concatenation."""

    def __init__(self, paths, merge):
        super().__init__()
        self.paths = nn.ModuleList(paths)
        self.merge = merge

    def forward(self, x):
        results = [path(x) for path in self.paths]
        return torch.cat(results, dim=1) if self.merge == "cat" else results[0] + results[1]


def _pair(low, high):
    return st.tuples(st.integers(low, high), st.integers(low, high))


@st.composite
def convolutions(draw, channels):
    return nn.Conv2d(
        channels,
        WIDTH,
        draw(_pair(1, 3)),
        stride=draw(_pair(1, 3)),
        padding=draw(_pair(0, 2)),
        dilation=draw(_pair(1, 2)),
    )


@st.composite
def poolings(draw):
    kind = draw(st.sampled_from([nn.MaxPool2d, nn.AvgPool2d]))
    kernel = draw(st.integers(1, 3))
    padding = draw(st.integers(0, kernel // 2))
    return kind(kernel, draw(st.integers(1, 3)), padding, ceil_mode=draw(st.booleans()))


@st.composite
def transposed(draw, channels):
    stride = draw(_pair(1, 3))
    return nn.ConvTranspose2d(
        channels,
        WIDTH,
        draw(_pair(1, 3)),
        stride=stride,
        padding=draw(_pair(0, 1)),
        output_padding=tuple(draw(st.integers(0, step - 1)) for step in stride),
        dilation=draw(_pair(1, 2)),
    )


@st.composite
def branches(draw, channels):
    """Paths whose strides and sizes agree: odd kernels, padded so that the size stays, over one stride."""
    stride = draw(st.integers(1, 2))
    paths = []
    for _ in range(2):
        kernel, dilation = draw(st.sampled_from([(1, 1), (3, 1), (3, 2), (5, 1)]))
        size = (kernel, 1) if draw(st.booleans()) else (kernel, kernel)
        padding = tuple(dilation * (k - 1) // 2 for k in size)
        paths.append(nn.Conv2d(channels, WIDTH, size, stride=stride, padding=padding, dilation=dilation))
    if stride == 1 and channels == WIDTH and draw(st.booleans()):
        paths[1] = nn.Identity()
    return Branches(paths, draw(st.sampled_from(["add", "cat"])))


@st.composite
def networks(draw):
    """A chain of one to five layers, some of them branching, with ReLUs between them."""
    layers, channels = [], 1
    for _ in range(draw(st.integers(1, 5))):
        kinds = [convolutions(channels), poolings(), branches(channels), transposed(channels)]
        layer = draw(st.one_of(kinds))
        layers += [layer, nn.ReLU()] if draw(st.booleans()) else [layer]
        if isinstance(layer, Branches):
            channels = 2 * WIDTH if layer.merge == "cat" else WIDTH
        elif not isinstance(layer, (nn.MaxPool2d, nn.AvgPool2d)):
            channels = WIDTH
    return nn.Sequential(*layers)
