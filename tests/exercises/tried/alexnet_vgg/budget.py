import torch
from torch import nn
from torch.nn import functional as F

from cnnlab.lessons.alexnet_vgg.budget import Called, Padded, chain, right, without


class ByHand(nn.Module):
    """Parameters of one's own: 20, 28 and 55 kernels without biases, and a matrix."""

    def __init__(self):
        super().__init__()
        shapes = ((20, 3, 3, 3), (28, 20, 3, 3), (55, 28, 3, 3), (55, 10), (10,))
        self.p = nn.ParameterList(torch.randn(shape) for shape in shapes)

    def forward(self, x):
        for weight in [*self.p][:3]:
            x = torch.tanh(F.conv2d(input=x, weight=weight, stride=2))
        return x.amax((2, 3)) @ self.p[3] + self.p[4]


def as_vgg():
    """Two pairs of layers and one more, as VGG stacks them."""
    pair = [nn.Conv2d(3, 13, 3, padding=1), nn.ReLU(), nn.Conv2d(13, 13, 3, padding=1), nn.ReLU()]
    next_pair = [nn.Conv2d(13, 29, 3, padding=1), nn.ReLU(), nn.Conv2d(29, 29, 3, padding=1), nn.ReLU()]
    last = [nn.Conv2d(29, 26, 3, padding=1), nn.ReLU(), nn.AdaptiveMaxPool2d(1), nn.Flatten()]
    return nn.Sequential(*pair, nn.MaxPool2d(2), *next_pair, nn.MaxPool2d(2), *last, nn.Linear(26, 10))


def separable():
    """Each map its own kernel, then a convolution of 1x1 across the maps, twice."""
    return nn.Sequential(
        *(nn.Conv2d(3, 28, 3, stride=2), nn.LeakyReLU()),
        *(nn.Conv2d(28, 28, 3, groups=28), nn.Conv2d(28, 68, 1), nn.LeakyReLU(), nn.AvgPool2d(2)),
        *(nn.Conv2d(68, 68, 3, groups=68), nn.Conv2d(68, 206, 1), nn.LeakyReLU()),
        *(nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten(), nn.Linear(206, 10)),
    )


def normalised():
    layers = [*chain(33, 28, 40)]
    for place, channels in ((7, 40), (4, 28), (1, 33)):
        layers.insert(place, nn.BatchNorm2d(channels))
    return nn.Sequential(*layers)


def activated(activation):
    return nn.Sequential(*[activation() if isinstance(layer, nn.ReLU) else layer for layer in right()])


def frozen():
    network = right()
    network[0].requires_grad_(False)
    return network


class Unregistered(nn.Module):
    def forward(self, x):
        return right()(x)


class WithoutGradient(Called):
    def forward(self, x):
        with torch.no_grad():
            return super().forward(x)


class Forgetful(Called):
    def forward(self, x):
        super().forward(x)


class TooLate(nn.Module):
    def __init__(self):
        self.c1 = nn.Conv2d(3, 20, 3)


RIGHT = [
    ByHand,
    as_vgg,
    separable,
    normalised,
    lambda: without(right(), nn.MaxPool2d),
    lambda: without(right(), nn.ReLU),
    lambda: activated(nn.Tanh),
    lambda: activated(nn.GELU),
]
WRONG = {
    "not registered": [Unregistered],
    "outputs": [lambda: nn.Sequential(*right(), nn.Unflatten(1, (10, 1)))],
    "too few convolutions": [
        lambda: nn.Sequential(nn.Flatten(), nn.LazyLinear(6), nn.ReLU(), nn.Linear(6, 10)),
    ],
    "too many parameters": [lambda: chain(20, 29, 55, bias=False)],
    "too few parameters": [lambda: chain(33, 28, 40)],
    "idle parameters": [lambda: Padded(lambda more: 0.0), WithoutGradient, frozen],
    "linear": [lambda: without(activated(nn.Identity), nn.MaxPool2d)],
    "not a function": [right()],
    "not a network": [lambda: (20, 28, 55)],
    "no super().__init__()": [TooLate],
    "no forward": [lambda: nn.ModuleList(right())],
    "nothing": [Forgetful],
}
