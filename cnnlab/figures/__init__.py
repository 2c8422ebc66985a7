"""Figures of the course: one style, a description that tests and screen readers can read.

Importing this module applies the course's style sheet to matplotlib.
"""

from cnnlab.figures.describe import describe
from cnnlab.figures.networks import network
from cnnlab.figures.pictures import pictures
from cnnlab.figures.show import show
from cnnlab.figures.signals import label_line, overlay, panels, stems, table
from cnnlab.figures.style import COLORS, decoration, described, subplots

__all__ = [
    "COLORS",
    "decoration",
    "describe",
    "described",
    "label_line",
    "network",
    "overlay",
    "panels",
    "pictures",
    "show",
    "stems",
    "subplots",
    "table",
]
