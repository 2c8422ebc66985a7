"""What a named kernel is: numbers, divisor, where it comes from and how it is meant."""

from __future__ import annotations

from dataclasses import dataclass

import torch

OPERATIONS = ("convolution", "cross_correlation")


@dataclass(frozen=True, eq=False)
class Kernel:
    """A kernel with its name and its source.

    Attributes:
        name: what it is called.
        matrix: the numbers as they are printed, shape (kh, kw), float64.
        source: where the numbers stand.
        convention: what comes out, and how that relates to scikit-image and SciPy in sign and scale.
        divisor: what every number is divided by.
        operation: "convolution" or "cross_correlation": in which of the two ``convention`` holds.
        factors: column (kh,) and row (kw,) whose outer product is ``values``, or None if there are none.

    Example:
        >>> thirds = Kernel("mean of three", torch.ones(1, 3), "by hand", "the mean", divisor=3)
        >>> thirds.values.sum()
        tensor(1.)
    """

    name: str
    matrix: torch.Tensor
    source: str
    convention: str
    divisor: float = 1
    operation: str = "cross_correlation"
    factors: tuple[torch.Tensor, torch.Tensor] | None = None

    @property
    def values(self) -> torch.Tensor:
        """The numbers that slide: ``matrix / divisor``, shape (kh, kw)."""
        return self.matrix / self.divisor


def separable(
    name: str,
    column: torch.Tensor,
    row: torch.Tensor,
    source: str,
    convention: str,
    *,
    divisor: float = 1,
    operation: str = "cross_correlation",
) -> Kernel:
    """Return the kernel whose matrix is the outer product of a column (kh,) and a row (kw,).

    The other arguments are those of ``Kernel``; the row of its ``factors`` carries the divisor.

    Example:
        >>> separable("corner", torch.tensor([1.0, 2.0]), torch.tensor([1.0, 3.0]), "by hand", "none").matrix
        tensor([[1., 3.],
                [2., 6.]])
    """
    matrix = torch.outer(column, row)
    return Kernel(name, matrix, source, convention, divisor, operation, (column, row / divisor))


def tensor(*numbers: float | list[float]) -> torch.Tensor:
    """Return the numbers or rows as a float64 tensor.

    Example:
        >>> tensor(1, 2)
        tensor([1., 2.], dtype=torch.float64)
    """
    return torch.tensor(numbers, dtype=torch.float64)
