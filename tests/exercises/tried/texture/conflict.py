from itertools import permutations

import numpy as np
import torch

from cnnlab.lessons.texture.conflict import pictures


def by_loops(masks, textures, background):
    shown, labels = [], []
    for s in range(len(masks)):
        for t in range(len(textures)):
            if s != t:
                picture = torch.full_like(textures[t], background)
                picture[masks[s] == 1] = textures[t][masks[s] == 1]
                shown.append(picture)
                labels.append((s, t))
    return shown, labels


def by_mesh(masks, textures, background):
    k = len(masks)
    s, t = torch.meshgrid(torch.arange(k), torch.arange(k), indexing="ij")
    s, t = s[s != t], t[s != t]
    return masks[s] * textures[t] + (1 - masks[s]) * background, torch.stack([s, t], 1)


def by_numpy(masks, textures, background):
    m, x, labels = masks.numpy(), textures.numpy(), list(permutations(range(len(masks)), 2))
    return np.array([np.where(m[s] == 1, x[t], background) for s, t in labels]), np.array(labels)


def by_all(masks, textures, background):
    """All pairs first, then those on the diagonal out."""
    every = torch.where(masks[:, None] > 0.5, textures[None], background)
    others = ~torch.eye(len(masks), dtype=torch.bool)
    return [every[others], others.nonzero()]


def one_pair(masks, textures, background):
    return torch.where(masks[0] == 1, textures[1], background), [0, 1]


RIGHT = [by_loops, by_mesh, by_numpy, by_all]
WRONG = {
    "same class": [
        lambda m, x, b: (
            torch.where(m[:, None] > 0, x[None], b).flatten(0, 1),
            [(s, t) for s in range(len(m)) for t in range(len(m))],
        ),
        lambda m, x, b: (torch.where(m > 0, x, b), [(s, s) for s in range(len(m))]),
    ],
    "where": [pictures(paint=lambda m, x, b: m * b + (1 - m) * x)],
    "background": [pictures(paint=lambda m, x, b: x * m)],
    "labels swapped": [lambda *given: (by_loops(*given)[0], np.flip(by_loops(*given)[1], 1))],
    "swapped": [lambda m, x, b: pictures(look=lambda s, t: (t, s))(m, x, b)],
    "some only": [pictures(lambda k: ((s, (s + 1) % k) for s in range(k)))],
    "own texture": [pictures(look=lambda s, t: (s, s))],
    "order of pairs": [pictures(lambda k: ((s, (s + d) % k) for s in range(k) for d in range(1, k)))],
    "pair": [
        lambda *given: by_mesh(*given)[::-1],
        lambda *given: (by_mesh(*given)[0][:, None], by_mesh(*given)[1]),
    ],
    "labels": [
        pictures(label=lambda s, t: s),
        lambda *given: (by_mesh(*given)[0], by_mesh(*given)[1] + 1),
        lambda *given: (by_mesh(*given)[0], by_mesh(*given)[1].T),
    ],
    "shapes": [
        pictures(lambda k: ((s, t) for s in range(k) for t in range(s))),
        one_pair,
        pictures(label=lambda s, t: 10 * s + t),
        lambda *given: (by_mesh(*given)[0].unflatten(0, (len(given[0]), -1)), by_mesh(*given)[1]),
        lambda m, x, b: (torch.stack([torch.where(m > 0, x.roll(-1, 0), b)] * 3), [(0, 1)] * 3),
    ],
    "pictures": [
        pictures(paint=lambda m, x, b: m),
        pictures(paint=lambda m, x, b: torch.where(m > 0, x, 0.5)),
        pictures(paint=lambda m, x, b: torch.where(m > 0, x, x.mean())),
        pictures(paint=lambda m, x, b: torch.where(x > 0, m, b)),
        pictures(look=lambda s, t: (s, 0)),
    ],
    "wrong shape": [lambda *given: by_mesh(*given)[0][:1], lambda *given: (*by_mesh(*given), given[2])],
}
