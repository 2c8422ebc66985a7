import numpy as np
import torch


def weight(index):
    weights = torch.zeros(1, 1, 5)
    weights[0, 0, index] = 1
    return weights


RIGHT = [weight(0), torch.nn.functional.one_hot(torch.tensor(0), 5)]
WRONG = {
    "flipped": [weight(4), np.eye(5)[-1]],
    "no delay": [weight(2)],
    "delay of one": [(0, 1, 0, 0, 0)],
    "early by one": [np.eye(5)[3]],
    "not five": [weight(0)[..., :3], [0, 0, 1], [1, 0, 0, 0], [0, 0, 0.5], [0, 0, 1, 0, 0, 0, 0]],
    "halved": [np.eye(5)[0] / 2],
    "several weights": [
        [1, 0, -1, 0, 0],
        np.ones(5),
        [1, 1, 0, 0, 0],
        [0.2] * 5,
        [1, 2, 3, 4, 5],
        [1, 0, 0, 0, 1e-3],
    ],
    "factor": [[2, 0, 0, 0, 0]],
    "not finite": [[1, 0, 0, 0, float("inf")]],
    "one value": [[0, 0, 0, 0, 0]],
    "sign": [-weight(0)],
    "wrong shape": [torch.zeros(20), torch.zeros(5, 1), [[1], [0], [0], [0], [0]]],
    "wrong type": [torch.nn.Conv1d(1, 1, 5, padding=2)],
    "wrong values": [[0, -1, 0, 0, 0], [0, 0, 0.5, 0, 0], [0, 0, 0, 0, 0.5], [0, 0, 0, 0, 2]],
}
