"""Length, jump, field and start of every layer of a stack, and the cells that feed a unit."""

import random

from cnnlab.explorers.receptive_field.stack import feeding, levels

from .build import case


def cases():
    for seed in range(40):
        draw = random.Random(seed)
        layers = [layer(draw) for _ in range(draw.randint(1, 6))]
        found = levels(layers, draw.randint(1, 64))
        levels_found = [level._asdict() for level in found]
        yield case("levelsOf", layers, found[0].length, answer=levels_found)
        top = len(found) - 1
        for unit in {0, found[top].length // 2}:
            cells = feeding(layers[:top], [level.length for level in found], unit)
            yield case("feedingOf", layers, levels_found, top, unit, answer=cells)


def layer(draw):
    return {
        "kernel_size": draw.randint(1, 5),
        "stride": draw.choice([1, 1, 2, 3]),
        "padding": draw.randint(0, 4),
        "dilation": draw.randint(1, 3),
    }
