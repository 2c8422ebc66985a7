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


def in_place(x, kept, p):
    x[~kept] = 0
    return x / (1 - p)


RIGHT = [by_numpy, by_lists, by_fill]
WRONG = {
    "sign": [lambda x, kept, p: -by_fill(x, kept, p)],
    "wrong values": [
        lambda x, kept, p: x / (1 - p),
        lambda x, kept, p: torch.where(kept, x / (1 - p), x),
        # Scaled otherwise, of the right places and of the others.
        lambda x, kept, p: x * kept * 2,
        lambda x, kept, p: x * kept * p,
        lambda x, kept, p: x.masked_fill(kept, 0),
        lambda x, kept, p: x * ~kept / (p or 1),
        # Something else than 0.
        lambda x, kept, p: x - p * x,
        lambda x, kept, p: torch.where(kept, x, x.mean()) / (1 - p),
        # The mask alone.
        lambda x, kept, p: kept / (1 - p),
        # Right for whole factors, for large shares that stay, for positive numbers.
        lambda x, kept, p: x * kept * round(1 / (1 - p)),
        lambda x, kept, p: x * kept / max(1 - p, 0.5),
        lambda x, kept, p: (x * kept / (1 - p)).clamp(min=-7),
    ],
    "wrong shape": [
        lambda x, kept, p: x[kept],
        # Right for vectors.
    ],
    "exception": [
        lambda x, kept, p: x * (True - kept) / (1 - p),
        lambda x, kept, p: x / (1 - p) if kept else 0 * x,
    ],
    "booleans": [lambda x, kept, p: kept],
    "untouched input": [lambda x, kept, p: x, lambda x, kept, p: kept.int()],
    "changed its input": [mask_in_place, in_place],
    "arguments": [lambda x, p: x * p],
    "nothing": [lambda x, kept, p: print(x)],
    "other places": [lambda x, kept, p: by_fill(x, kept, p).flatten()],
}
