import numpy as np
import torch
from torch import nn

LAYERS = [nn.Conv2d(64, 64, 3, bias=False) for _ in range(3)]
ONE = nn.Conv2d(64, 64, 7, bias=False)

RIGHT = [
    torch.tensor([sum(layer.weight.numel() for layer in LAYERS), ONE.weight.numel(), 7]),
    (3 * LAYERS[0].weight.numel(), np.prod(ONE.weight.shape), 3 + 2 + 2.0),
    torch.tensor([3 * np.prod((64, 64, 3, 3)), np.prod((64, 64, 7, 7)), 3 + 2 + 2]),
]
WRONG = {
    "one layer": [(LAYERS[0].weight.numel(), 200_704, 7)],
    "channels once": [(3 * 9 * 64, 49 * 64, 7)],
    "channels forgotten": [(27, 49, 7)],
    "biases": [(3 * (9 * 64 + 1) * 64, (49 * 64 + 1) * 64, 7)],
    "kernels added": [(110_592, 200_704, 3 * 3)],
    "area": [(110_592, 200_704, 7 * 7)],
    # Two layers, no kernel squared, no channels, a bias.
    "first": [
        *((number, 200_704, 7) for number in (2 * 36_864, 12_288, 16 * 64**2, 1_728, 27, 9, 110_784)),
        (110_591.9, 200_704, 7),
    ],
    # A layer of 5 x 5, three layers of 7 x 7.
    "second": [
        *((110_592, number, 7) for number in (25 * 64**2, 3 * 49 * 64**2, 28_672, 3_136, 49, 200_768)),
        (110_592, 200_704.1, 7),
    ],
    "third": [(110_592, 200_704, number) for number in (1 + 3 * 3, 3**3, 3, 6, 8, 13, 7.1)],
    "wrong values": [
        *[(1, 2, 4), (9 * 64**2, 49 * 64**2, 3), (3 * 64**2, 7 * 64**2, 7)],
        *[(2 * 36_864, 200_704, 5), (110_784, 200_704, 9)],
    ],
    "other places": [(7, 110_592, 200_704)],
    "one too short": [(110_592, 200_704)],
    "one too long": [(110_592, 200_704, 7, 7)],
    "wrong shape": [110_592],
    "extra brackets": [[[110_592, 200_704, 7]]],
    "wrong type": [LAYERS, (110_592, 200_704, "7x7")],
    "ragged": [(110_592, 200_704, (7, 7))],
}
