"""Answers of an outsider to the exercises of alexnet_vgg."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


# ---- budget
def budget_1():
    return nn.Sequential(
        nn.Conv2d(3, 57, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(57, 21, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(21, 38, 3, padding=1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(38, 10),
    )


class Flat(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 37, 3, padding=1)
        self.second = nn.Conv2d(37, 26, 3, padding=1)
        self.third = nn.Conv2d(26, 26, 3, padding=1)
        self.dense = nn.Linear(26 * 4 * 4, 10)

    def forward(self, x):
        for layer in (self.first, self.second, self.third):
            x = F.max_pool2d(F.relu(layer(x)), 2)
        return self.dense(x.flatten(1))


def block(inside, outside):
    return [nn.Conv2d(inside, outside, 3, padding=1, bias=False), nn.BatchNorm2d(outside), nn.ReLU()]


def budget_3():
    return nn.Sequential(
        *block(3, 62),
        nn.MaxPool2d(2),
        *block(62, 21),
        nn.MaxPool2d(2),
        *block(21, 32),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(32, 10),
    )


def budget_4():
    return nn.Sequential(
        nn.Conv2d(3, 15, 5, stride=2, padding=2),
        nn.LeakyReLU(0.1),
        nn.Conv2d(15, 15, 3, padding=1, groups=15),
        nn.LeakyReLU(0.1),
        nn.Conv2d(15, 33, 1),
        nn.Tanh(),
        nn.MaxPool2d(2),
        nn.Conv2d(33, 59, 3),
        nn.LeakyReLU(0.1),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(59, 10),
    )


def three(between, pool=nn.AdaptiveAvgPool2d, last_bias=True, widths=(57, 21, 38)):
    a, b, c = widths
    return nn.Sequential(
        nn.Conv2d(3, a, 3, padding=1),
        between(),
        nn.Conv2d(a, b, 3, padding=1),
        between(),
        nn.Conv2d(b, c, 3, padding=1),
        nn.ReLU(),
        pool(1),
        nn.Flatten(),
        nn.Linear(c, 10, bias=last_bias),
    )


def budget_w2():
    return nn.Sequential(
        nn.Conv2d(3, 46, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(46, 42, 3, padding=1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(42, 24),
        nn.ReLU(),
        nn.Linear(24, 10),
    )


class Filled(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = three(nn.ReLU, widths=(32, 32, 32))
        self.spare = nn.Parameter(torch.randn(20000 - 19722))

    def forward(self, x):
        return self.body(x)


def budget_w6():
    network = budget_1()
    network[0].requires_grad_(False)
    return network


class Squeezed(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = budget_1()[:9]
        self.dense = nn.Linear(38, 10)

    def forward(self, x):
        return self.dense(self.body(x).squeeze())


def budget_w8():
    return nn.Sequential(
        nn.Conv2d(3, 57, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(4),
        nn.Conv2d(57, 21, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(8),
        nn.Conv2d(21, 38, 3, padding=1),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(38, 10),
    )


def budget_w9():
    return nn.Sequential(*budget_1()[:9], nn.Conv2d(38, 10, 1))


# ---- dropout
def dropout_1(x, kept, p):
    return torch.where(kept, x / (1 - p), torch.zeros_like(x))


def dropout_2(x, kept, p):
    result = np.zeros(tuple(x.shape))
    mask = kept.numpy().astype(bool)
    result[mask] = x.numpy()[mask] / (1 - p)
    return result


def dropout_3(x, kept, p):
    result = x.clone()
    result[kept] /= 1 - p
    result[~kept] = 0
    return result


def dropout_4(x, kept, p):
    numbers = [
        v / (1 - p) if k else 0.0 for v, k in zip(x.flatten().tolist(), kept.flatten().tolist(), strict=False)
    ]
    return torch.tensor(numbers, dtype=torch.float64).reshape(x.shape)


def dropout_w5(x, kept, p):
    x[~kept] = 0
    x /= 1 - p
    return x


def dropout_w7(x, kept, p):
    result = x * kept
    return result * x.mean() / result.mean()


def dropout_w10(x, kept, p):
    result = x * kept / (1 - p)
    kept.fill_(True)
    return result


# ---- local_response
def response_1(x):
    channels = len(x)
    result = torch.empty_like(x)
    for c in range(channels):
        s = (x[max(c - 2, 0) : c + 3] ** 2).sum(0)
        result[c] = x[c] / (2 + 0.0001 * s) ** 0.75
    return result


def response_2(x):
    return F.local_response_norm(x[None], 5, alpha=0.0005, beta=0.75, k=2.0)[0]


def response_3(x):
    squares = np.pad(x.numpy() ** 2, ((2, 2), (0, 0), (0, 0)))
    s = sum(squares[i : i + x.shape[0]] for i in range(5))
    return x.numpy() * (2 + 1e-4 * s) ** -0.75


def response_4(x):
    index = torch.arange(len(x))
    near = ((index[:, None] - index[None]).abs() <= 2).to(x.dtype)
    return x / (2 + 0.0001 * torch.einsum("ab,bhw->ahw", near, x * x)).pow(0.75)


def divided(x, s):
    return x / (2 + 0.0001 * s) ** 0.75


def window_sum(values, before, after):
    return torch.stack([values[max(c - before, 0) : c + after + 1].sum(0) for c in range(len(values))])


def response_w4(x):
    return divided(x, torch.stack([(x[c - 2 : c + 3] ** 2).sum(0) for c in range(len(x))]))


def response_w5(x):
    return divided(x, sum((x**2).roll(i, 0) for i in range(-2, 3)))


def response_w6(x):
    squares = F.pad(x**2, (2, 2))
    return divided(x, squares.unfold(2, 5, 1).sum(-1))


def response_w7(x):
    result = x.clone()
    for c in range(len(x)):
        result[c] = divided(result[c], (result[max(c - 2, 0) : c + 3] ** 2).sum(0))
    return result


def response_w8(x):
    x /= (2 + 0.0001 * window_sum(x**2, 2, 2)) ** 0.75
    return x


def response_w9(x):
    count = window_sum(torch.ones_like(x), 2, 2)
    return divided(x, window_sum(x**2, 2, 2) * 5 / count)


# ---- replace
def replace_1(kernel_size, channels):
    layers = (kernel_size - 1) // 2
    return layers, 9 * layers * channels**2, kernel_size**2 * channels**2


def replace_2(kernel_size, channels):
    layers, sees = 0, 1
    while sees < kernel_size:
        layers, sees = layers + 1, sees + 2
    return [layers, sum(3 * 3 * channels * channels for _ in range(layers)), (kernel_size * channels) ** 2]


def replace_3(kernel_size, channels):
    k, c = int(kernel_size), int(channels)
    large = torch.empty(c, c, k, k).numel()
    small = torch.empty(c, c, 3, 3).numel()
    return torch.tensor([k // 2, k // 2 * small, large])


def replace_4(kernel_size, channels):
    pairs = channels**2
    return np.array([len(range(3, kernel_size + 1, 2)), 0, kernel_size**2 * pairs]) + np.array(
        [0, (kernel_size - 1) * 9 * pairs // 2, 0]
    )


def replaced(k, c, n):
    return n, n * 9 * c * c, k * k * c * c


def replace_w10(k, c):
    n = 1
    while 3**n < k:
        n += 1
    return replaced(k, c, n)


ANSWERS = {
    "alexnet_vgg.budget": (
        [budget_1, lambda: Flat(), budget_3, budget_4],
        [
            lambda: three(nn.ReLU, last_bias=False),  # 19 990: last biases forgotten
            budget_w2,  # two convolutions only
            lambda: three(nn.Identity),  # nothing between the convolutions
            lambda: three(lambda: nn.AvgPool2d(2)),  # only mean pooling between: linear
            lambda: Filled(),  # filled up with a parameter that nothing uses
            budget_w6,  # first layer frozen
            lambda: Squeezed(),  # a batch of one picture loses its row
            budget_w8,  # third convolution on 1 x 1: eight of nine weights see padding only
            budget_w9,  # result of shape (N, 10, 1, 1)
            lambda: nn.Sequential(*budget_1(), nn.Softmax(dim=1)),  # probabilities, no logits
        ],
    ),
    "alexnet_vgg.dropout": (
        [dropout_1, dropout_2, dropout_3, dropout_4],
        [
            lambda x, kept, p: x * kept / p,  # divided by p: right for one half
            lambda x, kept, p: x * kept,  # not made larger
            lambda x, kept, p: x * ~kept / (1 - p),  # kept taken for dropped
            lambda x, kept, p: x * kept * (1 - p),  # made smaller
            dropout_w5,  # changes x
            lambda x, kept, p: x * kept * kept.numel() / max(int(kept.sum()), 1),  # share of this draw
            dropout_w7,  # mean of this draw made right
            lambda x, kept, p: x[kept] / (1 - p),  # dropped numbers taken out
            lambda x, kept, p: F.dropout(x, p),  # a draw of its own
            dropout_w10,  # changes kept
        ],
    ),
    "alexnet_vgg.local_response": (
        [response_1, response_2, response_3, response_4],
        [
            lambda x: F.local_response_norm(x[None], 5, alpha=0.0001, beta=0.75, k=2.0)[0],  # mean, no sum
            lambda x: divided(x, window_sum(x**2, 1, 1)),  # three channels
            lambda x: divided(x, (x**2).sum(0, keepdim=True)),  # all channels
            response_w4,  # negative start of the slice: first channels see nothing
            response_w5,  # channels wrap round
            response_w6,  # five pixels of a row, no channels
            response_w7,  # uses neighbours already divided
            response_w8,  # changes x
            response_w9,  # border: sum scaled up to five channels
            lambda x: divided(x, window_sum(x, 2, 2) ** 2),  # square of the sum
        ],
    ),
    "alexnet_vgg.replace": (
        [replace_1, replace_2, replace_3, replace_4],
        [
            lambda k, c: (k // 2, k * k * c * c, k // 2 * 9 * c * c),  # weights in the wrong order
            lambda k, c: (k // 2, k // 2 * 9 * c, k * k * c),  # channels not squared
            lambda k, c: replaced(k, c, -(-k // 3)),  # k / 3 rounded up
            lambda k, c: replaced(k, c, k - 2),  # one pixel a layer: right for 3
            lambda k, c: replaced(k, c, (k + 1) // 2),  # one layer too many
            lambda k, c: (k // 2, k // 2 * (9 * c * c + c), k * k * c * c + c),  # biases counted
            lambda k, c: (k // 2, 9 * c * c, k * k * c * c),  # one small layer only
            lambda k, c: (k // 2, k // 2 * 9 * c * c, k * c * c),  # k not squared
            lambda k, c: replaced(k, 64, k // 2),  # 64 channels always
            replace_w10,  # fields multiplied: right for 3 and 5
        ],
    ),
    "alexnet_vgg.stack": (
        [
            (110592, 200704, 7),
            [3 * 9 * 64**2, 49 * 64**2, 7],
            torch.tensor([110592, 200704, 7]),
            np.array([110592.0, 200704.0, 7.0]),
        ],
        [
            (110592, 200704, 9),  # 3 times 3 pixels
            (36864, 200704, 7),  # one layer of the stack
            (110784, 200768, 7),  # biases counted
            (1728, 3136, 7),  # channels not squared
            (200704, 110592, 7),  # wrong order
            (110592, 200704, 49),  # pixels of the square
            (110592, 200704, 5),  # two layers' field
            (27, 49, 7),  # no channels
            (110592, 36864, 7),  # the large one taken for 3 x 3
            (111698, 202711, 7),  # off by 1 %
        ],
    ),
}
