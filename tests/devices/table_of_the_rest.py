"""Augmentations with a draw made on the CPU, data, and looking into networks."""

import torch
from torch import nn
from torch.utils.data import TensorDataset

from cnnlab import augmentation
from tests.devices.bounds import PAINTED
from tests.devices.cases import Case, draw

PICTURES = torch.rand(6, 3, 10, 12, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
BYTES = (PICTURES * 255).to(torch.uint8)
# Bytes have no other dtype to be tested in, and no gradient.
ONCE = {"gradients": False, "dtypes": (torch.float32,)}
COPYING = {
    "RandomShift": {"pixels": 3, "fill": 1.0},
    "RandomCrop": {"size": (8, 14), "padding": 4},
    "RandomFlip": {"axis": "vertical"},
    "RandomErasing": {"p": 0.9, "fill": 1.0},
    "RandomPatchShuffle": {"patches": (5, 4)},
}
MIXING = {
    "RandomAffine": {
        "degrees": (-20, 20), "shear": (-10, 10), "zoom": (0.8, 1.3), "shift": 2.0, "fill": 0.5,
    },
    "RandomRotation": {"degrees": (-90, 90)},
    "RandomShear": {"degrees": (-30, 30)},
    "RandomZoom": {"zoom": (0.5, 2)},
}  # fmt: skip


def applied(make, images, parameters=None, **options):
    """Pictures changed by the same draw on either device: made on the CPU, or given."""
    augment = make(**options)
    if parameters is None:
        parameters = augment.draw(len(images), tuple(images.shape[2:]), torch.Generator().manual_seed(2))
    return augment.apply(images, parameters)


def augmentations():
    for name, options in COPYING.items():
        name = f"augmentation.{name}"
        yield Case(name, (PICTURES,), options, through=applied, exact=True)
        yield Case(name, (BYTES,), options, "uint8", through=applied, **ONCE)
    for name, options in MIXING.items():
        yield Case(f"augmentation.{name}", (PICTURES,), options, through=applied)
        yield Case(f"augmentation.{name}", (PICTURES[:0],), options, "empty batch", through=applied)
    quarters = torch.tensor([[90.0, 0, 1, 1, -2], [-90, 0, 1, 0, 0], [180, 0, 1, 2, 1]])
    yield Case(
        "augmentation.RandomAffine",
        (PICTURES[:3, :, :9, :9], quarters),
        {"mode": "nearest"},
        "quarter turns",
        through=applied,
        exact=True,
        gradients=False,
    )
    steps = [augmentation.RandomCrop(8, padding=4), augmentation.RandomRotation((-9, 9))]
    yield Case("augmentation.Compose", (PICTURES,), {"steps": steps}, through=applied)


def batches(make, images, targets, **options):
    """Everything in batches, in an order of its own, on the device of the images."""
    order = torch.tensor([4, 0, 5, 1, 3])
    examples = make(images, targets, **options).to(images.device)
    return list(examples.batches(order, 2, images.device))


def streamed(make, images, targets):
    return batches(lambda *tensors: make(TensorDataset(*(item.cpu() for item in tensors))), images, targets)


def painted(make, like, **options):
    """Generated pictures with all that is known of them."""
    made = make(16, size=32, device=like.device, dtype=like.dtype, **options)
    labels = made.shape_labels, made.texture_labels, made.background_labels
    return [made.images, *labels, made.masks, made.boxes]


def data():
    targets = torch.arange(6)
    statistics = {"mean": [0.4, 0.5, 0.6], "std": [0.2, 0.3, 0.4]}
    yield Case("data.Resident", (PICTURES, targets), statistics, through=batches)
    yield Case("data.Resident", (PICTURES, targets), variant="as it is", through=batches, exact=True)
    yield Case("data.Resident", (BYTES, targets), statistics, "uint8", through=batches, **ONCE)
    yield Case("data.Streamed", (PICTURES, targets), through=streamed, exact=True, gradients=False)
    for cues in ("shuffled", "texture"):
        yield Case(
            "data.shapes",
            (torch.zeros(1, dtype=torch.float64),),
            {"cues": cues, "background": "textured"},
            cues,
            through=painted,
            gradients=False,
            dtypes=(torch.float32, torch.float64),
            error=PAINTED,
        )


def network(*weights):
    """Two smooth convolutions with the given weights: no kink on whose side rounding decides."""
    model = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.Tanh(), nn.Conv2d(4, 2, 3, stride=2))
    model.to(weights[0])
    for parameter, weight in zip(model.parameters(), weights, strict=True):
        parameter.data.copy_(weight)
    return model


def brightest_column(like):
    """A network whose class is the brightest of 12 columns."""
    model = nn.Sequential(nn.AdaptiveAvgPool2d((1, None)), nn.Flatten(), nn.Linear(12, 12, bias=False))
    nn.init.eye_(model[2].weight)
    return model.to(like)


def influence(field, *weights):
    """How much each pixel matters, 1 on average."""
    found = field(network(*weights), (11, 9), samples=3)
    return found * found.numel()


def inspection():
    weights = draw(4, 1, 3, 3, seed=3) / 3, draw(4, seed=4), draw(2, 4, 3, 3, seed=5) / 6, draw(2, seed=6)
    on_cpu = {"gradients": False, "result": ("cpu", torch.float64)}
    yield Case(
        "inspection.effective_receptive_field", weights, through=influence, products="network", **on_cpu
    )
    yield Case(
        "inspection.measured_receptive_field",
        weights,
        through=lambda measured, *weights: measured(network(*weights), 11, (1, 2)),
        exact=True,
        **on_cpu,
    )
    field = torch.tensor([[0.01, 0.5, 0.01], [0.5, 1.0, 0.25]], dtype=torch.float64)
    yield Case("inspection.effective_size", (field,), exact=True, **on_cpu)
    yield Case("inspection.field_deviation", (field,), **on_cpu)
    for variant, fill in (("filled", 0.5), ("circular", None)):
        options = {"down": -2, "right": 5, "fill": fill}
        yield Case("inspection.shift_images", (PICTURES,), options, variant, exact=True)
    columns = torch.zeros(5, 1, 4, 12, dtype=torch.float64)
    columns[torch.arange(5), 0, :, torch.tensor([0, 3, 5, 9, 11])] = 1
    for name in ("shifted_predictions", "shift_consistency"):
        yield Case(
            f"inspection.{name}",
            (columns,),
            {"shifts": range(-3, 4)},
            through=lambda ask, images, **options: ask(brightest_column(images), images, **options).cpu(),
            exact=True,
            **on_cpu,
        )


def decisions(count, images, **options):
    """The decisions of a network whose class is the brightest column."""
    found = count(brightest_column(images), images, *torch.tensor([[0, 3, 1], [1, 2, 2]]), **options)
    return found.shape, found.texture, found.neither


def shape_bias():
    columns = torch.zeros(3, 1, 4, 12, dtype=torch.float64)
    columns[torch.arange(3), 0, :, torch.tensor([0, 2, 8])] = 1
    for variant, options in (("classes", {}), ("categories", {"mapping": [[8, 0], [1], [2], [3, 4]]})):
        on_cpu = {"gradients": False, "result": ("cpu", torch.float64)}
        yield Case("shape_bias.count", (columns,), options, variant, through=decisions, exact=True, **on_cpu)


CASES = [*augmentations(), *data(), *inspection(), *shape_bias()]
