r"""Assemble LeNet-5 for pictures of $28\times 28$ *without padding*: two convolutions $5\times 5$ with 6 and
16 maps, each followed by `nn.ReLU()`, which sets negative numbers to 0, and max pooling of $2\times 2$, then
dense layers with $120$, $84$ and $10$ outputs and ReLU between them. It must have $44\,426$ parameters. Write
a function without arguments that returns the network.
"""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F

from cnnlab.exercises import Function, Mistake
from cnnlab.lessons.lenet._assembled import MEASURED, NAMES, OTHER, PARAMETERS, WAYS, lenet, measure, shows


class Called(nn.Module):
    """The layers as attributes, in no order, the rest as calls."""

    def __init__(self) -> None:
        super().__init__()
        self.fc1, self.fc2, self.fc3 = nn.Linear(256, 120), nn.Linear(120, 84), nn.Linear(84, 10)
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 16, 5)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, shape (N, 10)."""
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.relu(F.max_pool2d(self.conv2(x), 2)).view(-1, 256)
        logits: Tensor = self.fc3(F.relu(self.fc2(F.relu(self.fc1(x)))))
        return logits


def computes(name: str, says: str) -> Mistake:
    """Return the mistake of computing with the right parameters what ``WAYS`` has under this name."""
    return Mistake(name, says, WAYS[name][0], fits=lambda got: NAMES[int(got["computes"])] == name)


EXERCISE = Function(
    measure=measure,
    measured=MEASURED,
    shows=shows,
    right=[
        lenet,
        Called,
        # C5 as a convolution over all that is left, as in the paper.
        lambda: nn.Sequential(*lenet()[:6], nn.Conv2d(16, 120, 4), nn.ReLU(), nn.Flatten(), *lenet()[9:]),
    ],
    mistakes=[
        Mistake(
            "padded",
            "So many come of padding: without, 28 becomes 24, 12, 8 and 4, and 16 x 4 x 4 are flattened.",
            lambda: nn.Sequential(
                nn.Conv2d(1, 6, 5, padding=2), *lenet()[1:7], nn.Linear(400, 120), *lenet()[8:]
            ),
            fits=lambda got: got["parameters"] == 61_706,
        ),
        Mistake(
            "not registered",
            "No parameters are found: make layers in __init__, as attributes or in an nn.ModuleList.",
            nn.Flatten,
            fits=lambda got: got["parameters"] == 0,
        ),
        Mistake(
            "outputs",
            "One row of 10 numbers a picture, a single one too: flatten from dimension 1 on, end with 10.",
            lambda: lenet(nn.Unflatten(1, (10, 1, 1))),
            fits=lambda got: (got["dimensions"], got["rows"], got["each"]) != (2, 2, 10),
        ),
        Mistake(
            "too many parameters",
            "There are too many parameters: print the size of each and compare.",
            lambda: lenet(nn.PReLU()),
            fits=lambda got: got["parameters"] > PARAMETERS,
        ),
        Mistake(
            "too few parameters",
            "There are too few parameters: print the size of each and compare.",
            lambda: nn.Sequential(nn.Conv2d(1, 6, 5, bias=False), *lenet()[1:]),
            fits=lambda got: got["parameters"] < PARAMETERS,
        ),
        computes("average pooling", "This is average pooling, as in 1998: max pooling is asked for."),
        computes(
            "some ReLU missing",
            "ReLU is asked for after each of the first four layers, and is missing after some.",
        ),
        computes(
            "other activation", "After the first four layers stands another function: ReLU is asked for."
        ),
        computes("probabilities", "Softmax at the end is not asked for: cross-entropy takes logits."),
        computes(
            "activation at the end",
            "After the last layer stands an activation: logits may be of any size and sign.",
        ),
        Mistake(
            OTHER,
            "The parameters are right, but these layers compute something else: 5x5, ReLU, 2x2 max, dense.",
            lambda: nn.Sequential(*lenet()[:2], nn.LPPool2d(2, 2), *lenet()[3:]),
            fits=lambda got: NAMES[int(got["computes"])] == OTHER,
        ),
        Mistake(
            "sizes do not fit",
            "A layer gets other sizes than it takes: print the shape after each, 28, 24, 12, 8, 4.",
            lambda: nn.Sequential(*lenet()[:5], *lenet()[6:]),
            raises=["cannot be multiplied", "is invalid for input of size", "to have", "too small"],
        ),
    ],
)
