import numpy as np
import torch

from cnnlab.lessons.lenet.momentum import step


def by_lists(w, v, g, lr, m):
    pairs = zip(w.flatten().tolist(), v.flatten().tolist(), g.flatten().tolist(), strict=True)
    moved = [(x - lr * (m * y + z), m * y + z) for x, y, z in pairs]
    return torch.tensor(moved).T.reshape(2, *w.shape)


def by_numpy(w, v, g, lr, m):
    velocity = np.add(np.multiply(m, v.numpy()), g.numpy())
    return np.stack([w.numpy() - lr * velocity, velocity])


def by_copies(w, v, g, lr, m):
    """Return the right answer as the library works: in place, but on copies."""
    weight, velocity = w.clone(), v.clone()
    velocity.mul_(m).add_(g)
    weight.sub_(velocity, alpha=lr)
    return [weight, velocity]


def damped(w, v, g, lr, m):
    v = torch.lerp(g, v, m)
    return w - lr * v, v


def in_place(w, v, g, lr, m):
    v *= m
    v += g
    return w - lr * v, v


RIGHT = [by_lists, by_numpy, by_copies]
WRONG = {
    "damped": [damped],
    "velocity": [lambda w, v, g, lr, m: (step(w, v, g, lr, m)[0], lr * (m * v + g))],
    "weight": [
        lambda w, v, g, lr, m: (w - lr * m * v, m * v + g),
        lambda w, v, g, lr, m: (w * (1 - lr) - lr * (m * v + g), m * v + g),
        lambda w, v, g, lr, m: (w, m * v + g),
        lambda w, v, g, lr, m: step(w, v, g, 1, m),
        lambda w, v, g, lr, m: step(0 * w, v, g, -lr, m),
        lambda w, v, g, lr, m: step(0 * w, v, g, lr, m),
    ],
    "wrong values": [
        # A sign turned, momentum left out or elsewhere, the roles of the two.
        lambda w, v, g, lr, m: step(w, v, -g, lr, m),
        lambda w, v, g, lr, m: step(w, v, -g, -lr, m),
        lambda w, v, g, lr, m: step(w, -v, g, lr, m),
        lambda w, v, g, lr, m: (w - lr * g, g),
        lambda w, v, g, lr, m: step(w, v, m * g, lr, 1),
        lambda w, v, g, lr, m: step(w, v, m * g, lr, m),
        lambda w, v, g, lr, m: step(w, v, g, m, lr),
        lambda w, v, g, lr, m: step(w, v, g, lr, 1),
        lambda w, v, g, lr, m: (w, v),
        # Right unless there is no velocity or no momentum, a gradient is 0, or a velocity is large.
        lambda w, v, g, lr, m: step(w, v, g if v.any() else (1 - m) * g, lr, m),
        lambda w, v, g, lr, m: (step(w, v, g, lr, m)[0], m * v + g if m else v),
        lambda w, v, g, lr, m: (torch.where(g == 0, w, w - lr * (m * v + g)), m * v + g),
        lambda w, v, g, lr, m: (w - lr * (m * v + g).clamp(-8, 8), m * v + g),
    ],
    "wrong shape": [
        lambda w, v, g, lr, m: step(w, v, g, lr, m)[0],
        lambda w, v, g, lr, m: step(w, v, g, lr, m)[1],
        # Right for vectors.
    ],
    "exception": [
        lambda w, v, g, lr, m: (float(w) - lr * (m * float(v) + float(g)), m * float(v) + float(g)),
    ],
    "changed its input": [in_place],
    "arguments": [lambda w, v, g, lr: step(w, v, g, lr, 0.9)],
    "nothing": [lambda w, v, g, lr, m: print(step(w, v, g, lr, m))],
    "wrong type": [lambda w, v, g, lr, m: {"weight": w, "velocity": v}],
    "too much": [lambda w, v, g, lr, m: (*step(w, v, g, lr, m), g)],
    "other places": [lambda w, v, g, lr, m: torch.stack(step(w, v, g, lr, m)).flatten(1)],
}
