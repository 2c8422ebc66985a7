"""What can be read off features: the best linear classifier of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from cnnlab._arguments import positive_int, positive_number

STEPS = 10_000
_SLOPE = 1e-6  # the minimum is reached where no derivative of the loss is larger


def linear_probe(features: Tensor, targets: Tensor, num_classes: int, weight_decay: float) -> nn.Linear:
    """Return the linear layer that classifies features best: logistic regression at its minimum.

    No step size, no start and no draw: the minimum of the mean cross-entropy plus ``weight_decay / 2`` times
    the sum of the squared weights is only one. The features are standardised for it, each to mean 0 and
    deviation 1 over the rows, so that all are penalised alike; this is then worked into the layer, which
    takes features as they are. Computed in float64 on the CPU.

    Args:
        features: shape (N, D), floating, such as :func:`cnnlab.transfer.features` returns.
        targets: class of each row (N,), integers from 0 to ``num_classes - 1``; each class must come.
        num_classes: outputs of the layer.
        weight_decay: above 0; biases are not penalised. For more than two classes, scikit-learn's ``C`` is
            ``1 / (N * weight_decay)``.

    Returns:
        Layer from D features to ``num_classes`` logits, of the features' dtype, on their device.

    Raises:
        TypeError: an argument has the wrong type.
        ValueError: a shape, label or number is out of its range, or the minimum is so far away that it is not
            reached in 10,000 steps.

    Source:
        Alain and Bengio 2016, Understanding intermediate layers using linear classifier probes. As Kornblith
        et al. 2019, Do better ImageNet models transfer better, logistic regression by L-BFGS.

    Example:
        >>> features, targets = torch.tensor([[0.0], [1.0], [2.0], [3.0]]), torch.tensor([0, 0, 1, 1])
        >>> linear_probe(features, targets, 2, weight_decay=0.1)(features).argmax(1)
        tensor([0, 0, 1, 1])
    """
    num_classes = positive_int("num_classes", num_classes)
    weight_decay = positive_number("weight_decay", weight_decay)
    _check(features, targets, num_classes)
    inputs = features.detach().cpu().double()
    mean, deviation = inputs.mean(0), inputs.std(0, correction=0)
    # What is the same in all rows differs from its mean by rounding alone.
    deviation[deviation <= 1e-10 * inputs.abs().amax(0)] = 1
    inputs = (inputs - mean) / deviation
    weight, bias = _minimum(inputs, targets.detach().cpu().long(), num_classes, weight_decay)
    weight = weight / deviation
    layer = nn.utils.skip_init(nn.Linear, inputs.shape[1], num_classes)
    with torch.no_grad():
        layer.to(features).weight.copy_(weight)
        layer.bias.copy_(bias - weight @ mean)
    return layer


def _minimum(inputs: Tensor, targets: Tensor, classes: int, weight_decay: float) -> tuple[Tensor, Tensor]:
    """Return weight and bias at the minimum of the regularised loss."""
    from scipy.optimize import minimize

    function = _loss_and_gradient(inputs, targets, classes, weight_decay)
    steps = {"maxiter": STEPS, "maxfun": 2 * STEPS, "ftol": 0, "gtol": _SLOPE / 100}
    start = np.zeros(classes * (inputs.shape[1] + 1))
    found = minimize(function, start, jac=True, method="L-BFGS-B", options=steps)
    if np.abs(found.jac).max() > _SLOPE:
        rule = f"weight_decay must be large enough for the minimum to be reached in {STEPS} steps"
        raise ValueError(f"{rule}, got {weight_decay}")
    numbers = torch.from_numpy(found.x).view(classes, -1)
    return numbers[:, :-1], numbers[:, -1]


def _loss_and_gradient(
    inputs: Tensor, targets: Tensor, classes: int, weight_decay: float
) -> Callable[[Any], tuple[float, Any]]:
    """Return the function of weights and biases, flattened, that is to become smallest."""
    wanted = nn.functional.one_hot(targets, classes).double()

    @torch.no_grad()
    def function(flat: Any) -> tuple[float, Any]:
        numbers = torch.from_numpy(flat).view(classes, -1)
        weight, bias = numbers[:, :-1], numbers[:, -1]
        logits = torch.addmm(bias, inputs, weight.T)
        loss = nn.functional.cross_entropy(logits, targets) + weight_decay / 2 * weight.square().sum()
        errors = (logits.softmax(1) - wanted) / len(inputs)
        slopes = torch.cat([errors.T @ inputs + weight_decay * weight, errors.sum(0).unsqueeze(1)], 1)
        return loss.item(), slopes.flatten().numpy()

    return function


def _check(features: Any, targets: Any, classes: int) -> None:
    for name, value in (("features", features), ("targets", targets)):
        if not isinstance(value, Tensor):
            raise TypeError(f"{name} must be a tensor, got {type(value).__name__}")
    if not features.is_floating_point():
        raise TypeError(f"features must be floating, got {features.dtype}")
    if targets.is_floating_point() or targets.is_complex() or targets.dtype == torch.bool:
        raise TypeError(f"targets must be integers, got {targets.dtype}")
    if features.ndim != 2 or 0 in features.shape:
        raise ValueError(f"features must have shape (N, D) without empty axes, got {tuple(features.shape)}")
    if targets.shape != features.shape[:1]:
        raise ValueError(f"targets must have shape ({len(features)},), got {tuple(targets.shape)}")
    if not features.isfinite().all():
        raise ValueError("features must be finite, got infinities or NaN")
    low, high = int(targets.min()), int(targets.max())
    if low < 0 or high >= classes:
        raise ValueError(f"targets must be 0 to {classes - 1}, got {low if low < 0 else high}")
    missing = set(range(classes)) - set(targets.tolist())
    if missing:
        # The bias of a class that never comes would go to minus infinity.
        raise ValueError(f"targets must have each of {classes} classes, got none of class {min(missing)}")
