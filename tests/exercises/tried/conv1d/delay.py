import numpy as np
import torch

RIGHT = [np.eye(3)[2] / 2, [0, 0, 0.5, 0, 0, 0]]
WRONG = {
    "no delay": [[0.5], [0.5, 0]],
    "direction": [np.eye(3)[0] / 2, [0.5, 0, 0, 0]],
    "not halved": [torch.tensor([0, 0, 1])],
    "doubled": [[0.0, 0.0, 2.0, 0.0]],
    "delay of one": [[0, 0.5, 0, 0]],
    "several weights": [
        torch.ones(3).scatter(0, torch.tensor([0]), 0.0) / 2,
        [0.5, 0.5, 0.5],
        [0, 1, 0.5],
        [0, 0.5, 0.5],
        [0.5, 0.5],
        [1, 0, 0.5],
        [0, 0, 0.5, 1e-3],
    ],
    "longer delay": [
        [0, 0, 0, 0.5, 0],
        [0, 0, 0, 0, 0.5, 0],
        [0, 0, 0, 1],
        np.eye(4)[3] / 2,
        np.eye(5)[4] / 2,
    ],
    "booleans": [[0, 0, True]],
    "not finite": [[0, 0, float("nan")]],
    "one too short": [[0, 0.25], [0, 1], [0, 0]],
    "sign": [[0, 0, -0.5]],
    "wrong shape": [[[0, 0, 0.5]], [], [[0], [0], [0.5]]],
    "wrong type": [lambda signal: signal / 2],
    "wrong values": [[1, 0, 0], [2, 0, 0]],
}
