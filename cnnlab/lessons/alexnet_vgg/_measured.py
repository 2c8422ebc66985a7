"""What a network of a given budget is judged by: how many convolutions follow each other, say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode

from cnnlab.exercises.networks import Drawn, Network, close, counted, mapped

SHAPE = (2, 3, 32, 32)
PARAMETERS, CONVOLUTIONS = 20_000, 3
MEASURED: dict[str, float] = {
    **{"dimensions": 2, "rows": 2, "each": 10, "parameters": PARAMETERS, "convolutions": CONVOLUTIONS},
    **{"in a row": CONVOLUTIONS, "with bends": CONVOLUTIONS, "idle": 0, "probabilities": 0},
}


class Convolutions(TorchFunctionMode):
    """Keeps what each convolution is given and makes, and hands on another result of one of them.

    Args:
        place: which convolution that is, in the order of calls; None for none.
        instead: what is handed on.

    Attributes:
        inputs, results: of each convolution that was called, in order.
    """

    def __init__(self, place: int | None = None, instead: Tensor | None = None) -> None:
        super().__init__()
        self.place, self.instead = place, instead
        self.inputs: list[Tensor] = []
        self.results: list[Tensor] = []

    def __torch_function__(
        self, function: Callable[..., Any], types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        """Return what the function makes, or what is handed on in its place."""
        result = function(*args, **(kwargs or {}))
        if not getattr(function, "__name__", "").startswith("conv"):
            return result
        self.inputs.append(args[0] if args else (kwargs or {})["input"])
        self.results.append(result)
        return self.instead if len(self.inputs) - 1 == self.place else result


def in_a_row(network: Network) -> tuple[int, int]:
    """Return the most convolutions of which each gets what comes of the one before, and the most with bends.

    Between two is a bend if the second's input is no linear function of the first's result: results that add
    up do not give inputs that add up.

    Args:
        network: with its pictures.
    """
    drawn = network.drawn()
    results = _run(network, drawn).results
    chained, bent = [1] * len(results), [1] * len(results)
    for place, result in enumerate(results):
        first, second = (network.draw(tuple(result.shape)) for _ in range(2))
        nothing, one, other, both = (
            _run(network, drawn, place, instead).inputs
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
    shares = {"probabilities": int(gives_probabilities(network))}
    return found | {"in a row": row, "with bends": bends, "idle": network.idle()} | shares


def gives_probabilities(network: Network) -> bool:
    """Return whether the outputs for a picture, or their exponentials, add up to 1."""
    with torch.no_grad():
        outputs = network.outputs(network.drawn(), network.pictures)
    return any(close(sums, torch.ones_like(sums)) for sums in (outputs.sum(1), outputs.exp().sum(1)))


def shows(numbers: np.ndarray) -> str:
    """Return in words what was measured."""
    *shape, parameters, convolutions, row, bends, idle, _ = numbers
    most = "3 or more" if convolutions == CONVOLUTIONS else str(int(convolutions))
    words = f"{mapped(SHAPE, *shape)}, {counted(parameters, PARAMETERS)}, {int(idle):,} idle"
    words = f"{words}, convolutions: {most}"
    if bends == CONVOLUTIONS:
        return words
    return f"{words}, at most {int(row)} one after the other, {int(bends)} with something not linear between"


def _run(
    network: Network, drawn: Drawn, place: int | None = None, instead: Tensor | None = None
) -> Convolutions:
    with torch.no_grad(), Convolutions(place, instead) as convolutions:
        network.outputs(drawn, network.pictures)
    return convolutions
