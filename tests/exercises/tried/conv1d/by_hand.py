import numpy as np
import torch

RIGHT = [(1 * 1, 1 * 0 + 2 * 1, 1 * 3 + 2 * 0, 2 * 3), np.polynomial.polynomial.polymul([1, 2], [1, 0, 3])]
WRONG = {
    "cross-correlation": [np.convolve([1, 2], [3, 0, 1])],
    "signal flipped": [np.convolve([2, 1], [1, 0, 3])],
    "ends missing": [np.convolve([1, 2], [1, 0, 3], "valid")],
    "last value missing": [torch.tensor([1, 2, 3])],
    "not added": [np.outer([1, 2], [1, 0, 3]).ravel()],
    "sum": [(1 + 2) * (1 + 0 + 3)],
    "one value wrong": [(1.0, 2.0, 0.0, 6.0), [1, 2, 5, 6], [0, 2, 3, 6], [1, 4, 3, 6], [1, 2, 3, 6.001]],
    "extra brackets": [[[1, 2, 3, 6]]],
    "factor": [[2, 4, 6, 12]],
    "one too long": [np.convolve([1, 0, 2], [1, 0, 3]), [1, 2, 3, 6, 0], [0, 1, 2, 3, 6]],
    "one too short": [torch.tensor([1, 0, 3]) * 3, [2, 3, 6], [7, 2, 3]],
    "reversed": [[6, 3, 2, 1]],
    "sign": [[-1, -2, -3, -6]],
    "wrong shape": [[1, 0]],
    "wrong type": ["1, 2, 3, 6"],
    "wrong values": [[1, 2, 4, 5], [1, 1, 3, 3]],
    "other places": [[[1, 2], [3, 6]]],
}
