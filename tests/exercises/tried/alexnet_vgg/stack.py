import numpy as np
import torch
from torch import nn

LAYERS = [nn.Conv2d(64, 64, 3, bias=False) for _ in range(3)]
ONE = nn.Conv2d(64, 64, 7, bias=False)

RIGHT = [
    torch.tensor([sum(layer.weight.numel() for layer in LAYERS), ONE.weight.numel(), 7]),
    (3 * LAYERS[0].weight.numel(), np.prod(ONE.weight.shape), 3 + 2 + 2.0),
]
WRONG = {
    "count": [110_592],
    "one layer": [
        (LAYERS[0].weight.numel(), 200_704, 7),
        (9 * 64**2, 49 * 64**2, 3),
    ],
    "two layers": [(2 * 36_864, 200_704, 7)],
    "channels once": [(3 * 9 * 64, 49 * 64, 7)],
    "channels forgotten": [(27, 49, 7)],
    "not squared": [(3 * 64**2, 7 * 64**2, 7), (3 * 3 * 64**2, 7 * 64**2, 7)],
    "biases": [(3 * (9 * 64 + 1) * 64, (49 * 64 + 1) * 64, 7)],
    "5 x 5": [(110_592, 25 * 64**2, 7)],
    "three layers": [(110_592, 3 * 49 * 64**2, 7)],
    "kernels added": [(110_592, 200_704, 3 * 3), (110_592, 200_704, 1 + 3 * 3)],
    "product": [(110_592, 200_704, 3**3)],
    "area": [(110_592, 200_704, 7 * 7)],
    "wrong type": [LAYERS],
}
