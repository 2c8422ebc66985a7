"""Range and mean of the seeds, and which arms overlap, at every number of examples."""

import numpy as np

from cnnlab.explorers.examples_curve.accuracies import overlaps, range_of, read

from .build import case


def cases():
    draw = np.random.default_rng(0)
    for arms, spread in ((1, 5), (3, 2), (6, 20)):
        values = (50 + spread * draw.standard_normal((arms, 4, 10))).clip(0, 100).round()
        accuracies = {f"arm {i}": dict(zip((1, 2, 5, 50), values[i], strict=True)) for i in range(arms)}
        accuracies["arm 0"][2] = []
        _, found = read(accuracies)
        for place in range(4):
            yield case("overlapsOf", found, place, answer=overlaps(found, place))
            for arm in found:
                yield case("rangeOf", arm["seeds"][place], answer=range_of(arm["seeds"][place]))
