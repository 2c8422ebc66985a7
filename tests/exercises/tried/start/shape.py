import numpy as np
import torch


def batch_shape():
    return torch.zeros(8, 3, 32, 48).shape


RIGHT = [(8, 3, 32, 48), batch_shape(), np.empty((8, 3, 32, 48)).shape, torch.tensor([8, 3, 32, 48])]
WRONG = {
    "batch itself": [np.ones((8, 32, 48, 3)), torch.zeros(8, 3, 32, 48)],
    "channels last": [torch.zeros(8, 32, 48, 3).shape],
    "width first": [np.array([8, 3, 48, 32])],
    "batch second": [np.zeros((3, 8, 32, 48)).shape],
    "wrong order": [
        list(reversed((3, 32, 48, 8))),
        torch.zeros(32, 48, 3, 8).shape,
        (48, 3, 8, 32),
        (3, 32, 48, 8),
        (48, 32, 3, 8),
    ],
    "no batch": [list(torch.zeros(3, 32, 48).shape)],
    "no channels": [torch.tensor([8, 32, 48])],
    "one channel": [[8.0, 1.0, 32.0, 48.0]],
    "other numbers": [
        (8, 32, 48, 1),
        (8, 4, 32, 48),
        (8, 3, 48, 48),
        (8, 3, 32, 49),
        (8, 3, 33.0, 48),
        (0, 3, 32, 48),
    ],
    "extra brackets": [[(8, 3, 32, 48)]],
    "one too long": [(8, 3, 32, 48, 1)],
    "one too short": [(3, 48, 32), (32, 48, 3), (8, 48, 32)],
    "ragged": [(8, (3, 32), 48)],
    "wrong shape": [4],
    "wrong type": ["(8, 3, 32, 48)", batch_shape],
    "a part": [(32, 48)],
}
