"""Right and wrong answers of an outsider to the five tasks on residual networks."""

import itertools
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


# ---------------------------------------------------------------- block: right
class BlockPlain(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(16, 32, 3, stride=2, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(32)
        self.conv2 = nn.Conv2d(32, 32, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(32)

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(out + F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, 0, 16)))


class BlockSequential(nn.Module):
    def __init__(self):
        super().__init__()
        self.branch = nn.Sequential(
            nn.Conv2d(16, 32, 3, 2, 1, bias=False),
            nn.BatchNorm2d(32),
            nn.ReLU(inplace=True),
            nn.Conv2d(32, 32, 3, 1, 1, bias=False),
            nn.BatchNorm2d(32),
        )
        self.relu = nn.ReLU()

    def forward(self, x):
        kept = F.max_pool2d(x, kernel_size=1, stride=2)
        return self.relu(self.branch(x) + torch.cat([kept, torch.zeros_like(kept)], dim=1))


class BlockBackwards(nn.Module):
    """The layers are declared last first."""

    def __init__(self):
        super().__init__()
        self.norm_b = nn.BatchNorm2d(32)
        self.conv_b = nn.Conv2d(32, 32, (3, 3), padding="same", bias=False)
        self.norm_a = nn.BatchNorm2d(32)
        self.conv_a = nn.Conv2d(16, 32, (3, 3), (2, 2), (1, 1), bias=False)

    def forward(self, x):
        y = self.norm_a(self.conv_a(x)).clamp(min=0)
        y = self.norm_b(self.conv_b(y))
        rows = torch.arange(0, x.shape[2], 2)
        columns = torch.arange(0, x.shape[3], 2)
        first = y[:, :16] + x.index_select(2, rows).index_select(3, columns)
        return torch.cat((first, y[:, 16:]), dim=1).clamp(min=0)


def make_block():
    class Shortcut(nn.Module):
        def forward(self, x):
            n, c, h, w = x.shape
            y = x.new_zeros(n, 32, h // 2, w // 2)
            y[:, :c] = x[..., 0::2, 0::2]
            return y

    class Residual(nn.Module):
        def __init__(self, shortcut, *branch):
            super().__init__()
            self.shortcut = shortcut
            self.branch = nn.ModuleList(branch)

        def forward(self, x):
            y = x
            for layer in self.branch:
                y = layer(y)
            return torch.relu(self.shortcut(x) + y)

    return Residual(
        Shortcut(),
        nn.Conv2d(16, 32, 3, 2, 1, bias=False),
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.Conv2d(32, 32, 3, 1, 1, bias=False),
        nn.BatchNorm2d(32),
    )


# ---------------------------------------------------------------- block: wrong
def _tail(kept):
    return torch.cat([kept, torch.zeros_like(kept)], dim=1)


class _Base(nn.Module):
    def __init__(self, strides=(2, 1), bias=False):
        super().__init__()
        self.conv1 = nn.Conv2d(16, 32, 3, stride=strides[0], padding=1, bias=bias)
        self.bn1 = nn.BatchNorm2d(32)
        self.conv2 = nn.Conv2d(32, 32, 3, stride=strides[1], padding=1, bias=bias)
        self.bn2 = nn.BatchNorm2d(32)

    def branch(self, x):
        return self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))

    def shortcut(self, x):
        return _tail(x[:, :, ::2, ::2])

    def forward(self, x):
        return F.relu(self.branch(x) + self.shortcut(x))


class BlockOddPixels(_Base):
    def shortcut(self, x):
        return _tail(x[:, :, 1::2, 1::2])


class BlockZerosOnBothSides(_Base):
    def shortcut(self, x):
        return F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, 8, 8))


class BlockAveragePool(_Base):
    def shortcut(self, x):
        return _tail(F.avg_pool2d(x, 2))


class BlockReluBeforeSum(_Base):
    def forward(self, x):
        return F.relu(self.branch(x)) + self.shortcut(x)


class BlockProjection(_Base):
    def __init__(self):
        super().__init__()
        self.down = nn.Sequential(nn.Conv2d(16, 32, 1, stride=2, bias=False), nn.BatchNorm2d(32))

    def shortcut(self, x):
        return self.down(x)


class BlockLateStride(_Base):
    def __init__(self):
        super().__init__(strides=(1, 2))


class BlockSharedNorm(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(16, 32, 3, 2, 1, bias=False)
        self.conv2 = nn.Conv2d(32, 32, 3, 1, 1, bias=False)
        self.bn = nn.BatchNorm2d(32)
        self.relu = nn.ReLU()

    def forward(self, x):
        out = self.relu(self.bn(self.conv1(x)))
        out = self.bn(self.conv2(out))
        return self.relu(out + _tail(x[:, :, ::2, ::2]))


class BlockSumIntoInput(_Base):
    def forward(self, x):
        out = self.branch(x)
        kept = x[:, :, ::2, ::2]
        kept += out[:, :16]
        return F.relu(torch.cat([kept, out[:, 16:]], dim=1))


class BlockSquareOnly(_Base):
    def shortcut(self, x):
        half = x.shape[2] // 2
        return torch.cat([x[:, :, ::2, ::2], x.new_zeros(x.shape[0], 16, half, half)], dim=1)


class BlockReluOnInput(_Base):
    def forward(self, x):
        x = F.relu(x)
        return F.relu(self.branch(x) + self.shortcut(x))


# ---------------------------------------------------------------- delta: right
def delta_dirac(mean, variance, eps):
    c = len(mean)
    weight = nn.init.dirac_(torch.empty(c, c, 3, 3, dtype=mean.dtype))
    return weight, (torch.sqrt(variance + eps), mean.clone())


def delta_loop(mean, variance, eps):
    c = mean.shape[0]
    weight = torch.zeros((c, c, 3, 3), dtype=torch.float64)
    gamma = torch.zeros(c, dtype=torch.float64)
    beta = torch.zeros(c, dtype=torch.float64)
    for i in range(c):
        weight[i, i, 1, 1] = 1.0
        gamma[i] = math.sqrt(float(variance[i]) + eps)
        beta[i] = float(mean[i])
    return weight, (gamma, beta)


def delta_numpy(mean, variance, eps):
    m, v = mean.numpy(), variance.numpy()
    centre = np.zeros((3, 3))
    centre[1, 1] = 1
    weight = np.einsum("oc,hw->ochw", np.eye(len(m)), centre)
    return torch.from_numpy(weight.copy()), (torch.from_numpy(np.sqrt(v + eps)), torch.from_numpy(m.copy()))


def delta_pad(mean, variance, eps):
    weight = F.pad(torch.diag(torch.ones_like(mean))[:, :, None, None], (1, 1, 1, 1))
    return weight, ((variance + eps) ** 0.5, mean)


# ---------------------------------------------------------------- delta: wrong
def _identity(mean):
    return F.pad(torch.diag(torch.ones_like(mean))[:, :, None, None], (1, 1, 1, 1))


def delta_all_channels(mean, variance, eps):
    c = len(mean)
    weight = torch.zeros(c, c, 3, 3, dtype=mean.dtype)
    weight[:, :, 1, 1] = 1
    return weight, (torch.sqrt(variance + eps), mean)


def delta_corner(mean, variance, eps):
    c = len(mean)
    weight = torch.zeros(c, c, 3, 3, dtype=mean.dtype)
    for i in range(c):
        weight[i, i, 0, 0] = 1
    return weight, (torch.sqrt(variance + eps), mean)


def delta_without_eps(mean, variance, eps):
    return _identity(mean), (torch.sqrt(variance), mean)


def delta_eps_outside(mean, variance, eps):
    return _identity(mean), (torch.sqrt(variance) + eps, mean)


def delta_negative_mean(mean, variance, eps):
    return _identity(mean), (torch.sqrt(variance + eps), -mean)


def delta_inverse_root(mean, variance, eps):
    return _identity(mean), (1 / torch.sqrt(variance + eps), mean)


def delta_beta_gamma(mean, variance, eps):
    return _identity(mean), (mean, torch.sqrt(variance + eps))


def delta_trivial_norm(mean, variance, eps):
    return _identity(mean), (torch.ones_like(mean), torch.zeros_like(mean))


def delta_scale_in_weight(mean, variance, eps):
    root = torch.sqrt(variance + eps)
    return _identity(mean) * root[:, None, None, None], (torch.ones_like(mean), mean / root)


def delta_beta_scaled(mean, variance, eps):
    root = torch.sqrt(variance + eps)
    return _identity(mean), (root, mean / root)


# ---------------------------------------------------------------- parameters: right
def parameters_closed(n):
    return 6 * n + 2, 97216 * n - 21926


def parameters_loop(n):
    depth, total, channels = 1, 9 * 3 * 16 + 2 * 16, 16
    for width in (16, 32, 64):
        for _ in range(2 * n):
            total += 9 * channels * width + 2 * width
            channels = width
            depth += 1
    return depth + 1, total + 64 * 10 + 10


def parameters_torch(n):
    with torch.device("meta"):
        layers = [nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16)]
        before = 16
        for width in [16] * (2 * n) + [32] * (2 * n) + [64] * (2 * n):
            layers += [nn.Conv2d(before, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.ReLU()]
            before = width
        net = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))
    depth = sum(isinstance(layer, (nn.Conv2d, nn.Linear)) for layer in net)
    return depth, sum(p.numel() for p in net.parameters() if p.requires_grad)


def parameters_numpy(n):
    widths = np.concatenate([[3, 16], np.repeat([16, 32, 64], 2 * n)])
    convolutions = 9 * int((widths[:-1] * widths[1:]).sum())
    norms = 2 * int(widths[1:].sum())
    return len(widths) - 1 + 1, convolutions + norms + 65 * 10


# ---------------------------------------------------------------- parameters: wrong
def parameters_depth_without_dense(n):
    return 6 * n + 1, 97216 * n - 21926


def parameters_without_norm(n):
    return 6 * n + 2, parameters_closed(n)[1] - 448 * n - 32


def parameters_running_statistics(n):
    return 6 * n + 2, parameters_closed(n)[1] + 448 * n + 32


def parameters_swapped_pair(n):
    depth, total = parameters_loop(n)
    return total, depth


def parameters_convolution_biases(n):
    return 6 * n + 2, parameters_closed(n)[1] + 16 + 2 * n * (16 + 32 + 64)


def parameters_no_step_between_stages(n):
    total = 9 * 3 * 16 + 2 * 16 + 64 * 10 + 10
    for width in (16, 32, 64):
        total += 2 * n * (9 * width * width + 2 * width)
    return 6 * n + 2, total


def parameters_every_block_doubles(n):
    total = 9 * 3 * 16 + 2 * 16 + 64 * 10 + 10
    for before, width in ((16, 16), (16, 32), (32, 64)):
        total += n * (9 * before * width + 9 * width * width + 4 * width)
    return 6 * n + 2, total


def parameters_first_norm_forgotten(n):
    total, channels = 9 * 3 * 16 + 64 * 10 + 10, 16
    for width in (16, 32, 64):
        for _ in range(2 * n):
            total += 9 * channels * width + 2 * width
            channels = width
    return 6 * n + 2, total


def parameters_projections(n):
    return 6 * n + 2, parameters_closed(n)[1] + 16 * 32 + 32 * 64


def parameters_dense_bias_forgotten(n):
    return 6 * n + 2, parameters_closed(n)[1] - 10


# ---------------------------------------------------------------- scalar_gradient: right
def scalar_table(a):
    sums = [1.0] + [0.0] * len(a)
    for i, value in enumerate(a):
        for l in range(i + 1, 0, -1):
            sums[l] += value * sums[l - 1]
    return sums


def scalar_combinations(a):
    return [sum(math.prod(chosen) for chosen in itertools.combinations(a, l)) for l in range(len(a) + 1)]


def scalar_polynomial(a):
    polynomial = np.array([1.0])
    for value in a:
        polynomial = np.convolve(polynomial, [1.0, value])
    return polynomial.tolist()


def scalar_recursive(a):
    if not a:
        return [1]
    rest = scalar_recursive(a[1:])
    return [s + a[0] * b for s, b in zip([*rest, 0], [0, *rest], strict=False)]


# ---------------------------------------------------------------- scalar_gradient: wrong
def scalar_backwards(a):
    return scalar_combinations(a)[::-1]


def scalar_without_shortcut_path(a):
    return scalar_combinations(a)[1:]


def scalar_neighbours_only(a):
    out = [1.0]
    for l in range(1, len(a) + 1):
        out.append(sum(math.prod(a[i : i + l]) for i in range(len(a) - l + 1)))
    return out


def scalar_table_forwards(a):
    sums = [1.0] + [0.0] * len(a)
    for value in a:
        for l in range(1, len(a) + 1):
            sums[l] += value * sums[l - 1]
    return sums


def scalar_binomial(a):
    mean = sum(a) / len(a) if a else 0.0
    return [math.comb(len(a), l) * mean**l for l in range(len(a) + 1)]


def scalar_roots(a):
    return np.atleast_1d(np.poly(a)).tolist()


def scalar_equal_values_once(a):
    return [
        sum(math.prod(chosen) for chosen in set(itertools.combinations(sorted(a), l)))
        for l in range(len(a) + 1)
    ]


def scalar_empty_list(a):
    if not a:
        return []
    return scalar_table(a)


def scalar_at_most(a):
    return list(itertools.accumulate(scalar_combinations(a)))


def scalar_power_sums(a):
    return [1.0] + [sum(value**l for value in a) for l in range(1, len(a) + 1)]


# ---------------------------------------------------------------- zero_pad: right
def pad_library(x, out_channels, stride):
    return F.pad(x[:, :, ::stride, ::stride], (0, 0, 0, 0, 0, out_channels - x.shape[1]))


def pad_cat(x, out_channels, stride):
    n, c, h, w = x.shape
    kept = x[:, :, torch.arange(0, h, stride)][:, :, :, torch.arange(0, w, stride)]
    zeros = torch.zeros(n, out_channels - c, kept.shape[2], kept.shape[3], dtype=x.dtype)
    return torch.cat([kept, zeros], dim=1)


def pad_loops(x, out_channels, stride):
    n, c, h, w = x.shape
    out = np.zeros((n, out_channels, -(-h // stride), -(-w // stride)))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            out[:, :c, i, j] = x[:, :, i * stride, j * stride].detach().numpy()
    return torch.from_numpy(out)


def pad_pool(x, out_channels, stride):
    kept = F.avg_pool2d(x, kernel_size=1, stride=stride)
    out = kept.new_zeros((kept.shape[0], out_channels, *tuple(kept.shape[2:])))
    out[:, : kept.shape[1]] = kept
    return out


# ---------------------------------------------------------------- zero_pad: wrong
def pad_last_of_stride(x, out_channels, stride):
    kept = x[:, :, stride - 1 :: stride, stride - 1 :: stride]
    return F.pad(kept, (0, 0, 0, 0, 0, out_channels - x.shape[1]))


def pad_in_front(x, out_channels, stride):
    return F.pad(x[:, :, ::stride, ::stride], (0, 0, 0, 0, out_channels - x.shape[1], 0))


def pad_both_sides(x, out_channels, stride):
    extra = out_channels - x.shape[1]
    return F.pad(x[:, :, ::stride, ::stride], (0, 0, 0, 0, extra // 2, extra - extra // 2))


def pad_average(x, out_channels, stride):
    return F.pad(F.avg_pool2d(x, stride), (0, 0, 0, 0, 0, out_channels - x.shape[1]))


def pad_rows_only(x, out_channels, stride):
    return F.pad(x[:, :, ::stride], (0, 0, 0, 0, 0, out_channels - x.shape[1]))


def pad_stride_two(x, out_channels, stride):
    if stride != 1:
        x = x[:, :, ::2, ::2]
    return F.pad(x, (0, 0, 0, 0, 0, out_channels - x.shape[1]))


def pad_floor_size(x, out_channels, stride):
    n, c, h, w = x.shape
    out = x.new_zeros(n, out_channels, h // stride, w // stride)
    for i in range(h // stride):
        for j in range(w // stride):
            out[:, :c, i, j] = x[:, :, i * stride, j * stride]
    return out


def pad_doubled(x, out_channels, stride):
    kept = x[:, :, ::stride, ::stride]
    if out_channels == x.shape[1]:
        return kept
    return torch.cat([kept, torch.zeros_like(kept)], dim=1)


def pad_interpolate(x, out_channels, stride):
    h, w = x.shape[2:]
    kept = F.interpolate(x, size=((h + stride - 1) // stride, (w + stride - 1) // stride), mode="nearest")
    return F.pad(kept, (0, 0, 0, 0, 0, out_channels - x.shape[1]))


def pad_out_channels_more(x, out_channels, stride):
    kept = x[:, :, ::stride, ::stride]
    zeros = x.new_zeros(x.shape[0], out_channels, kept.shape[2], kept.shape[3])
    return torch.cat([kept, zeros], dim=1)


ANSWERS = {
    "resnet.block": (
        [BlockPlain, BlockSequential, BlockBackwards, make_block],
        [
            BlockOddPixels,
            BlockZerosOnBothSides,
            BlockAveragePool,
            BlockReluBeforeSum,
            BlockProjection,
            BlockLateStride,
            BlockSharedNorm,
            BlockSumIntoInput,
            BlockSquareOnly,
            BlockReluOnInput,
        ],
    ),
    "resnet.delta": (
        [delta_dirac, delta_loop, delta_numpy, delta_pad],
        [
            delta_all_channels,
            delta_corner,
            delta_without_eps,
            delta_eps_outside,
            delta_negative_mean,
            delta_inverse_root,
            delta_beta_gamma,
            delta_trivial_norm,
            delta_scale_in_weight,
            delta_beta_scaled,
        ],
    ),
    "resnet.parameters": (
        [parameters_closed, parameters_loop, parameters_torch, parameters_numpy],
        [
            parameters_depth_without_dense,
            parameters_without_norm,
            parameters_running_statistics,
            parameters_swapped_pair,
            parameters_convolution_biases,
            parameters_no_step_between_stages,
            parameters_every_block_doubles,
            parameters_first_norm_forgotten,
            parameters_projections,
            parameters_dense_bias_forgotten,
        ],
    ),
    "resnet.scalar_gradient": (
        [scalar_table, scalar_combinations, scalar_polynomial, scalar_recursive],
        [
            scalar_backwards,
            scalar_without_shortcut_path,
            scalar_neighbours_only,
            scalar_table_forwards,
            scalar_binomial,
            scalar_roots,
            scalar_equal_values_once,
            scalar_empty_list,
            scalar_at_most,
            scalar_power_sums,
        ],
    ),
    "resnet.zero_pad": (
        [pad_library, pad_cat, pad_loops, pad_pool],
        [
            pad_last_of_stride,
            pad_in_front,
            pad_both_sides,
            pad_average,
            pad_rows_only,
            pad_stride_two,
            pad_floor_size,
            pad_doubled,
            pad_interpolate,
            pad_out_channels_more,
        ],
    ),
}
