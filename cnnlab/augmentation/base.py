"""What all augmentations share: a draw for each picture, and its application to the whole batch."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import torch
from torch import Tensor

from cnnlab._arguments import non_negative_int
from cnnlab.augmentation.checks import Size, check_generator, check_images, check_parameters, check_size


class Augmentation(ABC):
    """A random change of pictures: call it with a batch (N, C, H, W), and each picture gets its own draw.

    Attributes:
        columns: what the columns of its parameters mean.
        whole_numbers: whether it takes uint8 pictures too.

    Example:
        >>> from cnnlab.augmentation import RandomShift
        >>> shift, pictures = RandomShift(2), torch.rand(5, 3, 8, 8)
        >>> parameters = shift.draw(5, (8, 8), torch.Generator().manual_seed(0))
        >>> torch.equal(shift.apply(pictures, parameters), shift(pictures, torch.Generator().manual_seed(0)))
        True
        >>> shift.columns, parameters.shape
        (('down', 'right'), torch.Size([5, 2]))
    """

    columns: ClassVar[tuple[str, ...]] = ()
    whole_numbers: ClassVar[bool] = True

    def __call__(self, images: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """Return changed pictures; ``images`` stays as it is.

        Args:
            images: shape (N, C, H, W), floating point or, where nothing is interpolated, uint8; any device.
            generator: the only source of chance; None for PyTorch's own on the CPU. The draw is made on its
                device and then moved: a CPU generator gives the same draw whatever the device of
                ``images``, a GPU's generator draws other numbers from the same seed.

        Returns:
            Shape ``(N, C, *output_size((H, W)))``, dtype and device of ``images``.

        Raises:
            TypeError: not a tensor of such a dtype, or not a generator.
            ValueError: not a batch of pictures, or one that does not fit the settings.
        """
        check_images(images, whole_numbers=self.whole_numbers)
        height, width = images.shape[2:]
        return self.apply(images, self.draw(len(images), (height, width), generator))

    def draw(self, count: int, size: Size, generator: torch.Generator | None = None) -> Any:
        """Return parameters for ``count`` pictures of ``size`` (height, width).

        Returns:
            Shape (count, columns), on the device of ``generator``.

        Raises:
            TypeError: an argument has the wrong type.
            ValueError: a number is too small, or pictures of that size do not fit the settings.
        """
        count, size = non_negative_int("count", count), check_size("size", size)
        check_generator(generator)
        return self._draw(count, size, generator)

    def apply(self, images: Tensor, parameters: Any) -> Tensor:
        """Return the pictures changed as ``parameters`` say: without chance, so that masks can follow.

        Raises:
            TypeError: not pictures, or not parameters.
            ValueError: another number of pictures than rows of parameters.
        """
        check_images(images, whole_numbers=self.whole_numbers)
        self._check(parameters, len(images))
        return self._apply(images, parameters)

    def output_size(self, size: Size) -> Size:
        """Return height and width of what becomes of pictures of ``size``."""
        return check_size("size", size)

    def _check(self, parameters: Any, count: int) -> None:
        check_parameters(parameters, count, self.columns)

    @abstractmethod
    def _draw(self, count: int, size: Size, generator: torch.Generator | None) -> Any: ...

    @abstractmethod
    def _apply(self, images: Tensor, parameters: Any) -> Tensor: ...
