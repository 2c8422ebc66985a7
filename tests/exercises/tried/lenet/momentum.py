import numpy as np
import torch


def by_lists(w, v, g, lr, m):
    pairs = zip(w.flatten().tolist(), v.flatten().tolist(), g.flatten().tolist(), strict=True)
    moved = [(x - lr * (m * y + z), m * y + z) for x, y, z in pairs]
    return torch.tensor(moved).T.reshape(2, *w.shape)


def by_numpy(w, v, g, lr, m):
    velocity = np.add(np.multiply(m, v.numpy()), g.numpy())
    return np.stack([w.numpy() - lr * velocity, velocity])


def by_functions(w, v, g, lr, m):
    velocity = torch.add(g, v, alpha=m)
    return torch.stack([torch.sub(w, velocity, alpha=lr), velocity])


def damped(w, v, g, lr, m):
    v = torch.lerp(g, v, m)
    return w - lr * v, v


def in_place(w, v, g, lr, m):
    v *= m
    v += g
    return w - lr * v, v


RIGHT = [by_lists, by_numpy, by_functions]
WRONG = {
    "damped": [damped],
    "changed its input": [in_place],
    "wrong type": [lambda w, v, g, lr, m: {"weight": w, "velocity": v}],
}
