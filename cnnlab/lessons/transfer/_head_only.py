"""What a network is judged by whose head alone is trained, and the number that comes with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from cnnlab.exercises.networks import Network, counted, mapped
from cnnlab.exercises.values import RefusedError, to_array
from cnnlab.geometry import stored_numbers
from cnnlab.lessons.transfer import _network
from cnnlab.lessons.transfer._network import BODY, HEAD, OUTPUTS, SHAPE, is_head

MEASURED: dict[str, float] = {
    **OUTPUTS,
    "parameters": BODY + HEAD,
    "trained": HEAD,
    "of the head": HEAD,
    "as asked": 1,
    "counted": HEAD,
}


def measure(value: Any) -> Mapping[str, float]:
    """Return what is judged: shape of the outputs, parameters, those that are trained, and the number.

    Args:
        value: what was handed back: network and number.

    Raises:
        RefusedError: the first is no network, or the second no number.
    """
    model, count = _network.pair(value)
    network, number = Network(model, SHAPE), to_array(count)
    if number.size != 1:
        raise RefusedError("wrong shape", f"shape {number.shape} instead of one number")
    trained = [each for each in network.module.parameters() if each.requires_grad]
    counts = network.parameters, stored_numbers(trained), stored_numbers(filter(is_head, trained))
    measured = *network.shape(), *counts, int(_network.is_as_asked(network)), number.item()
    return dict(zip(MEASURED, measured, strict=True))


def shows(numbers: np.ndarray) -> str:
    """Return in words what was measured, of the right network without the number that is asked for."""
    *shape, parameters, trained, of_head, as_asked, count = numbers
    is_right = trained == of_head == HEAD
    words = (
        f"{mapped(SHAPE, *shape)}, {counted(parameters, BODY + HEAD)}{'' if as_asked else ', other layers'}"
    )
    return f"{words}, trained: {'the head' if is_right else int(trained)}; your number: {count:g}"
