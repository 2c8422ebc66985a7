"""Further answers to pooling.discarded."""

from fractions import Fraction

import torch

RIGHT = [(900 - 100) / 900, 1 - Fraction(1, 9), torch.tensor(0.8889), [0.8889]]
WRONG = {
    "handed on": [Fraction(1, 9), 0.111],
    "one axis": [torch.tensor(0.3333), Fraction(2, 3)],
    "per cent": [88.8889],
    "number": [800.0],
    "wrong type": ["8/9"],
    "wrong values": [0.5, 1 / 8],
    "sign": [-8 / 9],
    "wrong shape": [[30, 30]],
}
