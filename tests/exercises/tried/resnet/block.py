import torch
from torch import nn
from torch.nn import functional as F

from cnnlab.lessons.resnet._block import BLOCKS, Block, adding, branch, zeros
from cnnlab.models import BasicBlock, Bottleneck, HighwayBlock, cifar_resnet


def altered(**layers):
    """Return a block with other layers."""
    block = Block()
    for name, layer in layers.items():
        setattr(block, name, layer)
    return block


class Paper(nn.Module):
    """Names and order of another author: the second half first, pixels by a 1 x 1 pooling, zeros by pad."""

    def __init__(self):
        super().__init__()
        self.second = nn.ModuleList(
            [nn.BatchNorm2d(32), nn.Conv2d(32, 32, (3, 3), padding="same", bias=False)]
        )
        self.first = nn.ModuleList([nn.BatchNorm2d(32), nn.LazyConv2d(32, 3, 2, 1, bias=False)])
        self.relu = nn.ReLU(inplace=True)

    def forward(self, images):
        out = images
        for norm, conv in (self.first, self.second):
            out = norm(conv(out))
            if norm is self.first[0]:
                out = self.relu(out)
        out += F.pad(F.avg_pool2d(images, 1, 2), (0, 0, 0, 0, 0, 16))
        return self.relu(out)


class ByHand(nn.Module):
    """Parameters of one's own, and normalisation by the formula, with a layer's running statistics."""

    def __init__(self):
        super().__init__()
        self.weights = nn.ParameterList([torch.randn(32, 16, 3, 3), torch.randn(32, 32, 3, 3)])
        self.gammas = nn.ParameterList([torch.ones(1, 32, 1, 1), torch.ones(1, 32, 1, 1)])
        self.betas = nn.ParameterList([torch.zeros(1, 32, 1, 1), torch.zeros(1, 32, 1, 1)])
        self.statistics = nn.ModuleList([nn.BatchNorm2d(32, affine=False) for _ in range(2)])

    def forward(self, x):
        kept = x[..., ::2, ::2]
        padded = x.new_zeros(len(x), 32, *kept.shape[2:])
        padded[:, :16] = kept
        for number, stride in enumerate((2, 1)):
            x = F.conv2d(x, self.weights[number], stride=stride, padding=1)
            x = self.gammas[number] * self.statistics[number](x) + self.betas[number]
            x = x.clamp_min(0) if number == 0 else x + padded
        return x.clamp_min(0)


class General(nn.Module):
    """The block of any stage, zeros kept in a buffer's dtype and on its device."""

    def __init__(self, in_channels=16, out_channels=32, stride=2):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.stride, self.missing = stride, out_channels - in_channels

    def forward(self, x):
        identity = x[:, :, :: self.stride, :: self.stride]
        n, _, h, w = identity.shape
        identity = torch.cat(
            (identity, torch.zeros(n, self.missing, h, w, dtype=x.dtype, device=x.device)), 1
        )
        out = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(out)).add(identity))


class Needy(General):
    def __init__(self, in_channels, out_channels, stride):
        super().__init__(in_channels, out_channels, stride)


class Forgetful(General):
    def forward(self, x):
        super().forward(x)


class TooLate(nn.Module):
    def __init__(self):
        self.conv1 = nn.Conv2d(16, 32, 3)


class Shared(General):
    """One normalisation for both convolutions."""

    def __init__(self):
        super().__init__()
        self.bn2 = self.bn1


class Listed(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [General()]

    def forward(self, x):
        return self.layers[0](x)


class Overwriting(General):
    """Keep no copy of the input: its ReLU writes over it."""

    def forward(self, x):
        shortcut = zeros(x)
        x.relu_()
        return (branch(x, self.conv1, self.conv2, self.bn1, self.bn2) + shortcut).relu()


class InTwoWays(General):
    """Without the shortcut in evaluation."""

    def forward(self, x):
        return super().forward(x if self.training else 0 * x)


class ByBatch(General):
    """Normalise by the batch in evaluation too."""

    def forward(self, x):
        for norm in (self.bn1, self.bn2):
            norm.train()
        return super().forward(x)


def dropping():
    return Block(lambda x, *layers: (F.dropout(branch(x, *layers)) + zeros(x)).relu())


def first_of_stage():
    return cifar_resnet(20).layer2[0]


RIGHT = [Paper, ByHand, General, lambda: Block(lambda x, *layers: F.relu(zeros(x) - (-branch(x, *layers))))]
WRONG = {
    "not registered": [Listed, lambda: nn.Sequential(nn.AvgPool2d(2), nn.ReLU()), nn.Identity],
    "projection": [
        lambda: altered(shortcut=nn.Conv2d(16, 32, 1, 2, bias=False)),
        lambda: altered(shortcut=nn.Conv2d(16, 32, 1, 2)),
        lambda: BasicBlock(16, 32, stride=2),
    ],
    "other parameters": [
        Shared,
        lambda: altered(bn2=nn.Identity()),
        lambda: altered(bn1=nn.Identity(), bn2=nn.Identity()),
        lambda: altered(conv1=nn.Conv2d(16, 32, 3, 2, 1)),
        lambda: altered(conv1=nn.Conv2d(16, 32, 3, 2, 1), conv2=nn.Conv2d(32, 32, 3, 1, 1)),
        lambda: altered(conv1=nn.Conv2d(16, 32, 1, 2, bias=False)),
        lambda: altered(conv2=nn.Conv2d(32, 32, 3, 1, 1, bias=False, groups=2)),
        lambda: altered(bn1=nn.BatchNorm2d(32, affine=False)),
        lambda: BasicBlock(16, 32, stride=2, shortcut="zeros", pre_activation=True),
        lambda: HighwayBlock(16, 32, stride=2),
        lambda: Bottleneck(16, 8, stride=2),
    ],
    "outputs": [
        lambda: Block(lambda x, *layers: branch(x, *layers).relu(), (1, 1)),
        lambda: Block(lambda x, *layers: branch(x, *layers).relu(), (2, 2)),
        lambda: Block(lambda x, *layers: torch.cat([branch(x, *layers), x[:, :, ::2, ::2]], 1).relu()),
        lambda: Block(lambda x, *layers: torch.cat([branch(x, *layers), zeros(x)], 1).relu()),
        lambda: nn.Sequential(Block(), nn.Flatten()),
        lambda: nn.Sequential(Block(), nn.AdaptiveAvgPool2d(1)),
    ],
    "input changed": [Overwriting],
    "stride in the second": [lambda: Block(strides=(1, 2))],
    "ReLU before the sum": [lambda: BLOCKS["ReLU before the sum"][1]],
    "no ReLU in the branch": [lambda: BLOCKS["no ReLU in the branch"][1]],
    "no shortcut": [lambda: BasicBlock(16, 32, stride=2, shortcut="none"), lambda: Block(branch)],
    "shortcut from the middle": [
        *(lambda number=number: BLOCKS["shortcut from the middle"][number] for number in (1, 2)),
    ],
    "other shortcut": [
        first_of_stage,
        lambda: BasicBlock(16, 32, stride=2, shortcut="zeros"),
        *(lambda number=number: BLOCKS["other shortcut"][number] for number in range(1, 7)),
    ],
    "one normalisation twice": [
        lambda: Block(lambda x, c, d, n, m: (m(d(m(c(x)).relu())) + zeros(x)).relu()),
    ],
    "other order": [*(lambda number=number: BLOCKS["other order"][number] for number in (1, 2, 3))],
    "other layers": [
        InTwoWays,
        ByBatch,
        dropping,
        lambda: Block(lambda x, *layers: (branch(x, *layers) - zeros(x)).relu()),
        lambda: Block(lambda x, *layers: (branch(x, *layers) + zeros(x)).relu() / 2),
        lambda: Block(lambda x, *layers: torch.maximum(branch(x, *layers), zeros(x)).relu()),
        lambda: Block(lambda x, *layers: F.leaky_relu(branch(x, *layers) + zeros(x))),
        lambda: Block(lambda x, *layers: F.gelu(branch(x, *layers) + zeros(x))),
        lambda: Block(lambda x, *layers: F.relu6(branch(x, *layers) + zeros(x))),
        lambda: Block(lambda x, c, d, n, m: F.relu(m(d(F.relu6(n(c(x))))) + zeros(x))),
        lambda: Block(lambda x, *layers: (branch(x, *layers) + zeros(x)).sigmoid()),
        lambda: Block(lambda x, *layers: (branch(x.relu(), *layers) + zeros(x)).relu()),
        lambda: Block(lambda x, *layers: (branch(x, *layers).relu() * 2 + zeros(x)).relu()),
        lambda: Block(adding(lambda x: x[:, :, ::2, ::2].repeat_interleave(2, 1))),
        lambda: Block(adding(lambda x: zeros(x.flip(3)))),
        lambda: Block(lambda x, *layers: adding(zeros)(x, *layers)[[0] * len(x)]),
        lambda: altered(conv1=nn.Conv2d(16, 32, 3, 2, 1, bias=False, padding_mode="reflect")),
        lambda: altered(conv2=nn.Conv2d(32, 32, 3, 1, 2, dilation=2, bias=False)),
    ],
    "sizes do not fit": [
        lambda: Block(adding(lambda x: x)),
        lambda: Block(adding(lambda x: x[:, :, ::2, ::2])),
        lambda: Block(adding(zeros), (1, 1)),
        lambda: altered(conv1=nn.Conv2d(16, 32, 3, 2, bias=False)),
        lambda: altered(conv2=nn.Conv2d(16, 32, 3, 1, 1, bias=False)),
        lambda: altered(conv1=nn.Conv2d(3, 32, 3, 2, 1, bias=False)),
        lambda: altered(bn1=nn.BatchNorm2d(16)),
    ],
    "not a function": [Block(), nn.Sequential()],
    "not a network": [lambda: Block, lambda: [Block()], lambda: zeros, lambda: torch.zeros(2, 32, 4, 3)],
    "arguments": [Needy, lambda x: x],
    "no super().__init__()": [TooLate],
    "no forward": [lambda: nn.ModuleList([Block()])],
    "nothing": [Forgetful, lambda: None],
}
