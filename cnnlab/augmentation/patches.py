"""Shuffled patches: a picture cut into a grid of patches that change places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from cnnlab._arguments import positive_int
from cnnlab.augmentation.base import Augmentation
from cnnlab.augmentation.checks import Size, check_size
from cnnlab.augmentation.draws import orders
from cnnlab.geometry.pairs import pair


@dataclass(frozen=True)
class RandomPatchShuffle(Augmentation):
    """Cut each picture into a grid of equal patches and put these in an order drawn evenly among all.

    What a patch shows stays as it is, and where it belongs is lost: of textures finer than a patch much is
    left, of shapes larger than one little. Each order is drawn, also that of the picture itself.
    Parameters are int64: for each place, row by row, the number of the patch that comes there.

    Attributes:
        patches: patches a side, a number for both or one for rows and one for columns.

    Raises:
        TypeError: not integers; when applied, parameters that are not int64.
        ValueError: ``patches`` is not positive; when called, a picture that cannot be cut into so many equal
            patches; when applied, parameters that do not name each patch once.

    Source:
        Zhang and Zhu, "Interpreting Adversarially Trained Convolutional Neural Networks", ICML 2019, which
        shows networks such pictures, to see how much they go by shape.

    Example:
        >>> images = torch.tensor([[[[1.0, 1.0, 2.0, 2.0]]]])
        >>> RandomPatchShuffle((1, 2)).apply(images, torch.tensor([[1, 0]]))
        tensor([[[[2., 2., 1., 1.]]]])
    """

    patches: int | tuple[int, int] = 4

    def __post_init__(self) -> None:
        for patches in pair("patches", self.patches):
            positive_int("patches", patches)

    @property
    def columns(self) -> tuple[str, ...]:  # type: ignore[override]  # as many as patches
        """What the columns of the parameters mean: the places."""
        rows, columns = pair("patches", self.patches)
        return tuple(f"place {place}" for place in range(rows * columns))

    def output_size(self, size: Size) -> Size:
        """Return height and width as they are; ``ValueError`` where they cannot be cut into equal patches."""
        size, grid = check_size("size", size), pair("patches", self.patches)
        if size[0] % grid[0] or size[1] % grid[1]:
            raise ValueError(f"patches must divide height and width, {size}, got {grid}")
        return size

    def _draw(self, count: int, size: Size, generator: torch.Generator | None) -> Tensor:
        self.output_size(size)
        return orders(len(self.columns), count, generator)

    def _check(self, parameters: Any, count: int) -> None:
        super()._check(parameters, count)
        if parameters.dtype != torch.int64:
            raise TypeError(f"parameters must be int64, got {parameters.dtype}")
        places = torch.arange(parameters.shape[1], device=parameters.device)
        if not (parameters.sort(1).values == places).all():
            raise ValueError(f"parameters must name each of {len(places)} patches once, got another row")

    def _apply(self, images: Tensor, parameters: Tensor) -> Tensor:
        height, width = self.output_size((images.shape[2], images.shape[3]))
        rows, columns = pair("patches", self.patches)
        cut = images.unflatten(3, (columns, width // columns)).unflatten(2, (rows, height // rows))
        patches = cut.permute(0, 2, 4, 1, 3, 5).flatten(1, 2)  # (N, patches, C, height, width)
        pictures = torch.arange(len(images), device=images.device).unsqueeze(1)
        moved = patches[pictures, parameters.to(images.device)]
        return moved.unflatten(1, (rows, columns)).permute(0, 3, 1, 4, 2, 5).reshape(images.shape)
