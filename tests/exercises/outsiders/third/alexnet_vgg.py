"""Answers of an outsider to the exercises of alexnet_vgg."""

import itertools

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


# ---------------------------------------------------------------- budget
def three_convolutions(a, b, c, between=nn.ReLU):
    """28a + 9ab + b + 9bc + c + 10c + 10 parameters."""
    return nn.Sequential(
        nn.Conv2d(3, a, 3, padding=1),
        between(),
        nn.Conv2d(a, b, 3, padding=1),
        between(),
        nn.MaxPool2d(2),
        nn.Conv2d(b, c, 3, padding=1),
        between(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(c, 10),
    )


def budget_sequential():
    return three_convolutions(34, 50, 8)


class Pooled(nn.Module):
    """76 * 7 + 9 * 7 * 13 + 13 + 9 * 13 * 67 + 67 + 160 * 67 + 10."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 7, 5, padding=2)
        self.second = nn.Conv2d(7, 13, 3, padding=1)
        self.third = nn.Conv2d(13, 67, 3, padding=1)
        self.dense = nn.Linear(67 * 16, 10)

    def forward(self, x):
        x = F.max_pool2d(self.first(x), 2)
        x = F.max_pool2d(self.second(x), 2)
        x = F.max_pool2d(F.relu(self.third(x)), 2)
        return self.dense(x.flatten(1))


def budget_normalised():
    a, b, c = 48, 17, 68
    layers = []
    for before, after in ((3, a), (a, b), (b, c)):
        layers += [nn.Conv2d(before, after, 3, padding=1, bias=False), nn.BatchNorm2d(after), nn.ReLU()]
        layers += [nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(c, 10))


class Convolutional(nn.Module):
    """No dense layer and no bias: 27 * 24 + 9 * 24 * 34 + 9 * 34 * 38 + 10 * 38."""

    def __init__(self):
        super().__init__()
        widths = [3, 24, 34, 38]
        self.convs = nn.ModuleList(
            nn.Conv2d(before, after, 3, stride=2, padding=1, bias=False)
            for before, after in itertools.pairwise(widths)
        )
        self.last = nn.Conv2d(38, 10, 1, bias=False)

    def forward(self, x):
        for conv in self.convs:
            x = F.leaky_relu(conv(x), 0.1)
        return self.last(x).mean(dim=(2, 3))


def budget_ten_more():
    return three_convolutions(15, 33, 49)


def budget_two():
    a, b, h = 27, 67, 37
    return nn.Sequential(
        nn.Conv2d(3, a, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(a, b, 3),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(b, h),
        nn.ReLU(),
        nn.Linear(h, 10),
    )


def budget_linear():
    a, b, c = 34, 50, 8
    return nn.Sequential(
        nn.Conv2d(3, a, 3),
        nn.Conv2d(a, b, 3),
        nn.Conv2d(b, c, 3),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(c, 10),
    )


class Filled(nn.Module):
    """A network that is too small, and a parameter to make up for it."""

    def __init__(self, used):
        super().__init__()
        self.net = three_convolutions(16, 24, 48)
        missing = 20000 - sum(p.numel() for p in self.net.parameters())
        self.filler = nn.Parameter(torch.randn(missing))
        self.used = used

    def forward(self, x):
        logits = self.net(x)
        return logits + 0 * self.filler.sum() if self.used else logits


def budget_frozen():
    net = three_convolutions(34, 50, 8)
    for parameter in net[0].parameters():
        parameter.requires_grad_(False)
    return net


def budget_maps():
    widths = [3, 24, 34, 38]
    layers = []
    for before, after in itertools.pairwise(widths):
        layers += [nn.Conv2d(before, after, 3, stride=2, padding=1, bias=False), nn.ReLU()]
    return nn.Sequential(*layers, nn.Conv2d(38, 10, 1, bias=False), nn.AdaptiveAvgPool2d(1))


def budget_softmax():
    return nn.Sequential(three_convolutions(34, 50, 8), nn.Softmax(dim=1))


def budget_mean_pooling():
    a, b, c = 7, 26, 74
    return nn.Sequential(
        nn.Conv2d(3, a, 3, padding=1),
        nn.AvgPool2d(2),
        nn.Conv2d(a, b, 3, padding=1),
        nn.AvgPool2d(2),
        nn.Conv2d(b, c, 3, padding=1),
        nn.AvgPool2d(2),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(c, 10),
    )


class SideBySide(nn.Module):
    """4a + 28b + 76c + 160(a + b + c) parameters."""

    def __init__(self):
        super().__init__()
        self.one = nn.Conv2d(3, 17, 1)
        self.three = nn.Conv2d(3, 20, 3, padding=1)
        self.five = nn.Conv2d(3, 57, 5, padding=2)
        self.dense = nn.Linear(16 * (17 + 20 + 57), 10, bias=False)

    def forward(self, x):
        x = F.relu(torch.cat([self.one(x), self.three(x), self.five(x)], dim=1))
        return self.dense(F.max_pool2d(x, 8).flatten(1))


# ---------------------------------------------------------------- dropout
def dropout_loop(x, kept, p):
    result = torch.zeros_like(x)
    for place in np.ndindex(*x.shape):
        if kept[place]:
            result[place] = x[place] / (1 - p)
    return result


def dropout_numpy(x, kept, p):
    result = np.zeros(x.shape)
    mask = np.asarray(kept).astype(bool)
    result[mask] = x.numpy()[mask] / (1 - p)
    return result


def dropout_in_place(x, kept, p):
    x[~kept.bool()] = 0
    x /= 1 - p
    return x


# ---------------------------------------------------------------- local response
def lrn_loops(x):
    result = torch.empty_like(x)
    channels = x.shape[0]
    for c in range(channels):
        total = torch.zeros_like(x[0])
        for other in range(max(c - 2, 0), min(c + 3, channels)):
            total = total + x[other] ** 2
        result[c] = x[c] / (2 + 0.0001 * total) ** 0.75
    return result


def lrn_torch(x):
    return F.local_response_norm(x[None], size=5, alpha=5e-4, beta=0.75, k=2.0)[0]


def lrn_numpy(x):
    x = x.numpy()
    squares = np.pad(x**2, ((2, 2), (0, 0), (0, 0)))
    total = sum(squares[i : i + x.shape[0]] for i in range(5))
    return x / (2 + 1e-4 * total) ** 0.75


def lrn_matrix(x):
    place = torch.arange(len(x))
    band = ((place[:, None] - place).abs() <= 2).to(x.dtype)
    return x * (2 + 1e-4 * torch.einsum("cd,dhw->chw", band, x * x)) ** -0.75


def window_sum(values, before, after):
    """The sum over the channels c - before to c + after."""
    n = len(values)
    return torch.stack([values[max(c - before, 0) : min(c + after, n - 1) + 1].sum(0) for c in range(n)])


def lrn_with(x, total, k=2.0, alpha=1e-4, beta=0.75):
    return x / (k + alpha * total) ** beta


def lrn_sequential(x):
    """Reads channels that are already divided."""
    result = x.clone()
    for c in range(len(x)):
        total = (result[max(c - 2, 0) : c + 3] ** 2).sum(0)
        result[c] = result[c] / (2 + 1e-4 * total) ** 0.75
    return result


def lrn_circular(x):
    squares = x**2
    return lrn_with(x, sum(squares.roll(shift, dims=0) for shift in (-2, -1, 0, 1, 2)))


def lrn_border(x):
    squares = x**2
    squares = torch.cat([squares[:1], squares[:1], squares, squares[-1:], squares[-1:]])
    return lrn_with(x, sum(squares[i : i + len(x)] for i in range(5)))


def lrn_pixels(x):
    return lrn_with(x, F.avg_pool2d(x[None] ** 2, 5, stride=1, padding=2)[0] * 25)


# ---------------------------------------------------------------- replace
def replace_formula(kernel_size, channels):
    layers = (kernel_size - 1) // 2
    return layers, 9 * layers * channels**2, kernel_size**2 * channels**2


def replace_loop(kernel_size, channels):
    layers, seen = 0, 1
    while seen < kernel_size:
        layers += 1
        seen += 2
    small = sum(3 * 3 * channels * channels for _ in range(layers))
    return [layers, small, kernel_size * kernel_size * channels * channels]


def replace_layers(kernel_size, channels):
    stack = [torch.empty(channels, channels, 3, 3) for _ in range(kernel_size // 2)]
    large = torch.empty(channels, channels, kernel_size, kernel_size)
    return torch.tensor([len(stack), sum(w.numel() for w in stack), large.numel()])


def replace_float(kernel_size, channels):
    layers = kernel_size / 2 - 0.5
    return np.array([layers, layers * 9.0 * channels**2, (kernel_size * channels) ** 2])


def replace_with(layers, kernel_size, channels):
    return layers, 9 * layers * channels**2, (kernel_size * channels) ** 2


def replace_power(kernel_size, channels):
    """Takes the field for 3 to the power of the layers."""
    layers = 1
    while 3**layers < kernel_size:
        layers += 1
    return replace_with(layers, kernel_size, channels)


def replace_biases(kernel_size, channels):
    n, small, large = replace_formula(kernel_size, channels)
    return n, small + n * channels, large + channels


def replace_order(kernel_size, channels):
    n, small, large = replace_formula(kernel_size, channels)
    return n, large, small


ANSWERS = {
    "alexnet_vgg.budget": (
        [budget_sequential, Pooled, budget_normalised, Convolutional],
        [
            budget_ten_more,  # biases of the dense layer not counted: 20 010
            budget_two,  # two convolutions, two dense layers
            budget_linear,  # nothing between the convolutions
            lambda: Filled(False),  # a parameter that nothing uses
            lambda: Filled(True),  # a parameter times 0
            budget_frozen,  # first layer not trained
            budget_maps,  # maps of 1 x 1 instead of rows
            budget_softmax,  # shares instead of logits
            budget_mean_pooling,  # mean pooling is linear
            SideBySide,  # three side by side, not one after the other
        ],
    ),
    "alexnet_vgg.dropout": (
        [
            lambda x, kept, p: torch.where(kept.bool(), x / (1 - p), torch.zeros_like(x)),
            dropout_loop,
            dropout_numpy,
            lambda x, kept, p: (x.clone() * kept) * (1 / (1 - p)),
        ],
        [
            lambda x, kept, p: x * kept,  # not made larger
            lambda x, kept, p: x * kept / p,  # p instead of 1 - p: right for 1/2
            lambda x, kept, p: x * kept * (1 - p),  # smaller, as in the test of 2012
            lambda x, kept, p: x * kept / kept.double().mean(),  # the share of this draw
            lambda x, kept, p: x * (1 - kept.double()) / (1 - p),  # keeps what is dropped
            dropout_in_place,  # changes x
            lambda x, kept, p: F.dropout(x, p),  # draws anew
            lambda x, kept, p: torch.where(kept.bool(), x / (1 - p), x),  # dropped ones stay
            lambda x, kept, p: x[kept.bool()] / (1 - p),  # shorter: dropped ones left out
            lambda x, kept, p: x * kept / (1 - p) ** 0.5,  # keeps the variance
        ],
    ),
    "alexnet_vgg.local_response": (
        [lrn_loops, lrn_torch, lrn_numpy, lrn_matrix],
        [
            lambda x: F.local_response_norm(x[None], 5, alpha=1e-4, beta=0.75, k=2.0)[0],  # PyTorch's mean
            lambda x: F.local_response_norm(x, 5, alpha=5e-4, beta=0.75, k=2.0),  # along H
            lambda x: lrn_with(x, window_sum(x, 2, 2) ** 2),  # square of the sum
            lambda x: lrn_with(x, window_sum(x**2, 2, 1)),  # slice ends too early
            lambda x: lrn_with(x, window_sum(x**2, 2, 2) - x**2),  # its own left out
            lrn_sequential,  # uses values already divided
            lrn_circular,  # channels wrap round
            lrn_border,  # first and last channel repeated
            lrn_pixels,  # 5 x 5 pixels of the same channel
            lambda x: lrn_with(x, window_sum(x**2, 2, 2), k=1.0),  # PyTorch's default k
        ],
    ),
    "alexnet_vgg.replace": (
        [replace_formula, replace_loop, replace_layers, replace_float],
        [
            lambda k, c: replace_with(k // 3, k, c),  # right for 3
            lambda k, c: replace_with((k + 1) // 3, k, c),  # right for 3 and 5
            lambda k, c: replace_with((k + 1) // 2, k, c),  # one too many
            lambda k, c: replace_with(round(k / 2), k, c),  # rounds half to even: right for 5
            replace_power,  # 3 ** n
            replace_biases,  # with biases
            replace_order,  # last two swapped
            lambda k, c: (k // 2, 9 * c**2, (k * c) ** 2),  # weights of one layer
            lambda k, c: (k // 2, 9 * (k // 2) * c, k**2 * c),  # channels not squared
            lambda k, c: replace_with(3, k, c),  # only for 7
        ],
    ),
    "alexnet_vgg.stack": (
        [
            [110592, 200704, 7],
            (110592, 200704, 7),
            torch.tensor([110592, 200704, 7]),
            np.array([3 * 9 * 64**2, 49 * 64**2, 7.0]),
        ],
        [
            [36864, 200704, 7],  # one layer
            [1728, 3136, 7],  # channels not squared
            [110592, 200704, 9],  # 3 * 3 pixels
            [110784, 200768, 7],  # with biases
            [200704, 110592, 7],  # order
            [110592, 200704, 49],  # pixels of the area
            [110592, 200704, 5],  # two layers
            [27, 49, 7],  # no channels
            [110592, 28672, 7],  # 7 instead of 7 * 7
            [110592, 200704, 27],  # 3 ** 3
        ],
    ),
}
