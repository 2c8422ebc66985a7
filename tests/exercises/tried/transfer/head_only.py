import torch
from torch import nn

from cnnlab.lessons.transfer._network import body, network
from cnnlab.lessons.transfer.head_only import prepared


class Features(nn.Module):
    """Body and head as attributes."""

    def __init__(self):
        super().__init__()
        self.features, self.fc = body(), nn.Linear(8, 5)
        for parameter in self.features.parameters():
            parameter.requires_grad_(False)

    def forward(self, x):
        return self.fc(self.features(x))


def by_name():
    model = network(10)
    model[-1] = nn.Linear(model[-1].in_features, 5)
    for name, parameter in model.named_parameters():
        parameter.requires_grad = name.startswith("5.")
    return [model, sum(p.numel() for p in model.parameters() if p.requires_grad)]


def from_body():
    return nn.Sequential(*body().requires_grad_(False), nn.LazyLinear(5)), torch.tensor(8 * 5 + 5)


def detached():
    model = prepared()()[0]
    return model.eval(), (45,)


def attribute(model):
    for layer in model[:-1]:
        layer.requires_grad = False


def appended(model):
    model.requires_grad_(False)
    model.append(nn.Linear(5, 5))


def renamed():
    model = network(10).requires_grad_(False)
    model[-1].out_features = 5
    return model, 45


def counted(count):
    model = prepared()()[0]
    return lambda: (model, count(model))


RIGHT = [lambda: (Features(), 45), by_name, from_body, detached]
WRONG = {
    "frozen after the swap": [prepared(lambda model: model.requires_grad_(False), 0)],
    "nothing frozen": [
        prepared(attribute),
        prepared(lambda model: model.eval()),
        prepared(lambda model: [setattr(each, "grad", None) for each in model.parameters()]),
        prepared(lambda model: None, 133),
    ],
    "old head": [renamed, lambda: (network(10), 90), lambda: (body(), 0)],
    "other network": [
        prepared(appended),
        lambda: (nn.Sequential(nn.Conv2d(1, 8, 3), *body()[1:], nn.Linear(8, 5)), 45),
        prepared(head=lambda: nn.Sequential(nn.Linear(8, 5), nn.ReLU())),
    ],
    "body trained": [prepared(lambda model: model[-1].requires_grad_(False), 88)],
    "batch norm trained": [prepared(lambda model: model[0].weight.requires_grad_(False), 61)],
    "other parts": [
        prepared(
            lambda model: (
                [model[n].requires_grad_(False) for n in (0, 1)] and model[5].bias.requires_grad_(False)
            )
        )
    ],
    "all counted": [counted(lambda model: sum(map(torch.Tensor.numel, model.parameters())))],
    "buffers counted": [counted(lambda model: sum(map(torch.Tensor.numel, model.state_dict().values())))],
    "tensors counted": [counted(lambda model: len([p for p in model.parameters() if p.requires_grad]))],
    "other number": [prepared(count=13), prepared(count=50)],
    "pair": [lambda: (45, prepared()()[0]), lambda: (*prepared()(), 1), lambda: [prepared()()[0]]],
    "wrong type": [prepared(count="45")],
    "wrong shape": [prepared(count=[40, 5])],
    "nothing": [prepared(count=None), lambda: None],
    "not a network": [lambda: 45, lambda: (network, 45), lambda: {"network": 45}],
    "sizes do not fit": [prepared(head=lambda: nn.Linear(1, 5))],
    "not a function": [network(), (network(), 45)],
    "arguments": [lambda model: (model, 45)],
}
