"""Where the kernel stands, what it misses, how large the output is and how many weights there are."""

import random

from cnnlab.explorers import Arithmetic
from cnnlab.explorers.arithmetic.widget import CHANNELS, SHAPE

from .build import case

MINUS = "\N{MINUS SIGN}"


def cases():
    for explorer in map(shaped, range(60)):
        state = {name: getattr(explorer, name) for name in (*SHAPE, *CHANNELS)}
        found = explorer.positions()
        axis = found._asdict() | {
            "missed": found.uncovered(),
            "output": len(found.starts),
            "span": found.span,
        }
        yield case("axisOf", state, answer=axis)
        yield case("formula", state, answer=explorer.formula().replace("-", MINUS))
        yield case("weightsOf", state, answer=explorer.weights())
        yield case("neverCovered", axis, state, answer=explorer.never_covered())


def shaped(seed):
    draw = random.Random(seed)
    transposed, stride, dilation = draw.random() < 0.5, draw.randint(1, 4), draw.randint(1, 3)
    return Arithmetic(
        draw.randint(1, 12),
        draw.randint(1, 7),
        stride,
        draw.randint(0, 4),
        dilation,
        draw.choice([1, 2, 4]),
        out_channels=draw.choice([4, 8]),
        transposed=transposed,
        output_padding=draw.randrange(max(stride, dilation)) if transposed else 0,
    )
