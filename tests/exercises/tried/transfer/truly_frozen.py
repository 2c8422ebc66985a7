import torch
from torch import nn
from torch.nn import functional as F
from torchvision.ops import FrozenBatchNorm2d

from cnnlab.lessons.transfer._network import body, network
from cnnlab.lessons.transfer.truly_frozen import Kept, Plain, changed


class Around(Plain):
    """Each call leaves the mode as it was."""

    def forward(self, x):
        was = self.body.training
        features = self.body.eval()(x).detach()
        self.body.train(was)
        return self.head(features)


class ByFunction(nn.Module):
    """Batch norm by the formula, with the layer's numbers."""

    def __init__(self):
        super().__init__()
        self.conv, self.bn, self.head = nn.Conv2d(1, 8, 3, bias=False), nn.BatchNorm2d(8), nn.Linear(8, 5)

    def forward(self, x):
        with torch.no_grad():
            shape = (1, 8, 1, 1)
            z = self.conv(x) - self.bn.running_mean.view(shape)
            z = z / (self.bn.running_var.view(shape) + self.bn.eps).sqrt()
            maps = (self.bn.weight.view(shape) * z + self.bn.bias.view(shape)).relu()
        return self.head(maps.mean((2, 3)))


class Apart(Plain):
    """train reaches the head only."""

    def train(self, mode=True):
        self.training = mode
        self.head.train(mode)
        self.body.train(False)
        return self


def hooked():
    model = network()
    model[:-1].requires_grad_(False)
    model[1].register_forward_pre_hook(lambda layer, inputs: layer.eval() and None)
    return model


def patched(model):
    model.body.eval()
    model.body.train = lambda mode=True: model.body


class TooEarly(Plain):
    def train(self, mode=True):
        self.body.eval()
        return super().train(mode)


class OtherMethod(Plain):
    def eval(self):
        super().eval()
        self.body.eval()
        return self


class WithoutMode(Plain):
    def train(self):
        super().train()
        self.body.eval()


class Endless(Plain):
    def train(self, mode=True):
        self.body.eval()
        return self.train(mode)


class NoGradient(Plain):
    def forward(self, x):
        with torch.no_grad():
            return super().forward(x)


class Listed(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts, self.head = [body().requires_grad_(False).eval()], nn.Linear(8, 5)

    def forward(self, x):
        return self.head(self.parts[0](x))


class Restoring(Plain):
    """The statistics are put back after each call."""

    def forward(self, x):
        before = {name: value.clone() for name, value in self.body.state_dict().items()}
        logits = super().forward(x)
        self.body.load_state_dict(before)
        return logits


class Detached(Plain):
    def __init__(self):
        super().__init__()
        self.requires_grad_(True)

    def forward(self, x):
        return self.head(self.body(x).detach())


class Probable(Kept):
    def forward(self, x):
        return F.softmax(super().forward(x), 1)


class Needy(nn.Module):
    def __init__(self, body, head):
        super().__init__()
        self.body, self.head = body, head


def unfrozen(model):
    model.body.requires_grad_(True)


def hooked_gradients(model):
    unfrozen(model)
    for parameter in model.body.parameters():
        parameter.register_hook(lambda gradient: 0 * gradient)


RIGHT = [
    Around,
    ByFunction,
    Apart,
    hooked,
    changed(patched),
    lambda: Plain(lambda channels: FrozenBatchNorm2d(channels)),
    changed(unfrozen, Around),
]
WRONG = {
    "requires_grad only": [
        TooEarly,
        OtherMethod,
        Detached,
        changed(lambda model: setattr(model.body[1], "affine", False)),
    ],
    "eval once": [changed(lambda model: model.eval()), changed(lambda model: model.body[1].eval())],
    "momentum 0": [Restoring, changed(lambda model: setattr(model.body[1], "track_running_stats", False))],
    "head frozen": [
        NoGradient,
        changed(lambda model: model.requires_grad_(False)),
        changed(lambda model: model.head.requires_grad_(False), Kept),
        changed(lambda model: model.head.weight.requires_grad_(False), Kept),
    ],
    "parameters": [
        network,
        changed(unfrozen),
        changed(unfrozen, Kept),
        changed(hooked_gradients, Kept),
        changed(lambda model: model.body[0].requires_grad_(True), Kept),
    ],
    "not stored": [Listed, lambda: nn.Sequential(nn.Flatten(), nn.LazyLinear(1), nn.Linear(1, 5))],
    "other network": [
        body,
        changed(lambda model: setattr(model, "head", nn.Linear(8, 10)), Kept),
        changed(lambda model: setattr(model, "further", nn.Linear(8, 5)), Kept),
    ],
    "other layers": [Probable, changed(lambda model: model.body.__setitem__(2, nn.Tanh()), Kept)],
    "train": [WithoutMode, Endless],
    "not a network": [lambda: Kept, lambda: (body(), nn.Linear(8, 5)), lambda: Kept().state_dict()],
    "arguments": [Needy, lambda body, head: nn.Sequential(body, head)],
    "not a function": [Kept()],
    "nothing": [lambda: None],
}
