import numpy as np
from torch import nn

from cnnlab.models.lenet import C3_CONNECTIONS
from cnnlab.models.partial_convolution import PartialConv2d

SEEN = np.array([3] * 6 + [4] * 9 + [6])


def parameters(layer):
    return sum(parameter.numel() for parameter in layer.parameters())


RIGHT = [
    (2416, 1516),
    (parameters(nn.Conv2d(6, 16, 5)), parameters(PartialConv2d(6, C3_CONNECTIONS, 5))),
]
WRONG = {
    "count": [[2416], []],
    "no biases": [(2400, 1500), (parameters(nn.Conv2d(6, 16, 5)), np.sum(25 * SEEN))],
    "a bias a pair": [(16 * 6 * 26, 60 * 26), (2416, np.sum(26 * SEEN))],
    "biases of the maps": [(2406, 1506)],
    "one bias": [(2401, 1501)],
    "one map": [(16 * 25, 16 * 25)],
    "3 x 3 kernels": [(parameters(nn.Conv2d(6, 16, 3)), 60 * 9 + 16), (864, 540)],
    "connections": [(2416 * 100, 1516 * 100)],
    "not squared": [(16 * (6 * 5 + 1), 60 * 5 + 16), (480, 300)],
    "pairs": [(96, 60), (2416, 6 * 3 + 9 * 4 + 6)],
    "last kernel": [(2416, 6 * 76 + 9 * 101), (2416, 54 * 25 + 16), (2416, 55 * 25 + 16)],
    "one of each kind": [(2416, (3 + 4 + 6) * 25 + 16), (2416, 76 + 101 + 151)],
    "wrong type": ["2416 and 1516", ("2,416", "1,516"), nn.Conv2d(6, 16, 5)],
    "nothing": [None],
}
