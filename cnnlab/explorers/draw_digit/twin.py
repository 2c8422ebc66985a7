"""The DrawDigit explorer on paper: what the network sees, and the probability of each class."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from cnnlab import figures
from cnnlab.explorers.draw_digit.widget import DrawDigit


def draw(explorer: DrawDigit) -> Figure:
    """Return a figure with the network's input and a bar for each class.

    Args:
        explorer: with the settings to draw.
    """
    classes = explorer.classes
    probabilities = explorer.probabilities() if explorer.strokes else np.zeros(len(classes))
    fig, (left, right) = figures.subplots(1, 2, figsize=(10, 4.8), width_ratios=(1, 1.3))
    left.imshow(explorer.grid(), cmap="gray", vmin=0, vmax=1, label="input")
    left.set(title="what the network sees", xticks=[], yticks=[])
    places = np.arange(len(classes))
    right.barh(places, probabilities, color=figures.COLORS[0], label="probability")
    for place, probability in zip(places, probabilities, strict=True):
        figures.decoration(right.text(probability + 0.02, place, f"{probability:.1%}", va="center"))
    right.set(title="probability", xlim=(0, 1.2), xticks=(0, 0.5, 1), yticks=places, yticklabels=classes)
    right.invert_yaxis()
    return fig
