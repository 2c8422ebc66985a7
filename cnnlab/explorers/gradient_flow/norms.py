"""Norms of gradients by layer, of networks with and without shortcuts and batch normalization."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from cnnlab.explorers.kit.limits import Flag, OneOf, Whole, finite

KINDS = ("residual", "plain")
MOST_NORMS = 4_000
NORMS = Whole(2, 200)
Norms = Mapping[tuple[int, str, bool], Sequence[float]]
Record = dict[str, Any]


def read(norms: Norms) -> list[Record]:
    """Return a record for each depth and arm, the smallest depth first, its four arms in one order.

    Args:
        norms: by (depth, kind, batch_norm) the norms from the first layer to the last.

    Returns:
        Mappings with "depth", "kind", "batch_norm" and "norms", rounded to four digits.

    Raises:
        TypeError: the mapping, a key or a norm is of the wrong kind.
        ValueError: too few or too many depths or norms, an arm that is missing, or a norm that is negative
            or not finite.

    Example:
        >>> arms = [(kind, batch_norm) for kind in KINDS for batch_norm in (True, False)]
        >>> read({(8, *arm): [0.5, 0.25] for arm in arms})[0]
        {'depth': 8, 'kind': 'residual', 'batch_norm': True, 'norms': [0.5, 0.25]}
    """
    if not isinstance(norms, Mapping):
        raise TypeError(f"norms must be a mapping, got {type(norms).__name__}")
    found = {_key(key): _norms(key, values) for key, values in norms.items()}
    depths = sorted({depth for depth, _, _ in found})
    Whole(1, 8).check("the number of depths", len(depths))
    wanted = list(product(depths, KINDS, (True, False)))
    missing = [key for key in wanted if key not in found]
    if missing:
        raise ValueError(f"norms must have all four arms of every depth, got none for {missing[0]}")
    count = sum(map(len, found.values()))
    if count > MOST_NORMS:
        raise ValueError(f"norms must be at most {MOST_NORMS} in all, got {count}")
    names = ("depth", "kind", "batch_norm")
    return [dict(zip(names, key, strict=True)) | {"norms": found[key]} for key in wanted]


def _key(key: Any) -> tuple[int, str, bool]:
    if not isinstance(key, tuple) or len(key) != 3:
        raise TypeError(f"each key of norms must be (depth, kind, batch_norm), got {key!r}")
    depth, kind, batch_norm = key
    return (
        Whole(1, 10_000).check("each depth", depth),
        OneOf(KINDS).check("each kind", kind),
        Flag().check("each batch_norm", batch_norm),
    )


def _norms(key: Any, values: Any) -> list[float]:
    name = f"norms of {key}"
    found = finite(name, values)
    NORMS.check(f"the number of {name}", len(found))
    if min(found) < 0:
        raise ValueError(f"{name} must be at least 0, got {min(found)}")
    return [float(f"{norm:.4g}") for norm in found]


def ratio(norms: Sequence[float]) -> float | None:
    """Return how many times as large the first norm is as the last; None where the last is 0.

    Example:
        >>> ratio([6.0, 5.0, 2.0]), ratio([1.0, 0.0])
        (3.0, None)
    """
    return norms[0] / norms[-1] if norms[-1] else None


def span(records: Sequence[Record]) -> list[float]:
    """Return the least norm that is not 0, and the largest; apart even where all are equal.

    Args:
        records: as ``read`` returns them.
    """
    return _apart(norm for record in records for norm in record["norms"])


def ratio_span(records: Sequence[Record]) -> list[float]:
    """Return the least and the largest ratio that is not 0; apart even where all are equal.

    Args:
        records: as ``read`` returns them.
    """
    return _apart(ratio(record["norms"]) or 0.0 for record in records)


def _apart(values: Any) -> list[float]:
    known = [value for value in values if value > 0 and math.isfinite(value)] or [1.0]
    return [min(known) / 1.5, max(known) * 1.5]
