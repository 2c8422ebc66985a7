"""Embedded data, as tensors with a card each: what ships with dependencies, and shapes made on the spot.

A card (``cnnlab/cards/NAME.toml``) says what the data is, its licence, source, size and hash.
Embedded data never touches the network.
"""

from cnnlab.data.cues import CUES
from cnnlab.data.examples import Examples, digits, faces
from cnnlab.data.generator import BACKGROUNDS, ShapePictures, shapes
from cnnlab.data.outlines import SHAPES
from cnnlab.data.photographs import PHOTOGRAPHS, photograph
from cnnlab.data.placement import Placement, Ranges
from cnnlab.data.recordings import SERIES, Series, series
from cnnlab.data.registry import Card, cards
from cnnlab.data.surfaces import Surface
from cnnlab.data.textures import TEXTURES

__all__ = [
    "BACKGROUNDS",
    "CUES",
    "PHOTOGRAPHS",
    "SERIES",
    "SHAPES",
    "TEXTURES",
    "Card",
    "Examples",
    "Placement",
    "Ranges",
    "Series",
    "ShapePictures",
    "Surface",
    "cards",
    "digits",
    "faces",
    "photograph",
    "series",
    "shapes",
]
