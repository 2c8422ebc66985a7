"""What a run may measure, as it follows from what the seeds measured: one rule for all claims."""

from __future__ import annotations

from collections.abc import Iterator
from math import isinf
from statistics import fmean, stdev

from cnnlab.claims.entries import Claim

DEVIATIONS = 6
STEPS = 2
# "Better" is said only of a difference whose smallest seed is at least this share of the mean.
SMALLEST_SHARE = 1 / 3


def tolerance(claim: Claim) -> tuple[float, float]:
    """Return the lowest and the highest value that a run of a measured claim may give.

    The seeds' mean plus or minus six of their standard deviations, and at least two steps, cut to the
    possible range; a bar takes the place of its side. A difference that is clear keeps its sign.

    Example:
        >>> low, high = tolerance(Claim("a.b", "seeds", unit="%", decimals=1, seeds=(97.0, 98.0, 99.0)))
        >>> low, high
        (92.0, 100.0)
    """
    low, high = claim.possible
    if claim.seeds:
        mean, margin = fmean(claim.seeds), max(DEVIATIONS * _deviation(claim), STEPS * step(claim))
        low, high = max(low, mean - margin), min(high, mean + margin)
        if claim.difference and _is_clear(claim):
            low, high = (max(low, 0.0), high) if mean > 0 else (low, min(high, 0.0))
    at_least, at_most = claim.limit
    return low if isinf(at_least) else at_least, high if isinf(at_most) else at_most


def step(claim: Claim) -> float:
    """Return the smallest step in which a measured value can change."""
    return claim.step if claim.step is not None else 10.0 ** -(claim.decimals or 0)


def faults(claim: Claim) -> Iterator[str]:
    """Yield a sentence for each reason why a measured claim proves nothing, or says more than its seeds."""
    if tolerance(claim) == claim.possible:
        yield f"claim {claim.id} must be able to fail, got seeds so wide that it holds for every value"
    low, high, mean = min(claim.seeds), max(claim.seeds), fmean(claim.seeds)
    clear = low * high > 0 and min(abs(low), abs(high)) >= SMALLEST_SHARE * abs(mean)
    found = ("positive" if mean > 0 else "negative") if clear else "none"
    if claim.difference not in ("", found):
        said = f"seeds from {low:g} to {high:g}, got {claim.difference!r}"
        yield f"claim {claim.id} must have the difference {found!r} of its {said}"


def _deviation(claim: Claim) -> float:
    return stdev(claim.seeds) if len(claim.seeds) > 1 else 0.0


def _is_clear(claim: Claim) -> bool:
    """Whether the mean of a difference is at least six deviations from nought."""
    return abs(fmean(claim.seeds)) >= DEVIATIONS * _deviation(claim) and fmean(claim.seeds) != 0
