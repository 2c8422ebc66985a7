"""Interactive explorers: pictures that the reader moves, drawn in the browser, alive without a kernel."""

from cnnlab.explorers.arithmetic import Arithmetic
from cnnlab.explorers.base import Explorer
from cnnlab.explorers.draw_digit import DrawDigit
from cnnlab.explorers.feature_maps import FeatureMaps
from cnnlab.explorers.kernel_grid import KernelGrid
from cnnlab.explorers.kernel_playground import KernelPlayground
from cnnlab.explorers.network_builder import NetworkBuilder
from cnnlab.explorers.orientation import Orientation
from cnnlab.explorers.pooling_shift import PoolingShift
from cnnlab.explorers.receptive_field import ReceptiveField
from cnnlab.explorers.sliding import Sliding

__all__ = [
    "Arithmetic",
    "DrawDigit",
    "Explorer",
    "FeatureMaps",
    "KernelGrid",
    "KernelPlayground",
    "NetworkBuilder",
    "Orientation",
    "PoolingShift",
    "ReceptiveField",
    "Sliding",
]
