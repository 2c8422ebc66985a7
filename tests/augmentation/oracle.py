"""Pictures for the tests, and a judge: torchvision's functions on one picture at a time."""

import pytest
import torch

from cnnlab.augmentation import (
    Compose,
    RandomAffine,
    RandomCrop,
    RandomErasing,
    RandomFlip,
    RandomPatchShuffle,
    RandomRotation,
    RandomShear,
    RandomShift,
    RandomZoom,
)

DTYPES = (torch.uint8, torch.float16, torch.bfloat16, torch.float32, torch.float64)
ALL = [
    RandomShift(3),
    RandomCrop(8, padding=4),
    RandomCrop((5, 9), padding=4),
    RandomFlip(),
    RandomFlip(axis="vertical"),
    RandomAffine(degrees=(-15, 15), shear=(-10, 10), zoom=(0.9, 1.1), shift=2, fill=0.5),
    RandomRotation((-90, 90)),
    RandomShear((-30, 30)),
    RandomZoom((0.5, 2)),
    RandomErasing(),
    RandomPatchShuffle(2),
    Compose([RandomCrop(8, padding=4), RandomFlip(), RandomRotation((-9, 9)), RandomErasing(p=1)]),
]
WITH_ANY_SIZE = [augment for augment in ALL if not isinstance(augment, RandomPatchShuffle)]
every = pytest.mark.parametrize("augment", ALL, ids=lambda augment: type(augment).__name__)


def draw(*shape, seed=0, dtype=torch.float32):
    generator = torch.Generator().manual_seed(seed)
    if dtype == torch.uint8:
        return torch.randint(0, 256, shape, generator=generator, dtype=dtype)
    return torch.rand(shape, generator=generator, dtype=torch.float64).to(dtype)


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def each(function, images, parameters):
    """Return ``function(picture, *row)`` for every picture and row, stacked."""
    rows = parameters.tolist()
    return torch.stack([function(image, *row) for image, row in zip(images, rows, strict=True)])


def spread(values, low, high):
    """Whether values lie between two ends and fill the ten tenths between about evenly."""
    assert low <= values.min()
    assert values.max() <= high
    counts = torch.histc(values.double(), 10, low, high)
    # Eight standard deviations of a binomial count: the seeds are fixed, so this never fails by chance.
    expected = len(values) / 10
    return bool(((counts - expected).abs() < 8 * (0.9 * expected) ** 0.5).all())
