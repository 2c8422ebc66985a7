"""Answers of an outsider to the exercises of alexnet_vgg."""

import itertools
import math

import numpy as np
import scipy.ndimage
import torch
import torch.nn.functional as F
from torch import nn

# dropped: right


def dropped_where(x, kept, p):
    return torch.where(kept.bool(), x / (1 - p), torch.zeros_like(x)) if p < 1 else torch.zeros_like(x)


def dropped_loops(x, kept, p):
    pairs = zip(x.flatten().tolist(), kept.flatten().tolist(), strict=False)
    values = [value / (1 - p) if stays else 0.0 for value, stays in pairs]
    return torch.tensor(values, dtype=x.dtype).reshape(x.shape)


def dropped_indices(x, kept, p):
    result = torch.zeros_like(x)
    places = kept.bool()
    if places.any():
        result[places] = x[places] / (1 - p)
    return result


def dropped_numpy(x, kept, p):
    result = np.zeros(tuple(x.shape))
    np.divide(x.numpy(), 1 - p, out=result, where=kept.numpy().astype(bool))
    return result


# dropped: wrong


def dropped_not_larger(x, kept, p):
    return x * kept


def dropped_by_p(x, kept, p):
    """Right for p = 1/2."""
    return dropped_where(x, kept, 1 - p)


def dropped_never_negative(x, kept, p):
    """'After ReLU nothing is below 0.'"""
    return dropped_where(x, kept, p).clamp(min=0)


def dropped_other_way(x, kept, p):
    return dropped_where(x, ~kept.bool(), p)


def dropped_share_of_draw(x, kept, p):
    """Divided by the share that stayed in this draw: right where this is just 1 - p."""
    return x * kept / kept.double().mean().clamp(min=1e-12)


def dropped_drawn_again(x, kept, p):
    """The draw given is not looked at."""
    return F.dropout(x, p)


def dropped_writes_x(x, kept, p):
    """The numbers are right, but x has got zeros."""
    x[~kept.bool()] = 0
    return x / (1 - p) if p < 1 else x.clone()


def dropped_whole_factor(x, kept, p):
    """A whole factor: right for p = 0, 1/2, 3/4."""
    return x * kept * (round(1 / (1 - p)) if p < 1 else 0)


def dropped_larger_share(x, kept, p):
    """Divided by the larger one of p and 1 - p: right up to p = 1/2."""
    return x * kept / max(p, 1 - p)


def dropped_plus_p(x, kept, p):
    """1 + p instead of 1 / (1 - p): nearly right for a small p."""
    return x * kept * (1 + p)


# replace_by_small: right


def replace_formula(kernel_size, channels):
    layers = (kernel_size - 1) // 2
    return layers, 9 * layers * channels**2, kernel_size**2 * channels**2


def replace_search(kernel_size, channels):
    field, layers, weights = 1, 0, 0
    while field < kernel_size:
        field, layers, weights = field + 2, layers + 1, weights + 9 * channels * channels
    return [layers, weights, (kernel_size * channels) ** 2]


def replace_layers(kernel_size, channels):
    """Build them without numbers, and count."""
    stack = [
        nn.Conv2d(channels, channels, 3, bias=False, device="meta") for _ in range(1, kernel_size - 1, 2)
    ]
    large = nn.Conv2d(channels, channels, kernel_size, bias=False, device="meta")
    return len(stack), sum(layer.weight.numel() for layer in stack), large.weight.numel()


def replace_numpy(kernel_size, channels):
    return np.array([kernel_size // 2, kernel_size // 2 * 9, kernel_size**2]) * np.array(
        [1, channels**2, channels**2]
    )


# replace_by_small: wrong


def replace_with_biases(kernel_size, channels):
    layers = (kernel_size - 1) // 2
    return layers, layers * (9 * channels**2 + channels), kernel_size**2 * channels**2 + channels


def replace_third(kernel_size, channels):
    """Three pixels a layer, rounded up: right for 3, 5 and 7."""
    layers = math.ceil(kernel_size / 3)
    return layers, 9 * layers * channels**2, kernel_size**2 * channels**2


def replace_one_more(kernel_size, channels):
    layers = (kernel_size + 1) // 2
    return layers, 9 * layers * channels**2, kernel_size**2 * channels**2


def replace_one_pixel_each(kernel_size, channels):
    """Each layer adds one pixel: right for 3."""
    layers = kernel_size - 2
    return layers, 9 * layers * channels**2, kernel_size**2 * channels**2


def replace_channels_once(kernel_size, channels):
    """Right for one channel."""
    layers = kernel_size // 2
    return layers, 9 * layers * channels, kernel_size**2 * channels


def replace_one_layer_weights(kernel_size, channels):
    return kernel_size // 2, 9 * channels**2, kernel_size**2 * channels**2


def replace_rounded(kernel_size, channels):
    """Python rounds halves to the even number: right for 5, 9, 13."""
    layers = round(kernel_size / 2)
    return layers, 9 * layers * channels**2, kernel_size**2 * channels**2


def replace_at_most_three(kernel_size, channels):
    """Nobody piles up more than three."""
    layers = min(kernel_size // 2, 3)
    return layers, 9 * layers * channels**2, kernel_size**2 * channels**2


def replace_powers(kernel_size, channels):
    """The field is taken to triple with each layer: right for 3 and 5."""
    layers, field = 0, 1
    while field < kernel_size:
        layers, field = layers + 1, field * 3
    return layers, 9 * layers * channels**2, kernel_size**2 * channels**2


def replace_other_order(kernel_size, channels):
    layers = kernel_size // 2
    return layers, kernel_size**2 * channels**2, 9 * layers * channels**2


# local_response: right


def response_slices(x):
    sums = torch.stack([(x[max(c - 2, 0) : c + 3] ** 2).sum(0) for c in range(x.shape[0])])
    return x / (2 + 0.0001 * sums) ** 0.75


def response_library(x):
    """PyTorch divides alpha by the number of channels."""
    return F.local_response_norm(x[None], 5, alpha=5e-4, beta=0.75, k=2.0)[0]


def response_numpy(x):
    array = x.detach().numpy()
    sums = scipy.ndimage.correlate1d(array**2, np.ones(5), axis=0, mode="constant")
    return array * (2 + 1e-4 * sums) ** -0.75


def response_band(x):
    """The sum as a product with a band matrix of ones."""
    c = torch.arange(x.shape[0])
    band = ((c[:, None] - c).abs() <= 2).to(x.dtype)
    return x / (2 + 0.0001 * torch.einsum("ab,bhw->ahw", band, x.square())).pow(3).pow(0.25)


# local_response: wrong


def response_of_sums(x, sums, start=2, exponent=0.75):
    return x / (start + 0.0001 * sums) ** exponent


def response_library_alpha(x):
    """alpha as in the formula: PyTorch takes the mean of the five."""
    return F.local_response_norm(x[None], 5, alpha=1e-4, beta=0.75, k=2.0)[0]


def response_library_no_batch(x):
    """Without a batch axis PyTorch takes the rows for the channels."""
    return F.local_response_norm(x, 5, alpha=5e-4, beta=0.75, k=2.0)


def response_few_channels(x):
    """With fewer than five channels all are added up: right up to three, wrong for four."""
    if len(x) < 5:
        return response_of_sums(x, (x**2).sum(0))
    return response_slices(x)


def response_one_short(x):
    """c + 2 is not in the slice."""
    return response_of_sums(x, torch.stack([(x[max(c - 2, 0) : c + 2] ** 2).sum(0) for c in range(len(x))]))


def response_rolled(x):
    """Before the first channel comes the last one."""
    return response_of_sums(x, sum((x**2).roll(shift, 0) for shift in range(-2, 3)))


def response_negative_start(x):
    """x[-2:3] is empty or too short: the first two channels are wrong."""
    return response_of_sums(x, torch.stack([(x[c - 2 : c + 3] ** 2).sum(0) for c in range(len(x))]))


def response_running(x):
    """The channels below are already normalised when they are summed."""
    x = x.clone()
    for c in range(len(x)):
        x[c] = response_of_sums(x[c], (x[max(c - 2, 0) : c + 3] ** 2).sum(0))
    return x


def response_always_five(x):
    """At the ends the five move inwards, so that there are always five."""
    starts = [min(max(c - 2, 0), max(len(x) - 5, 0)) for c in range(len(x))]
    return response_of_sums(x, torch.stack([(x[start : start + 5] ** 2).sum(0) for start in starts]))


def response_repeated_ends(x):
    """The first and last channel stand for those beyond them."""
    numbers = (torch.arange(len(x))[:, None] + torch.arange(-2, 3)).clamp(0, len(x) - 1)
    return response_of_sums(x, (x[numbers] ** 2).sum(1))


def response_square_of_sum(x):
    """The square of the sum, not the sum of the squares."""
    return response_of_sums(x, torch.stack([x[max(c - 2, 0) : c + 3].sum(0) ** 2 for c in range(len(x))]))


# network_of_20000: right


def block(before, after, between=nn.ReLU, pool=nn.MaxPool2d, size=3):
    return [nn.Conv2d(before, after, size, padding=size // 2), between(), pool(2)]


def head(channels, bias=True):
    return [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 10, bias=bias)]


def network_pooled():
    return nn.Sequential(*block(3, 34), *block(34, 50), *block(50, 8), *head(8))


class StridedNetwork(nn.Module):
    """Strides instead of pooling, a smooth non-linearity."""

    def __init__(self):
        super().__init__()
        widths = [3, 45, 39, 8]
        self.convolutions = nn.ModuleList(
            nn.Conv2d(a, b, 3, stride=2, padding=1) for a, b in itertools.pairwise(widths)
        )
        self.last = nn.Linear(8, 10)

    def forward(self, x):
        for convolution in self.convolutions:
            x = torch.tanh(convolution(x))
        return self.last(x.mean(dim=(2, 3)))


def network_strided():
    return StridedNetwork()


def network_four():
    """Four convolutions with GELU."""
    return nn.Sequential(
        *block(3, 12, nn.GELU),
        *block(12, 26, nn.GELU),
        *block(26, 40, nn.GELU),
        *block(40, 20, nn.GELU),
        *head(20),
    )


def network_flattened():
    """All 4x4 places go into the dense layer."""
    return nn.Sequential(
        *block(3, 37, nn.ELU),
        *block(37, 26, nn.ELU),
        *block(26, 26, nn.ELU),
        nn.Flatten(),
        nn.Linear(26 * 16, 10),
    )


# network_of_20000: wrong


def network_ten_short():
    """No bias at the end: 19,990."""
    return nn.Sequential(*block(3, 34), *block(34, 50), *block(50, 8), *head(8, bias=False))


def network_two_convolutions():
    """20,000, but two convolutions only."""
    return nn.Sequential(
        *block(3, TWO[0]),
        *block(TWO[0], TWO[1]),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(TWO[1], TWO[2]),
        nn.ReLU(),
        nn.Linear(TWO[2], 10),
    )


def network_linear():
    """ReLU only after the last convolution: the three are one."""
    return nn.Sequential(
        nn.Conv2d(3, 34, 3, stride=2),
        nn.Conv2d(34, 50, 3, stride=2),
        nn.Conv2d(50, 8, 3),
        nn.ReLU(),
        *head(8),
    )


def network_average_pools():
    """Average pooling and dropout between the convolutions: as linear as nothing."""
    return nn.Sequential(
        *block(3, 34, nn.Dropout2d, nn.AvgPool2d),
        *block(34, 50, nn.Dropout2d, nn.AvgPool2d),
        nn.Conv2d(50, 8, 3),
        nn.ReLU(),
        *head(8),
    )


class Filled(nn.Module):
    """A small network, and a parameter that fills up the rest and does nothing."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(*block(3, 16), *block(16, 32), *block(32, 32), *head(32))
        self.rest = nn.Parameter(torch.zeros(20000 - sum(p.numel() for p in self.layers.parameters())))

    def forward(self, x):
        return self.layers(x) + 0 * self.rest.sum()


def network_filled():
    return Filled()


def network_frozen():
    """The first layer's weights are not trained."""
    network = network_pooled()
    network[0].requires_grad_(False)
    return network


class Detached(nn.Module):
    """All parameters could be trained, but the derivatives end before the last layer."""

    def __init__(self):
        super().__init__()
        layers = list(network_pooled())
        self.features, self.last = nn.Sequential(*layers[:-1]), layers[-1]

    def forward(self, x):
        return self.last(self.features(x).detach())


def network_detached():
    return Detached()


def network_normalised():
    """Biases before a normalisation that takes them away again, in each mode."""
    layers = []
    for a, b in [(3, 38), (38, 26), (26, 40)]:
        layers += [
            nn.Conv2d(a, b, 3, padding=1),
            nn.InstanceNorm2d(b, affine=True),
            nn.ReLU(),
            nn.MaxPool2d(2),
        ]
    return nn.Sequential(*layers, *head(40))


def network_padded_point():
    """The third convolution sees one pixel in a border of zeros: only its middle weights count."""
    return nn.Sequential(
        *block(3, 34),
        *block(34, 50),
        nn.AdaptiveAvgPool2d(1),
        nn.Conv2d(50, 8, 3, padding=1),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(8, 10),
    )


class Parallel(nn.Module):
    """Three convolutions side by side, not one after the other."""

    def __init__(self):
        super().__init__()
        self.branches = nn.ModuleList(
            nn.Conv2d(3, width, size, padding=size // 2) for width, size in zip(SIDE, (3, 5, 7), strict=False)
        )
        self.last = nn.Sequential(*head(sum(SIDE)))

    def forward(self, x):
        return self.last(torch.cat([F.relu(branch(x)) for branch in self.branches], dim=1))


def network_parallel():
    return Parallel()


TWO = (19, 39, 255)  # widths that give 20,000
SIDE = (32, 75, 78)

ANSWERS = {
    "alexnet_vgg.stack": (
        [
            (110592, 200704, 7),
            [3 * 9 * 64**2, 49 * 64**2, 1 + 3 * 2],
            np.array([110592, 200704, 7]),
            torch.tensor([110592.0, 200704.0, 7.0]),
        ],
        [
            (110784, 200768, 7),  # with biases
            (36864, 200704, 7),  # one of the three
            (1728, 3136, 7),  # channels once
            (27, 49, 7),  # no channels
            (200704, 110592, 7),  # the other order
            (110592, 200704, 9),  # three times three
            (110592, 200704, 49),  # pixels of the whole square
            (110592, 200704, 5),  # two layers
            (110592, 200704, 6),  # forgot the one in the middle
            (75456, 9408, 7),
        ],
    ),  # the first layers see a picture of three channels
    "alexnet_vgg.dropout": (
        [dropped_where, dropped_loops, dropped_indices, dropped_numpy],
        [
            dropped_not_larger,
            dropped_by_p,
            dropped_never_negative,
            dropped_other_way,
            dropped_share_of_draw,
            dropped_drawn_again,
            dropped_writes_x,
            dropped_whole_factor,
            dropped_larger_share,
            dropped_plus_p,
        ],
    ),
    "alexnet_vgg.replace": (
        [replace_formula, replace_search, replace_layers, replace_numpy],
        [
            replace_with_biases,
            replace_third,
            replace_one_more,
            replace_one_pixel_each,
            replace_channels_once,
            replace_one_layer_weights,
            replace_rounded,
            replace_at_most_three,
            replace_powers,
            replace_other_order,
        ],
    ),
    "alexnet_vgg.local_response": (
        [response_slices, response_library, response_numpy, response_band],
        [
            response_library_alpha,
            response_library_no_batch,
            response_few_channels,
            response_one_short,
            response_rolled,
            response_negative_start,
            response_running,
            response_always_five,
            response_repeated_ends,
            response_square_of_sum,
        ],
    ),
    "alexnet_vgg.budget": (
        [network_pooled, network_strided, network_four, network_flattened],
        [
            network_ten_short,
            network_two_convolutions,
            network_linear,
            network_average_pools,
            network_filled,
            network_frozen,
            network_detached,
            network_normalised,
            network_padded_point,
            network_parallel,
        ],
    ),
}
