"""Checks of arguments that several functions share."""

from __future__ import annotations

from typing import Any

from torch import nn


def check_module(name: str, value: Any) -> nn.Module:
    """Return ``value`` if it is a torch module.

    Raises:
        TypeError: it is not.
    """
    if not isinstance(value, nn.Module):
        raise TypeError(f"{name} must be a torch module, got {type(value).__name__}")
    return value
