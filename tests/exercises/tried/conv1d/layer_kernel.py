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
    "halved": [np.eye(5)[0] / 2],
    "sign": [-weight(0)],
    "not five": [weight(0)[..., :3]],
    "several weights": [[1, 0, -1, 0, 0], np.ones(5)],
    "place and size": [[0, -1, 0, 0, 0]],
    "one value": [[0, 0, 0, 0, 0]],
    "wrong shape": [torch.zeros(20)],
    "not finite": [[1, 0, 0, 0, float("inf")]],
    "wrong type": [torch.nn.Conv1d(1, 1, 5, padding=2)],
    "TODO": [
        *([0, 0, 1], [1, 0, 0, 0], [0, 0, 0.5], [1, 1, 0, 0, 0], [0.2] * 5, [1, 2, 3, 4, 5]),
        *([0, 0, 0.5, 0, 0], [0, 0, 0, 0, 0.5], [0, 0, 0, 0, 2], torch.zeros(5, 1), [2, 0, 0, 0, 0]),
        *([1, 0, 0, 0, 1e-3], [0, 0, 1, 0, 0, 0, 0], [[1], [0], [0], [0], [0]]),
    ],
}
