"""The effective receptive field: how much each pixel of the receptive field matters.

Source:
    Luo, Li, Urtasun and Zemel 2016, Understanding the Effective Receptive Field in Deep Convolutional Neural
    Networks, sections 2 and 3.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from cnnlab._arguments import non_negative_int, positive_int, positive_number
from cnnlab.geometry.pairs import Pair
from cnnlab.inspection.copies import evaluating_copy
from cnnlab.inspection.gradients import input_gradient, picture_shape


@torch.inference_mode(mode=False)
def effective_receptive_field(
    model: nn.Module,
    input_size: int | Pair,
    *,
    samples: int = 32,
    seed: int = 0,
    in_channels: int | None = None,
) -> Tensor:
    """Return how strongly each pixel influences the central output: the mean of absolute gradients.

    Args:
        model: as for ``measured_receptive_field``, with its own weights, in evaluation mode; left as it is.
        input_size: (H, W) in pixels; an integer stands for both.
        samples: how many random pictures (standard normal) to average over.
        seed: start of the random pictures; the caller's random state is left alone.
        in_channels: channels of the picture; by default those of the model's first convolution, or 1.

    Returns:
        Shape (H, W), float64 on the CPU, non-negative, sum 1; all zeros if no pixel influences the central
        output. That output is the sum over its channels.

    Raises:
        TypeError: ``model`` is not a torch module or does not return a tensor.
        ValueError: a size or ``samples`` is not positive.

    Source:
        Luo et al. 2016, which averages over random inputs too, and over random weights.

    Example:
        >>> model = nn.Sequential(nn.Conv2d(1, 1, 3, padding=1), nn.Conv2d(1, 1, 3, padding=1))
        >>> for weight in model.parameters():
        ...     _ = nn.init.ones_(weight)
        >>> (81 * effective_receptive_field(model, 5, samples=1)[2]).round().tolist()
        [3.0, 6.0, 9.0, 6.0, 3.0]
    """
    model = evaluating_copy(model)
    shape = picture_shape(model, input_size, in_channels)
    generator = torch.Generator().manual_seed(non_negative_int("seed", seed))
    plain = torch.zeros((), dtype=torch.float32)
    like = next((p for p in model.parameters() if p.is_floating_point()), plain)
    total = torch.zeros(shape[-2] if len(shape) == 4 else 1, shape[-1], dtype=torch.float64)
    for _ in range(positive_int("samples", samples)):
        picture = torch.randn(shape, generator=generator, dtype=torch.float32).to(like.device, like.dtype)
        total += input_gradient(model, picture, None).abs().double().sum(dim=0).cpu()
    return total / total.sum() if total.any() else total


def effective_size(field: Tensor, threshold: float = 0.0455) -> float:
    """Return the side of a square of as many pixels as matter: those above a share of the strongest.

    Args:
        field: shape (H, W), non-negative, as ``effective_receptive_field`` returns it.
        threshold: share of the strongest pixel, above 0; by default 1 - 0.9545, as in the source.

    Returns:
        Square root of the number of pixels above ``threshold``, in pixels; 0 if all are zero.

    Raises:
        TypeError: ``field`` is not a tensor, or ``threshold`` not a number.
        ValueError: ``field`` is not (H, W) or empty, or ``threshold`` not above 0.

    Source:
        Luo et al. 2016, section 3.

    Example:
        >>> effective_size(torch.tensor([[0.01, 0.2], [0.4, 0.3], [0.2, 0.001]]))
        2.0
    """
    _check_field(field)
    share = positive_number("threshold", threshold)
    return int((field > share * field.max()).sum()) ** 0.5


def field_deviation(field: Tensor) -> tuple[float, float]:
    """Return how far influence spreads: its standard deviation down the rows and across the columns.

    Args:
        field: shape (H, W), non-negative, as ``effective_receptive_field`` returns it.

    Returns:
        (vertical, horizontal) in pixels. A stack of n kernels of k equal taps has
        ``(n * (k * k - 1) / 12) ** 0.5``, growing with the root of n; its receptive field grows with n.

    Raises:
        TypeError: ``field`` is not a tensor.
        ValueError: ``field`` is not (H, W), or all zeros.

    Source:
        Luo et al. 2016, section 2.

    Example:
        >>> field_deviation(torch.tensor([[0.5, 0.0, 0.5]]))
        (0.0, 1.0)
    """
    _check_field(field)
    if not field.any():
        raise ValueError("field must have a pixel that matters, got zeros")
    return _deviation(field.double().sum(dim=1)), _deviation(field.double().sum(dim=0))


def _deviation(strengths: Tensor) -> float:
    share = strengths / strengths.sum()
    places = torch.arange(len(share), dtype=share.dtype, device=share.device)
    return float((share * (places - (share * places).sum()) ** 2).sum().sqrt())


def _check_field(field: Tensor) -> None:
    if not isinstance(field, Tensor):
        raise TypeError(f"field must be a tensor, got {type(field).__name__}")
    if field.ndim != 2 or field.numel() == 0:
        raise ValueError(f"field must have shape (H, W), got {tuple(field.shape)}")
