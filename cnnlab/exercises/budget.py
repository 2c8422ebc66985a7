"""The hard exercise of notebook 07: a network with exactly so many parameters, all of them at work."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from cnnlab.exercises import network_hints
from cnnlab.exercises.answers import budget as answers
from cnnlab.exercises.exercise import Exercise, Hint
from cnnlab.exercises.networks import Network, close, counted, mapped
from cnnlab.exercises.several import measured

PARAMETERS, CONVOLUTIONS = 20_000, 3
SHAPE = (2, 3, 32, 32)
_LOGITS, _LINEAR, _PROBABILITIES = 0, 1, 2
_RIGHT = {
    **{"dimensions": 2, "rows": 2, "each": 10, "parameters": PARAMETERS},
    **{"convolutions": CONVOLUTIONS, "idle": 0, "kind": _LOGITS},
}
_wrong = measured(_RIGHT)


def measure(value: Any) -> tuple[int, ...]:
    """Return what a network is judged by, in the order of ``_RIGHT``.

    Args:
        value: what was handed back.

    Returns:
        Dimensions of the outputs; how many rows; how many numbers in each; parameters; convolutions (more
        than enough count as enough); parameters that are idle; and 0 for logits, 1 if the network is
        linear, 2 if it gives probabilities. The last two are 0 where the number of parameters is wrong.

    Raises:
        RefusedError: the value is no network.
    """
    network = Network(value, SHAPE)
    network.module.eval()
    counts = (*network.shape(), network.parameters)
    enough = min(network.convolutions(), CONVOLUTIONS)
    if counts != (2, 2, 10, PARAMETERS):
        return (*counts, enough, 0, _LOGITS)
    return (*counts, enough, network.idle(), _kind(network))


def _kind(network: Network) -> int:
    if network.is_linear():
        return _LINEAR
    with torch.no_grad():
        outputs = network.outputs(network.drawn(), network.pictures)
    sums = torch.stack([outputs.sum(1), outputs.exp().sum(1)])
    return _PROBABILITIES if any(close(row, torch.ones_like(row)) for row in sums) else _LOGITS


def _shows(numbers: np.ndarray) -> str:
    """Return in words what was measured."""
    *shape, parameters, convolutions, idle, _ = numbers
    least = " or more" if convolutions == CONVOLUTIONS else ""
    words = f"{int(idle):,} idle, convolutions: {int(convolutions)}{least}"
    return f"{mapped(SHAPE, *shape)}, {counted(parameters, PARAMETERS)}, {words}"


BUDGET = Exercise(
    name="vgg.budget",
    prompt="Write a function that returns a network: 3 convolutions or more, 20,000 parameters, none idle.",
    measure=measure,
    shows=_shows,
    reference=lambda: np.array([*_RIGHT.values()], float),
    tolerance=1e-9,
    mistakes=(
        _wrong(
            "not registered",
            "No parameters are found: keep layers as attributes or in an nn.ModuleList, not in a list.",
            lambda got: got["parameters"] == 0,
            parameters=0,
        ),
        _wrong(
            "outputs",
            "Asked for is one row of 10 numbers for each picture: flatten from dimension 1 on, end with 10.",
            lambda got: (got["dimensions"], got["rows"], got["each"]) != (2, 2, 10),
            dimensions=4,
        ),
        _wrong(
            "too few convolutions",
            "Each picture must meet three convolutions or more.",
            lambda got: got["convolutions"] < CONVOLUTIONS,
            convolutions=2,
        ),
        _wrong(
            "thousands apart",
            "Far off: change the channels first, a 3x3 convolution from C to D has 9CD weights and D biases.",
            lambda got: abs(got["parameters"] - PARAMETERS) >= 2000,
            parameters=2 * PARAMETERS,
        ),
        _wrong(
            "too many parameters",
            "Close: a channel less, a bias left out or a smaller kernel takes the rest away.",
            lambda got: got["parameters"] > PARAMETERS,
            parameters=PARAMETERS + 1,
        ),
        _wrong(
            "too few parameters",
            "Close: a channel more, a bias or normalisation (two a channel) brings the rest.",
            lambda got: got["parameters"] < PARAMETERS,
            parameters=PARAMETERS - 1,
        ),
        _wrong(
            "idle parameters",
            "The number is right, but some parameters are frozen or never change what comes out.",
            lambda got: got["idle"] > 0,
            idle=10,
        ),
        _wrong(
            "linear",
            "All is linear, so a single dense layer could do the same: put ReLU between.",
            lambda got: got["kind"] == _LINEAR,
            kind=_LINEAR,
        ),
        _wrong(
            "probabilities",
            "Softmax at the end is not asked for: cross-entropy takes logits.",
            lambda got: got["kind"] == _PROBABILITIES,
            kind=_PROBABILITIES,
        ),
    ),
    hints=(
        *network_hints.HINTS,
        Hint(
            "colour forgotten",
            "The pictures have three channels: the first convolution takes 3.",
            ("to have 1 channels, but got 3",),
        ),
        Hint(
            "channels do not fit",
            "Each convolution must take as many channels as the one before gives.",
            ("channels, but got",),
        ),
        Hint(
            "batch flattened",
            "The pictures of the batch were made one row: flatten from dimension 1 on, as nn.Flatten() does.",
            ("(1x", "size mismatch, got input"),
        ),
        Hint(
            "sizes do not fit",
            "A dense layer gets another number of inputs than it takes: print the shape before it.",
            ("cannot be multiplied", "is invalid for input of size", "too small"),
        ),
    ),
    right=answers.BUDGET_RIGHT,
    wrong=answers.BUDGET_WRONG,
)
