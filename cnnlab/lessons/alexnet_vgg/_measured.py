"""What a network of a given budget is judged by: how many convolutions follow each other, say."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from cnnlab.exercises.networks import Network, close, counted, mapped

SHAPE = (2, 3, 32, 32)
PARAMETERS, CONVOLUTIONS = 20_000, 3
MEASURED: dict[str, float] = {
    "dimensions": 2,
    "rows": 2,
    "each": 10,
    "parameters": PARAMETERS,
    "convolutions": CONVOLUTIONS,
    "in a row": CONVOLUTIONS,
    "with bends": CONVOLUTIONS,
    "idle": 0,
    "bounded": 0,
}


def in_a_row(network: Network) -> tuple[int, int]:
    """Return the most convolutions of which each gets what comes of the one before, and the most with bends.

    Between two is a bend if the second's input is no linear function of the first's result: results that add
    up do not give inputs that add up.

    Args:
        network: with its pictures.
    """
    drawn = network.drawn()
    results = network.met(drawn).results
    chained, bent = [1] * len(results), [1] * len(results)
    for place, result in enumerate(results):
        first, second = (network.draw(tuple(result.shape)) for _ in range(2))
        nothing, one, other, both = (
            network.met(drawn, place, instead).inputs
            for instead in (0 * first, first, second, first + second)
        )
        for later in range(place + 1, len(results)):
            base = nothing[later]
            if not close(one[later], base):
                chained[later] = max(chained[later], chained[place] + 1)
            if not close(both[later] - base, (one[later] - base) + (other[later] - base)):
                bent[later] = max(bent[later], bent[place] + 1)
    return max(chained, default=0), max(bent, default=0)


def measure(value: Any) -> dict[str, float]:
    """Return what a network is judged by; the last four as they should be if the rest is wrong.

    Args:
        value: what was handed back.

    Raises:
        RefusedError: it is no network.
    """
    network = Network(value, SHAPE)
    network.module.eval()
    counts = (*network.shape(), network.parameters, min(network.convolutions(), CONVOLUTIONS))
    found = MEASURED | dict(zip(MEASURED, counts, strict=False))
    if found != MEASURED:
        return found
    row, bends = (min(most, CONVOLUTIONS) for most in in_a_row(network))
    bounded = int(is_bounded(network))
    return found | {"in a row": row, "with bends": bends, "idle": network.idle(), "bounded": bounded}


def is_bounded(network: Network) -> bool:
    """Return whether outputs keep to one sign, or within 1, however large the parameters: no logits do."""
    large = [{name: 100 * value for name, value in network.drawn().items()} for _ in range(3)]
    with torch.no_grad():
        outputs = torch.stack([network.outputs(drawn, network.pictures) for drawn in large])
    return bool((outputs >= 0).all() or (outputs <= 0).all() or (outputs.abs() <= 1).all())


def shows(numbers: np.ndarray) -> str:
    """Return in words what was measured."""
    *shape, parameters, convolutions, row, bends, idle, _ = numbers
    most = "3 or more" if convolutions == CONVOLUTIONS else str(int(convolutions))
    words = f"{mapped(SHAPE, *shape)}, {counted(parameters, PARAMETERS)}, {int(idle):,} idle"
    words = f"{words}, convolutions: {most}"
    if bends == CONVOLUTIONS:
        return words
    return f"{words}, at most {int(row)} one after the other, {int(bends)} with something not linear between"
