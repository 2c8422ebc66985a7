"""Copies of models, so that what is tried on them leaves the model as it is."""

from __future__ import annotations

import copy
from typing import Any, TypeVar

from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

Model = TypeVar("Model", bound=nn.Module)


def copied(model: Model) -> Model:
    """Return a copy of a model with all that it keeps; tensors that it computed are copied by their values.

    Alone, ``copy.deepcopy`` refuses a model that keeps what it computed, such as its feature maps.

    Example:
        >>> layer = nn.Linear(1, 1)
        >>> layer.doubled = 2 * layer.weight
        >>> layer.doubled.requires_grad, copied(layer).doubled.requires_grad
        (True, False)
    """
    with _ByValue():
        return copy.deepcopy(model)


def evaluating_copy(model: Any) -> nn.Module:
    """Return a copy of ``model`` in evaluation mode.

    Raises:
        TypeError: not a torch module.
    """
    if not isinstance(model, nn.Module):
        raise TypeError(f"model must be a torch module, got {type(model).__name__}")
    return copied(model).eval()


class _ByValue(TorchFunctionMode):
    """Lets the deep copy of a tensor that has a history be its values alone, once for each tensor."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if func is not Tensor.__deepcopy__ or args[0].is_leaf:
            return func(*args, **(kwargs or {}))
        tensor, memo = args
        return memo.setdefault(id(tensor), tensor.detach().clone())
