"""What a network is judged by whose body must stay as it is: what moves when somebody trains it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises.networks import Network, mapped
from cnnlab.lessons.transfer import _network
from cnnlab.lessons.transfer._network import BODY, HEAD, OUTPUTS, SHAPE, STATISTICS, is_head

STEPS, STORED = 3, BODY + STATISTICS + HEAD
MEASURED: dict[str, float] = {
    **OUTPUTS,
    "stored": STORED,
    "parameters moved": 0,
    "statistics moved": 0,
    "head moved": HEAD,
    "eval mode": 1,
    "train mode": 1,
    "was in eval mode": 0,
}


def train(network: Network) -> None:
    """Train and test in turns, by the steps that SGD takes with weight decay."""
    model = network.module
    for _ in range(STEPS):
        model.train()
        model.zero_grad()
        logits = model(network.draw(SHAPE))
        if logits.requires_grad:
            F.cross_entropy(logits, torch.arange(len(logits), device=logits.device)).backward()
        with torch.no_grad():
            for each in model.parameters():
                if each.grad is not None:
                    each.sub_(0.1 * (each.grad + 0.01 * each))
            model.eval()
            model(network.draw(SHAPE))


def measure(value: Any) -> Mapping[str, float]:
    """Return what of a network has moved once it was trained, and whether it computes what is asked for.

    Args:
        value: what was handed back.

    Raises:
        RefusedError: it is no network.
    """
    network = Network(value, SHAPE)
    was_in_eval = not all(part.training for part in network.module.modules())
    stored = sum(map(Tensor.numel, _network.numbers(network.module).values()))
    found = dict(zip(MEASURED, (*network.shape(), stored), strict=False))
    if MEASURED | found != MEASURED:
        return MEASURED | found
    _network.fill(network)
    before = {name: each.clone() for name, each in _network.numbers(network.module).items()}
    train(network)
    moved = {"head moved": 0, "statistics moved": 0, "parameters moved": 0}
    for name, now in _network.numbers(network.module).items():
        part = "statistics" if "running_" in name else "head" if is_head(now) else "parameters"
        moved[f"{part} moved"] += int((now != before[name]).sum())
    modes = {}
    for name, training in [("eval mode", False), ("train mode", True)]:
        network.module.train(training)
        modes[name] = int(_network.is_as_asked(network, filled=True))
    undone = was_in_eval and moved["statistics moved"] > 0
    return found | moved | modes | {"was in eval mode": int(undone)}


def shows(numbers: np.ndarray) -> str:
    """Return in words what was measured."""
    found = {name: int(number) for name, number in zip(MEASURED, numbers, strict=True)}
    shape = mapped(SHAPE, *(found[name] for name in OUTPUTS))
    words = f"{shape}, {found['stored']} numbers in its state"
    if any(found[name] != MEASURED[name] for name in (*OUTPUTS, "stored")):
        return words
    words += f", {found['head moved']} of the head moved"
    for part in ("parameters", "statistics"):
        words += f", {found[f'{part} moved']} {part} of the body moved"
    modes = [mode for mode in ("eval mode", "train mode") if not found[mode]]
    return words + f"; other outputs in {' and '.join(modes)}" * bool(modes)
