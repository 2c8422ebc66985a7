import numpy as np
import torch


def by_numpy(x, kept, p):
    result = np.zeros(x.shape)
    result[kept.numpy()] = x.numpy()[kept.numpy()] * (1 / (1 - p))
    return result


def by_lists(x, kept, p):
    pairs = zip(x.flatten().tolist(), kept.flatten().tolist(), strict=True)
    return torch.tensor([value / (1 - p) if stays else 0.0 for value, stays in pairs]).reshape(x.shape)


def by_fill(x, kept, p):
    return x.masked_fill(~kept, 0) / (1 - p)


def mask_in_place(x, kept, p):
    return x * kept.logical_not_().logical_not() / (1 - p)


RIGHT = [by_numpy, by_lists]
WRONG = {
    "scaled down": [lambda x, kept, p: by_fill(x, kept, p) * (1 - p) ** 2],
    "p for 1 - p": [lambda x, kept, p: x * kept.double() * p],
    "1 + p": [lambda x, kept, p: x * kept + p * x * kept],
    "mask turned round": [lambda x, kept, p: by_fill(x, ~kept, p)],
    "not 0": [lambda x, kept, p: x * (1 / (1 - p)), lambda x, kept, p: x - p * x],
    "left out": [lambda x, kept, p: torch.masked_select(x, kept)],
    "another draw": [lambda x, kept, p: torch.nn.Dropout(p)(x)],
    "sign": [lambda x, kept, p: -by_fill(x, kept, p)],
    "changed its input": [mask_in_place],
    "nothing": [lambda x, kept, p: print(x)],
}
