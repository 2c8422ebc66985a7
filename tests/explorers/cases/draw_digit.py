"""Strokes as grey levels, and a network's answer to a picture."""

import torch
from torch import nn

from cnnlab.explorers.draw_digit.chain import Chain
from cnnlab.explorers.draw_digit.strokes import placed, rasterised

from .build import case

STROKES = [[(0.2, 0.2), (0.7, 0.25), (0.4, 0.9)], [(0.3, 0.6)], [(0.5, 0.5), (0.5, 0.5)]]
LOOKS = (
    {"pen": 2.3, "edge": 1, "box": 20, "centre": True},
    {"pen": 5, "edge": 4, "box": None, "centre": True},
    {"pen": 1.5, "edge": 0.5, "box": 16, "centre": False},
)


def cases():
    for look in LOOKS:
        for strokes in (STROKES, STROKES[:1], STROKES[1:2]):
            pixels, settings = placed(strokes, 28, **look), {"size": 28, **look}
            yield case("placed", strokes, settings, answer=pixels, file="strokes.js")
            ink = rasterised(pixels, 28, pen=look["pen"], edge=look["edge"])
            yield case("rasterised", pixels, settings, answer=ink.ravel(), file="strokes.js")
    torch.manual_seed(0)
    for model in networks():
        chain, image = Chain(model), torch.rand(1, 2, 9, 8)
        yield case("readHalves", chain.numbers.tobytes(), answer=chain.numbers, file="network.js")
        given = {"channels": 2, "rows": 9, "columns": 8, "values": image.flatten()}
        logits = chain.logits(image)[0]
        answer = {"values": logits.flatten()}
        yield case("run", chain.layers, chain.numbers.astype(float), given, answer=answer, file="network.js")
        shares = torch.softmax(logits.flatten(), 0)
        yield case("softmax", logits.flatten(), answer=shares, file="network.js")


def networks():
    yield nn.Sequential(nn.Flatten(), nn.Linear(144, 5), nn.Tanh(), nn.Linear(5, 3, bias=False))
    yield nn.Sequential(
        *(nn.Conv2d(2, 4, (3, 5), stride=(1, 2), padding=(2, 0), dilation=(2, 1)), nn.ReLU()),
        *(nn.MaxPool2d(3, stride=1, padding=1), nn.Conv2d(4, 6, 3, groups=2, padding="same", bias=False)),
        *(nn.Sigmoid(), nn.AvgPool2d(3, stride=2, padding=1), nn.Conv2d(6, 8, 1)),
        *(nn.AvgPool2d((2, 3), padding=(1, 1), count_include_pad=False), nn.Dropout(0.5), nn.Tanh()),
        *(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 5), nn.Softmax(1)),
    )
    for counted in (True, False):
        pool = nn.AvgPool2d(3, 2, padding=1, count_include_pad=counted)
        yield nn.Sequential(nn.Conv2d(2, 3, 2), pool, nn.Flatten(), nn.Linear(48, 2))
