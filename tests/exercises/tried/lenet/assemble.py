import torch
from torch import nn
from torch.nn import functional as F

from cnnlab.lessons.lenet._assembled import PARAMETERS, lenet
from cnnlab.lessons.lenet.assemble import Called
from cnnlab.models.lenet import C3_CONNECTIONS
from cnnlab.models.partial_convolution import PartialConv2d


def altered(places):
    """Return LeNet-5 with other layers at some places, or none."""
    layers = [places.get(place, layer) for place, layer in enumerate(lenet())]
    return nn.Sequential(*[layer for layer in layers if layer is not None])


def unbiased(*places):
    """Return LeNet-5 whose layers at these places have no biases."""
    network = lenet()
    for place in places:
        network[place].bias = None
    return network


class Parts(nn.Module):
    """Two halves, lazily sized, pooled before ReLU: the same, as the largest stays the largest."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            *(nn.LazyConv2d(6, 5), nn.MaxPool2d(2, 2), nn.ReLU(inplace=True)),
            *(nn.LazyConv2d(16, 5), nn.MaxPool2d(2, 2), nn.ReLU(inplace=True)),
        )
        self.dense = nn.ModuleList(nn.LazyLinear(n) for n in (120, 84, 10))

    def forward(self, images):
        values = self.features(images).flatten(1)
        for layer in self.dense[:-1]:
            values = layer(values).clamp(min=0)
        return self.dense[-1](values)


class ByHand(nn.Module):
    """Parameters of one's own, dense matrices the other way round."""

    def __init__(self, channels_last=False):
        super().__init__()
        shapes = (
            (6, 1, 5, 5),
            (6,),
            (16, 6, 5, 5),
            (16,),
            (256, 120),
            (120,),
            (120, 84),
            (84,),
            (84, 10),
            (10,),
        )
        self.p = nn.ParameterList(torch.randn(shape) for shape in shapes)
        self.channels_last = channels_last

    def forward(self, x):
        for weight, bias in ((self.p[0], self.p[1]), (self.p[2], self.p[3])):
            x = F.conv2d(x, weight, bias).relu().unfold(2, 2, 2).unfold(3, 2, 2).amax((4, 5))
        x = (x.movedim(1, 3) if self.channels_last else x).reshape(len(x), -1)
        x = (x @ self.p[4] + self.p[5]).relu()
        return (x @ self.p[6] + self.p[7]).relu() @ self.p[8] + self.p[9]


class Listed(Called):
    def __init__(self):
        nn.Module.__init__(self)
        self.layers = [*lenet()]

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class Forgetful(Called):
    def forward(self, x):
        super().forward(x)


class TooLate(nn.Module):
    def __init__(self):
        self.conv = nn.Conv2d(1, 6, 5)


class InTwoWays(Called):
    """Logits while training, and probabilities afterwards."""

    def forward(self, x):
        logits = super().forward(x)
        return logits if self.training else logits.softmax(1)


RIGHT = [Parts, ByHand, lambda: ByHand(channels_last=True)]
WRONG = {
    "not registered": [Listed, lambda: nn.Sequential(nn.Flatten(), nn.ReLU())],
    "outputs": [lambda: altered({11: nn.Linear(84, 9)}), lambda: altered({11: None})],
    "too many parameters": [
        # Padded, not pooled, kernels of 3 x 3, normalised.
        lambda: altered(
            {0: nn.Conv2d(1, 6, 5, padding=2), 3: nn.Conv2d(6, 16, 5, padding=2), 7: nn.Linear(784, 120)}
        ),
        lambda: altered({5: None, 7: nn.Linear(1024, 120)}),
        lambda: altered({2: None, 5: None, 7: nn.Linear(6400, 120)}),
        lambda: altered({0: nn.Conv2d(1, 6, 3), 3: nn.Conv2d(6, 16, 3), 7: nn.Linear(400, 120)}),
        lambda: altered({1: nn.Sequential(nn.BatchNorm2d(6), nn.ReLU()), 4: nn.BatchNorm2d(16)}),
    ],
    "too few parameters": [
        lambda: unbiased(0, 3, 7, 9, 11),
        lambda: unbiased(0, 3),
        lambda: unbiased(3),
        lambda: altered({3: nn.Conv2d(6, 16, 5, groups=2)}),
        lambda: altered({3: PartialConv2d(6, C3_CONNECTIONS, 5)}),
        lambda: altered({9: None, 10: None, 11: nn.Linear(120, 10)}),
        lambda: altered({7: None, 8: None, 9: nn.Linear(256, 84)}),
        lambda: altered({9: nn.Linear(120, 80), 10: nn.ReLU(), 11: nn.Linear(80, 10)}),
    ],
    "some ReLU missing": [
        lambda: lenet(four=(nn.Identity,) * 4),
        lambda: altered({8: None, 10: None}),
        lambda: altered({1: None}),
        lambda: altered({10: None}),
    ],
    "other activation": [lambda: lenet(four=(nn.Tanh,) * 4, pool=nn.AvgPool2d)],
    "probabilities": [lambda: lenet(nn.LogSoftmax(1))],
    "activation at the end": [lambda: lenet(nn.Sigmoid()), lambda: lenet(nn.Tanh())],
    "other layers": [
        lambda: lenet(four=(nn.ReLU6,) * 4),
        lambda: altered({1: nn.AvgPool2d(2), 2: nn.ReLU(), 4: nn.AvgPool2d(2), 5: nn.ReLU()}),
        lambda: altered({1: nn.Sequential(nn.BatchNorm2d(6, affine=False), nn.ReLU())}),
        lambda: altered({8: nn.Sequential(nn.ReLU(), nn.Dropout())}),
        lambda: lenet(four=(lambda: nn.Sequential(nn.ReLU(), nn.Dropout()),) * 4),
        # Pooled from one pixel further on, tanh in the dense layers only, probabilities in evaluation.
        lambda: altered({2: nn.Sequential(nn.ConstantPad2d((-1, 1, 0, 0), 0), nn.MaxPool2d(2))}),
        lambda: lenet(four=(nn.ReLU, nn.ReLU, nn.Tanh, nn.Tanh)),
        InTwoWays,
    ],
    "sizes do not fit": [
        lambda: altered({7: nn.Linear(400, 120)}),
        lambda: altered({0: nn.Conv2d(3, 6, 5)}),
        lambda: altered({6: nn.Flatten(0)}),
        lambda: altered({6: None}),
    ],
    "not a function": [lenet(), nn.Sequential()],
    "not a network": [lambda: Called, lambda: [*lenet()], lambda: PARAMETERS],
    "arguments": [lambda size: lenet()],
    "no super().__init__()": [TooLate],
    "no forward": [lambda: nn.ModuleList(lenet())],
    "nothing": [Forgetful],
}
