r"""Write the first block of ResNet-20's second stage: a class, or a function without arguments, that gives
the `nn.Module`. It turns maps (N, 16, H, W), with H and W even, into (N, 32, H/2, W/2). The branch is a
$3\times 3$ convolution with stride 2, `nn.BatchNorm2d`, ReLU, a $3\times 3$ convolution with stride 1 and
`nn.BatchNorm2d`; the convolutions have padding 1 and no biases. The shortcut is that of exercise 1, to 32
channels. Branch and shortcut are added, then comes ReLU. The block has $13\,952$ parameters and leaves its
input as it is.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from cnnlab.exercises import Function, Mistake
from cnnlab.lessons.resnet import _block
from cnnlab.lessons.resnet._block import MEASURED, NAMES, OUTPUTS, PARAMETERS, Block, branch, zeros
from cnnlab.models import BasicBlock


class Chained(nn.Module):
    """The branch as one chain, the shortcut by pooling and concatenation."""

    def __init__(self) -> None:
        super().__init__()
        layers = Block()
        self.branch = nn.Sequential(layers.conv1, layers.bn1, nn.ReLU(), layers.conv2, layers.bn2)

    def forward(self, x: Tensor) -> Tensor:
        """Return maps of 32 channels."""
        kept = F.max_pool2d(x, 1, stride=2)
        return F.relu(self.branch(x) + torch.cat([kept, torch.zeros_like(kept)], 1))


def computes(name: str, says: str, *wrong: Callable[[], nn.Module]) -> Mistake:
    """Return the mistake of computing with the right parameters what has this name."""
    answers = wrong or (lambda: _block.BLOCKS[name][0],)
    return Mistake(name, says, *answers, fits=lambda got: NAMES[int(got["computes"])] == name)


EXERCISE = Function(
    measure=_block.measure,
    measured=MEASURED,
    shows=_block.shows,
    right=[
        Block,
        Chained,
        lambda: Block(lambda x, *layers: torch.clamp(zeros(x) + branch(x, *layers), min=0)),
    ],
    mistakes=[
        Mistake(
            "not registered",
            "No parameters are found: make layers in __init__, as attributes or in an nn.ModuleList.",
            lambda: nn.AvgPool2d(2),
            fits=lambda got: got["parameters"] == 0,
        ),
        Mistake(
            "projection",
            "A 1x1 convolution in the shortcut has parameters: here zeros are appended.",
            lambda: BasicBlock(16, 32, stride=2),
            fits=lambda got: PARAMETERS + 16 * 32 <= got["parameters"] <= PARAMETERS + 16 * 32 + 160,
        ),
        Mistake(
            "other parameters",
            "The convolutions have 4,608 and 9,216 weights and no biases, each of two normalisations 64.",
            lambda: BasicBlock(16, 32, stride=2, shortcut="zeros", batch_norm=False),
            fits=lambda got: got["parameters"] != PARAMETERS,
        ),
        Mistake(
            "outputs",
            "32 channels, half as many rows and columns: stride 2, padding 1, every second pixel.",
            lambda: Block(lambda x, *layers: branch(x, *layers).relu(), (1, 1)),
            fits=lambda got: any(got[name] != size for name, size in OUTPUTS.items()),
        ),
        computes(
            "input changed",
            "The block changes its input in place: work on a copy, as F.relu(x) does.",
            lambda: nn.Sequential(nn.ReLU(inplace=True), Block()),
        ),
        computes(
            "stride in the second",
            "The first convolution steps two pixels, not the second: stride 2, then 1.",
        ),
        computes(
            "ReLU before the sum",
            "ReLU ends the branch, so that it can only add: ReLU comes after the sum, and not before.",
        ),
        computes("no ReLU at the end", "ReLU is missing after the sum."),
        computes("no ReLU in the branch", "ReLU is missing between the convolutions."),
        computes("no shortcut", "This is a plain block: the shortcut is not added."),
        computes(
            "shortcut from the middle",
            "What is added comes from inside the branch: keep the input under a name of its own.",
        ),
        computes(
            "other shortcut",
            "The shortcut is another: pixels 0, 2, 4, ... as they are, then zeros, none in front.",
        ),
        computes("one normalisation twice", "One normalisation serves both convolutions, the other is idle."),
        computes(
            "other order",
            "The order is another: convolution, normalisation, ReLU; the sum after the second normalisation.",
        ),
        computes(
            "other layers",
            "The parameters are right, but something else is computed: go through the task layer by layer.",
            lambda: Block(lambda x, *layers: branch(x, *layers) * zeros(x)),
        ),
        Mistake(
            "sizes do not fit",
            "Sizes do not fit: print the shape after each layer, and the shortcut's, (N, 32, H/2, W/2).",
            lambda: Block(lambda x, *layers: branch(x, *layers) + x),
            raises=["must match the size", "to have", "should contain", "Sizes of tensors"],
        ),
    ],
)
