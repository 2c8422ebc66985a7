"""Four ways to slide a kernel over images. All give the same numbers; they differ in time and memory.

Each method takes images of shape (N, G, C, H, W), a kernel of shape (G, O, C, kh, kw) and two ``Slide``s,
one down the rows and one along the columns. It returns the cross-correlation of shape (N, G, O, H', W'):
N images, G groups, C input and O output channels per group.
"""

from __future__ import annotations

import torch
from torch import Tensor

from cnnlab.convolution.methods1d import transform_dtype, transform_length
from cnnlab.convolution.slide import Slide, spread


def loops(images: Tensor, kernel: Tensor, down: Slide, along: Slide) -> Tensor:
    """Return the definition, tap by tap: a sum of products at every position."""
    height, width = _counts(images, kernel, down, along)
    images = pad(images, down, along).unsqueeze(2)  # (N, G, 1, C, H, W), to meet (G, O, C, kh, kw)
    results = []
    for top in range(0, height * down.stride, down.stride):
        for left in range(0, width * along.stride, along.stride):
            total = torch.zeros((), dtype=images.dtype, device=images.device)
            for row in range(kernel.shape[-2]):
                for column in range(kernel.shape[-1]):
                    pixel = images[..., top + row * down.dilation, left + column * along.dilation]
                    total = total + pixel * kernel[..., row, column]
            results.append(total.sum(-1))
    return torch.stack(results, dim=-1).unflatten(-1, (height, width))


def windows(images: Tensor, kernel: Tensor, down: Slide, along: Slide) -> Tensor:
    """Return every window times the kernel, summed: the loops handed to one ``einsum``."""
    height, width = kernel.shape[-2:]
    view = sliding_windows2d(pad(images, down, along), height, width, down, along)
    return torch.einsum("ngcijtu,goctu->ngoij", view, kernel)


def im2col(images: Tensor, kernel: Tensor, down: Slide, along: Slide) -> Tensor:
    """Return a sum of matrix products, one for each row of the kernel.

    Each row of a matrix holds one row of a kernel, each column what lies under it at one position. All the
    kernel's rows share one array of copies, made for sideways shifts only: a shift down starts later in it.
    That is kw copies of every pixel instead of the kh * kw of a single large product, and faster.
    """
    height, width = _counts(images, kernel, down, along)
    images = pad(images, down, along)
    shifts = [images[..., along.samples(column, width)] for column in range(kernel.shape[-1])]
    columns = torch.stack(shifts, dim=3).flatten(2, 3).flatten(0, 1)  # (N * G, C * kw, H, W')

    def factors(row: int) -> tuple[Tensor, Tensor]:
        taps = kernel[..., row, :].flatten(2).expand(len(images), -1, -1, -1).flatten(0, 1)
        return taps, columns[..., down.samples(row, height), :].flatten(2)

    result = torch.bmm(*factors(0))
    for row in range(1, kernel.shape[-2]):
        result.baddbmm_(*factors(row))  # adds in place: no second array of the result's size
    return result.unflatten(0, images.shape[:2]).unflatten(-1, (height, width))


def fft(images: Tensor, kernel: Tensor, down: Slide, along: Slide) -> Tensor:
    """Return a product of spectra, transformed back: what slides in space multiplies in frequency."""
    if images.numel() == 0:
        return windows(images, kernel, down, along)  # MKL refuses to transform an empty batch
    images, kernel = pad(images, down, along), spread(kernel, down.dilation, along.dilation)
    lengths = zip(images.shape[-2:], kernel.shape[-2:], (down, along), strict=True)
    size, precise = [transform_length(*axis) for axis in lengths], transform_dtype(images)
    spectrum = torch.fft.rfft2(images.to(precise), size)
    response = torch.fft.rfft2(kernel.to(precise), size).conj()  # the conjugate undoes a convolution's flip
    product = torch.einsum("ngcxy,gocxy->ngoxy", spectrum, response)
    height, width = (images.shape[axis] - kernel.shape[axis] + 1 for axis in (-2, -1))
    result = torch.fft.irfft2(product, size)[..., : height : down.stride, : width : along.stride]
    return result.to(images.dtype)


def sliding_windows2d(images: Tensor, height: int, width: int, down: Slide, along: Slide) -> Tensor:
    """Return a view of shape (..., H', W', height, width): what lies under the kernel at each position.

    No pixel is copied: neighbouring windows share memory, so write only to a copy.

    Example:
        >>> one_step = Slide(stride=1, dilation=1, left=0, right=0)
        >>> sliding_windows2d(torch.arange(6).reshape(2, 3), 2, 2, one_step, one_step)
        tensor([[[[0, 1],
                  [3, 4]],
                 [[1, 2],
                  [4, 5]]]])
    """
    counts = down.positions(images.shape[-2], height), along.positions(images.shape[-1], width)
    *outer, row, column = images.stride()
    steps = down.stride * row, along.stride * column, down.dilation * row, along.dilation * column
    return images.as_strided((*images.shape[:-2], *counts, height, width), (*outer, *steps))


def pad(images: Tensor, down: Slide, along: Slide) -> Tensor:
    """Return the images with the slides' zeros around them, or as they are where there are none."""
    sides = along.left, along.right, down.left, down.right
    return torch.nn.functional.pad(images, sides) if any(sides) else images


def _counts(images: Tensor, kernel: Tensor, *slides: Slide) -> list[int]:
    axes = zip(images.shape[-2:], kernel.shape[-2:], slides, strict=True)
    return [slide.positions(length + slide.left + slide.right, taps) for length, taps, slide in axes]
