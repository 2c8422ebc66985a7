"""Prepare a network whose head alone is trained. Write a function without arguments. It makes the network
`nn.Sequential(nn.Conv2d(1, 8, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.AdaptiveAvgPool2d(1),
nn.Flatten(), nn.Linear(8, 10))`, for pictures of one channel and ten classes (that nobody has trained it does
not matter here). It puts a new `nn.Linear` for *five* classes in the place of the last layer, the head. And
it freezes the rest: `requires_grad` is True for each parameter of the new head, False for every other. It
returns two things: this network, and how many numbers (single weights and biases) an optimizer will train in
it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import nn

from cnnlab.exercises import Function, Mistake
from cnnlab.lessons.transfer._head_only import MEASURED, measure, shows
from cnnlab.lessons.transfer._network import BODY, HEAD, OUTPUTS, network


def prepared(
    freeze: Callable[[nn.Sequential], Any] = lambda model: model[:-1].requires_grad_(False),
    count: Any = HEAD,
    head: Callable[[], nn.Module] = lambda: nn.Linear(8, 5),
    before: Callable[[nn.Sequential], Any] = lambda model: None,
) -> Callable[[], Any]:
    """Return an answer that does something before the swap, puts a head in, and freezes something then."""

    def answer() -> tuple[nn.Module, Any]:
        model = network(10)
        before(model)
        model[-1] = head()
        freeze(model)
        return model, count

    return answer


def nothing(model: nn.Module) -> None:
    """Freeze nothing."""


def counts(name: str, says: str, *wrong: int) -> Mistake:
    """Return the mistake of counting so many in the right network."""
    answers = [prepared(count=number) for number in wrong]
    return Mistake(name, says, *answers, fits=lambda got: got["counted"] in wrong)


EXERCISE = Function(
    measure=measure,
    measured=MEASURED,
    shows=shows,
    right=[
        prepared(),
        prepared(nothing, before=lambda model: model.requires_grad_(False)),
        prepared(lambda model: [each.requires_grad_(False) for each in [*model.parameters()][:-2]]),
    ],
    mistakes=[
        Mistake(
            "frozen after the swap",
            "Nothing is trained, the new head neither: freeze first, then swap, or leave the head out.",
            prepared(lambda model: model.requires_grad_(False)),
            fits=lambda got: got["trained"] == 0,
        ),
        Mistake(
            "nothing frozen",
            "Nothing is frozen: each parameter has a requires_grad, and module.requires_grad_(False) sets all.",
            prepared(lambda model: setattr(model[0], "requires_grad", False)),
            fits=lambda got: got["trained"] == got["parameters"],
        ),
        Mistake(
            "old head",
            "The outputs are not five a picture: is the last layer still the old one?",
            prepared(head=lambda: nn.Linear(8, 10)),
            fits=lambda got: got["dimensions"] == 2 and got["each"] != OUTPUTS["each"],
        ),
        Mistake(
            "outputs",
            "Pictures become one row of five numbers each.",
            prepared(head=lambda: nn.Sequential(nn.Linear(8, 5), nn.Flatten(0))),
            fits=lambda got: any(got[name] != size for name, size in OUTPUTS.items()),
        ),
        Mistake(
            "head put behind",
            "There are too many parameters: the new head takes the old one's place, it does not follow it.",
            prepared(head=lambda: nn.Sequential(nn.Linear(8, 10), nn.Linear(10, 5))),
            fits=lambda got: got["parameters"] > BODY + HEAD,
        ),
        Mistake(
            "too few parameters",
            "Parameters are missing: body as in the task, then a head with weights and biases.",
            prepared(head=lambda: nn.Linear(8, 5, bias=False)),
            fits=lambda got: got["parameters"] < BODY + HEAD,
        ),
        Mistake(
            "body trained",
            "It is the wrong way round: the head is frozen and the body trained.",
            prepared(lambda model: model[-1].requires_grad_(False)),
            fits=lambda got: got["of the head"] == 0,
        ),
        Mistake(
            "batch norm trained",
            "Batch norm is trained too: its gamma and beta are parameters of the body.",
            prepared(lambda model: model[0].requires_grad_(False)),
            fits=lambda got: got["trained"] == HEAD + 2 * 8,
        ),
        Mistake(
            "part of the head",
            "The head is trained in part: both its weight and its bias are.",
            prepared(
                lambda model: [
                    each.requires_grad_(False) for each in [*model[:-1].parameters(), model[-1].bias]
                ]
            ),
            fits=lambda got: got["of the head"] < HEAD,
        ),
        Mistake(
            "part of the body",
            "A part of the body is trained too: freeze each of its parameters.",
            prepared(lambda model: model[1].requires_grad_(False)),
            fits=lambda got: got["trained"] != HEAD,
        ),
        Mistake(
            "other layers",
            "Something else is computed: the layers as in the task, and nothing behind the new head.",
            prepared(head=lambda: nn.Sequential(nn.Linear(8, 5), nn.Softmax(1))),
            fits=lambda got: got["as asked"] == 0,
        ),
        Mistake(
            "pair",
            "Return two things, the network and the number.",
            lambda: prepared()()[0],
            fits=lambda got: got["counted"] == -1,
        ),
        counts(
            "all counted", "The frozen ones are counted too: training changes the head's only.", BODY + HEAD
        ),
        counts("frozen counted", "These are the frozen ones: count those that are trained.", BODY),
        counts(
            "buffers counted",
            "Running statistics are counted too: no optimizer changes them, they are buffers.",
            *(HEAD + 16, HEAD + 17, BODY + HEAD + 16, BODY + HEAD + 17),
        ),
        counts("tensors counted", "These are tensors, or layers: count the single numbers in them.", 2, 1, 5),
        counts("weights only", "The biases are left out: each of the five outputs has one.", 5 * 8),
        Mistake(
            "other number",
            "The network is right, the number is not: 8 weights and a bias for each of the five outputs.",
            *(prepared(count=number) for number in (90, 46)),
            fits=lambda got: got["counted"] != HEAD,
        ),
        Mistake(
            "sizes do not fit",
            "The head takes what the body gives: 8 features of each picture.",
            prepared(head=lambda: nn.Linear(10, 5)),
            raises=["cannot be multiplied"],
        ),
    ],
)
