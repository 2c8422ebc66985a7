"""The bytes of a map among all bytes, and its largest value and mean."""

import torch
from torch import nn

from cnnlab.explorers import FeatureMaps

from .build import case


def cases():
    torch.manual_seed(0)
    network = nn.Sequential(nn.Conv2d(1, 3, 3), nn.Tanh(), nn.AvgPool2d(2))
    explorer = FeatureMaps(network, torch.rand(2, 1, 8, 7))
    for layer in range(len(explorer.layers)):
        explorer.layer = layer
        for picture in range(2):
            explorer.picture = picture
            now = explorer.chosen()
            for index, values in enumerate(explorer.maps()):
                levels = (
                    ((values - now["low"]) / (now["high"] - now["low"]) * 255).round().astype(int).ravel()
                )
                yield case("mapBytes", explorer.packed(), now, picture, index, answer=levels)
                answer = {"largest": values.max(), "mean": values.mean()}
                yield case("statisticsOf", now, levels, answer=answer)
