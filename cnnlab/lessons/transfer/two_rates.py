"""Give body and head two learning rates. Write a function without arguments that makes the network
`nn.Sequential(nn.Conv2d(1, 8, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.AdaptiveAvgPool2d(1),
nn.Flatten(), nn.Linear(8, 5))`, whose last layer is a new head, and an optimizer of `torch.optim`, whichever
you like, that trains all parameters of this network: those of the head with learning rate $0.1$, all others
with $0.01$. Return two things: the network and the optimizer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import nn, optim

from cnnlab.exercises import Function, Mistake
from cnnlab.lessons.transfer._network import BODY, HEAD, body, network
from cnnlab.lessons.transfer._two_rates import MEASURED, measure, shows

Groups = Callable[[nn.Sequential], Any]


def split(body_rate: float = 0.01, head_rate: float = 0.1, at: int = -1) -> Groups:
    """Return the groups of the layers before and after a place."""
    return lambda model: [
        {"params": model[:at].parameters(), "lr": body_rate},
        {"params": model[at:].parameters(), "lr": head_rate},
    ]


def tuned(
    groups: Groups, make: Callable[[], nn.Sequential] = network, lr: float = 0.5, momentum: float = 0
) -> Callable[[], Any]:
    """Return an answer that gives these groups of a network to an optimizer."""

    def answer() -> tuple[nn.Module, Any]:
        model = make()
        return model, optim.SGD(groups(model), lr=lr, momentum=momentum)

    return answer


def only(layers: tuple[int, ...]) -> Callable[[], Any]:
    """Return an answer that trains these layers alone, by the number of their place."""
    return tuned(
        lambda model: [
            {"params": [*model[layer].parameters()], "lr": 0.1 if layer == 5 else 0.01} for layer in layers
        ]
    )


def swapped_late() -> Any:
    """Return an answer with another head than the optimizer knows."""
    model, optimizer = tuned(split())()
    model[-1] = nn.Linear(8, 5)
    return model, optimizer


EXERCISE = Function(
    measure=measure,
    measured=MEASURED,
    shows=shows,
    # The tolerance is that of the largest number: it must not blur the rates.
    tolerance=1e-9,
    right=[
        tuned(split()),
        tuned(
            lambda model: [
                {"params": model[:-1].parameters()},
                {"params": model[-1].parameters(), "lr": 0.1},
            ],
            lr=0.01,
        ),
        tuned(
            lambda model: [
                {"params": [each], "lr": 0.1 if len(each) == 5 else 0.01} for each in model.parameters()
            ],
            momentum=0.9,
        ),
    ],
    mistakes=[
        Mistake(
            "network",
            "The network is another: take the layers of the task, one after the other.",
            tuned(split(), make=lambda: network(10)),
            fits=lambda got: got["as asked"] == 0,
        ),
        Mistake(
            "no optimizer",
            "Return two things, the network, then the optimizer itself: groups are what it is given.",
            *(network, lambda: (network(), tuned(split())()[1].param_groups)),
            fits=lambda got: got["is an optimizer"] == 0,
        ),
        Mistake(
            "other network",
            "The optimizer trains parameters that the network has not: make one network, the optimizer last.",
            *(swapped_late, lambda: (network(), tuned(split())()[1])),
            fits=lambda got: got["others"] > 0,
        ),
        Mistake(
            "frozen",
            "Parameters are frozen, requires_grad False: here all are trained, some at a smaller rate.",
            tuned(split(), make=lambda: nn.Sequential(*body().requires_grad_(False), nn.Linear(8, 5))),
            fits=lambda got: got["frozen"] > 0,
        ),
        Mistake(
            "omitted",
            "Parameters are in no group, so not trained: body and head, biases, gamma and beta all are.",
            *map(only, [(5,), (0, 1), (0, 5)]),
            fits=lambda got: got["body"] < BODY or got["head"] < HEAD,
        ),
        Mistake(
            "swapped",
            "The rates are swapped: the new head has the most to learn, and gets the larger one.",
            tuned(split(0.1, 0.01)),
            fits=lambda got: got["body rate"] == 0.1 and got["head rate"] == 0.01,
        ),
        Mistake(
            "one rate",
            'All have one rate: each group is a dict with its own "lr", or takes the optimizer\'s.',
            *(
                tuned(split(0.01, 0.01)),
                tuned(lambda model: [{"params": model.parameters(), "learning_rate": 0.1}]),
            ),
            fits=lambda got: got["body rate"] == got["head rate"] > 0,
        ),
        Mistake(
            "rates",
            "Both parameters of the head are to have 0.1, all before it 0.01: some have not.",
            *(tuned(split(0.001, 0.01)), tuned(split(at=1))),
            fits=lambda got: got["body rate"] != 0.01 or got["head rate"] != 0.1,
        ),
        Mistake(
            "in both groups",
            "The head is in both groups: model.parameters() holds all, model[:-1].parameters() the body's.",
            tuned(lambda model: [{"params": model.parameters()}, {"params": model[-1].parameters()}]),
            raises=["more than one parameter group"],
        ),
        Mistake(
            "groups",
            'A group is a dict, its "params" what parameters() gives, with brackets, and not used up before.',
            tuned(lambda model: [{"params": model[-1].parameters}]),
            tuned(lambda model: [{"parameters": model.parameters()}]),
            tuned(lambda model: model[2].parameters()),
            raises=[
                "can only optimize Tensors",
                "iterable",
                "'params'",
                "must be a dict",
                "empty parameter list",
            ],
        ),
    ],
)
