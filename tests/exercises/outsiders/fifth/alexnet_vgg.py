"""Right and wrong answers to the exercises of the topic alexnet_vgg."""

import itertools

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


# alexnet_vgg.dropout, right
def dropped_product(x, kept, p):
    return x * kept / (1 - p)


def dropped_where(x, kept, p):
    return torch.where(kept, x / (1 - p), torch.zeros_like(x))


def dropped_clone(x, kept, p=0.5):
    result = x.clone()
    result[~kept] = 0
    return result * (1 / (1 - p))


def dropped_numpy(x, kept, p):
    values, stays = np.asarray(x, dtype=float), np.asarray(kept, dtype=bool)
    return np.where(stays, values / (1 - p), 0.0)


# alexnet_vgg.dropout, wrong
def dropped_divided_by_p(x, kept, p):
    return x * kept / p


def dropped_not_scaled(x, kept, p):
    return x * kept


def dropped_times_kept_share(x, kept, p):
    return x * kept * (1 - p)


def dropped_mask_turned(x, kept, p):
    return x * ~kept / (1 - p)


def dropped_by_this_draw(x, kept, p):
    # scales by the share that this draw happens to keep
    return x * kept / kept.float().mean()


def dropped_in_place(x, kept, p):
    x[~kept] = 0
    return x / (1 - p)


def dropped_draws_again(x, kept, p):
    return F.dropout(x, p, training=True)


def dropped_doubled(x, kept, p):
    return x * kept * 2


def dropped_shortened(x, kept, p):
    return x[kept] / (1 - p)


def dropped_one_plus_p(x, kept, p):
    return x * kept * (1 + p)


# alexnet_vgg.replace, right
def replace_formula(kernel_size, channels):
    layers = (kernel_size - 1) // 2
    return layers, layers * 9 * channels**2, kernel_size**2 * channels**2


def replace_grow_field(kernel_size, channels):
    layers, field = 0, 1
    while field < kernel_size:
        field += 2
        layers += 1
    small = sum(3 * 3 * channels * channels for _ in range(layers))
    return [layers, small, kernel_size * kernel_size * channels * channels]


def replace_ask_torch(kernel_size, channels):
    def weights(k):
        return nn.Conv2d(channels, channels, k, bias=False).weight.numel()

    layers = kernel_size // 2
    return layers, layers * weights(3), weights(kernel_size)


def replace_shrink_array(kernel_size, channels=1):
    row, layers = np.ones(kernel_size), 0
    while len(row) > 1:
        row = np.convolve(row, np.ones(3), mode="valid")
        layers += 1
    return np.array([layers, 9 * layers * channels**2, (kernel_size * channels) ** 2])


# alexnet_vgg.replace, wrong
def replace_kernel_by_three(kernel_size, channels):
    layers = kernel_size // 3
    return layers, layers * 9 * channels**2, kernel_size**2 * channels**2


def replace_one_too_many(kernel_size, channels):
    layers = (kernel_size + 1) // 2
    return layers, layers * 9 * channels**2, kernel_size**2 * channels**2


def replace_one_pixel_a_layer(kernel_size, channels):
    layers = kernel_size - 2
    return layers, layers * 9 * channels**2, kernel_size**2 * channels**2


def replace_channels_once(kernel_size, channels):
    layers = (kernel_size - 1) // 2
    return layers, layers * 9 * channels, kernel_size**2 * channels


def replace_with_bias(kernel_size, channels):
    layers = (kernel_size - 1) // 2
    return (layers, layers * (9 * channels**2 + channels), kernel_size**2 * channels**2 + channels)


def replace_one_small_layer(kernel_size, channels):
    return (kernel_size - 1) // 2, 9 * channels**2, kernel_size**2 * channels**2


def replace_order_swapped(kernel_size, channels):
    layers = (kernel_size - 1) // 2
    return layers, kernel_size**2 * channels**2, layers * 9 * channels**2


def replace_kernel_in_one_axis(kernel_size, channels):
    layers = (kernel_size - 1) // 2
    return layers, layers * 3 * channels**2, kernel_size * channels**2


def replace_field_of_area(kernel_size, channels):
    layers = -(-(kernel_size**2) // 9)
    return layers, layers * 9 * channels**2, kernel_size**2 * channels**2


def replace_layers_multiply(kernel_size, channels):
    # as if the fields of 3 multiplied: 3, 9, 27
    layers, field = 1, 3
    while field < kernel_size:
        field *= 3
        layers += 1
    return layers, layers * 9 * channels**2, kernel_size**2 * channels**2


# alexnet_vgg.local_response, right
def response_loop(x):
    result = torch.zeros_like(x)
    for c in range(x.shape[0]):
        s = (x[max(c - 2, 0) : c + 3] ** 2).sum(dim=0)
        result[c] = x[c] / (2 + 0.0001 * s) ** 0.75
    return result


def response_library(x):
    # the library divides alpha by the number of channels
    return F.local_response_norm(x[None], 5, alpha=5 * 0.0001, beta=0.75, k=2.0)[0]


def response_numpy_padded(x):
    values = np.asarray(x, dtype=float)
    squares = np.pad(values**2, ((2, 2), (0, 0), (0, 0)))
    s = sum(squares[d : d + len(values)] for d in range(5))
    return values / (2 + 1e-4 * s) ** 0.75


def response_band_matrix(x):
    n = torch.arange(x.shape[0])
    band = ((n[:, None] - n[None]).abs() <= 2).to(x.dtype)
    s = torch.einsum("cd,dhw->chw", band, x * x)
    return x * (2 + 1e-4 * s) ** -0.75


# alexnet_vgg.local_response, wrong
def _response(x, reach=2, k=2.0, alpha=1e-4, beta=0.75, of=lambda part: (part**2).sum(dim=0)):
    parts = [of(x[max(c - reach, 0) : c + reach + 1]) for c in range(x.shape[0])]
    return x / (k + alpha * torch.stack(parts)) ** beta


def response_alpha_divided(x):
    return F.local_response_norm(x[None], 5, alpha=0.0001, beta=0.75, k=2.0)[0]


def response_mean_of_those_there(x):
    return _response(x, of=lambda part: (part**2).mean(dim=0))


def response_library_defaults(x):
    return F.local_response_norm(x[None], 5)[0]


def response_three_channels(x):
    return _response(x, reach=1)


def response_five_on_each_side(x):
    return _response(x, reach=5)


def response_square_root(x):
    return _response(x, beta=0.5)


def response_not_squared(x):
    return _response(x, of=lambda part: part.abs().sum(dim=0))


def response_channels_wrap_round(x):
    s = sum(torch.roll(x, d, dims=0) ** 2 for d in (-2, -1, 0, 1, 2))
    return x / (2 + 1e-4 * s) ** 0.75


def response_along_rows(x):
    # the library takes the second axis: without a batch axis that is H
    return F.local_response_norm(x, 5, alpha=5 * 0.0001, beta=0.75, k=2.0)


def response_in_place(x):
    # reads channels that it has changed already
    for c in range(x.shape[0]):
        s = (x[max(c - 2, 0) : c + 3] ** 2).sum(dim=0)
        x[c] = x[c] / (2 + 0.0001 * s) ** 0.75
    return x


# alexnet_vgg.budget, right
def budget_global_average():
    return nn.Sequential(
        nn.Conv2d(3, 7, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(7, 26, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(26, 74, 3, padding=1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(74, 10),
    )


def budget_flattened():
    parts, widths = [], [3, 37, 26, 26]
    for ins, outs in itertools.pairwise(widths):
        parts += [nn.Conv2d(ins, outs, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*parts, nn.Flatten(), nn.Linear(26 * 4 * 4, 10))


class _FourConvolutions(nn.Module):
    def __init__(self, a, b, c, d):
        super().__init__()
        self.conv1 = nn.Conv2d(3, a, 3, padding=1)
        self.conv2 = nn.Conv2d(a, b, 3, stride=2, padding=1)
        self.conv3 = nn.Conv2d(b, c, 3, stride=2, padding=1)
        self.conv4 = nn.Conv2d(c, d, 3, padding=1)
        self.dense = nn.Linear(d, 10)

    def forward(self, x):
        for layer in (self.conv1, self.conv2, self.conv3, self.conv4):
            x = F.relu(layer(x))
        return self.dense(x.mean(dim=(2, 3)))


def budget_searched_class(total=20_000):
    for a in range(11, 20):
        for b in range(8, 30):
            for c in range(10, 40):
                rest = total - 28 * a - 9 * a * b - b - 9 * b * c - c - 10
                d, left = divmod(rest, 9 * c + 1 + 10)
                if left == 0 and d >= 10:
                    return _FourConvolutions(a, b, c, d)


def budget_normalised():
    parts, widths = [], [3, 17, 32, 46]
    for ins, outs in itertools.pairwise(widths):
        parts += [
            nn.Conv2d(ins, outs, 3, padding=1, bias=False),
            nn.BatchNorm2d(outs),
            nn.ReLU(),
            nn.MaxPool2d(2),
        ]
    return nn.Sequential(
        *parts, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(46, 21), nn.ReLU(), nn.Linear(21, 10)
    )


# alexnet_vgg.budget, wrong
def _plain(ins, a, b, c, between=nn.ReLU, last_bias=True):
    return [
        nn.Conv2d(ins, a, 3, padding=1),
        between(),
        nn.Conv2d(a, b, 3, padding=1),
        between(),
        nn.Conv2d(b, c, 3, padding=1),
        between(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(c, 10, bias=last_bias),
    ]


def budget_ten_too_few():
    return nn.Sequential(*_plain(3, 7, 26, 74, last_bias=False))


def budget_biases_not_counted():
    # 20 000 weights, and the biases besides
    return nn.Sequential(*_plain(3, 24, 34, 38))


def budget_two_convolutions():
    return nn.Sequential(
        nn.Conv2d(3, 39, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(39, 44, 3, padding=1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(44, 62),
        nn.ReLU(),
        nn.Linear(62, 10),
    )


def budget_nothing_between():
    return nn.Sequential(
        nn.Conv2d(3, 7, 3, padding=1),
        nn.Conv2d(7, 26, 3, padding=1),
        nn.Conv2d(26, 74, 3, padding=1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(74, 10),
    )


def budget_average_pooling_between():
    # average pooling is linear
    return nn.Sequential(
        nn.Conv2d(3, 7, 3, padding=1),
        nn.AvgPool2d(2),
        nn.Conv2d(7, 26, 3, padding=1),
        nn.AvgPool2d(2),
        nn.Conv2d(26, 74, 3, padding=1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(74, 10),
    )


class _FilledUp(nn.Module):
    """A parameter that nothing uses makes up the number."""

    def __init__(self):
        super().__init__()
        self.network = nn.Sequential(*_plain(3, 16, 24, 48))
        missing = 20_000 - sum(p.numel() for p in self.network.parameters())
        self.unused = nn.Parameter(torch.zeros(missing))

    def forward(self, x):
        return self.network(x)


def budget_filled_up():
    return _FilledUp()


def budget_first_layer_frozen():
    network = budget_global_average()
    for parameter in network[0].parameters():
        parameter.requires_grad_(False)
    return network


def budget_grey():
    return nn.Sequential(*_plain(1, 15, 34, 48))


def budget_not_flattened():
    # ten logits, but of shape (N, 10, 1, 1)
    return nn.Sequential(
        nn.Conv2d(3, 7, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(7, 26, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(26, 74, 3, padding=1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Conv2d(74, 10, 1),
    )


class _SideBySide(nn.Module):
    """Three convolutions side by side on the picture, not one after the other."""

    def __init__(self):
        super().__init__()
        self.one = nn.Conv2d(3, 8, 1)
        self.three = nn.Conv2d(3, 5, 3, padding=1)
        self.five = nn.Conv2d(3, 12, 5, padding=2)
        self.pool = nn.MaxPool2d(8)
        self.dense1 = nn.Linear(25 * 16, 46)
        self.dense2 = nn.Linear(46, 10)

    def forward(self, x):
        x = torch.cat([self.one(x), self.three(x), self.five(x)], dim=1)
        x = self.pool(torch.relu(x)).flatten(1)
        return self.dense2(torch.relu(self.dense1(x)))


def budget_side_by_side():
    return _SideBySide()


ANSWERS = {
    "alexnet_vgg.stack": (
        [
            (110592, 200704, 7),
            [110592, 200704, 7],
            torch.tensor([110592, 200704, 7]),
            (3 * 3**2 * 64**2, (7 * 64) ** 2, 1 + 3 * 2),
        ],
        [
            (110784, 200768, 7),
            (36864, 200704, 7),
            (110592, 200704, 9),
            (200704, 110592, 7),
            (110592, 200704, 3),
            (1728, 3136, 7),
            (27, 49, 7),
            (110592, 200704, 49),
            (110592, 602112, 7),
            (110592, 28672, 7),
        ],
    ),
    "alexnet_vgg.dropout": (
        [dropped_product, dropped_where, dropped_clone, dropped_numpy],
        [
            dropped_divided_by_p,
            dropped_not_scaled,
            dropped_times_kept_share,
            dropped_mask_turned,
            dropped_by_this_draw,
            dropped_in_place,
            dropped_draws_again,
            dropped_doubled,
            dropped_shortened,
            dropped_one_plus_p,
        ],
    ),
    "alexnet_vgg.replace": (
        [replace_formula, replace_grow_field, replace_ask_torch, replace_shrink_array],
        [
            replace_kernel_by_three,
            replace_one_too_many,
            replace_one_pixel_a_layer,
            replace_channels_once,
            replace_with_bias,
            replace_one_small_layer,
            replace_order_swapped,
            replace_kernel_in_one_axis,
            replace_field_of_area,
            replace_layers_multiply,
        ],
    ),
    "alexnet_vgg.local_response": (
        [response_loop, response_library, response_numpy_padded, response_band_matrix],
        [
            response_alpha_divided,
            response_mean_of_those_there,
            response_library_defaults,
            response_three_channels,
            response_five_on_each_side,
            response_square_root,
            response_not_squared,
            response_channels_wrap_round,
            response_along_rows,
            response_in_place,
        ],
    ),
    "alexnet_vgg.budget": (
        [budget_global_average, budget_flattened, budget_searched_class, budget_normalised],
        [
            budget_ten_too_few,
            budget_biases_not_counted,
            budget_two_convolutions,
            budget_nothing_between,
            budget_average_pooling_between,
            budget_filled_up,
            budget_first_layer_frozen,
            budget_grey,
            budget_not_flattened,
            budget_side_by_side,
        ],
    ),
}
