"""Pooling from scratch: each window of a feature map becomes one number, every channel for itself.

From scratch means padding, strided views and reductions; PyTorch's own poolings appear only in the tests, as
the judge. All functions take (H, W), (C, H, W) or (N, C, H, W).
"""

from __future__ import annotations

from cnnlab.pooling.adaptive import (
    adaptive_avg_pool2d,
    adaptive_max_pool2d,
    global_avg_pool2d,
    global_max_pool2d,
)
from cnnlab.pooling.blur import PADDING_MODES, BlurPool2d, blur_pool2d, max_blur_pool2d
from cnnlab.pooling.gradients import avg_pool2d_gradient, max_pool2d_gradient
from cnnlab.pooling.maximum import max_pool2d
from cnnlab.pooling.means import avg_pool2d, lp_pool2d

__all__ = [
    "PADDING_MODES",
    "BlurPool2d",
    "adaptive_avg_pool2d",
    "adaptive_max_pool2d",
    "avg_pool2d",
    "avg_pool2d_gradient",
    "blur_pool2d",
    "global_avg_pool2d",
    "global_max_pool2d",
    "lp_pool2d",
    "max_blur_pool2d",
    "max_pool2d",
    "max_pool2d_gradient",
]
