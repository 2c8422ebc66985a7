"""Normalization from scratch: numbers are brought to mean 0 and variance 1, then scaled and shifted again.

Batch, layer, group and instance normalization differ only in what a mean is taken over. From scratch means
means and roots; PyTorch's own appear only in the tests, as the judge.
"""

from __future__ import annotations

from cnnlab.normalization.batch import BatchNorm, batch_norm
from cnnlab.normalization.folding import fold_batch_norm
from cnnlab.normalization.gradients import batch_norm_gradient, group_norm_gradient
from cnnlab.normalization.samples import group_norm, instance_norm, layer_norm

__all__ = [
    "BatchNorm",
    "batch_norm",
    "batch_norm_gradient",
    "fold_batch_norm",
    "group_norm",
    "group_norm_gradient",
    "instance_norm",
    "layer_norm",
]
