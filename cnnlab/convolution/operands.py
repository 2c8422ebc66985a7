"""Checks of the two tensors of a convolution, in any number of dimensions."""

from __future__ import annotations

from typing import Any

import torch

from cnnlab._arguments import positive_int

DTYPES = (torch.float16, torch.bfloat16, torch.float32, torch.float64)


def check_operands(
    signal: Any, kernel: Any, *, axes: str, taps: str, groups: Any = 1, name: str = "signal"
) -> None:
    """Raise one clear sentence unless the two can be convolved.

    Args:
        signal: tensor of shape ``axes``, or batch and channels followed by ``axes``.
        kernel: tensor of shape ``taps``, or output and input channels followed by ``taps``.
        axes: names of the signal's sliding axes, such as "L" or "H, W".
        taps: names of the kernel's sliding axes, such as "k" or "kh, kw".
        groups: number of channel groups.
        name: what errors call the signal, such as "images".

    Raises:
        TypeError: not dense tensors of one supported dtype.
        ValueError: devices, ranks, channels or groups do not match, or there is nothing to convolve.
    """
    check_alike(**{name: signal, "kernel": kernel})
    kernel_axes = f"out_channels, in_channels // groups, {taps}"
    check_shapes(tuple(signal.shape), tuple(kernel.shape), axes, taps, kernel_axes, name)
    groups = positive_int("groups", groups)
    if signal.ndim > axes.count(",") + 1:
        _check_channels(signal.shape[1], kernel.shape[0], kernel.shape[1], groups)
    elif groups != 1:
        raise ValueError(f"groups must be 1 for {_noun(name)} without channels, got {groups}")


def check_alike(**tensors: Any) -> None:
    """Raise one clear sentence unless all are dense tensors of one supported dtype on one device."""
    for name, tensor in tensors.items():
        check_tensor(name, tensor)
    (first_name, first), *others = tensors.items()
    for name, tensor in others:
        if tensor.dtype != first.dtype:
            raise TypeError(
                f"{first_name} and {name} must share a dtype, got {first.dtype} and {tensor.dtype}"
            )
        if tensor.device != first.device:
            devices = f"{first.device} and {tensor.device}"
            raise ValueError(f"{first_name} and {name} must be on one device, got {devices}")


def check_tensor(name: str, tensor: Any) -> None:
    """Raise ``TypeError`` unless ``tensor`` is a dense tensor of a dtype that is supported on its device."""
    if not isinstance(tensor, torch.Tensor):
        raise TypeError(f"{name} must be a torch.Tensor, got {type(tensor).__name__}")
    if tensor.layout != torch.strided:
        raise TypeError(f"{name} must be a dense tensor, got layout {tensor.layout}")
    check_dtype(name, tensor.dtype, tensor.device)


def check_dtype(name: str, dtype: torch.dtype, device: torch.device) -> None:
    """Raise ``TypeError`` unless ``dtype`` is a supported floating-point type that ``device`` has."""
    if dtype not in DTYPES:
        raise TypeError(f"{name} must be float16, bfloat16, float32 or float64, got {dtype}")
    if dtype == torch.float64 and device.type == "mps":
        raise TypeError(f"{name} must not be float64 on {device.type}, which has no float64: use float32")


def computing_dtype(dtype: torch.dtype) -> torch.dtype:
    """Return the dtype to compute in: float32 for the half-precision types, else ``dtype`` itself."""
    return torch.float32 if dtype in (torch.float16, torch.bfloat16) else dtype


def check_images(images: Any, name: str = "images") -> torch.Tensor:
    """Return ``images`` if they are pictures: (H, W), (C, H, W) or (N, C, H, W), not empty but for N.

    Raises:
        TypeError: not a dense tensor of a supported floating-point dtype.
        ValueError: another shape.
    """
    check_tensor(name, images)
    shape = tuple(images.shape)
    if len(shape) not in (2, 3, 4):
        raise ValueError(f"{name} must have shape (H, W), (C, H, W) or (N, C, H, W), got {shape}")
    if 0 in shape[-3:]:
        raise ValueError(f"{name} must not be empty, got shape {shape}")
    return images


def check_shapes(
    signal: tuple[int, ...], kernel: tuple[int, ...], axes: str, taps: str, kernel_axes: str, name: str
) -> None:
    """Raise ``ValueError`` unless both ranks fit ``axes``, and nothing but the batch is empty."""
    plain = axes.count(",") + 1
    one_axis = f"({axes},)" if plain == 1 else f"({axes})"
    one_tap = f"({taps},)" if plain == 1 else f"({taps})"
    if len(signal) not in (plain, plain + 2):
        raise ValueError(f"{name} must have shape {one_axis} or (N, C, {axes}), got {signal}")
    expected = one_tap if len(signal) == plain else f"({kernel_axes})"
    if len(kernel) != len(signal):
        raise ValueError(
            f"kernel must have shape {expected} for {_noun(name)} of shape {signal}, got {kernel}"
        )
    if 0 in kernel:
        raise ValueError(f"kernel must not be empty, got shape {kernel}")
    # An empty batch is a batch like any other; nothing else of a signal may be empty.
    if 0 in signal[len(signal) - plain :] or (len(signal) > plain and signal[1] == 0):
        raise ValueError(f"{name} must not be empty, got shape {signal}")


def _noun(name: str) -> str:
    return name if name.endswith("s") else f"a {name}"


def _check_channels(in_channels: int, out_channels: int, kernel_channels: int, groups: int) -> None:
    for name, channels in (("in_channels", in_channels), ("out_channels", out_channels)):
        if channels % groups:
            raise ValueError(f"groups must divide {name} = {channels}, got {groups}")
    if kernel_channels != in_channels // groups:
        expected = in_channels // groups
        raise ValueError(
            f"kernel must have in_channels // groups = {expected} channels, got {kernel_channels}"
        )
