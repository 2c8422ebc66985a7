"""Four ways to slide a kernel over images. All give the same numbers; they differ in time and memory.

Each method takes images of shape (N, G, C, H, W), a kernel of shape (G, O, C, kh, kw) and two ``Slide``s,
one down the rows and one along the columns. It returns the cross-correlation of shape (N, G, O, H', W'):
N images, G groups, C input and O output channels per group.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from cnnlab.convolution.methods1d import transform_dtype, transform_length
from cnnlab.convolution.slide import Slide, pad, spread
from cnnlab.geometry import output_length

CACHED = 2**17  # numbers: half a MiB in float32, what a processor has for each core


def loops(images: Tensor, kernel: Tensor, down: Slide, along: Slide) -> Tensor:
    """Return the definition, tap by tap: a sum of products at every position."""
    height = down.positions(images.shape[-2], kernel.shape[-2])
    width = along.positions(images.shape[-1], kernel.shape[-1])
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
    """Return a matrix product: one factor's rows are what lies under the kernel, the other's columns kernels.

    Channels lie innermost, so that each row of a window is one run of memory to copy. A processor makes the
    kh * kw copies of every pixel for a few rows of the result at a time: as many as its cache holds.
    """
    innermost = pad(images, down, along).permute(1, 0, 3, 4, 2).contiguous().permute(0, 1, 4, 2, 3)
    height, width = kernel.shape[-2:]
    view = sliding_windows2d(innermost, height, width, down, along)
    view = view.permute(0, 1, 3, 4, 5, 6, 2)  # (G, N, H', W', kh, kw, C)
    columns = kernel.permute(0, 3, 4, 2, 1).flatten(1, 3)  # (G, kh * kw * C, O)

    def product(part: Tensor) -> Tensor:
        return torch.bmm(part.flatten(4).flatten(1, 3), columns).unflatten(1, part.shape[1:4])

    if images.device.type != "cpu" or (
        torch.is_grad_enabled() and (images.requires_grad or kernel.requires_grad)
    ):
        result = product(view)  # a GPU, and gradients, want all rows at once
    else:
        result = images.new_empty(*view.shape[:4], kernel.shape[1])
        for place in _pieces(view):
            result[place] = product(view[place])
    return result.permute(1, 0, 4, 2, 3)


def _pieces(view: Tensor) -> Iterator[tuple[slice, ...]]:
    """Pieces of the second and third axis: about ``CACHED`` numbers a thread, and at least one row."""
    pictures, height = view.shape[1:3]
    cached = CACHED * torch.get_num_threads()
    row = view.shape[0] * view.shape[3:].numel()
    rows = max(1, min(height, cached // row))
    some = max(1, cached // (row * height))
    for first in range(0, pictures, some):
        for top in range(0, height, rows):
            yield slice(None), slice(first, first + some), slice(top, top + rows)


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
    axes = zip(images.shape[-2:], (height, width), (down, along), strict=True)
    counts = [output_length(n, k, stride=slide.stride, dilation=slide.dilation) for n, k, slide in axes]
    *outer, row, column = images.stride()
    steps = down.stride * row, along.stride * column, down.dilation * row, along.dilation * column
    return images.as_strided((*images.shape[:-2], *counts, height, width), (*outer, *steps))
