"""Photographs small enough to travel inside an explorer, with their credit."""

from __future__ import annotations

from functools import cache

import ipywidgets
import numpy as np
import torch
import traitlets

from cnnlab import data
from cnnlab.explorers.kit.scripts import once

PHOTOGRAPHS = ("astronaut", "camera", "chelsea", "china", "coffee", "coins", "flower")
SIZE = 192
"""Height and width in pixels: as text in a notebook that is just under 50,000 bytes."""
LUMA = (0.299, 0.587, 0.114)


@cache
def small_photograph(name: str, size: int = SIZE) -> torch.Tensor:
    """Return the middle square of a photograph in grey, made smaller.

    Args:
        name: one of ``PHOTOGRAPHS``.
        size: height and width, in pixels.

    Returns:
        Grey levels 0 to 255, shape (size, size), uint8.

    Source:
        Red, green and blue are weighed as in ITU-R BT.601.

    Example:
        >>> small_photograph("astronaut").shape
        torch.Size([192, 192])
    """
    picture = data.photograph(name, size=size)
    if len(picture) == len(LUMA):
        picture = (picture * torch.tensor(LUMA)[:, None, None]).sum(0, keepdim=True)
    return picture[0].mul(255).round().clamp(0, 255).to(torch.uint8)


def credit(name: str) -> str:
    """Return whom to name beside a photograph, and under which licence it is.

    Args:
        name: one of ``PHOTOGRAPHS``.

    Example:
        >>> credit("camera")
        'Photograph: Lav Varshney, distributed with scikit-image; CC0 1.0.'
    """
    card = data.cards()[name]
    return f"Photograph: {card.attribution}; {card.licence}."


class Photograph(ipywidgets.Widget):
    """A small photograph as explorers refer to it: a notebook stores it once."""

    name = traitlets.Unicode().tag(sync=True)
    size = traitlets.Int().tag(sync=True)
    pixels = traitlets.Bytes().tag(sync=True)
    credit = traitlets.Unicode().tag(sync=True)

    def picture(self) -> np.ndarray:
        """Return the grey levels from 0 to 1, shape (size, size)."""
        return np.frombuffer(self.pixels, dtype=np.uint8).reshape(self.size, self.size) / 255


def photograph(name: str, size: int = SIZE) -> Photograph:
    """Return a photograph for an explorer to refer to.

    Args:
        name: one of ``PHOTOGRAPHS``.
        size: height and width, in pixels.
    """
    traits = {"name": name, "size": size, "credit": credit(name)}
    return once(Photograph, pixels=small_photograph(name, size).numpy().tobytes(), **traits)
