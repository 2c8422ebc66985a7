"""Convolution arithmetic without tensors: sizes, counts and receptive fields of layers and networks.

A size is (H, W), a shape (C, H, W), and a signal of L samples a picture of one row. ``from_module`` reads a
PyTorch module into the descriptions that everything else works on.
"""

from cnnlab.geometry.counts import biases, multiply_adds, neurons, parameters, weights
from cnnlab.geometry.fields import ReceptiveField, receptive_field
from cnnlab.geometry.historical import PartialConv, RadialBasis, Scale
from cnnlab.geometry.layers import (
    Add,
    BatchNorm,
    Concatenate,
    Conv,
    Dense,
    Flatten,
    Layer,
    Pointwise,
    Pool,
    ZeroPadded,
)
from cnnlab.geometry.lengths import (
    MODES,
    OPERATIONS,
    effective_kernel_size,
    mode_length,
    mode_padding,
    output_length,
)
from cnnlab.geometry.modules import from_module
from cnnlab.geometry.positions import Positions, positions
from cnnlab.geometry.shapes import output_shape, shapes
from cnnlab.geometry.sizes import (
    output_size,
    same_padding,
    transposed_output_length,
    transposed_output_size,
)
from cnnlab.geometry.stored import stored_numbers
from cnnlab.geometry.tables import LayerRow, LayerTable, layer_table

__all__ = [
    "MODES",
    "OPERATIONS",
    "Add",
    "BatchNorm",
    "Concatenate",
    "Conv",
    "Dense",
    "Flatten",
    "Layer",
    "LayerRow",
    "LayerTable",
    "PartialConv",
    "Pointwise",
    "Pool",
    "Positions",
    "RadialBasis",
    "ReceptiveField",
    "Scale",
    "ZeroPadded",
    "biases",
    "effective_kernel_size",
    "from_module",
    "layer_table",
    "mode_length",
    "mode_padding",
    "multiply_adds",
    "neurons",
    "output_length",
    "output_shape",
    "output_size",
    "parameters",
    "positions",
    "receptive_field",
    "same_padding",
    "shapes",
    "stored_numbers",
    "transposed_output_length",
    "transposed_output_size",
    "weights",
]
