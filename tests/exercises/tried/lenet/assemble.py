import torch
from torch import nn
from torch.nn import functional as F

from cnnlab.lessons.lenet.assemble import Called, altered, chain
from cnnlab.models.lenet import C3_CONNECTIONS
from cnnlab.models.partial_convolution import PartialConv2d


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
        self.layers = [*chain()]

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


RIGHT = [Parts, ByHand, lambda: ByHand(channels_last=True)]
WRONG = {
    "not pooled": [lambda: altered({2: None, 5: None, 7: nn.Linear(6400, 120)})],
    "no biases": [lambda: chain(c3=nn.Conv2d(6, 16, 5, bias=False))],
    "partial C3": [lambda: chain(c3=PartialConv2d(6, C3_CONNECTIONS, 5))],
    "not registered": [Listed],
    "random": [lambda: altered({8: nn.Sequential(nn.ReLU(), nn.Dropout())})],
    "other layers": [lambda: altered({1: nn.Sequential(nn.BatchNorm2d(6, affine=False), nn.ReLU())})],
    "some ReLU missing": [lambda: altered({1: None}), lambda: altered({10: None})],
    "activation at the end": [lambda: chain(nn.Sigmoid()), lambda: chain(nn.Tanh())],
    "not a function": [chain()],
    "no super().__init__()": [TooLate],
    "no forward": [lambda: nn.ModuleList(chain())],
    "nothing": [Forgetful],
}
