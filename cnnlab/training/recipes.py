"""Options of ``fit`` for whole trainings on CIFAR-10: what they are and who proposed them, in one place each.

Write ``training.fit(network, train, **recipes.resnet_2016())``.
"""

from __future__ import annotations

from typing import Any

from torch import nn

from cnnlab._arguments import positive_int
from cnnlab.augmentation import Compose, RandomCrop, RandomFlip, RandomShift
from cnnlab.training.flipping import AlternatingFlip
from cnnlab.training.optimizers import MakeGroups


def resnet_2016(epochs: int = 164) -> dict[str, Any]:
    """Return how He et al. trained their networks of 6n + 2 layers, but for one: 110 layers start at .01.

    Args:
        epochs: the paper's 64,000 steps of 128 pictures are 164; with fewer the rate falls at a half and
            at three quarters of them, as there. At least 4.

    Returns:
        Options for ``fit``.

    Raises:
        TypeError: ``epochs`` is not an integer.
        ValueError: ``epochs`` is below 4.

    Source:
        He et al. 2016, section 4.2; they held out 5,000 of the 50,000 pictures to choose the rates.

    Example:
        >>> options = resnet_2016()
        >>> options["milestones"], options["learning_rate"]
        ((82, 123), 0.1)
    """
    if positive_int("epochs", epochs) < 4:
        raise ValueError(f"epochs must be at least 4, got {epochs}")
    return {
        "epochs": epochs,
        "batch_size": 128,
        "learning_rate": 0.1,
        "momentum": 0.9,
        "weight_decay": 1e-4,
        "schedule": "step",
        "milestones": (epochs // 2, 3 * epochs // 4),
        "augment": Compose([RandomCrop(32, padding=4), RandomFlip()]),
    }


def fast_cifar(
    epochs: int = 10, *, batch_size: int = 1024, mixed_precision: str | None = "bfloat16"
) -> dict[str, Any]:
    """Return how ``models.fast_resnet`` is to learn CIFAR-10 in few epochs, one ingredient a line.

    Args:
        epochs: passes over the pictures.
        batch_size: pictures a step; the learning rate goes with it.
        mixed_precision: as ``fit`` takes it; None on a CPU.

    Returns:
        Options for ``fit``, a hook among them.

    Raises:
        TypeError: a size that is not an integer.
        ValueError: a size that is not positive.

    Source:
        Page 2019, How to train your ResNet, parts 5 to 8; Jordan 2024, 94% on CIFAR-10 in 3.29 seconds on a
        single GPU. Ours has a running mean of the weights instead of lookahead, and rounder numbers.

    Example:
        >>> fast_cifar()["learning_rate"], fast_cifar(batch_size=256)["learning_rate"]
        (1.0, 0.25)
    """
    rate, decay = positive_int("batch_size", batch_size) / 1024, 1e-3
    return {
        "epochs": positive_int("epochs", epochs),
        "batch_size": batch_size,  # large enough to keep a GPU busy
        "drop_last": True,  # a smaller last batch would be a noisier step
        "mixed_precision": mixed_precision,  # half the bytes to move, and faster units
        "channels_last": True,  # the layout in which those units read pictures
        "learning_rate": rate,  # as high as it goes
        "schedule": "triangle",  # straight up to it, and straight down to a twentieth
        "momentum": 0.9,
        "nesterov": True,  # the step is corrected as if momentum had been there already
        "weight_decay": decay,
        "groups": quick_biases(64 * rate, decay / 64),  # 64 times as fast for the biases of batch norm
        "label_smoothing": 0.2,  # a right answer need not become surer and surer
        "ema": 0.98,  # a running mean of the last 50 steps' weights or so is what is left
        "augment": RandomShift(2, fill="reflect"),  # at another place each time, mirrored at the border
        "hooks": [AlternatingFlip()],  # mirrored every other time, instead of at random
    }


def quick_biases(learning_rate: float, weight_decay: float) -> MakeGroups:
    """Return the function that gives biases of batch normalization a learning rate and decay of their own.

    Args:
        learning_rate: of these biases; all other weights keep the optimizer's.
        weight_decay: likewise.

    Example:
        >>> network = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4))
        >>> others, biases = quick_biases(6.4, 1e-5)(network)
        >>> len(others["params"]), biases["params"][0] is network[1].bias, biases["lr"]
        (3, True, 6.4)
    """

    def groups(network: nn.Module) -> list[dict[str, Any]]:
        biases = [part.bias for part in network.modules() if isinstance(part, nn.BatchNorm2d)]
        quick = {id(bias) for bias in biases}
        others = [weight for weight in network.parameters() if id(weight) not in quick]
        return [{"params": others}, {"params": biases, "lr": learning_rate, "weight_decay": weight_decay}]

    return groups
