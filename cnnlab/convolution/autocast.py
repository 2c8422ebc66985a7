"""What PyTorch's automatic mixed precision would do to a sum of products, and how it is kept out."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeGuard, TypeVar

import torch

from cnnlab.convolution.operands import DTYPES

P = ParamSpec("P")
R = TypeVar("R")


def without_autocast(function: Callable[P, R]) -> Callable[P, R]:
    """Return ``function``, which under autocast gets all its tensors in the widest of their dtypes.

    Autocast rounds the factors of matrix products to half precision, and hands on half-precision activations
    beside float32 weights. Here they meet in float32, and are computed as if autocast were off.

    Example:
        >>> add = without_autocast(torch.add)
        >>> with torch.autocast("cpu", torch.bfloat16):
        ...     add(torch.ones(1, dtype=torch.bfloat16), torch.ones(1)).dtype
        torch.float32
    """

    @functools.wraps(function)
    def exact(*args: P.args, **kwargs: P.kwargs) -> R:
        tensors = [item for item in (*args, *kwargs.values()) if _is_number(item)]
        kinds = {tensor.device.type for tensor in tensors}
        on = [kind for kind in kinds if torch.amp.is_autocast_available(kind)]
        if not any(torch.is_autocast_enabled(kind) for kind in on):
            return function(*args, **kwargs)
        widest = functools.reduce(torch.promote_types, (tensor.dtype for tensor in tensors))
        widened: Any = [item.to(widest) if _is_number(item) else item for item in args]
        named: Any = {name: item.to(widest) if _is_number(item) else item for name, item in kwargs.items()}
        with torch.autocast(on[0], enabled=False):
            return function(*widened, **named)

    return exact


def _is_number(item: Any) -> TypeGuard[torch.Tensor]:
    return isinstance(item, torch.Tensor) and item.dtype in DTYPES
