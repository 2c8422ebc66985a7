"""The picture at every step, and the stretches of equal answers."""

import itertools

from cnnlab.data import Ranges
from cnnlab.explorers.cue_mixer.belief import runs
from cnnlab.explorers.cue_mixer.mixing import LAST, blended, scene

from .build import case


def cases():
    for shape, texture in (("heart", "stripes"), ("ring", "noise")):
        three = scene(shape, texture, size=8, ranges=Ranges(), seed=1)
        for step in range(LAST + 1):
            yield case("blended", three.tobytes(), step, answer=blended(three, step).ravel())
    for answers in itertools.product(range(3), repeat=4):
        yield case("runs", answers, answer=runs(answers))
