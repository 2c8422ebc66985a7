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
    np.array([16 * 151, np.sum(25 * SEEN + 1)]),
]
WRONG = {
    "no biases": [(2400, 1500), (parameters(nn.Conv2d(6, 16, 5)), np.sum(25 * SEEN)), (2400, 1516)],
    "a bias a pair": [(16 * 6 * 26, 60 * 26), (2416, np.sum(26 * SEEN)), (2496, 1516)],
    "biases of the maps": [(2406, 1516), (2416, 1506)],
    "one map": [(416, 1516), (2416, 416)],
    "3 x 3 kernels": [(parameters(nn.Conv2d(6, 16, 3)), 60 * 9 + 16), (880, 1516), (2416, 556)],
    "last kernel": [(2416, 54 * 25 + 16), (2416, 55 * 25 + 16)],
    "second": [
        # Without a map's weights or biases, no kernel squared, pairs, connections, one kernel of each kind.
        *((2416, number) for number in (400, 540, 1501, 300, 316, 60, 6 * 3 + 9 * 4 + 6, 151_600)),
        *((2416, number) for number in ((3 + 4 + 6) * 25 + 16, 76 + 101 + 151)),
        # The same as today, what was saved, one too many.
        *((2416, number) for number in (2416, 900, 1516 + 1, 1516.1)),
    ],
    "wrong values": [
        *[(1000, 2000), (60 * 25, 96 * 25)],
        *((number, 1516) for number in (2417, 2401, 400, 864, 480, 496, 96, 156, 241_600)),
        *[(2401, 1501), (864, 540), (480, 300), (16 * (6 * 5 + 1), 60 * 5 + 16)],
        *[(96, 60)],
    ],
    "one value": [(16 * 25, 16 * 25), (156, 156)],
    "factor": [(2416 * 100, 1516 * 100)],
    "one too short": [[2416]],
    "wrong shape": [2416, [], (2416, 456, 909, 151)],
    "sign": [(-2416, -1516)],
    "extra brackets": [((2416,), (1516,))],
    "wrong type": [
        *("2416 and 1516", ("2,416", "1,516"), nn.Conv2d(6, 16, 5)),
        {"modern": 2416, "1998": 1516},
    ],
    "nothing": [None],
}
