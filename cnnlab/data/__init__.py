"""Data as tensors, with a card for every set: embedded sets, and real ones from the network.

A card (``cnnlab/cards/NAME.toml``) says what the data is, its licence, source, size and hash. Embedded sets
ship with a dependency or are made on the spot, and never touch the network. Real sets are looked for in
``$CNNLAB_DATA``, then in ``data/downloads``, and downloaded where they are in neither.
"""

from cnnlab.data.batches import Resident, Streamed
from cnnlab.data.cues import CUES
from cnnlab.data.download import DataError
from cnnlab.data.embedded import Examples, digits, faces
from cnnlab.data.generator import BACKGROUNDS, ShapePictures, shapes
from cnnlab.data.listing import listing
from cnnlab.data.mnist_and_cifar import cifar10, fashion_mnist, mnist
from cnnlab.data.outlines import SHAPES
from cnnlab.data.photographs import PHOTOGRAPHS, photograph
from cnnlab.data.placement import Placement, Ranges
from cnnlab.data.pretrained_weights import PRETRAINED, pretrained, pretrained_file
from cnnlab.data.recordings import SERIES, Series, series
from cnnlab.data.registry import Card, cards
from cnnlab.data.store import fetch, state
from cnnlab.data.streamed import CueConflict, cue_conflict, hymenoptera
from cnnlab.data.surfaces import Surface
from cnnlab.data.textures import TEXTURES

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
    "ShapePictures",
    "Streamed",
    "Surface",
    "cards",
    "cifar10",
    "cue_conflict",
    "digits",
    "faces",
    "fashion_mnist",
    "fetch",
    "hymenoptera",
    "listing",
    "mnist",
    "photograph",
    "pretrained",
    "pretrained_file",
    "series",
    "shapes",
    "state",
]
