"""What a case is made of."""

import numpy as np


def case(call, *args, answer=None, error=None, tolerance=1e-9, file="index.js"):
    """A call of a function that ``file`` exports, and the library's answer or sentence.

    Of an object only those entries are compared that ``answer`` has. Numbers may differ by ``tolerance``
    times the larger of 1 and the answer.
    """
    return {
        "file": file,
        "call": call,
        "args": plain(args),
        "answer": plain(answer),
        "error": error and in_the_browser(error),
        "tolerance": tolerance,
    }


def plain(value):
    """The value in JSON's types."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple, range)):
        return [plain(entry) for entry in value]
    if isinstance(value, bytes):
        return {"bytes": list(value)}
    return value.tolist() if hasattr(value, "tolist") else value


def in_the_browser(words):
    """Words of Python as the browser writes them: with the sign for minus, and a full stop."""
    return words.replace("-", "\N{MINUS SIGN}") + "."


def picture(values):
    """A picture as the browser has it."""
    values = np.asarray(values, dtype=float)
    return {"rows": values.shape[0], "columns": values.shape[1], "values": values.ravel()}
