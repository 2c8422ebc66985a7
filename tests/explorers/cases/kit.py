"""What the limits say of a number or of a list that a reader types."""

import itertools
import re

from cnnlab.explorers.kit.limits import WORDS, Number, Numbers, Whole

from .build import case

TYPED = ("0", "1", "3", "-2", "0.5", "1e3", " 2 ")
LISTS = ("1, 0, -1", "1 2;3,4", "1, 2, 3, 4, 5", " ", "9.5", "-10 1")


def cases():
    limits = (Whole(0, 3), Whole(-2, 1), Number(0.2, 1), Number(-2, 999))
    for limit, text in itertools.product(limits, TYPED):
        number = float(text)
        whole = isinstance(limit, Whole) and number.is_integer()
        yield replayed("readNumber", text, limit, int(number) if whole else number)
    for limit, text in itertools.product((Numbers(1, 4, -9, 9), Numbers(3, 3, -99, 99)), LISTS):
        yield replayed("readNumbers", text, limit, [float(word) for word in re.split("[ ,;]+", text) if word])


def replayed(call, text, limit, value):
    given = {"call": call, "args": (text, "its name", limit.sent(), WORDS)}
    try:
        return case(call, *given["args"], answer=limit.check("its name", value), file="limits.js")
    except (TypeError, ValueError) as error:
        return case(call, *given["args"], error=str(error), file="limits.js")
