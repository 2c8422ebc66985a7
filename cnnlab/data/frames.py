"""Turned coordinates: where every pixel centre lies as seen from a shape or a texture."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Frame:
    """Coordinates of every pixel centre in N frames, kept as what a column and what a row adds to them.

    Attributes:
        across: what each column adds to x and to y, (2, N, W), float32.
        down: what each row adds to x and to y, (2, N, H), float32.
        unit: pixels in a unit of the frame, (N, 1, 1), float32.
    """

    across: Tensor
    down: Tensor
    unit: Tensor

    @classmethod
    def turned(cls, size: int, origin: Tensor, degrees: Tensor, unit: Tensor, device: torch.device) -> Frame:
        """Return frames that are turned counterclockwise about their origins.

        Sines and products are taken in float64 on the CPU: every device then adds the same float32 numbers.

        Args:
            size: height and width of the pictures in pixels.
            origin: x and y of the frames' origins in pixels, (N, 2), float64.
            degrees: turn of the frames, (N,), float64.
            unit: pixels in a unit, (N,), float64.
            device: where the coordinates are needed.

        Example:
            >>> zero, one = torch.zeros(1).double(), torch.ones(1).double()
            >>> frame = Frame.turned(2, torch.ones(1, 2), zero, one, torch.device("cpu"))
            >>> x, y = frame.points(torch.tensor([0]))
            >>> x.tolist(), y.tolist()
            ([[[-0.5, 0.5], [-0.5, 0.5]]], [[[-0.5, -0.5], [0.5, 0.5]]])
        """
        pixels = torch.arange(size, dtype=torch.float64) + 0.5
        x, y = ((pixels - middle) / unit[:, None] for middle in origin.T[:, :, None])
        cosine, sine = degrees.deg2rad().cos()[:, None], degrees.deg2rad().sin()[:, None]
        across, down = torch.stack([x * cosine, x * sine]), torch.stack([-y * sine, y * cosine])
        return cls(*(part.float().to(device) for part in (across, down, unit[:, None, None])))

    def points(self, members: Tensor) -> tuple[Tensor, Tensor]:
        """Return x and y of every pixel in some of the frames, each (len(members), H, W)."""
        across, down = self.across[:, members], self.down[:, members]
        return across[0, :, None] + down[0, :, :, None], across[1, :, None] + down[1, :, :, None]
