"""Freeze a body for good. Write a class, or a function without arguments, that gives a network: the body
`nn.Sequential(nn.Conv2d(1, 8, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.AdaptiveAvgPool2d(1),
nn.Flatten())` and behind it the head `nn.Linear(8, 5)`, both to be found in the network's `state_dict()`. The
check fills parameters and running statistics with numbers of its own. Then it trains and tests in turns, as
often as it likes: `model.train()`, a step of `torch.optim.SGD(model.parameters(), lr=0.1,
weight_decay=0.01)`, `model.eval()`, some pictures. Each number of the head must have moved then; the body's
parameters and running statistics must be as they were. After `model.train()` as after `model.eval()` the
network must give what the head makes of the features that the body gives in eval mode.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from cnnlab.exercises import Function, Mistake
from cnnlab.lessons.transfer._network import CLASSES, HEAD, OUTPUTS, body
from cnnlab.lessons.transfer._truly_frozen import MEASURED, STORED, measure, shows


class Plain(nn.Module):
    """A body without gradients, and a head."""

    def __init__(self, norm: Callable[[int], nn.Module] = nn.BatchNorm2d) -> None:
        super().__init__()
        self.body, self.head = body(norm).requires_grad_(False), nn.Linear(8, CLASSES)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, shape (N, 5)."""
        logits: Tensor = self.head(self.body(x))
        return logits


class Kept(Plain):
    """The body stays in eval mode."""

    def train(self, mode: bool = True) -> Kept:
        """Put the head in this mode."""
        super().train(mode)
        self.body.eval()
        return self


class EachCall(Plain):
    """The body is put in eval mode whenever it is used."""

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, shape (N, 5)."""
        with torch.no_grad():
            features = self.body.eval()(x)
        logits: Tensor = self.head(features)
        return logits


class Fixed(nn.BatchNorm2d):
    """Batch norm that knows no train mode."""

    def train(self, mode: bool = True) -> Fixed:
        """Stay in eval mode."""
        return super().train(False)


def changed(change: Callable[[Any], Any], model: Callable[[], nn.Module] = Plain) -> Callable[[], nn.Module]:
    """Return an answer that makes a network and changes it once."""

    def answer() -> nn.Module:
        made = model()
        change(made)
        return made

    return answer


EXERCISE = Function(
    measure=measure,
    measured=MEASURED,
    shows=shows,
    right=[Kept, EachCall, lambda: Plain(Fixed)],
    mistakes=[
        Mistake(
            "other network",
            "The network is another: body and head as in the task, one after the other, nothing else.",
            *(body, lambda: nn.Sequential(Kept(), nn.Linear(5, 5))),
            fits=lambda got: (
                any(got[name] != size for name, size in OUTPUTS.items()) or got["stored"] > STORED
            ),
        ),
        Mistake(
            "not stored",
            "The state lacks numbers: keep body and head as attributes, not in a list, batch norm as it is.",
            lambda: nn.Sequential(nn.AdaptiveAvgPool2d((2, 4)), nn.Flatten(), nn.Linear(8, CLASSES)),
            lambda: Plain(lambda channels: nn.BatchNorm2d(channels, track_running_stats=False)),
            fits=lambda got: got["stored"] < STORED,
        ),
        Mistake(
            "head frozen",
            "The head has not learnt: freeze the body alone, and use no_grad for it alone.",
            *(
                lambda: Kept().requires_grad_(False),
                changed(lambda model: model.head.bias.requires_grad_(False), Kept),
            ),
            fits=lambda got: got["head moved"] < HEAD,
        ),
        Mistake(
            "parameters",
            "Parameters of the body move, gamma and beta among them: eval mode stops no gradient.",
            changed(lambda model: model.body.requires_grad_(True), Kept),
            changed(lambda model: model.body[1].requires_grad_(True), Kept),
            fits=lambda got: got["parameters moved"] > 0,
        ),
        Mistake(
            "eval once",
            "eval() did not last: model.train() puts every part in train mode again, each time.",
            changed(lambda model: model.body.eval()),
            fits=lambda got: got["was in eval mode"] == 1,
        ),
        Mistake(
            "requires_grad only",
            "The parameters stay, the running statistics move: in train mode they follow the batches.",
            Plain,
            fits=lambda got: got["statistics moved"] > 0,
        ),
        Mistake(
            "other layers",
            "In eval mode something else is computed: body and head as in the task, one after the other.",
            lambda: nn.Sequential(Kept(), nn.Softmax(1)),
            fits=lambda got: got["eval mode"] == 0,
        ),
        Mistake(
            "momentum 0",
            "The statistics stay, but in train mode the body divides by the batch's: keep it in eval mode.",
            lambda: Plain(lambda channels: nn.BatchNorm2d(channels, momentum=0.0)),
            fits=lambda got: got["train mode"] == 0,
        ),
        Mistake(
            "train",
            "eval() calls train(False): take the mode, call super().train(mode), then eval() of the body.",
            changed(lambda model: setattr(model, "train", lambda: model)),
            changed(lambda model: setattr(model, "train", lambda mode=True: model.eval())),
            raises=["RecursionError", "train() takes", "argument 'mode'", "<lambda>() takes"],
        ),
        Mistake(
            "sizes do not fit",
            "The body gives 8 features of each picture.",
            changed(lambda model: setattr(model, "head", nn.Linear(10, CLASSES))),
            raises=["cannot be multiplied"],
        ),
    ],
)
