"""The course's one style sheet, and figures made with it."""

from __future__ import annotations

from importlib import resources
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.artist import Artist
from matplotlib.figure import Figure

with resources.as_file(resources.files("cnnlab").joinpath("course.mplstyle")) as _path:
    plt.style.use(_path)

COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
"""Okabe and Ito's colours, told apart by colour-blind readers; the order of the style sheet."""

DECORATION = "decoration"


def subplots(nrows: int = 1, ncols: int = 1, **options: Any) -> tuple[Figure, Any]:
    """Return a figure in the course's style and its axes, as ``matplotlib.pyplot.subplots`` does.

    Args:
        nrows: rows of axes.
        ncols: columns of axes.
        **options: passed on, such as ``figsize`` in inches or ``sharex``.

    Returns:
        The figure; one axes object, or an array of them.
    """
    return plt.subplots(nrows, ncols, **options)


def decoration(artist: Artist) -> Artist:
    """Return ``artist``, marked so that a figure's description leaves it out (guide lines, frames).

    Args:
        artist: a line, patch, text or collection of an axes.
    """
    artist.set_gid(DECORATION)
    return artist


def described(artist: Artist, words: str) -> Artist:
    """Return ``artist``, marked so that a figure's description has these words instead of its numbers.

    Args:
        artist: a line, patch, text or collection of an axes.
        words: one line, in the order in which artists were added.
    """
    artist.set_gid(f"{DECORATION}: {words}")
    return artist


def is_decoration(artist: Artist) -> bool:
    """Return whether ``artist`` was marked by :func:`decoration` or :func:`described`."""
    return str(artist.get_gid()).startswith(DECORATION)


def words_of(artist: Artist) -> str:
    """Return the words that :func:`described` gave ``artist``, or none."""
    return str(artist.get_gid() or "").partition(f"{DECORATION}: ")[2]
