"""Inputs of all numbers of axes, among them channels and samples of one value."""

import torch

SHAPES = [(2, 1), (8, 3), (5, 2, 7), (1, 3, 4, 5), (6, 4, 3, 3), (2, 2, 2, 3, 2)]


def drawn(shape, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return 3 + 2 * torch.randn(shape, generator=generator, dtype=torch.float64)
