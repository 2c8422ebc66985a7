"""Normalization: functions, the layer, written-out gradients and folding."""

import torch
from torch import nn

from tests.devices.cases import Case, draw

MAPS, SLOPES = draw(3, 4, 5, 6, seed=1), draw(3, 4, 5, 6, seed=2)
WEIGHT, BIAS = draw(4, seed=3), draw(4, seed=4)
SPREAD = draw(4, seed=5).square() + 0.5
# A gradient is a difference of larger numbers, which halves round.
EXACT = (torch.float32, torch.float64)


def trained(make, inputs, **options):
    """What the layer gives in training, its running statistics, and what it gives afterwards."""
    layer = make(inputs.shape[1], **options).to(inputs)
    return [layer(inputs), layer.running_mean, layer.running_var, layer.eval()(inputs)]


def folded(fold, inputs):
    """What a folded layer gives."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(5)
        layer, norm = nn.Conv2d(4, 3, 3), nn.BatchNorm2d(3)
    return fold(layer.to(inputs), norm.to(inputs).eval())(inputs)


CASES = [
    *(
        Case(f"normalization.{name}", (inputs, *rest), options, variant)
        for variant, inputs in (("numbers", MAPS), ("empty batch", MAPS[:0]))
        for name, rest, options in (
            ("batch_norm", (BIAS, SPREAD, WEIGHT, BIAS), {}),
            ("layer_norm", (), {"normalized_shape": (5, 6)}),
            ("group_norm", (), {"num_groups": 2}),
            ("instance_norm", (WEIGHT, BIAS), {}),
        )
    ),
    Case("normalization.batch_norm", (MAPS,), {"training": True}, "training"),
    Case("normalization.BatchNorm", (MAPS,), through=trained),
    Case("normalization.batch_norm_gradient", (SLOPES, MAPS, WEIGHT), gradients=False, dtypes=EXACT),
    Case(
        "normalization.group_norm_gradient", (SLOPES, MAPS), {"num_groups": 2}, gradients=False, dtypes=EXACT
    ),
    Case("normalization.fold_batch_norm", (MAPS,), through=folded, products="network", dtypes=EXACT),
]
