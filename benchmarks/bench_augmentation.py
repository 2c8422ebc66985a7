"""Batched augmentation beside torchvision v2, which a DataLoader calls for one picture at a time.

Each answer is first compared with torchvision's own functions, picture by picture with the same draw. Then
three take turns: ours on the batch, torchvision on each picture with the results stacked to a batch, and
torchvision on the whole batch, which is another thing: every picture gets the same draw.
"""

from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from typing import NamedTuple

import torch
from torch import Tensor
from torchvision.transforms import InterpolationMode, v2
from torchvision.transforms.v2 import functional

from cnnlab import augmentation
from cnnlab.timing import median_seconds

BATCH = 128
MNIST, CIFAR = (1, 28, 28), (3, 32, 32)
BAR = 5.0
TOLERANCE = 1e-4
MEASUREMENTS = 5
BILINEAR = InterpolationMode.BILINEAR
CNNLAB, EACH, WHOLE = "cnnlab", "torchvision, each picture", "torchvision, one draw for all"


class Task(NamedTuple):
    """An augmentation of ours, torchvision's, and its functions with ours as arguments, for one picture."""

    shape: tuple[int, int, int]
    ours: augmentation.Augmentation
    theirs: Callable[[Tensor], Tensor]
    judge: Callable[..., Tensor]


def crop_and_flip(image: Tensor, corner: Tensor, flip: Tensor) -> Tensor:
    """One picture by torchvision's functions."""
    cropped = functional.crop(image, *corner.tolist(), 32, 32)
    return functional.horizontal_flip(cropped) if flip else cropped


def affine(image: Tensor, parameters: Tensor) -> Tensor:
    """One picture by torchvision's function, which turns clockwise."""
    degrees, shear, zoom, right, down = parameters.tolist()
    return functional.affine(image, -degrees, [right, down], zoom, [shear, 0.0], BILINEAR)


def erase(image: Tensor, rectangle: Tensor) -> Tensor:
    """One picture by torchvision's function."""
    return functional.erase(image, *rectangle.tolist(), torch.zeros(()))


OUR_AFFINE = augmentation.RandomAffine(degrees=(-15, 15), shear=(-10, 10), zoom=(0.9, 1.1), shift=3)
# A shift is a share of the size there.
THEIR_AFFINE = partial(v2.RandomAffine, 15, scale=(0.9, 1.1), shear=10, interpolation=BILINEAR)
TASKS = {
    "crop and flip 3x32x32": Task(
        CIFAR,
        augmentation.Compose([augmentation.RandomCrop(32, padding=4), augmentation.RandomFlip()]),
        v2.Compose([v2.RandomCrop(32, padding=4), v2.RandomHorizontalFlip()]),
        crop_and_flip,
    ),
    "affine 1x28x28": Task(MNIST, OUR_AFFINE, THEIR_AFFINE(translate=(3 / 28, 3 / 28)), affine),
    "affine 3x32x32": Task(CIFAR, OUR_AFFINE, THEIR_AFFINE(translate=(3 / 32, 3 / 32)), affine),
    "erasing 1x28x28": Task(MNIST, augmentation.RandomErasing(p=0.5), v2.RandomErasing(p=0.5), erase),
    "erasing 3x32x32": Task(CIFAR, augmentation.RandomErasing(p=0.5), v2.RandomErasing(p=0.5), erase),
}


def contenders(task: Task, images: Tensor) -> dict[str, Callable[[], object]]:
    """Ours, theirs for each picture, and theirs for the whole batch, as functions without arguments."""
    generator = torch.Generator().manual_seed(0)
    return {
        CNNLAB: lambda: task.ours(images, generator),
        EACH: lambda: torch.stack([task.theirs(image) for image in images]),
        WHOLE: lambda: task.theirs(images),
    }


def check_answers(task: Task, images: Tensor, judge: Callable[..., Tensor]) -> None:
    """Stop the benchmark unless our pictures are those of ``judge`` with the same draw."""
    generator = torch.Generator().manual_seed(0)
    drawn = task.ours.draw(len(images), tuple(images.shape[2:]), generator)
    columns = drawn if isinstance(drawn, tuple) else (drawn,)
    expected = torch.stack([judge(*row) for row in zip(images, *columns, strict=True)])
    error = (task.ours.apply(images, drawn) - expected).abs().max().item()
    if error > TOLERANCE:
        raise ArithmeticError(f"pictures must be within {TOLERANCE:g} of torchvision, got {error:.1e}")


def measure(rounds: int = 7, batch: int = BATCH) -> Iterator[dict]:
    """One record per task: median seconds of all three, and, five times over, how much faster ours is."""
    for name, task in TASKS.items():
        images = torch.rand(batch, *task.shape, generator=torch.Generator().manual_seed(0))
        check_answers(task, images, task.judge)
        functions = contenders(task, images)
        measured = [median_seconds(functions, rounds) for _ in range(MEASUREMENTS)]
        yield {
            "task": name,
            "batch": batch,
            "seconds": {who: median(times[who] for times in measured) for who in functions},
            "times_as_fast_as_each": sorted(times[EACH] / times[CNNLAB] for times in measured),
            "times_as_fast_as_one_draw": sorted(times[WHOLE] / times[CNNLAB] for times in measured),
        }
