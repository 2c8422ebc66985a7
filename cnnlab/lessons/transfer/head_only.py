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
    expects="(2, 1, 8, 8) to (2, 5), only the head trained; and the numbers of the head",
    right=[
        prepared(),
        prepared(nothing, before=lambda model: model.requires_grad_(False)),
        prepared(lambda model: [each.requires_grad_(False) for each in [*model.parameters()][:-2]]),
    ],
    mistakes=[
        Mistake(
            "old head",
            "The outputs are not five a picture: is the last layer still the old one?",
            prepared(head=lambda: nn.Linear(8, 10)),
            prepared(head=lambda: nn.Sequential(nn.Linear(8, 5), nn.Flatten(0))),
            fits=lambda got: any(got[name] != size for name, size in OUTPUTS.items()),
        ),
        Mistake(
            "other network",
            "The network is another: the new head takes the old one's place, with a bias, nothing behind it.",
            prepared(head=lambda: nn.Sequential(nn.Linear(8, 10), nn.Linear(10, 5))),
            prepared(head=lambda: nn.Linear(8, 5, bias=False)),
            prepared(head=lambda: nn.Sequential(nn.Linear(8, 5), nn.Softmax(1))),
            fits=lambda got: got["parameters"] != BODY + HEAD or got["as asked"] == 0,
        ),
        Mistake(
            "frozen after the swap",
            "Nothing is trained, the new head neither: freeze first, then swap, or leave the head out.",
            prepared(lambda model: model.requires_grad_(False)),
            fits=lambda got: got["trained"] == 0,
        ),
        Mistake(
            "nothing frozen",
            "Nothing is frozen: each parameter has its requires_grad; module.requires_grad_(False) sets all.",
            prepared(lambda model: setattr(model[0], "requires_grad", False)),
            fits=lambda got: got["trained"] == got["parameters"],
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
            "other parts",
            "The new head's weight and bias are to be trained, and no other parameter: here it is not so.",
            prepared(lambda model: model[1].requires_grad_(False)),
            prepared(lambda model: [each.requires_grad_(False) for each in [*model.parameters()][:-1]]),
            fits=lambda got: got["trained"] != HEAD,
        ),
        Mistake(
            "pair",
            "Return two things: the network, then the number.",
            *(lambda: prepared()()[0], lambda: prepared()()[::-1]),
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
            "The network is right, the number is not: count the weights and biases of the new head.",
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
