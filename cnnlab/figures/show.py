"""Publish a figure with its caption, alt text and description."""

from __future__ import annotations

import io

import matplotlib.pyplot as plt
from IPython.display import publish_display_data
from matplotlib.figure import Figure
from PIL import Image

from cnnlab.figures.describe import describe as describe_figure


def show(fig: Figure, *, caption: str, alt: str, describe: str = "values") -> None:
    """Publish a figure and close it.

    The notebook stores the picture (PNG, at most 100 dpi), its alt text in the output's metadata, and as
    plain text the caption with a description of the data, which nbval compares. The caption stands below.

    Args:
        fig: the figure.
        caption: one sentence with the figure's point.
        alt: what the picture shows, for a reader who does not see it.
        describe: "values", or "structure" for trained results only (see :func:`~cnnlab.figures.describe`).

    Raises:
        TypeError: ``fig`` is not a Figure.
        ValueError: ``caption`` or ``alt`` is empty, or ``describe`` is an unknown word.
    """
    if not isinstance(fig, Figure):
        raise TypeError(f"fig must be a matplotlib Figure, got {type(fig).__name__}")
    for name, text in (("caption", caption), ("alt", alt)):
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f"{name} must say something, got {text!r}")
    caption, alt = " ".join(caption.split()), " ".join(alt.split())
    words = f"{caption}\n{describe_figure(fig, describe)}"
    picture = _png(fig)
    plt.close(fig)
    publish_display_data({"image/png": picture, "text/plain": words}, metadata={"image/png": {"alt": alt}})
    publish_display_data({"text/markdown": f"*{caption}*", "text/plain": caption})


def _png(fig: Figure) -> bytes:
    """The figure as a PNG of at most 96 colours, in less than half the bytes; fewer stay as they are."""
    drawn, packed = io.BytesIO(), io.BytesIO()
    fig.savefig(drawn, format="png", dpi=min(fig.dpi, 100))
    picture = Image.open(drawn).convert("RGB")
    palette = picture.quantize(96, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    # No metadata, so that the same picture is the same file everywhere.
    palette.save(packed, format="png", optimize=True)
    return packed.getvalue()
