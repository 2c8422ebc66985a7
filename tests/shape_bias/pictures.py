"""Pictures of four channels, a model that names the brightest, and what is right to count."""

import torch
from torch import nn

from cnnlab.shape_bias import Decisions

SHAPES, TEXTURES = torch.tensor([0, 0, 0, 1, 2, 3]), torch.tensor([1, 1, 2, 0, 0, 2])
# The answers 0, 1, 3, 1, 0, 2: two shapes, three textures, one neither.
PICTURES = torch.eye(4)[[0, 1, 3, 1, 0, 2]].view(6, 4, 1, 1)
EXPECTED = Decisions(shape=2, texture=3, neither=1)


class Brightest(nn.Module):
    """Its logits are the means of the channels; it knows no device and no dtype."""

    def forward(self, images):
        return images.mean((2, 3))
