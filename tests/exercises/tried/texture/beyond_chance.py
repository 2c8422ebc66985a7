import numpy as np
import torch

from cnnlab.lessons.texture.beyond_chance import excess


def by_counting(predictions, shapes, textures, num_classes):
    hits, errors = [0, 0], [0, 0]
    for answer, *cues in zip(predictions.tolist(), shapes.tolist(), textures.tolist(), strict=True):
        for which, cue in enumerate(cues):
            hits[which] += answer == cue
            errors[1 - which] += answer != cue
    return [hit - error / (num_classes - 1) for hit, error in zip(hits, errors, strict=True)]


def by_selection(p, s, t, k):
    not_texture, not_shape = p != t, p != s
    return [
        (p[not_texture] == s[not_texture]).sum().item() - not_texture.sum().item() / (k - 1),
        (p[not_shape] == t[not_shape]).sum().item() - not_shape.sum().item() / (k - 1),
    ]


def by_numpy(p, s, t, k):
    p, s, t = map(np.asarray, (p, s, t))
    return np.array(
        [(p == s).sum() - (p != t).mean() * len(p) / (k - 1), (p == t).sum() - (p != s).sum() / (k - 1)]
    )


def by_tensors(p, s, t, k):
    hits = torch.stack([p == s, p == t]).sum(1)
    return hits - (len(p) - hits.flip(0)) / (k - 1)


RIGHT = [by_counting, by_selection, by_numpy, by_tensors]
WRONG = {
    "divided by K": [lambda p, s, t, k: by_tensors(p, s, t, k + 1)],
    "all answers": [excess(lambda s, t, n, k: (n / k, n / k))],
    "other errors": [
        lambda p, s, t, k: (p == torch.stack([s, t])).sum(1) - (p != torch.stack([s, t])).sum(1) / (k - 1)
    ],
    "neither dropped": [excess(lambda s, t, n, k: (t / (k - 1), s / (k - 1)))],
    "neither only": [excess(lambda s, t, n, k: ((n - s - t) / (k - 1), (n - s - t) / (k - 1)))],
    "not shape is texture": [
        lambda p, s, t, k: [(p != t).sum() * (k - 2) / (k - 1), (p != s).sum() * (k - 2) / (k - 1)]
    ],
    "not subtracted": [lambda p, s, t, k: [(p == s).sum(), (p == t).sum()]],
    "divided": [lambda p, s, t, k: by_tensors(p, s, t, k) / len(p)],
    "cut off": [lambda p, s, t, k: by_tensors(p, s, t, k).clamp(min=0)],
    "order": [lambda p, s, t, k: by_tensors(p, t, s, k)],
    "one number": [
        lambda p, s, t, k: by_tensors(p, s, t, k)[1],
        lambda p, s, t, k: by_tensors(p, s, t, k)[0] / by_tensors(p, s, t, k).sum(),
    ],
    "other classes": [lambda p, s, t, k: by_tensors(p, s, t, len({*p.tolist(), *s.tolist(), *t.tolist()}))],
    "whole numbers": [lambda p, s, t, k: by_tensors(p, s, t, k).round()],
    "sign": [lambda p, s, t, k: -by_tensors(p, s, t, k)],
    "one right": [
        excess(lambda s, t, n, k: ((n - t) / (k - 1), 0)),
        excess(lambda s, t, n, k: ((n - t) / (k - 1), (n - t) / (k - 1))),
        excess(lambda s, t, n, k: ((n - s) / (k - 1), (n - s) / (k - 1))),
    ],
    "other number by chance": [
        lambda p, s, t, k: [(p == s).double().mean() - 1 / k, (p == t).double().mean() - 1 / k],
        excess(lambda s, t, n, k: (n / 2, n / 2)),
        excess(lambda s, t, n, k: ((n - t) / (n + 1), (n - s) / (n + 1))),
        lambda p, s, t, k: [(p == s).double().mean(), (p == t).double().mean()],
    ],
}
