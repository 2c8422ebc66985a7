import numpy as np
import torch

RIGHT = [(13, 10, 7), tuple(10 + extra for extra in (3, 0, -3)), [13.0, 10.0, 7.0]]
WRONG = {
    "one number": [[13], 13],
    "full = i + k": [(10 + 4, 10, 10 - 4 + 1)],
    "valid = i - k": [[10 + 4 - 1, 10, 10 - 4]],
    "both off by one": [np.array([10 + 4, 10, 10 - 4])],
    "wrong order": [
        torch.tensor([7, 10, 13]),
        [13.0, 7.0, 10.0],
        sorted((13, 10, 7), key=lambda length: abs(length - 10)),
        (10, 7, 13),
        (10, 13, 7),
        (7, 13, 10),
    ],
    "same": [(13, len(range(4)), 7), torch.tensor([13, 7, 7]), (13, 4, 7), (13, 11, 7), (13, 10.5, 7)],
    "other lengths": [
        torch.tensor([10.0, 10.0, 7.0]),
        (14, 10, 8),
        (10, 10, 10),
        (10, 10, 7),
        (13, 10, 10),
        (14, 10, 5),
        (-13, -10, -7),
    ],
    "extra brackets": [[[13, 10, 7]]],
    "not finite": [(13, 10, float("nan"))],
    "nothing": [(13, 10, None)],
    "one too long": [(13, 10, 7, 7)],
    "one too short": [(13, 10)],
    "wrong shape": [],
    "wrong type": [{"full": 13, "same": 10, "valid": 7}, "13, 10, 7"],
}
