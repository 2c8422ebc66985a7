"""Which of ImageNet's 1,000 classes each of the 16 categories of Geirhos et al. has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

_NUMBERS = {
    "airplane": "404",
    "bear": "294-297",
    "bicycle": "444 671",
    "bird": "8 10-16 18-20 22-24 80-83 87-96 98-100 127-133 135-145",
    "boat": "472 554 625 814 914",
    "bottle": "440 720 737 898-899 901 907",
    "car": "436 511 817",
    "cat": "281-286",
    "chair": "423 559 765 857",
    "clock": "409 530 892",
    "dog": "152-191 193-203 205-226 228-241 243-250 252-257 259 261-263 265-268",
    "elephant": "385-386",
    "keyboard": "508 878",
    "knife": "499",
    "oven": "766",
    "truck": "555 569 656 675 717 734 864 867",
}


def _listed(ranges: str) -> Iterator[int]:
    for ends in ranges.split():
        first, _, last = ends.partition("-")
        yield from range(int(first), int(last or first) + 1)


IMAGENET_CLASSES: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {category: tuple(_listed(ranges)) for category, ranges in _NUMBERS.items()}
)
"""Classes of each category, by their number in ImageNet: the place of their WordNet id among the sorted ids.

Of the 1,000 classes 207 belong to one of the 16 categories. Their order is that of ``data.cue_conflict``.

Source:
    R. Geirhos et al., ImageNet-trained CNNs are biased towards texture, ICLR 2019, code/helper of
    github.com/rgeirhos/texture-vs-shape, which lists the WordNet ids below each category and these numbers.
"""
