"""How many times as large the first norm is as the last."""

import numpy as np

from cnnlab.explorers.gradient_flow.norms import ratio

from .build import case


def cases():
    draw = np.random.default_rng(0)
    for norms in (*np.exp(10 * draw.normal(size=(20, 5))).tolist(), [1.0, 0.0], [0.0, 2.0]):
        yield case("ratioOf", norms, answer=ratio(norms))
