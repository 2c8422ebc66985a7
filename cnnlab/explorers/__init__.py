"""Interactive explorers: pictures that the reader moves, drawn in the browser, alive without a kernel."""

from cnnlab.explorers.base import Explorer
from cnnlab.explorers.sliding import Sliding

__all__ = ["Explorer", "Sliding"]
