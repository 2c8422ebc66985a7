"""Canny's edge detector, step by step and as a whole."""

from __future__ import annotations

import torch
from torch.nn.functional import max_pool2d, pad

from cnnlab.convolution.operands import check_images
from cnnlab.filters.checks import finite_number
from cnnlab.filters.derivatives import Gradient, gradient
from cnnlab.filters.smoothing import gaussian


def non_maximum_suppression(change: Gradient) -> torch.Tensor:
    """Return the gradient's magnitude where it is largest across the edge, and zero elsewhere.

    Each pixel is compared with the magnitude one step ahead and one behind along its gradient; what lies
    between two pixels is interpolated. The outermost pixels, whose neighbours are unknown, become zero.

    Args:
        change: the gradient, each part of shape (H, W), (C, H, W) or (N, C, H, W).

    Returns:
        Shape and dtype of the parts: ridges, mostly one pixel wide (two where neighbours are equal).

    Raises:
        TypeError: not a ``Gradient`` of pictures.
        ValueError: empty pictures.

    Source:
        Canny, "A Computational Approach to Edge Detection", IEEE PAMI 8, 1986, with the linear interpolation
        of ``skimage.feature.canny``.

    Example:
        >>> change = Gradient(torch.tensor([1.0, 2.0, 3.0, 1.0, 0.0]).expand(3, 5), torch.zeros(3, 5))
        >>> non_maximum_suppression(change)[1]
        tensor([0., 0., 3., 0., 0.])
    """
    if not isinstance(change, Gradient):
        raise TypeError(f"change must be a Gradient, got {type(change).__name__}")
    x, y = check_images(change.x, "change.x"), check_images(change.y, "change.y")
    magnitude = change.magnitude
    padded = pad(magnitude, (1, 1, 1, 1))
    width = padded.shape[-1]
    right = torch.where(x < 0, -1, 1)
    down = torch.where(y < 0, -width, width)
    straight, share = _towards(x.abs(), y.abs(), right, down)
    ahead = _ahead(padded, straight, right + down, share)
    behind = _ahead(padded, -straight, -right - down, share)
    kept = (magnitude >= ahead) & (magnitude >= behind) & _inner(magnitude)
    return torch.where(kept, magnitude, 0)


def double_threshold(magnitude: torch.Tensor, low: float, high: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Return where there may be an edge, and where there is one for certain.

    Args:
        magnitude: pictures of edge strength.
        low: least strength of a weak edge.
        high: least strength of a strong edge.

    Returns:
        The weak and the strong edges, boolean, shape of ``magnitude``; strong ones are weak ones too. Zero
        strength is never an edge.

    Raises:
        TypeError: not pictures or numbers.
        ValueError: empty pictures, a negative threshold, or ``high`` below ``low``.

    Example:
        >>> double_threshold(torch.tensor([[0.0, 1.0, 2.0]]), low=1, high=2)
        (tensor([[False,  True,  True]]), tensor([[False, False,  True]]))
    """
    check_images(magnitude, "magnitude")
    low, high = finite_number("low", low), finite_number("high", high)
    if low < 0:
        raise ValueError(f"low must be zero or positive, got {low:g}")
    if high < low:
        raise ValueError(f"high must be at least low = {low:g}, got {high:g}")
    weak = (magnitude >= low) & (magnitude > 0)
    return weak, weak & (magnitude >= high)


def hysteresis(weak: torch.Tensor, strong: torch.Tensor) -> torch.Tensor:
    """Return the weak edges that touch a strong one, directly or through other weak ones.

    Args:
        weak: boolean, shape (H, W), (C, H, W) or (N, C, H, W); each channel by itself.
        strong: boolean, same shape.

    Returns:
        Boolean, same shape. Neighbours touch across corners too.

    Raises:
        TypeError: not boolean tensors.
        ValueError: shapes differ, or are not of pictures.

    Example:
        >>> weak = torch.tensor([[True, True, False, True]])
        >>> hysteresis(weak, torch.tensor([[True, False, False, False]]))
        tensor([[ True,  True, False, False]])
    """
    for name, mask in (("weak", weak), ("strong", strong)):
        if not isinstance(mask, torch.Tensor) or mask.dtype != torch.bool:
            kind = mask.dtype if isinstance(mask, torch.Tensor) else type(mask).__name__
            raise TypeError(f"{name} must be a boolean tensor, got {kind}")
        check_images(mask.to(torch.float32), name)
    if weak.shape != strong.shape:
        shapes = f"{tuple(weak.shape)} and {tuple(strong.shape)}"
        raise ValueError(f"weak and strong must have one shape, got {shapes}")
    edges = weak & strong
    while True:
        grown = _grown(edges) & weak
        if torch.equal(grown, edges):
            return edges
        edges = grown


def canny(
    images: torch.Tensor,
    sigma: float = 1.0,
    *,
    low: float = 0.1,
    high: float = 0.2,
    border: str = "reflect",
    value: float = 0.0,
) -> torch.Tensor:
    """Return where the edges are: smooth, differentiate, thin, threshold twice, follow.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W), floating point; each channel by itself.
        sigma: standard deviation of the smoothing in pixels, positive.
        low: least Sobel magnitude of an edge that is followed.
        high: least Sobel magnitude from which an edge is followed.
        border: "reflect", "mirror", "nearest", "constant" or "wrap", for the smoothing; the derivatives
            reflect.
        value: what stands outside with "constant".

    Returns:
        Boolean, shape of ``images``.

    Raises:
        TypeError: not pictures or numbers.
        ValueError: empty pictures, no such border, ``sigma`` not positive, or thresholds out of order.

    Source:
        Canny 1986; ``skimage.feature.canny``, whose default border is "constant", divided by the part of the
        kernel that lies inside.

    Example:
        >>> step = torch.tensor([0.0, 0.0, 0.0, 0.5, 1.0, 1.0, 1.0]).expand(7, 7)
        >>> canny(step).int()[3]
        tensor([0, 0, 0, 1, 0, 0, 0], dtype=torch.int32)
    """
    change = gradient(gaussian(images, sigma, border=border, value=value))
    return hysteresis(*double_threshold(non_maximum_suppression(change), low, high))


def _towards(
    across: torch.Tensor, along: torch.Tensor, right: torch.Tensor, down: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """The step to the neighbour beside or below, and how far the gradient leans to the diagonal one."""
    steep = along > across
    longer = torch.where(steep, along, across)
    shorter = torch.where(steep, across, along)
    share = shorter / torch.where(longer > 0, longer, 1)
    return torch.where(steep, down, right), share


def _ahead(
    padded: torch.Tensor, straight: torch.Tensor, diagonal: torch.Tensor, share: torch.Tensor
) -> torch.Tensor:
    height, width = padded.shape[-2] - 2, padded.shape[-1]
    rows = torch.arange(1, height + 1, device=padded.device)[:, None] * width
    here = rows + torch.arange(1, width - 1, device=padded.device)
    flat = padded.flatten(-2)
    near, far = (
        flat.gather(-1, (here + step).flatten(-2)).reshape(share.shape) for step in (straight, diagonal)
    )
    return near * (1 - share) + far * share


def _inner(magnitude: torch.Tensor) -> torch.Tensor:
    inner = torch.zeros(magnitude.shape[-2:], dtype=torch.bool, device=magnitude.device)
    inner[1:-1, 1:-1] = True
    return inner


def _grown(edges: torch.Tensor) -> torch.Tensor:
    planes = edges.reshape(-1, 1, *edges.shape[-2:]).to(torch.float32)
    return (max_pool2d(planes, 3, stride=1, padding=1) > 0).reshape(edges.shape)
