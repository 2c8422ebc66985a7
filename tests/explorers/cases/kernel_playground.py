"""A filtered picture, and what the kernel does in numbers."""

import numpy as np
import torch

from cnnlab import filters
from cnnlab.explorers.kernel_playground.effect import effect
from cnnlab.explorers.kernel_playground.presets import PRESETS
from cnnlab.explorers.kernel_playground.widget import BORDERS

from .build import case, picture


def cases():
    pixels = np.random.default_rng(0).random((9, 7))
    for entry in PRESETS.values():
        for border, name in BORDERS.items():
            kernel = torch.tensor(entry["kernel"], dtype=torch.float64)
            sums = filters.cross_correlate(torch.from_numpy(pixels), kernel, border=name).numpy()
            results = sums / entry["divisor"] + entry["offset"]
            given = (entry["kernel"], entry["divisor"], entry["offset"], border)
            yield case("filtered", picture(pixels), *given, answer=picture(results))
            found = effect(results, entry["kernel"], entry["divisor"]).__dict__
            yield case("effectOf", picture(results), entry["kernel"], entry["divisor"], answer=found)
