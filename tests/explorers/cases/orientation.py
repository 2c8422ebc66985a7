"""Patterns, Gabor's filter and its answers, and Sobel's gradient of an edge."""

import numpy as np

from cnnlab.explorers.orientation import oriented

from .build import case, picture


def cases():
    for angle in (0, 35, 90, 145):
        for wavelength in (4, 7.5, 10):
            yield filtering("gabor", angle, wavelength, answer=picture(oriented.gabor(angle, wavelength)))
        for stimulus in ("grating", "bar"):
            seen = oriented.pattern(stimulus, angle, 33)
            yield filtering("pattern", stimulus, angle, 33, answer=picture(seen))
            weights = oriented.gabor(40, 6)
            pair = picture(seen), picture(weights)
            yield filtering("responseOf", *pair, answer=picture(oriented.response(seen, weights)))
            yield filtering("strengthOf", *pair, answer=oriented.strength(seen, weights))
        for contrast in (0.3, 1):
            edge = oriented.edge(angle + 180, contrast, 11)
            yield filtering("edgeAt", angle + 180, contrast, 11, answer=picture(edge))
            yield filtering("sobelGradient", picture(edge), answer=np.round(oriented.sobel_gradient(edge), 9))


def filtering(call, *args, answer):
    return case(call, *args, answer=answer, file="oriented.js")
