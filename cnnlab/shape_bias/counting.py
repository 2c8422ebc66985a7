"""What a model answers to pictures whose shape says one thing and whose texture another."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import Dataset

from cnnlab._arguments import positive_int
from cnnlab.data.batches import Resident, Streamed
from cnnlab.shape_bias.decisions import Decisions
from cnnlab.shape_bias.mapping import Classes, category_scores, checked
from cnnlab.shape_bias.trials import check_range, conflicting


def count(
    model: nn.Module,
    images: Tensor | Resident | Streamed | Dataset[Any],
    shape_labels: Tensor,
    texture_labels: Tensor,
    *,
    mapping: Classes | None = None,
    batch_size: int = 64,
) -> Decisions:
    """Return how often a model answers with a picture's shape, with its texture and with neither.

    Args:
        model: maps (N, C, H, W) to logits (N, num_classes); asked in evaluation mode on its own device, and
            left as it is.
        images: (N, C, H, W), or examples in batches, such as ``data.cue_conflict(agreeing=False).pictures``;
            their targets are not looked at.
        shape_labels: category of each picture's shape, (N,), integers from 0 on.
        texture_labels: category of its texture, likewise; another one than the shape's.
        mapping: the classes of each category, in the order of the labels: the answer is the category whose
            classes have the largest probability on average. None where the classes are the categories.
        batch_size: pictures at a time.

    Raises:
        TypeError: an argument has the wrong type, or the model does not return a tensor.
        ValueError: there is no picture, one without a label or without conflict, a label or class that does
            not exist, a class in two categories, or the model returns NaN or something else than logits.

    Source:
        R. Geirhos et al., ImageNet-trained CNNs are biased towards texture, ICLR 2019; averages, as the
        authors' code takes them and recommends, in place of the paper's own aggregation.

    Example:
        >>> logits = torch.tensor([[9.0, 0, 0], [0, 9, 0], [0, 9, 0], [0, 0, 9]])
        >>> count(nn.Identity(), logits, torch.tensor([0, 0, 0, 0]), torch.tensor([1, 1, 1, 1]))
        Decisions(shape=1, texture=2, neither=1)
    """
    if not isinstance(model, nn.Module):
        raise TypeError(f"model must be a torch module, got {type(model).__name__}")
    examples, size = _examples(images), positive_int("batch_size", batch_size)
    shapes, textures = conflicting(shape_labels, texture_labels, len(examples))
    categories = None if mapping is None else checked(mapping)
    like = _like(model, examples)
    answers = []
    with _asked(model, like.device), torch.no_grad():
        for inputs, _ in examples.batches(None, size, like.device):
            logits = _logits(model, inputs.to(like.dtype) if inputs.is_floating_point() else inputs)
            scores = category_scores(logits, categories)
            check_range(shapes, textures, scores.shape[1])
            answers.append(scores.argmax(1))
    answer = torch.cat(answers)
    by_shape, by_texture = int((answer == shapes).sum()), int((answer == textures).sum())
    return Decisions.from_counts(by_shape, by_texture, len(answer))


def _examples(images: Any) -> Resident | Streamed:
    if isinstance(images, (Resident, Streamed)):
        return images
    if isinstance(images, Tensor):
        return Resident(images, torch.zeros(images.shape[:1], dtype=torch.int64, device=images.device))
    if isinstance(images, Dataset):
        return Streamed(images)
    raise TypeError(f"images must be a tensor, examples in batches or a Dataset, got {type(images).__name__}")


def _like(model: nn.Module, examples: Resident | Streamed) -> Tensor:
    """Return a tensor on the device and of the dtype that the model takes, as far as it tells."""
    own = (value for value in (*model.parameters(), *model.buffers()) if value.is_floating_point())
    images = torch.zeros(()) if isinstance(examples, Streamed) else examples.images
    return next(own, images if images.is_floating_point() else images.new_zeros((), dtype=torch.float32))


def _logits(model: nn.Module, inputs: Tensor) -> Tensor:
    """Return what the model says of a batch, float64 on the CPU."""
    logits = model(inputs)
    if not isinstance(logits, Tensor):
        raise TypeError(f"model must return a tensor of logits, got {type(logits).__name__}")
    if logits.ndim != 2 or len(logits) != len(inputs) or not logits.is_floating_point():
        rule = f"floating logits ({len(inputs)}, num_classes)"
        raise ValueError(f"model must return {rule}, got {tuple(logits.shape)} of {logits.dtype}")
    if not logits.isfinite().all():
        wrong = int((~logits.isfinite()).any(1).sum())
        raise ValueError(f"model must return finite logits, got others for {wrong} of {len(inputs)} pictures")
    return logits.cpu().double()


@contextmanager
def _asked(model: nn.Module, device: torch.device) -> Iterator[None]:
    """Put a model in evaluation mode, and every part back into its own; random states come back too."""
    modes = {part: part.training for part in model.modules()}
    states = random.getstate(), np.random.get_state()  # noqa: NPY002 (the ones that datasets draw from)
    try:
        with torch.random.fork_rng(devices=[device] if device.type == "cuda" else []):
            model.eval()
            yield
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])  # noqa: NPY002
        for part, mode in modes.items():
            part.training = mode
