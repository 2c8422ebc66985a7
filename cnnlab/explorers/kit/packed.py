"""Explorers with more bytes than one trait may hold: feature maps, the weights of a network."""

from __future__ import annotations

import traitlets

from cnnlab.explorers.kit.explorer import Explorer

PARTS = 5
PART_BYTES = 37_000
"""As text in a notebook that is just under 50,000 bytes."""
MOST_BYTES = PARTS * PART_BYTES


class Packed(Explorer):
    """An explorer whose bytes travel in parts, each small enough for a stored notebook."""

    part_0 = traitlets.Bytes().tag(sync=True)
    part_1 = traitlets.Bytes().tag(sync=True)
    part_2 = traitlets.Bytes().tag(sync=True)
    part_3 = traitlets.Bytes().tag(sync=True)
    part_4 = traitlets.Bytes().tag(sync=True)

    def packed(self) -> bytes:
        """Return the bytes that travel to the browser, joined."""
        return b"".join(getattr(self, name) for name in PART_NAMES)


PART_NAMES = tuple(f"part_{number}" for number in range(PARTS))


def split(data: bytes) -> dict[str, bytes]:
    """Return the traits that hold ``data``, by name; those behind its end are empty.

    Args:
        data: at most ``MOST_BYTES`` bytes.

    Raises:
        ValueError: more than that.

    Example:
        >>> [len(part) for part in split(bytes(40_000)).values()]
        [37000, 3000, 0, 0, 0]
    """
    if len(data) > MOST_BYTES:
        raise ValueError(f"data must have at most {MOST_BYTES} bytes, got {len(data)}")
    starts = range(0, MOST_BYTES, PART_BYTES)
    return {name: data[start : start + PART_BYTES] for name, start in zip(PART_NAMES, starts, strict=True)}
