"""Right and wrong answers of an outsider to the five tasks on batch norm."""

import functools

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


# ---------------------------------------------------------------- axes: right
def axes_reshape(x, num_groups, eps):
    n = x.shape[0]
    rows = x.reshape(n, num_groups, -1)
    mu = rows.mean(dim=2, keepdim=True)
    var = ((rows - mu) ** 2).mean(dim=2, keepdim=True)
    return ((rows - mu) / torch.sqrt(var + eps)).reshape(x.shape)


def axes_library(x, num_groups, eps):
    return F.group_norm(x, num_groups, eps=eps)


def axes_numpy_loops(x, num_groups, eps):
    values = x.detach().numpy()
    out = np.empty_like(values)
    size = values.shape[1] // num_groups
    for i in range(values.shape[0]):
        for g in range(num_groups):
            part = values[i, g * size : (g + 1) * size]
            out[i, g * size : (g + 1) * size] = (part - part.mean()) / np.sqrt(part.var() + eps)
    return torch.from_numpy(out)


def axes_as_batch_norm(x, num_groups, eps):
    n, c, h, w = x.shape
    flat = x.reshape(1, n * num_groups, c // num_groups * h, w)
    return F.batch_norm(flat, None, None, training=True, eps=eps).reshape(n, c, h, w)


# ---------------------------------------------------------------- axes: wrong
def axes_over_batch(x, num_groups, eps):
    n, c, h, w = x.shape
    y = x.reshape(n, num_groups, c // num_groups, h, w)
    mu = y.mean(dim=(0, 2, 3, 4), keepdim=True)
    var = y.var(dim=(0, 2, 3, 4), unbiased=False, keepdim=True)
    return ((y - mu) / torch.sqrt(var + eps)).reshape(x.shape)


def axes_unbiased(x, num_groups, eps):
    y = x.reshape(x.shape[0], num_groups, -1)
    return ((y - y.mean(2, keepdim=True)) / torch.sqrt(y.var(2, keepdim=True) + eps)).reshape(x.shape)


def axes_eps_outside(x, num_groups, eps):
    y = x.reshape(x.shape[0], num_groups, -1)
    return ((y - y.mean(2, keepdim=True)) / (y.std(2, unbiased=False, keepdim=True) + eps)).reshape(x.shape)


def axes_interleaved(x, num_groups, eps):
    n, c, h, w = x.shape
    y = x.reshape(n, c // num_groups, num_groups, h, w)
    mu = y.mean(dim=(1, 3, 4), keepdim=True)
    var = y.var(dim=(1, 3, 4), unbiased=False, keepdim=True)
    return ((y - mu) / torch.sqrt(var + eps)).reshape(x.shape)


def axes_group_size(x, num_groups, eps):
    n, c, h, w = x.shape
    y = x.reshape(n, c // num_groups, num_groups * h * w)
    mu = y.mean(dim=2, keepdim=True)
    var = y.var(dim=2, unbiased=False, keepdim=True)
    return ((y - mu) / torch.sqrt(var + eps)).reshape(x.shape)


def axes_mean_of_variances(x, num_groups, eps):
    n, c, h, w = x.shape
    y = x.reshape(n, num_groups, c // num_groups, h, w)
    mu = y.mean(dim=(2, 3, 4), keepdim=True)
    var = y.var(dim=(3, 4), unbiased=False, keepdim=True).mean(dim=2, keepdim=True)
    return ((y - mu) / torch.sqrt(var + eps)).reshape(x.shape)


def axes_no_root(x, num_groups, eps):
    y = x.reshape(x.shape[0], num_groups, -1)
    var = y.var(2, unbiased=False, keepdim=True)
    return ((y - y.mean(2, keepdim=True)) / (var + eps)).reshape(x.shape)


def axes_in_place(x, num_groups, eps):
    size = x.shape[1] // num_groups
    for picture in x:
        for g in range(num_groups):
            part = picture[g * size : (g + 1) * size]
            part -= part.mean()
            part /= torch.sqrt((part**2).mean() + eps)
    return x


def axes_default_eps(x, num_groups, eps):
    return F.group_norm(x, num_groups)


def axes_first_picture_statistics(x, num_groups, eps):
    out = torch.zeros_like(x)
    size = x.shape[1] // num_groups
    for g in range(num_groups):
        part = x[:, g * size : (g + 1) * size]
        mu = part[0].mean()
        var = ((part[0] - mu) ** 2).mean()
        out[:, g * size : (g + 1) * size] = (part - mu) / torch.sqrt(var + eps)
    return out


# ---------------------------------------------------------------- fold: right
def fold_broadcast(weight, bias, mean, variance, gamma, beta, eps):
    scale = gamma / torch.sqrt(variance + eps)
    return weight * scale[:, None, None, None], (bias - mean) * scale + beta


def fold_library(weight, bias, mean, variance, gamma, beta, eps):
    w, b = nn.utils.fusion.fuse_conv_bn_weights(weight, bias, mean, variance, eps, gamma, beta)
    return w.detach(), b.detach()


def fold_numpy_loop(weight, bias, mean, variance, gamma, beta, eps):
    w = weight.detach().numpy().copy()
    b = bias.detach().numpy().copy()
    for o in range(len(b)):
        factor = float(gamma[o]) / (float(variance[o]) + eps) ** 0.5
        w[o] *= factor
        b[o] = float(beta[o]) + factor * (b[o] - float(mean[o]))
    return torch.from_numpy(w), torch.from_numpy(b)


def fold_matrix(weight, bias, mean, variance, gamma, beta, eps):
    matrix = torch.diag(gamma * (variance + eps).rsqrt())
    flat = matrix @ weight.reshape(weight.shape[0], -1)
    return flat.reshape(weight.shape), matrix @ bias + (beta - matrix @ mean)


# ---------------------------------------------------------------- fold: wrong
def fold_input_axis(weight, bias, mean, variance, gamma, beta, eps):
    scale = gamma / torch.sqrt(variance + eps)
    return weight * scale[None, :, None, None], (bias - mean) * scale + beta


def fold_bias_not_scaled(weight, bias, mean, variance, gamma, beta, eps):
    scale = gamma / torch.sqrt(variance + eps)
    return weight * scale.reshape(-1, 1, 1, 1), bias - mean * scale + beta


def fold_bias_forgotten(weight, bias, mean, variance, gamma, beta, eps):
    scale = gamma / torch.sqrt(variance + eps)
    return weight * scale.reshape(-1, 1, 1, 1), beta - mean * scale


def fold_eps_outside(weight, bias, mean, variance, gamma, beta, eps):
    scale = gamma / (torch.sqrt(variance) + eps)
    return weight * scale.reshape(-1, 1, 1, 1), (bias - mean) * scale + beta


def fold_no_root(weight, bias, mean, variance, gamma, beta, eps):
    scale = gamma / (variance + eps)
    return weight * scale.reshape(-1, 1, 1, 1), (bias - mean) * scale + beta


def fold_bias_in_place(weight, bias, mean, variance, gamma, beta, eps):
    scale = gamma / torch.sqrt(variance + eps)
    folded = weight * scale.reshape(-1, 1, 1, 1)
    bias -= mean
    return folded, bias * scale + beta


def fold_swapped_pair(weight, bias, mean, variance, gamma, beta, eps):
    scale = gamma / torch.sqrt(variance + eps)
    return (bias - mean) * scale + beta, weight * scale.reshape(-1, 1, 1, 1)


def fold_bias_without_gamma(weight, bias, mean, variance, gamma, beta, eps):
    root = torch.sqrt(variance + eps)
    return weight * (gamma / root).reshape(-1, 1, 1, 1), (bias - mean) / root + beta


def fold_beta_scaled(weight, bias, mean, variance, gamma, beta, eps):
    scale = gamma / torch.sqrt(variance + eps)
    return weight * scale.reshape(-1, 1, 1, 1), (bias - mean + beta) * scale


def fold_default_eps(weight, bias, mean, variance, gamma, beta, eps):
    bn = nn.BatchNorm2d(len(mean)).double()
    scale = gamma / torch.sqrt(variance + bn.eps)
    return weight * scale.reshape(-1, 1, 1, 1), (bias - mean) * scale + beta


# ---------------------------------------------------------------- forward: right
def forward_dims(x, gamma, beta, eps):
    mu = x.mean(dim=(0, 2, 3), keepdim=True)
    var = ((x - mu) ** 2).mean(dim=(0, 2, 3), keepdim=True)
    return gamma.view(1, -1, 1, 1) * (x - mu) / torch.sqrt(var + eps) + beta.view(1, -1, 1, 1)


def forward_library(x, gamma, beta, eps):
    return F.batch_norm(x, None, None, gamma, beta, training=True, eps=eps)


def forward_numpy_channels(x, gamma, beta, eps):
    values = x.detach().numpy()
    out = np.zeros(values.shape)
    for c in range(values.shape[1]):
        channel = values[:, c]
        count = channel.size
        mu = channel.sum() / count
        var = np.square(channel - mu).sum() / count
        out[:, c] = float(gamma[c]) * (channel - mu) / (var + eps) ** 0.5 + float(beta[c])
    return torch.tensor(out)


def forward_rows(x, gamma, beta, eps):
    n, c, h, w = x.shape
    rows = x.permute(1, 0, 2, 3).reshape(c, n * h * w)
    var, mu = torch.var_mean(rows, dim=1, unbiased=False, keepdim=True)
    rows = torch.addcmul(beta[:, None], gamma[:, None], (rows - mu) * torch.rsqrt(var + eps))
    return rows.reshape(c, n, h, w).permute(1, 0, 2, 3)


# ---------------------------------------------------------------- forward: wrong
def forward_unbiased(x, gamma, beta, eps):
    mu = x.mean(dim=(0, 2, 3), keepdim=True)
    var = x.var(dim=(0, 2, 3), keepdim=True)
    return gamma[:, None, None] * (x - mu) / torch.sqrt(var + eps) + beta[:, None, None]


def forward_each_picture(x, gamma, beta, eps):
    mu = x.mean(dim=(2, 3), keepdim=True)
    var = x.var(dim=(2, 3), keepdim=True, unbiased=False)
    return gamma[:, None, None] * (x - mu) / torch.sqrt(var + eps) + beta[:, None, None]


def forward_over_batch_only(x, gamma, beta, eps):
    mu = x.mean(dim=0)
    var = x.var(dim=0, unbiased=False)
    return gamma[:, None, None] * (x - mu) / torch.sqrt(var + eps) + beta[:, None, None]


def forward_eps_outside(x, gamma, beta, eps):
    mu = x.mean(dim=(0, 2, 3), keepdim=True)
    std = x.std(dim=(0, 2, 3), keepdim=True, unbiased=False)
    return gamma[:, None, None] * (x - mu) / (std + eps) + beta[:, None, None]


def forward_last_axis(x, gamma, beta, eps):
    mu = x.mean(dim=(0, 2, 3), keepdim=True)
    var = x.var(dim=(0, 2, 3), keepdim=True, unbiased=False)
    return gamma * (x - mu) / torch.sqrt(var + eps) + beta


def forward_reshape_only(x, gamma, beta, eps):
    rows = x.reshape(x.shape[1], -1)
    mu = rows.mean(dim=1, keepdim=True)
    var = rows.var(dim=1, keepdim=True, unbiased=False)
    rows = (rows - mu) / torch.sqrt(var + eps)
    return gamma[:, None, None] * rows.reshape(x.shape) + beta[:, None, None]


def forward_not_turned_back(x, gamma, beta, eps):
    rows = x.transpose(0, 1).reshape(x.shape[1], -1)
    mu = rows.mean(dim=1, keepdim=True)
    var = rows.var(dim=1, keepdim=True, unbiased=False)
    return (gamma[:, None] * (rows - mu) / torch.sqrt(var + eps) + beta[:, None]).reshape(x.shape)


def forward_mean_of_variances(x, gamma, beta, eps):
    mu = x.mean(dim=(0, 2, 3), keepdim=True)
    var = x.var(dim=(2, 3), keepdim=True, unbiased=False).mean(dim=0, keepdim=True)
    return gamma[:, None, None] * (x - mu) / torch.sqrt(var + eps) + beta[:, None, None]


def forward_in_place(x, gamma, beta, eps):
    for c in range(x.shape[1]):
        channel = x[:, c]
        channel -= channel.mean()
        channel *= gamma[c] / torch.sqrt((channel**2).mean() + eps)
        channel += beta[c]
    return x


def forward_all_channels(x, gamma, beta, eps):
    mu, var = x.mean(), x.var(unbiased=False)
    return gamma[:, None, None] * (x - mu) / torch.sqrt(var + eps) + beta[:, None, None]


# ---------------------------------------------------------------- input_gradient: right
def gradient_closed(gradient, x, gamma, eps):
    dims = (0, 2, 3)
    mu = x.mean(dim=dims, keepdim=True)
    root = torch.sqrt(((x - mu) ** 2).mean(dim=dims, keepdim=True) + eps)
    hat = (x - mu) / root
    inner = (
        gradient - gradient.mean(dim=dims, keepdim=True) - hat * (gradient * hat).mean(dim=dims, keepdim=True)
    )
    return gamma.reshape(1, -1, 1, 1) / root * inner


def gradient_chain_numpy(gradient, x, gamma, eps):
    g, v = gradient.detach().numpy(), x.detach().numpy()
    out = np.empty_like(v)
    for c in range(v.shape[1]):
        n = v[:, c].size
        centred = v[:, c] - v[:, c].mean()
        var = (centred**2).sum() / n
        d_hat = g[:, c] * float(gamma[c])
        d_var = (d_hat * centred).sum() * -0.5 * (var + eps) ** -1.5
        d_mu = -d_hat.sum() / np.sqrt(var + eps) - 2 * d_var * centred.mean()
        out[:, c] = d_hat / np.sqrt(var + eps) + d_var * 2 * centred / n + d_mu / n
    return torch.from_numpy(out)


def gradient_jacobian(gradient, x, gamma, eps):
    out = torch.empty_like(x)
    for c in range(x.shape[1]):
        flat = x[:, c].reshape(-1)
        n = flat.numel()
        hat = (flat - flat.mean()) / torch.sqrt(flat.var(unbiased=False) + eps)
        jacobian = torch.eye(n, dtype=x.dtype) - 1 / n - torch.outer(hat, hat) / n
        jacobian = jacobian * gamma[c] / torch.sqrt(flat.var(unbiased=False) + eps)
        out[:, c] = (jacobian.T @ gradient[:, c].reshape(-1)).reshape(x[:, c].shape)
    return out


def gradient_steps(gradient, x, gamma, eps):
    n, c, h, w = x.shape
    v = x.transpose(0, 1).reshape(c, -1)
    g = gradient.transpose(0, 1).reshape(c, -1) * gamma[:, None]
    count = n * h * w
    # forward, step by step
    centred = v - v.sum(1, keepdim=True) / count
    root = torch.sqrt((centred * centred).sum(1, keepdim=True) / count + eps)
    # and back
    d_inverse = (g * centred).sum(1, keepdim=True)
    d_root = -d_inverse / root**2
    d_var = d_root / (2 * root)
    d_centred = g / root + 2 * centred * d_var / count
    d_v = d_centred - d_centred.sum(1, keepdim=True) / count
    return d_v.reshape(c, n, h, w).transpose(0, 1)


# ---------------------------------------------------------------- input_gradient: wrong
def _parts(x, eps, dims=(0, 2, 3)):
    mu = x.mean(dim=dims, keepdim=True)
    root = torch.sqrt(x.var(dim=dims, unbiased=False, keepdim=True) + eps)
    return (x - mu) / root, root


def gradient_eval_mode(gradient, x, gamma, eps):
    _hat, root = _parts(x, eps)
    return gradient * gamma[:, None, None] / root


def gradient_without_variance(gradient, x, gamma, eps):
    _hat, root = _parts(x, eps)
    return gamma[:, None, None] / root * (gradient - gradient.mean(dim=(0, 2, 3), keepdim=True))


def gradient_without_mean(gradient, x, gamma, eps):
    hat, root = _parts(x, eps)
    return gamma[:, None, None] / root * (gradient - hat * (gradient * hat).mean(dim=(0, 2, 3), keepdim=True))


def gradient_gamma_forgotten(gradient, x, gamma, eps):
    hat, root = _parts(x, eps)
    m = gradient.mean(dim=(0, 2, 3), keepdim=True)
    return (gradient - m - hat * (gradient * hat).mean(dim=(0, 2, 3), keepdim=True)) / root


def gradient_projection_without_eps(gradient, x, gamma, eps):
    hat, root = _parts(x, eps)
    flat = gradient - gradient.mean(dim=(0, 2, 3), keepdim=True)
    along = (flat * hat).sum(dim=(0, 2, 3), keepdim=True) / (hat * hat).sum(dim=(0, 2, 3), keepdim=True)
    return gamma[:, None, None] / root * (flat - along * hat)


def gradient_each_picture(gradient, x, gamma, eps):
    hat, root = _parts(x, eps)
    m = gradient.mean(dim=(2, 3), keepdim=True)
    return (
        gamma[:, None, None] / root * (gradient - m - hat * (gradient * hat).mean(dim=(2, 3), keepdim=True))
    )


def gradient_count_of_batch(gradient, x, gamma, eps):
    hat, root = _parts(x, eps)
    n = x.shape[0]
    s1 = gradient.sum(dim=(0, 2, 3), keepdim=True)
    s2 = (gradient * hat).sum(dim=(0, 2, 3), keepdim=True)
    return gamma[:, None, None] / root * (gradient - s1 / n - hat * s2 / n)


def gradient_in_place(gradient, x, gamma, eps):
    hat, root = _parts(x, eps)
    gradient *= gamma[:, None, None]
    m = gradient.mean(dim=(0, 2, 3), keepdim=True)
    return (gradient - m - hat * (gradient * hat).mean(dim=(0, 2, 3), keepdim=True)) / root


def gradient_swapped_arguments(x, gradient, gamma, eps):
    return gradient_closed(gradient, x, gamma, eps)


def gradient_result_for_hat(gradient, x, gamma, eps):
    hat, root = _parts(x, eps)
    y = gamma[:, None, None] * hat
    m = gradient.mean(dim=(0, 2, 3), keepdim=True)
    return gamma[:, None, None] / root * (gradient - m - y * (gradient * y).mean(dim=(0, 2, 3), keepdim=True))


# ---------------------------------------------------------------- running: right
def running_loop(batches, training, momentum):
    c = batches.shape[2]
    mean, var = torch.zeros(c, dtype=batches.dtype), torch.ones(c, dtype=batches.dtype)
    for batch, train in zip(batches, training, strict=False):
        if train:
            mean = (1 - momentum) * mean + momentum * batch.mean(dim=(0, 2, 3))
            var = (1 - momentum) * var + momentum * batch.var(dim=(0, 2, 3), unbiased=True)
    return mean, var


def running_library(batches, training, momentum):
    bn = nn.BatchNorm2d(batches.shape[2], momentum=momentum).to(batches.dtype)
    with torch.no_grad():
        for batch, train in zip(batches, training, strict=False):
            bn.train(train)
            bn(batch)
    return bn.running_mean, bn.running_var


def running_weights_numpy(batches, training, momentum):
    kept = batches.detach().numpy()[np.array(training, dtype=bool)]
    k, n, c, h, w = kept.shape
    rows = kept.transpose(0, 2, 1, 3, 4).reshape(k, c, n * h * w)
    weights = np.array([momentum * (1 - momentum) ** (k - 1 - i) for i in range(k)])
    mean = weights @ rows.mean(axis=2)
    var = (1 - momentum) ** k + weights @ rows.var(axis=2, ddof=1)
    return torch.from_numpy(mean), torch.from_numpy(var)


def running_reduce(batches, training, momentum):
    def step(state, item):
        batch, train = item
        if not train:
            return state
        rows = batch.transpose(0, 1).flatten(1)
        new = torch.stack(
            [rows.mean(1), ((rows - rows.mean(1, keepdim=True)) ** 2).sum(1) / (rows.shape[1] - 1)]
        )
        return torch.lerp(state, new, momentum)

    c = batches.shape[2]
    start = torch.stack([torch.zeros(c, dtype=batches.dtype), torch.ones(c, dtype=batches.dtype)])
    mean, var = functools.reduce(step, zip(batches, training, strict=False), start)
    return mean, var


# ---------------------------------------------------------------- running: wrong
def _run(batches, training, momentum, statistics, mean=0.0, var=1.0):
    c = batches.shape[2]
    mean = torch.full((c,), mean, dtype=batches.dtype)
    var = torch.full((c,), var, dtype=batches.dtype)
    for batch, train in zip(batches, training, strict=False):
        if train:
            m, v = statistics(batch)
            mean = (1 - momentum) * mean + momentum * m
            var = (1 - momentum) * var + momentum * v
    return mean, var


def _both(batch):
    return batch.mean(dim=(0, 2, 3)), batch.var(dim=(0, 2, 3))


def running_biased(batches, training, momentum):
    return _run(
        batches, training, momentum, lambda b: (b.mean(dim=(0, 2, 3)), b.var(dim=(0, 2, 3), unbiased=False))
    )


def running_momentum_reversed(batches, training, momentum):
    return _run(batches, training, 1 - momentum, _both)


def running_variance_from_zero(batches, training, momentum):
    return _run(batches, training, momentum, _both, var=0.0)


def running_mode_ignored(batches, training, momentum):
    return _run(batches, [True] * len(training), momentum, _both)


def running_stops_at_eval(batches, training, momentum):
    count = 0
    while count < len(training) and training[count]:
        count += 1
    return _run(batches[:count], training[:count], momentum, _both)


def running_swapped_pair(batches, training, momentum):
    mean, var = _run(batches, training, momentum, _both)
    return var, mean


def running_unbiased_each_picture(batches, training, momentum):
    return _run(
        batches, training, momentum, lambda b: (b.mean(dim=(0, 2, 3)), b.flatten(2).var(dim=2).mean(dim=0))
    )


def running_starts_with_first_batch(batches, training, momentum):
    first = training.index(True)
    mean, var = _both(batches[first])
    for batch, train in zip(batches[first + 1 :], training[first + 1 :], strict=False):
        if train:
            m, v = _both(batch)
            mean, var = (1 - momentum) * mean + momentum * m, (1 - momentum) * var + momentum * v
    return mean, var


def running_distance_from_running_mean(batches, training, momentum):
    c = batches.shape[2]
    mean, var = torch.zeros(c, dtype=batches.dtype), torch.ones(c, dtype=batches.dtype)
    for batch, train in zip(batches, training, strict=False):
        if train:
            n = batch.numel() // c
            mean = (1 - momentum) * mean + momentum * batch.mean(dim=(0, 2, 3))
            distance = ((batch - mean[:, None, None]) ** 2).sum(dim=(0, 2, 3)) / (n - 1)
            var = (1 - momentum) * var + momentum * distance
    return mean, var


def running_corrected_by_batch_size(batches, training, momentum):
    n = batches.shape[1]
    return _run(
        batches,
        training,
        momentum,
        lambda b: (b.mean(dim=(0, 2, 3)), b.var(dim=(0, 2, 3), unbiased=False) * n / max(n - 1, 1)),
    )


ANSWERS = {
    "batch_norm.axes": (
        [axes_reshape, axes_library, axes_numpy_loops, axes_as_batch_norm],
        [
            axes_over_batch,
            axes_unbiased,
            axes_eps_outside,
            axes_interleaved,
            axes_group_size,
            axes_mean_of_variances,
            axes_no_root,
            axes_in_place,
            axes_default_eps,
            axes_first_picture_statistics,
        ],
    ),
    "batch_norm.fold": (
        [fold_broadcast, fold_library, fold_numpy_loop, fold_matrix],
        [
            fold_input_axis,
            fold_bias_not_scaled,
            fold_bias_forgotten,
            fold_eps_outside,
            fold_no_root,
            fold_bias_in_place,
            fold_swapped_pair,
            fold_bias_without_gamma,
            fold_beta_scaled,
            fold_default_eps,
        ],
    ),
    "batch_norm.forward": (
        [forward_dims, forward_library, forward_numpy_channels, forward_rows],
        [
            forward_unbiased,
            forward_each_picture,
            forward_over_batch_only,
            forward_eps_outside,
            forward_last_axis,
            forward_reshape_only,
            forward_not_turned_back,
            forward_mean_of_variances,
            forward_in_place,
            forward_all_channels,
        ],
    ),
    "batch_norm.input_gradient": (
        [gradient_closed, gradient_chain_numpy, gradient_jacobian, gradient_steps],
        [
            gradient_eval_mode,
            gradient_without_variance,
            gradient_without_mean,
            gradient_gamma_forgotten,
            gradient_projection_without_eps,
            gradient_each_picture,
            gradient_count_of_batch,
            gradient_in_place,
            gradient_swapped_arguments,
            gradient_result_for_hat,
        ],
    ),
    "batch_norm.running": (
        [running_loop, running_library, running_weights_numpy, running_reduce],
        [
            running_biased,
            running_momentum_reversed,
            running_variance_from_zero,
            running_mode_ignored,
            running_stops_at_eval,
            running_swapped_pair,
            running_unbiased_each_picture,
            running_starts_with_first_batch,
            running_distance_from_running_mean,
            running_corrected_by_batch_size,
        ],
    ),
}
