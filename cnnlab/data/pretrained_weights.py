"""Weights of torchvision's networks, trained on ImageNet."""

from __future__ import annotations

import pickle
from pathlib import Path

import torch
from torch import Tensor

from cnnlab._arguments import one_of
from cnnlab.data.download import DataError
from cnnlab.data.registry import cards, loaded_by
from cnnlab.data.store import fetch, find, stand_in, tell

PRETRAINED = loaded_by("pretrained")


def pretrained_file(name: str) -> Path:
    """Return the file with a network's weights.

    The published file is looked for, by name and hash, in ``hub/checkpoints`` of ``$CNNLAB_DATA`` and of
    ``data/downloads``. Where it is in neither, another file ``NAME-*.pth`` there is taken and said to be
    unverified; only where there is none, the published one is downloaded.

    Args:
        name: one of ``PRETRAINED``, such as "resnet18".

    Raises:
        ValueError: no such network.
        DataError: the weights are not here and cannot be downloaded.

    Source:
        torchvision's IMAGENET1K_V1; the name of each file states the first digits of its sha256.

    Example:
        >>> pretrained_file("lenet")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ValueError: name must be one of 'alexnet', ..., got 'lenet'
    """
    one_of("name", name, PRETRAINED)
    card = cards()[name]
    if find(card) is None and (other := stand_in(card)):
        tell(f"{name}: {other.name} is not the published file, so these weights are unverified")
        return other
    return fetch(name) / card.place


def pretrained(name: str) -> dict[str, Tensor]:
    """Return a network's weights by their torchvision names, float32, on the CPU.

    ``torchvision.models.NAME().load_state_dict(pretrained("NAME"))`` puts them into the network.

    Args:
        name: as for :func:`pretrained_file`.

    Raises:
        ValueError: no such network.
        DataError: the weights are not here and cannot be downloaded, or the file holds something else.

    Example:
        >>> pretrained("lenet")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ValueError: name must be one of 'alexnet', ..., got 'lenet'
    """
    path = pretrained_file(name)
    try:
        weights = torch.load(path, map_location="cpu", weights_only=True)
        return {key: value.float() if value.is_floating_point() else value for key, value in weights.items()}
    except (pickle.UnpicklingError, RuntimeError, EOFError, AttributeError) as error:
        raise DataError(
            f"{name}: {path} must hold tensors by their names and nothing else; "
            "remove it and the published file is downloaded"
        ) from error
