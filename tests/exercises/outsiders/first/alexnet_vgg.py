"""Answers of an outsider to the exercises of alexnet_vgg."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# ---------------------------------------------------------------- budget, right


def budget_sequential():
    return nn.Sequential(
        nn.Conv2d(3, 37, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(37, 26, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(26, 26, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(26 * 16, 10),
    )


class OwnNet(nn.Module):
    """57, 21 and 38 maps, the mean of each map, one dense layer."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 57, 3, padding=1)
        self.conv2 = nn.Conv2d(57, 21, 3, stride=2, padding=1)
        self.conv3 = nn.Conv2d(21, 38, 3, stride=2, padding=1)
        self.head = nn.Linear(38, 10)

    def forward(self, x):
        x = F.relu(self.conv1(x))
        x = torch.tanh(self.conv2(x))
        x = F.relu(self.conv3(x))
        return self.head(x.mean(dim=(2, 3)))


class FunctionalNet(nn.Module):
    """Four bare weights, no biases, nothing but max pooling between the convolutions."""

    def __init__(self):
        super().__init__()
        self.w1 = nn.Parameter(torch.randn(25, 3, 5, 5) * 0.15)
        self.w2 = nn.Parameter(torch.randn(15, 25, 3, 3) * 0.08)
        self.w3 = nn.Parameter(torch.randn(50, 15, 3, 3) * 0.1)
        self.w4 = nn.Parameter(torch.randn(10, 800) * 0.03)

    def forward(self, x):
        x = F.max_pool2d(F.conv2d(x, self.w1, padding=2), 2)
        x = F.max_pool2d(F.conv2d(x, self.w2, padding=1), 2)
        x = F.max_pool2d(F.conv2d(x, self.w3, padding=1), 2)
        return x.flatten(1) @ self.w4.T


def budget_depthwise():
    return nn.Sequential(
        nn.Conv2d(3, 20, 3, padding=1, bias=False),
        nn.BatchNorm2d(20),
        nn.PReLU(20),
        nn.Conv2d(20, 20, 3, padding=1, groups=20),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(20, 41, 1, bias=False),
        nn.BatchNorm2d(41),
        nn.ReLU(),
        nn.Conv2d(41, 48, 3, padding=1, bias=False),
        nn.BatchNorm2d(48),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(48, 10),
    )


# ---------------------------------------------------------------- budget, wrong


def budget_19990():
    net = budget_sequential()
    net[-1] = nn.Linear(26 * 16, 10, bias=False)
    return net


def budget_linear():
    return nn.Sequential(
        nn.Conv2d(3, 57, 3, padding=1),
        nn.AvgPool2d(2),
        nn.Conv2d(57, 21, 3, padding=1),
        nn.AvgPool2d(2),
        nn.Conv2d(21, 38, 3, padding=1),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(38, 10),
    )


class Spare(nn.Module):
    """19 993 useful parameters and seven that only fill the budget."""

    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(3, 29, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(29, 28, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(28, 45, 3, padding=1),
            nn.ReLU(),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(45, 10),
        )
        self.spare = nn.Parameter(torch.zeros(7))

    def forward(self, x):
        return self.net(x)


def budget_frozen():
    net = budget_sequential()
    for parameter in net[0].parameters():
        parameter.requires_grad_(False)
    return net


def budget_softmax():
    return nn.Sequential(*budget_sequential(), nn.Softmax(dim=1))


def budget_two():
    return nn.Sequential(
        nn.Conv2d(3, 22, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(22, 8, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(8 * 64, 34),
        nn.ReLU(),
        nn.Linear(34, 10),
    )


def budget_not_flat():
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
        nn.Conv2d(38, 10, 1),
    )


class Parallel(nn.Module):
    """Three convolutions side by side, none after another."""

    def __init__(self):
        super().__init__()
        self.small = nn.Conv2d(3, 91, 3, padding=1)
        self.middle = nn.Conv2d(3, 82, 5, padding=2)
        self.large = nn.Conv2d(3, 60, 7, padding=3)
        self.head = nn.Linear(91 + 82 + 60, 10)

    def forward(self, x):
        x = torch.cat([self.small(x), self.middle(x), self.large(x)], dim=1)
        return self.head(F.relu(x).mean(dim=(2, 3)))


class OnePicture(nn.Module):
    """Flattens the whole batch into one row."""

    def __init__(self):
        super().__init__()
        net = budget_sequential()
        self.features = net[:9]
        self.head = net[10]

    def forward(self, x):
        return self.head(self.features(x).reshape(1, -1))


def budget_lost_bias():
    return nn.Sequential(
        nn.Conv2d(3, 45, 3, padding=1),
        nn.InstanceNorm2d(45),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(45, 39, 3, padding=1),
        nn.InstanceNorm2d(39),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(39, 8, 3, padding=1),
        nn.InstanceNorm2d(8),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(8, 10),
    )


# ---------------------------------------------------------------- dropout


def dropout_where(x, kept, p):
    scale = 1 / (1 - p) if p < 1 else 0.0
    return torch.where(torch.as_tensor(kept).bool(), x * scale, torch.zeros_like(x))


def dropout_numpy(x, kept, p):
    result = np.zeros(tuple(x.shape))
    mask = np.asarray(kept).astype(bool)
    if mask.any():
        result[mask] = np.asarray(x)[mask] / (1 - p)
    return result


def dropout_fill(x, kept, p):
    if p >= 1:
        return torch.zeros_like(x)
    return (x / (1 - p)).masked_fill(~kept.bool(), 0)


def dropout_loop(x, kept, p):
    flat = []
    for value, stays in zip(x.flatten().tolist(), kept.flatten().tolist(), strict=False):
        flat.append(value / (1 - p) if stays else 0)
    return torch.tensor(flat, dtype=torch.float64).reshape(x.shape)


def dropout_in_place(x, kept, p):
    x /= 1 - p
    x[~kept] = 0
    return x


def dropout_spoils_kept(x, kept, p):
    return (x / (1 - p)).masked_fill(kept.logical_not_(), 0)


# ---------------------------------------------------------------- local_response


def lrn_loop(x):
    result = torch.empty_like(x)
    channels = x.shape[0]
    for c in range(channels):
        s = (x[max(0, c - 2) : min(channels, c + 3)] ** 2).sum(dim=0)
        result[c] = x[c] / (2 + 0.0001 * s) ** 0.75
    return result


def lrn_library(x):
    return F.local_response_norm(x[None], size=5, alpha=5e-4, beta=0.75, k=2.0)[0]


def lrn_numpy(x):
    x = x.numpy()
    c, h, w = x.shape
    squares = np.concatenate([np.zeros((2, h, w)), x**2, np.zeros((2, h, w))])
    s = sum(squares[i : i + c] for i in range(5))
    return x * (2 + 1e-4 * s) ** -0.75


def lrn_band(x):
    index = torch.arange(x.shape[0])
    band = ((index[:, None] - index[None, :]).abs() <= 2).to(x.dtype)
    s = torch.einsum("cd,dhw->chw", band, x * x)
    return (x / (2 + 0.0001 * s).pow(0.75)).float()


def lrn_from_squares(x, s):
    return x / (2 + 0.0001 * s) ** 0.75


def lrn_wrapped(x):
    return lrn_from_squares(x, sum(torch.roll(x**2, d, dims=0) for d in range(-2, 3)))


def lrn_negative_start(x):
    s = torch.stack([(x[c - 2 : c + 3] ** 2).sum(dim=0) for c in range(x.shape[0])])
    return lrn_from_squares(x, s)


def lrn_three(x):
    squares = F.pad(x**2, (0, 0, 0, 0, 1, 1))
    return lrn_from_squares(x, squares[:-2] + squares[1:-1] + squares[2:])


def lrn_creeping(x):
    result = x.clone()
    for c in range(len(x)):
        result[c] = result[c] / (2 + 0.0001 * (result[max(0, c - 2) : c + 3] ** 2).sum(dim=0)) ** 0.75
    return result


def lrn_repeated_border(x):
    last = len(x) - 1
    index = torch.arange(len(x))
    s = sum(x[(index + d).clamp(0, last)] ** 2 for d in range(-2, 3))
    return lrn_from_squares(x, s)


def lrn_sum_squared(x):
    values = F.pad(x, (0, 0, 0, 0, 2, 2))
    return lrn_from_squares(x, sum(values[i : i + len(x)] for i in range(5)) ** 2)


def lrn_in_place(x):
    squares = F.pad(x**2, (0, 0, 0, 0, 2, 2))
    x /= (2 + 0.0001 * sum(squares[i : i + len(x)] for i in range(5))) ** 0.75
    return x


def lrn_before_only(x):
    squares = F.pad(x**2, (0, 0, 0, 0, 4, 0))
    return lrn_from_squares(x, sum(squares[i : i + len(x)] for i in range(5)))


# ---------------------------------------------------------------- replace


def replace_formula(kernel_size, channels):
    n = (kernel_size - 1) // 2
    return n, n * 9 * channels**2, kernel_size**2 * channels**2


def replace_loop(kernel_size, channels):
    layers, sees, weights = 0, 1, 0
    while sees < kernel_size:
        layers += 1
        sees += 2
        weights += 3 * 3 * channels * channels
    return [layers, weights, kernel_size * kernel_size * channels * channels]


def replace_modules(kernel_size, channels):
    def weights(k):
        return nn.Conv2d(channels, channels, k, bias=False, device="meta").weight.numel()

    return torch.tensor([kernel_size // 2, kernel_size // 2 * weights(3), weights(kernel_size)])


def replace_range(kernel_size, channels):
    layers = len(range(1, kernel_size, 2))
    per_pixel = channels * channels
    return np.array([layers, 9 * layers * per_pixel, kernel_size**2 * per_pixel])


ANSWERS = {
    "alexnet_vgg.budget": (
        [budget_sequential, OwnNet, FunctionalNet, budget_depthwise],
        [
            budget_19990,  # last bias left out: 19 990
            budget_linear,  # only mean pooling between the convolutions
            Spare,  # seven parameters that are never used
            budget_frozen,  # first layer is not trained
            budget_softmax,  # probabilities, not logits
            budget_two,  # only two convolutions
            budget_not_flat,  # shape (N, 10, 1, 1)
            Parallel,  # convolutions side by side
            OnePicture,  # works for a batch of one only
            budget_lost_bias,  # instance normalisation removes the biases
        ],
    ),
    "alexnet_vgg.dropout": (
        [dropout_where, dropout_numpy, dropout_fill, dropout_loop],
        [
            lambda x, kept, p: x * kept,  # no scaling
            lambda x, kept, p: x * kept / p,  # divides by p
            lambda x, kept, p: x * kept * (1 - p),  # the scaling for test time
            lambda x, kept, p: x * ~kept / (1 - p),  # drops what stays
            lambda x, kept, p: x[kept] / (1 - p),  # leaves out the dropped numbers
            dropout_in_place,  # changes x
            dropout_spoils_kept,  # right, but changes kept
            lambda x, kept, p: x * kept / kept.double().mean(),  # share of this draw, not 1 - p
            lambda x, kept, p: F.dropout(x, p),  # draws again
            lambda x, kept, p: x * kept * (1 + p),  # larger by p
        ],
    ),
    "alexnet_vgg.local_response": (
        [lrn_loop, lrn_library, lrn_numpy, lrn_band],
        [
            lambda x: F.local_response_norm(x[None], 5, 1e-4, 0.75, 2.0)[0],  # divides s by 5
            lambda x: F.local_response_norm(x, 5, 5e-4, 0.75, 2.0),  # no batch: runs along rows
            lrn_wrapped,  # channels wrap around
            lrn_negative_start,  # x[-2:3] is empty
            lrn_three,  # three channels
            lrn_creeping,  # uses values already divided
            lrn_repeated_border,  # repeats the first and last
            lrn_sum_squared,  # square of the sum
            lrn_in_place,  # right, but changes x
            lrn_before_only,  # only channels before it
        ],
    ),
    "alexnet_vgg.replace": (
        [replace_formula, replace_loop, replace_modules, replace_range],
        [
            lambda k, c: (3, 27 * c * c, 49 * c * c),  # only for 7
            lambda k, c: (k // 3, k // 3 * 9 * c * c, k * k * c * c),  # three pixels a layer
            lambda k, c: ((k - 1) // 2, 9 * c * c, k * k * c * c),  # weights of one layer only
            lambda k, c: ((k - 1) // 2, (k - 1) // 2 * 9 * c, k * k * c),  # channels not squared
            lambda k, c: ((k + 1) // 2, (k + 1) // 2 * 9 * c * c, k * k * c * c),  # one too many
            lambda k, c: (k // 2, k // 2 * (9 * c * c + c), k * k * c * c + c),  # with biases
            lambda k, c: (k // 2, k * k * c * c, k // 2 * 9 * c * c),  # order swapped
            lambda k, c: (k - 2, (k - 2) * 9 * c * c, k * k * c * c),  # right for 3 only
            lambda k, c: (k // 2, k // 2 * 9 * c * c, k * c * c),  # k not squared
            lambda k, c: (max(2, k // 2), max(2, k // 2) * 9 * c * c, k * k * c * c),  # wrong for 3 only
        ],
    ),
    "alexnet_vgg.stack": (
        [
            (110592, 200704, 7),
            [3 * 9 * 64**2, 49 * 64**2, 7],
            torch.tensor([110592.0, 200704.0, 7.0]),
            np.array([110592, 200704, 7]),
        ],
        [
            (36864, 200704, 7),  # one layer of the three
            (110784, 200768, 7),  # with biases
            (110592, 200704, 9),  # three pixels a layer
            (1728, 3136, 7),  # forgot the input channels
            (200704, 110592, 7),  # order
            (110592, 200704, 5),  # sight of two layers
            (110592, 102400, 7),  # 5 x 5
            (331776, 200704, 7),  # times 3 once too often
            (110592, 200704, 49),  # area
            (110592, 200704),  # third number missing
        ],
    ),
}
