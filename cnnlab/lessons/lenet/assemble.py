r"""Assemble LeNet-5 for pictures of $28\times 28$ *without padding*: two convolutions $5\times 5$ with 6 and
16 maps, each followed by `nn.ReLU()`, which sets negative numbers to 0, and max pooling of $2\times 2$, then
dense layers with $120$, $84$ and $10$ outputs and ReLU between them. It must have $44\,426$ parameters. Write
a function without arguments that returns the network.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from torch import Tensor, nn
from torch.nn import functional as F

from cnnlab.exercises import Function, Mistake
from cnnlab.lessons.lenet._assembled import MEASURED, NAMES, PARAMETERS, measure, shows


def chain(*last: nn.Module, padding: int = 0, bias: bool = True, **other: Any) -> nn.Sequential:
    """Return the chain that most will write, with another ``activation``, ``pool`` or ``c3`` where named."""
    activation, pool = other.get("activation", nn.ReLU), other.get("pool", nn.MaxPool2d)
    flat = 16 * (4 + padding // 2) ** 2
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=padding, bias=bias), activation(), pool(2)),
        *(other.get("c3", nn.Conv2d(6, 16, 5, bias=bias)), activation(), pool(2)),
        *(nn.Flatten(), nn.Linear(flat, 120, bias=bias), activation()),
        *(nn.Linear(120, 84, bias=bias), activation(), nn.Linear(84, 10, bias=bias)),
        *last,
    )


def altered(places: dict[int, nn.Module | None]) -> nn.Sequential:
    """Return the chain with other layers at some places, or none."""
    layers = [places.get(place, layer) for place, layer in enumerate(chain())]
    return nn.Sequential(*[layer for layer in layers if layer is not None])


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


def holds(name: str, says: str, *networks: Any, parameters: Sequence[int]) -> Mistake:
    """Return the mistake of one of these numbers of parameters."""
    return Mistake(name, says, *networks, fits=lambda got: got["parameters"] in parameters)


def computes(name: str, says: str, *networks: Callable[[], nn.Module]) -> Mistake:
    """Return the mistake of computing something else with the right parameters, named as in ``NAMES``."""
    return Mistake(name, says, *networks, fits=lambda got: NAMES[int(got["computes"])] == name)


EXERCISE = Function(
    measure=measure,
    measured=MEASURED,
    shows=shows,
    right=[
        chain,
        Called,
        # C5 as a convolution over all that is left, as in the paper.
        lambda: altered({6: nn.Conv2d(16, 120, 4), 7: nn.ReLU(), 8: nn.Flatten()}),
    ],
    mistakes=[
        holds(
            "padded",
            "So many come of padding: without, 28 becomes 24, 12, 8 and 4, and 16 x 4 x 4 are flattened.",
            lambda: chain(padding=2),
            parameters=(61_706, 82_826, 107_786),
        ),
        holds(
            "not pooled",
            "A pooling is missing, or its stride is not 2: 28 becomes 24, 12, 8 and 4.",
            lambda: altered({5: None, 7: nn.Linear(1024, 120)}),
            parameters=(136_586, 205_706, 781_706, 635_786),
        ),
        holds(
            "no biases",
            "Biases are missing: every convolution and every dense layer has one for each output.",
            lambda: chain(bias=False),
            lambda: altered({0: nn.Conv2d(1, 6, 5, bias=False), 3: nn.Conv2d(6, 16, 5, bias=False)}),
            parameters=[PARAMETERS - missing for missing in (236, 22, 214, 6, 16, 120, 84, 10)],
        ),
        holds(
            "3 x 3 kernels",
            "So many parameters come of kernels of 3 x 3: take 5 x 5.",
            lambda: altered({0: nn.Conv2d(1, 6, 3), 3: nn.Conv2d(6, 16, 3), 7: nn.Linear(400, 120)}),
            parameters=(60_074,),
        ),
        holds(
            "partial C3",
            "Each of the 16 maps of the second convolution sees all 6 maps: here some see fewer.",
            lambda: chain(c3=nn.Conv2d(6, 16, 5, groups=2)),
            parameters=(43_526, 43_226),
        ),
        holds(
            "no last layer",
            "The last layer is missing, from 84 to 10.",
            lambda: altered({11: None}),
            parameters=(PARAMETERS - 850,),
        ),
        holds(
            "dense layer missing",
            "A dense layer is missing: 256, 120, 84, 10.",
            lambda: altered({9: None, 10: None, 11: nn.Linear(120, 10)}),
            lambda: altered({7: None, 8: None, 9: nn.Linear(256, 84)}),
            parameters=(34_622, 25_010),
        ),
        holds(
            "normalisation",
            "Batch normalisation brings 2 parameters a channel: it is not asked for.",
            lambda: altered({1: nn.Sequential(nn.BatchNorm2d(6), nn.ReLU()), 4: nn.BatchNorm2d(16)}),
            parameters=(PARAMETERS + 2 * (6 + 16),),
        ),
        holds(
            "not registered",
            "No parameters are found: make layers in __init__, as attributes or in an nn.ModuleList.",
            lambda: nn.Sequential(nn.Flatten(), nn.ReLU()),
            parameters=(0,),
        ),
        Mistake(
            "outputs",
            "One row of 10 numbers a picture, a single one too: flatten from dimension 1 on, end with 10.",
            lambda: nn.Sequential(chain(), nn.Unflatten(1, (10, 1, 1))),
            lambda: altered({11: nn.Linear(84, 9)}),
            fits=lambda got: (got["dimensions"], got["rows"], got["each"]) != (2, 2, 10),
        ),
        Mistake(
            "too many parameters",
            "There are too many parameters: print the size of each and compare.",
            lambda: chain(nn.PReLU()),
            fits=lambda got: got["parameters"] > PARAMETERS,
        ),
        Mistake(
            "too few parameters",
            "There are too few parameters: print the size of each and compare.",
            lambda: altered({9: nn.Linear(120, 80), 10: nn.ReLU(), 11: nn.Linear(80, 10)}),
            fits=lambda got: got["parameters"] < PARAMETERS,
        ),
        computes(
            "random",
            "The same pictures give other outputs at each call: no dropout is asked for.",
            lambda: chain(activation=lambda: nn.Sequential(nn.ReLU(), nn.Dropout())),
        ),
        computes(
            "other activation",
            "After the first four layers stands another function: ReLU is asked for.",
            lambda: chain(activation=nn.Tanh),
            lambda: chain(activation=nn.Tanh, pool=nn.AvgPool2d),
        ),
        computes(
            "no ReLU",
            "ReLU is missing: layers in a row without one are no more than one layer.",
            lambda: chain(activation=nn.Identity),
        ),
        computes(
            "some ReLU missing",
            "ReLU is asked for after each of the first four layers, and is missing after some.",
            lambda: altered({8: None, 10: None}),
        ),
        computes(
            "average pooling",
            "This is average pooling, as in 1998: max pooling is asked for.",
            lambda: chain(pool=nn.AvgPool2d),
            lambda: altered({1: nn.AvgPool2d(2), 2: nn.ReLU(), 4: nn.AvgPool2d(2), 5: nn.ReLU()}),
        ),
        computes(
            "probabilities",
            "Softmax at the end is not asked for: cross-entropy takes logits.",
            lambda: chain(nn.Softmax(1)),
            lambda: chain(nn.LogSoftmax(1)),
        ),
        computes(
            "activation at the end",
            "After the last layer stands an activation: logits may be of any size and sign.",
            lambda: chain(nn.ReLU()),
        ),
        computes(
            "other layers",
            "The parameters are right, but these layers compute something else: 5x5, ReLU, 2x2 max, dense.",
            lambda: altered({2: nn.LPPool2d(2, 2)}),
            lambda: chain(activation=nn.ReLU6),
        ),
        Mistake(
            "picture of 32",
            "16 x 5 x 5 = 400 is true of padded pictures: here 16 maps of 4 x 4 are left, 256 numbers.",
            lambda: altered({7: nn.Linear(400, 120)}),
            raises=["and 400x", "400]' is invalid"],
        ),
        Mistake(
            "grey forgotten",
            "The pictures have one channel: the first convolution takes 1, not 3.",
            lambda: altered({0: nn.Conv2d(3, 6, 5)}),
            raises=["to have 3 channels, but got 1"],
        ),
        Mistake(
            "batch flattened",
            "The pictures of the batch were made one row: flatten from dimension 1 on, as nn.Flatten() does.",
            lambda: altered({6: nn.Flatten(0)}),
            raises=["(1x512 and", "(512 and", "512 and 256"],
        ),
        Mistake(
            "not flattened",
            "The 16 maps of 4 x 4 go into a dense layer as they are: nn.Flatten() between makes 256 numbers.",
            lambda: altered({6: None}),
            raises=["x4 and 256x120"],
        ),
        Mistake(
            "sizes do not fit",
            "A layer gets other sizes than it takes: print the shape after each, 28, 24, 12, 8, 4.",
            lambda: altered({5: None}),
            raises=["cannot be multiplied", "is invalid for input of size", "to have", "too small"],
        ),
    ],
    unnamed={
        "not a function": [nn.Sequential()],
        "not a network": [lambda: Called, lambda: [*chain()], lambda: PARAMETERS],
        "arguments": [lambda size: chain()],
    },
)
