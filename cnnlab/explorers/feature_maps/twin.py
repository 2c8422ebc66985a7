"""The FeatureMaps explorer on paper: the picture, and a layer's maps side by side."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.figure import Figure

from cnnlab import figures
from cnnlab.explorers.feature_maps.widget import FeatureMaps


def draw(explorer: FeatureMaps) -> Figure:
    """Return a figure with the chosen picture and the chosen layer's maps.

    Args:
        explorer: with the settings to draw.
    """
    image, maps, layer = explorer.image(), explorer.maps(), explorer.chosen()
    number = explorer.picture
    title = explorer.titles[number] if explorer.titles else f"picture {number}"
    fig, (left, right) = figures.subplots(1, 2, figsize=(11, 4.8), width_ratios=(1, 3))
    grey = {"cmap": "gray", "vmin": 0, "vmax": 255} if len(image) == 1 else {}
    left.imshow(image[0] if len(image) == 1 else image.transpose(1, 2, 0), label="picture", **grey)
    low, high = layer["low"], layer["high"]
    shown = right.imshow(mosaic(maps), cmap="gray", vmin=low, vmax=high or low + 1, label="maps")
    fig.colorbar(shown, ax=right, ticks=sorted({low, 0.0, high}), format="%.3g", shrink=0.8)
    count, rows, columns = maps.shape
    left.set(title=title, xticks=[], yticks=[])
    words = f"{layer['name']}: {count} map{'s' * (count > 1)} of {rows} \N{MULTIPLICATION SIGN} {columns}"
    right.set(title=words, xticks=[], yticks=[])
    right.spines[:].set_visible(False)
    return fig


def mosaic(maps: np.ndarray) -> np.ndarray:
    """Return the maps in reading order as one picture, with nothing (nan) between them.

    Args:
        maps: shape (maps, H, W).

    Example:
        >>> mosaic(np.ones((5, 4, 4))).shape
        (9, 19)
    """
    count, rows, columns = maps.shape
    across = min(count, math.ceil(math.sqrt(2 * count * rows / columns)))
    down = -(-count // across)
    whole = np.full((down * (rows + 1) - 1, across * (columns + 1) - 1), np.nan)
    for number, values in enumerate(maps):
        top, left = (number // across) * (rows + 1), (number % across) * (columns + 1)
        whole[top : top + rows, left : left + columns] = values
    return whole
