"""The area under a pair of functions at a shift, and the sums of two sequences."""

from cnnlab.explorers.sliding.overlap import PAIRS, functions, overlap, slide

from .build import case

SEQUENCES = (([1, 0, -1], [0, 1, 2]), ([1.5, -2, 0, 3], [0.5, 1, -4]), ([2], [3, -1]))


def cases():
    for flip in (True, False):
        for pair in PAIRS:
            for t in (-1.3, -0.4, 0.0, 0.55, 2.0):
                area = overlap(*functions(pair, 0.3, 0.7), t, flip=flip)
                yield case("areaOf", pair, 0.3, 0.7, t, flip, answer=area)
        for f, g in SEQUENCES:
            shifts, sums = slide(f, g, flip=flip)
            yield case("shiftsOf", f, g, flip, answer={"min": shifts[0], "max": shifts[-1]})
            for t, value in zip(shifts, sums, strict=True):
                yield case("sumAt", f, g, t, flip, answer=value)
