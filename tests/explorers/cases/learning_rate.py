"""The last loss at every rate, and the rate where it is least."""

import numpy as np

from cnnlab.explorers.learning_rate.curves import best, last, read

from .build import case


def cases():
    draw = np.random.default_rng(0)
    for count in (1, 3, 7):
        losses = draw.exponential(2, (3, count + 1, 20))
        losses[1, 1:, 9:] = np.nan
        losses[2, :, 0] = np.inf
        losses[0, -1, 19] = losses[0, 0, 19]
        arms = {f"arm {number}": dict(enumerate(by_rate, start=1)) for number, by_rate in enumerate(losses)}
        _, found, steps = read(arms)
        for arm in found:
            yield case("lastOf", arm, steps, answer=last(arm, steps))
            yield case("bestOf", arm, steps, answer=best(arm, steps))
