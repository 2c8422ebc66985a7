"""Data as tensors, with a card for every set: embedded sets, and real ones from the network.

A card (``cnnlab/cards/NAME.toml``) says what the data is, its licence, source, size and hash. Embedded sets
ship with cnnlab or a dependency, or are made on the spot, and never touch the network. Real sets are looked
for in ``$CNNLAB_DATA``, then in ``data/downloads``, and downloaded where they are in neither.

A set is a card and a loader: ``data.mnist`` is found in ``sets/mnist.py`` by its name, and no list has it.
Where one function loads many, as ``photograph`` does, the card says so, and needs no file beside it.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

from cnnlab.data.batches import Resident, Streamed
from cnnlab.data.cues import CUES
from cnnlab.data.download import DataError
from cnnlab.data.embedded import Examples
from cnnlab.data.generator import BACKGROUNDS, ShapePictures, shapes
from cnnlab.data.outlines import SHAPES
from cnnlab.data.placement import Placement, Ranges
from cnnlab.data.pretrained_weights import PRETRAINED, pretrained, pretrained_file
from cnnlab.data.registry import Card, cards
from cnnlab.data.sets.cue_conflict import CueConflict
from cnnlab.data.sets.shape_bias_counts import ShapeBiasCounts
from cnnlab.data.shipped import PHOTOGRAPHS, SERIES, Series, photograph, series
from cnnlab.data.store import fetch, listing, state
from cnnlab.data.surfaces import Surface
from cnnlab.data.textures import TEXTURES

_SETS = sorted(path.stem for path in Path(__file__).parent.glob("sets/[!_]*.py"))

__all__ = [
    "BACKGROUNDS",
    "CUES",
    "PHOTOGRAPHS",
    "PRETRAINED",
    "SERIES",
    "SHAPES",
    "TEXTURES",
    "Card",
    "CueConflict",
    "DataError",
    "Examples",
    "Placement",
    "Ranges",
    "Resident",
    "Series",
    "ShapeBiasCounts",
    "ShapePictures",
    "Streamed",
    "Surface",
    "cards",
    "fetch",
    "listing",
    "photograph",
    "pretrained",
    "pretrained_file",
    "series",
    "shapes",
    "state",
    *_SETS,
]


def __getattr__(name: str) -> Any:
    if name not in _SETS:
        raise AttributeError(f"cnnlab.data must have a set or function of that name, got {name!r}")
    return getattr(import_module(f"{__name__}.sets.{name}"), name)


def __dir__() -> list[str]:
    return __all__
