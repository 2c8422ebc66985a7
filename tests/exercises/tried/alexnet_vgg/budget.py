import torch
from torch import nn
from torch.nn import functional as F

from cnnlab.lessons.alexnet_vgg._measured import PARAMETERS
from cnnlab.lessons.alexnet_vgg.budget import Called, chain, right


def without(network, *kinds):
    """Return a network without its layers of these kinds."""
    return nn.Sequential(*[layer for layer in network if not isinstance(layer, kinds)])


def padded(use):
    """Return a network with as many parameters more as are missing, of which little or nothing is used."""
    return Called(
        lambda x, network, more: network(x) + use(more.bias),
        network=chain(16, 24, 32),
        more=nn.Linear(52, 166),
    )


class Own(nn.Module):
    """The layers as attributes, the rest as calls."""

    def __init__(self):
        super().__init__()
        self.c1, self.c2 = nn.Conv2d(3, 20, 3), nn.Conv2d(20, 30, 3)
        self.c3 = nn.Conv2d(30, 50, 3, bias=False)
        self.out = nn.Linear(50, 10)

    def forward(self, x):
        x = F.avg_pool2d(F.relu(self.c1(x)), 2)
        x = F.avg_pool2d(torch.tanh(self.c2(x)), 2)
        return self.out(F.relu(self.c3(x)).mean((2, 3)))


class SideBySide(nn.Module):
    """Three convolutions that all see the picture."""

    def __init__(self):
        super().__init__()
        self.branches = nn.ModuleList(nn.Conv2d(3, 38, size, bias=False) for size in (1, 3, 5))
        self.out = nn.Sequential(nn.Linear(3 * 38, 128), nn.ReLU(), nn.Linear(128, 10))

    def forward(self, x):
        means = [branch(x).relu().mean((2, 3)) for branch in self.branches]
        return self.out(torch.cat(means, 1))


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


class WithoutGradient(Own):
    def forward(self, x):
        with torch.no_grad():
            return super().forward(x)


class Forgetful(Own):
    def forward(self, x):
        super().forward(x)


class TooLate(nn.Module):
    def __init__(self):
        self.c1 = nn.Conv2d(3, 20, 3)


class Detached(nn.Module):
    def forward(self, x):
        return x.detach()


class Shifted(nn.Module):
    def forward(self, x):
        return 2 * x + 1


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
    "not registered": [Unregistered, lambda: without(right(), nn.Conv2d, nn.Linear, nn.Flatten)],
    "outputs": [lambda: right(nn.Unflatten(1, (10, 1)))],
    "too few convolutions": [
        lambda: nn.Sequential(nn.Flatten(), nn.LazyLinear(6), nn.ReLU(), nn.Linear(6, 10)),
    ],
    "too many parameters": [lambda: chain(20, 29, 55, bias=False), lambda: chain(64, 64, 64)],
    "too few parameters": [lambda: chain(33, 28, 40), lambda: chain(8, 16, 32)],
    "idle parameters": [
        lambda: padded(lambda more: 0.0),
        lambda: padded(lambda more: 0 * more.sum()),
        lambda: padded(lambda more: more[:10]),
        WithoutGradient,
        frozen,
        # The first layer cut off from learning, the last bias taken away by a softmax over pictures.
        lambda: nn.Sequential(right()[0], Detached(), *right()[1:]),
        lambda: right(nn.Softmax(0)),
    ],
    "side by side": [SideBySide],
    "linear": [
        lambda: without(right(), nn.ReLU, nn.MaxPool2d),
        lambda: without(activated(nn.Identity), nn.MaxPool2d),
        lambda: nn.Sequential(*without(right()[:7], nn.ReLU, nn.MaxPool2d), nn.ReLU(), *right()[9:]),
        # Between the first two all is linear, between the last two not; a shift is no bend.
        lambda: without(activated(Shifted), nn.MaxPool2d),
    ],
    "activation at the end": [
        lambda: right(nn.LogSoftmax(-1)),
        lambda: right(nn.Sigmoid()),
        lambda: right(nn.Tanh()),
        lambda: right(nn.ReLU()),
    ],
    "sizes do not fit": [
        lambda: nn.Sequential(*right()[:-2], nn.Flatten(0), nn.Linear(55, 10)),
        lambda: without(right(), nn.Flatten),
    ],
    "exception": [
        lambda: nn.Sequential(nn.Conv2d(1, 20, 3), *right()[1:]),
        lambda: nn.Sequential(*chain(20, 28)[:6], *chain(20, 30, 55)[6:]),
    ],
    "not a function": [right(), nn.Sequential()],
    "not a network": [lambda: (20, 28, 55), lambda: Own, lambda: PARAMETERS],
    "arguments": [lambda channels: chain(channels, 28, 55)],
    "no super().__init__()": [TooLate],
    "no forward": [lambda: nn.ModuleList(right())],
    "nothing": [Forgetful],
}
