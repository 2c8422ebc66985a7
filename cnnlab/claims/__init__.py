"""Every number that the course states, and the check that each one is true.

A lesson's ``claims.toml`` holds one table a claim, its ``evidence.json`` what ten seeds measured. A notebook
computes the number and calls :func:`check`, whose line is the result, or for an experiment too slow for a
notebook :func:`ran`; its prose quotes the claim as
``[61,706](#claim:lenet.parameters)``, and a test compares the two.
"""

from cnnlab.claims.checking import (
    ClaimError,
    Line,
    check,
    measured,
    quote,
    quoted_numbers,
    ran,
    recorded,
    shown,
)
from cnnlab.claims.entries import Claim, evidence, find, ledger, parse, sweep, topics
from cnnlab.claims.seeds import faults, tolerance

__all__ = [
    "Claim",
    "ClaimError",
    "Line",
    "check",
    "evidence",
    "faults",
    "find",
    "ledger",
    "measured",
    "parse",
    "quote",
    "quoted_numbers",
    "ran",
    "recorded",
    "shown",
    "sweep",
    "tolerance",
    "topics",
]
