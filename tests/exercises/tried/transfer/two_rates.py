import torch
from torch import nn, optim

from cnnlab.lessons.transfer._network import body, network
from cnnlab.lessons.transfer.two_rates import split, tuned


def by_name():
    model = network()
    head = [p for name, p in model.named_parameters() if name.startswith("5.")]
    others = [p for name, p in model.named_parameters() if not name.startswith("5.")]
    return model, optim.AdamW([{"params": head, "lr": 0.1}, {"params": others, "lr": 0.01}])


def added():
    model = network()
    optimizer = optim.Adam(model[:-1].parameters(), lr=0.01)
    optimizer.add_param_group({"params": model[-1].parameters(), "lr": 0.1})
    return [model, optimizer]


class Features(nn.Module):
    """Body and head as attributes."""

    def __init__(self):
        super().__init__()
        self.features, self.fc = body(), nn.Linear(8, 5)

    def forward(self, x):
        return self.fc(self.features(x))


def by_attribute():
    model = Features()
    rates = {model.features: 1e-2, model.fc: torch.tensor(1e-1, dtype=torch.float64)}
    return model, optim.SGD(
        [{"params": part.parameters(), "lr": lr} for part, lr in rates.items()], foreach=False
    )


def several():
    model = network()
    return model, optim.SGD(model[:-1].parameters(), lr=0.01), optim.SGD(model[-1].parameters(), lr=0.1)


def grouped(**groups):
    """Return an answer with these keys in the head's group, beside 0.01 for all."""
    return tuned(
        lambda model: [{"params": model[:-1].parameters()}, {"params": model[-1].parameters(), **groups}],
        lr=0.01,
    )


RIGHT = [by_name, added, by_attribute, grouped(lr=1e-1, momentum=0.9, weight_decay=1e-4)]
WRONG = {
    "swapped": [tuned(split(0.1, 0.01))],
    "one rate": [
        tuned(lambda model: model.parameters(), lr=0.1),
        tuned(lambda model: model.parameters(), lr=0.01),
        tuned(lambda model: {"params": model.parameters()}.pop("params"), lr=0.05),
        grouped(learning_rate=0.1),
        grouped(rate=0.1),
        grouped(lr=0.01),
    ],
    "omitted": [
        tuned(lambda model: model[-1].parameters(), lr=0.1),
        tuned(lambda model: model[:-1].parameters(), lr=0.01),
        tuned(
            lambda model: [{"params": model[0].parameters()}, {"params": model[-1].parameters(), "lr": 0.1}]
        ),
        tuned(lambda model: [{"params": model[:-1].parameters()}, {"params": [model[-1].weight]}]),
        tuned(lambda model: [{"params": model[:-1].parameters()}, {"params": model[4].parameters()}]),
        tuned(lambda model: split()(model)[1:]),
    ],
    "in both groups": [tuned(lambda model: [*split()(model), {"params": model[-1].weight}])],
    "rates": [
        tuned(split(0.01, 1)),
        tuned(split(0.001, 0.1)),
        tuned(lambda model: [{"params": [each], "lr": 0.1**each.ndim} for each in model.parameters()]),
    ],
    "other network": [lambda: (network(), tuned(split())()[1])],
    "frozen": [tuned(lambda model: split()(model[:-1].requires_grad_(False) and model))],
    "network": [lambda: (network(10), tuned(split())()[1])],
    "no optimizer": [network, several, lambda: (network(), {"lr": 0.1}), lambda: tuned(split())()[::-1]],
    "not a network": [lambda: tuned(split())()[1]],
    "groups": [
        tuned(lambda model: [{"params": model[:-1], "lr": 0.01}, {"params": model[-1], "lr": 0.1}]),
        tuned(lambda model: [model[:-1].parameters(), model[-1].parameters()]),
        tuned(lambda model: [(model[:-1].parameters(), 0.01), (model[-1].parameters(), 0.1)]),
        tuned(lambda model: {"params": model.parameters(), "lr": 0.1}),
    ],
    "nothing": [lambda: None],
    "not a function": [network()],
}
