"""Answers of an outsider to the exercises of conv2d."""

import numpy as np
import scipy.signal
import torch
import torch.nn.functional as F


# --- cross_correlate: right
def correlate_loops(image, kernel):
    kh, kw = kernel.shape
    h, w = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    result = torch.zeros(h, w, dtype=torch.float64)
    for i in range(h):
        for j in range(w):
            result[i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return result


def correlate_conv2d(image, kernel):
    return F.conv2d(image[None, None], kernel[None, None])[0, 0]


def correlate_shifts(image, kernel):
    image, kernel = image.numpy(), kernel.numpy()
    h, w = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    return sum(
        kernel[a, b] * image[a : a + h, b : b + w]
        for a in range(kernel.shape[0])
        for b in range(kernel.shape[1])
    )


def correlate_einsum(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image.numpy(), tuple(kernel.shape))
    return np.einsum("ijab,ab->ij", windows, kernel.numpy())


# --- cross_correlate: wrong
def correlate_flipped(image, kernel):
    return scipy.signal.convolve2d(image.numpy(), kernel.numpy(), mode="valid")


def correlate_same(image, kernel):
    return scipy.signal.correlate2d(image.numpy(), kernel.numpy(), mode="same")


def correlate_last_missing(image, kernel):
    return correlate_loops(image, kernel)[:-1, :-1]


def correlate_transposed(image, kernel):
    """Right for symmetric kernels; for a kernel that is not square even the shape is wrong."""
    return F.conv2d(image[None, None], kernel.T[None, None])[0, 0]


def correlate_flipped_rows(image, kernel):
    return F.conv2d(image[None, None], kernel.flip(1)[None, None])[0, 0]


def correlate_square_kernel(image, kernel):
    """Subtle: right for square kernels; of others only the first rows or columns are used."""
    k = min(kernel.shape)
    h, w = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    result = torch.zeros(h, w, dtype=torch.float64)
    for a in range(k):
        for b in range(k):
            result += kernel[a, b] * image[a : a + h, b : b + w]
    return result


def correlate_squeezed(image, kernel):
    """Subtle: a result of one row or column loses an axis."""
    return F.conv2d(image[None, None], kernel[None, None]).squeeze()


def correlate_strided(image, kernel):
    """Subtle: takes for granted that the rows lie one after the other; wrong for a transposed picture."""
    kh, kw = kernel.shape
    h, w = image.shape
    windows = torch.as_strided(image, (h - kh + 1, w - kw + 1, kh, kw), (w, 1, w, 1))
    return torch.einsum("ijab,ab->ij", windows, kernel)


def correlate_separated(image, kernel):
    """Subtle: right for separable kernels, and kernels of one row or column."""
    u, s, v = torch.linalg.svd(kernel)
    rows = F.conv2d(image[None, None], (s[0] * u[:, 0])[None, None, :, None])
    return F.conv2d(rows, v[0][None, None, None, :])[0, 0]


def correlate_same_cropped(image, kernel):
    """Subtle: padded by half the kernel and cropped by as much: right for odd sizes."""
    kh, kw = kernel.shape
    same = scipy.signal.correlate2d(image.numpy(), kernel.numpy(), mode="same")
    h, w = same.shape
    a, b = kh // 2, kw // 2
    return same[a : h - a, b : w - b]


# --- channels: right
def layer_conv2d(image, weight, bias):
    return F.conv2d(image[None], weight, bias)[0]


def layer_loops(image, weight, bias):
    outputs, channels, kh, kw = weight.shape
    h, w = image.shape[1] - kh + 1, image.shape[2] - kw + 1
    result = torch.zeros(outputs, h, w, dtype=torch.float64)
    for o in range(outputs):
        result[o] = bias[o]
        for c in range(channels):
            for a in range(kh):
                for b in range(kw):
                    result[o] += weight[o, c, a, b] * image[c, a : a + h, b : b + w]
    return result


def layer_unfold(image, weight, bias):
    outputs, _, kh, kw = weight.shape
    columns = F.unfold(image[None], (kh, kw))[0]
    result = weight.reshape(outputs, -1) @ columns + bias[:, None]
    return result.reshape(outputs, image.shape[1] - kh + 1, image.shape[2] - kw + 1)


def layer_scipy(image, weight, bias):
    image, weight = image.numpy(), weight.numpy()
    maps = []
    for kernels, b in zip(weight, bias.tolist(), strict=False):
        maps.append(
            sum(scipy.signal.correlate2d(p, k, mode="valid") for p, k in zip(image, kernels, strict=False))
            + b
        )
    return np.stack(maps)


# --- channels: wrong
def layer_no_bias(image, weight, bias):
    return F.conv2d(image[None], weight)[0]


def layer_convolves(image, weight, bias):
    return F.conv2d(image[None], weight.flip(2, 3), bias)[0]


def layer_bias_per_channel(image, weight, bias):
    """The bias is added once for each input channel: right for one."""
    return F.conv2d(image[None], weight, image.shape[0] * bias)[0]


def layer_bias_last_axis(image, weight, bias):
    """The bias runs along the columns: right for one output channel."""
    return F.conv2d(image[None], weight)[0] + bias


def layer_last_channel(image, weight, bias):
    """Each input channel overwrites the one before: right for one."""
    for c in range(image.shape[0]):
        result = F.conv2d(image[None, c : c + 1], weight[:, c : c + 1], bias)[0]
    return result


def layer_colours(image, weight, bias):
    """Subtle: right up to three input channels."""
    return F.conv2d(image[None, :3], weight[:, :3], bias)[0]


def layer_output_loop(image, weight, bias):
    """Subtle: counts the input channels by the outputs, right where there are at least as many outputs."""
    channels = min(weight.shape[0], image.shape[0])
    return F.conv2d(image[None, :channels], weight[:, :channels], bias)[0]


def layer_squeezed(image, weight, bias):
    """Subtle: one output channel, one row or one column lose their axis."""
    return F.conv2d(image[None], weight, bias).squeeze()


def layer_reshaped_square(image, weight, bias):
    """Subtle: right for square results; height and width are exchanged in the reshape."""
    outputs, _, kh, kw = weight.shape
    columns = F.unfold(image[None], (kh, kw))[0]
    result = weight.reshape(outputs, -1) @ columns + bias[:, None]
    return result.reshape(outputs, image.shape[2] - kw + 1, image.shape[1] - kh + 1).transpose(1, 2)


def layer_first_bias(image, weight, bias):
    """Subtle: right for one output channel or equal biases."""
    return F.conv2d(image[None], weight)[0] + bias[0]


# --- separable: right
def factors_svd(kernel):
    u, s, v = torch.linalg.svd(kernel)
    return u[:, 0] * s[0], v[0]


def factors_largest(kernel):
    array = kernel.numpy()
    i, j = np.unravel_index(np.abs(array).argmax(), array.shape)
    return array[:, j], array[i] / array[i, j]


def factors_first_nonzero(kernel):
    rows = kernel.tolist()
    row = next(r for r in rows if any(r))
    j = max(range(len(row)), key=lambda n: abs(row[n]))
    return [r[j] / row[j] for r in rows], row


def factors_projection(kernel):
    row = kernel[kernel.abs().sum(1).argmax()]
    return torch.einsum("ij,j->i", kernel, row) / row.dot(row), row


# --- separable: wrong
def factors_exchanged(kernel):
    column, row = factors_svd(kernel)
    return row, column


def factors_no_scale(kernel):
    i, j = divmod(int(kernel.abs().argmax()), kernel.shape[1])
    return kernel[:, j], kernel[i]


def factors_first(kernel):
    """Right unless the first number is zero."""
    return kernel[:, 0], kernel[0] / kernel[0, 0]


def factors_norms(kernel):
    """Right where no number is negative: lengths have no sign."""
    return kernel.norm(dim=1), kernel.norm(dim=0) / kernel.norm()


def factors_sums(kernel):
    """Subtle: right unless the kernel's sum is zero, as with Sobel's."""
    return kernel.sum(1) / kernel.sum(), kernel.sum(0)


def factors_maximum(kernel):
    """Subtle: divides by the largest number, which is zero where the others are negative."""
    i, j = divmod(int(kernel.argmax()), kernel.shape[1])
    return kernel[:, j], kernel[i] / kernel[i, j]


def factors_centre(kernel):
    """Subtle: right unless the centre is zero."""
    i, j = kernel.shape[0] // 2, kernel.shape[1] // 2
    return kernel[:, j], kernel[i] / kernel[i, j]


def factors_root(kernel):
    """Subtle: the root of a negative number; right where the largest is positive."""
    i, j = divmod(int(kernel.abs().argmax()), kernel.shape[1])
    root = kernel[i, j].sqrt()
    return kernel[:, j] / root, kernel[i] / root


def factors_threshold(kernel):
    """Subtle: small numbers are taken for zero; a kernel of small numbers has no factors."""
    array = np.where(np.abs(kernel.numpy()) < 1e-2, 0, kernel.numpy())
    i, j = np.unravel_index(np.abs(array).argmax(), array.shape)
    return array[:, j], array[i] / (array[i, j] or 1)


def factors_second(kernel):
    """Subtle: tries the first row, else the second; both may be zero."""
    row = kernel[0]
    if not row.any():
        row = kernel[1]
    j = int(row.abs().argmax())
    return kernel[:, j] / row[j], row


# --- input_gradient: right
def gradient_loops(gradient, kernel):
    h, w = gradient.shape
    kh, kw = kernel.shape
    result = torch.zeros(h + kh - 1, w + kw - 1, dtype=torch.float64)
    for i in range(h):
        for j in range(w):
            result[i : i + kh, j : j + kw] += gradient[i, j] * kernel
    return result


def gradient_convolve2d(gradient, kernel):
    return scipy.signal.convolve2d(gradient.numpy(), kernel.numpy(), mode="full")


def gradient_transpose(gradient, kernel):
    return F.conv_transpose2d(gradient[None, None], kernel[None, None])[0, 0]


def gradient_autograd(gradient, kernel):
    size = [a + b - 1 for a, b in zip(gradient.shape, kernel.shape, strict=False)]
    image = torch.zeros(size, dtype=torch.float64, requires_grad=True)
    loss = (F.conv2d(image[None, None], kernel[None, None])[0, 0] * gradient).sum()
    return torch.autograd.grad(loss, image)[0]


# --- input_gradient: wrong
def gradient_unflipped(gradient, kernel):
    """Full cross-correlation instead of convolution: right for symmetric kernels."""
    return scipy.signal.correlate2d(gradient.numpy(), kernel.numpy(), mode="full")


def gradient_overwrites(gradient, kernel):
    h, w = gradient.shape
    kh, kw = kernel.shape
    result = torch.zeros(h + kh - 1, w + kw - 1, dtype=torch.float64)
    for i in range(h):
        for j in range(w):
            result[i : i + kh, j : j + kw] = gradient[i, j] * kernel
    return result


def gradient_flipped_one_axis(gradient, kernel):
    """Flipped left to right, not upside down: right for kernels of one row."""
    kh, kw = kernel.shape
    padded = F.pad(gradient, (kw - 1, kw - 1, kh - 1, kh - 1))
    return F.conv2d(padded[None, None], kernel.flip(1)[None, None])[0, 0]


def gradient_transposed_kernel(gradient, kernel):
    return F.conv_transpose2d(gradient[None, None], kernel.T[None, None])[0, 0]


def gradient_valid(gradient, kernel):
    """The gradient for the picture taken only where the kernel lay whole, zero on the border."""
    kh, kw = kernel.shape
    h, w = gradient.shape
    full = gradient_loops(gradient, kernel)
    result = torch.zeros_like(full)
    result[kh - 1 : h, kw - 1 : w] = full[kh - 1 : h, kw - 1 : w]
    return result


def gradient_padding_exchanged(gradient, kernel):
    """Subtle: pads rows by the width and columns by the height: right for square kernels."""
    kh, kw = kernel.shape
    flipped = kernel.flip(0, 1)[None, None]
    return F.conv2d(gradient[None, None], flipped, padding=(kw - 1, kh - 1))[0, 0]


def gradient_odd_padding(gradient, kernel):
    """Subtle: pads by twice half the kernel: right for odd sizes."""
    kh, kw = kernel.shape
    flipped = kernel.flip(0, 1)[None, None]
    return F.conv2d(gradient[None, None], flipped, padding=(kh // 2 * 2, kw // 2 * 2))[0, 0]


def gradient_circular(gradient, kernel):
    """Subtle: the transform wraps round where the kernel is larger than the gradient."""
    h, w = gradient.shape
    kh, kw = kernel.shape
    size = (2 * h - 1, 2 * w - 1)
    folded = np.zeros(size)
    for a in range(kh):
        for b in range(kw):
            folded[a % size[0], b % size[1]] += float(kernel[a, b])
    product = np.fft.ifft2(np.fft.fft2(gradient.numpy(), size) * np.fft.fft2(folded)).real
    result = np.zeros((h + kh - 1, w + kw - 1))
    rows, columns = min(size[0], result.shape[0]), min(size[1], result.shape[1])
    result[:rows, :columns] = product[:rows, :columns]
    return result


def gradient_squeezed(gradient, kernel):
    """Subtle: a picture of one row or column loses an axis."""
    return F.conv_transpose2d(gradient[None, None], kernel[None, None]).squeeze()


def gradient_through_relu(gradient, kernel):
    """Subtle: hands on positive derivatives only."""
    return scipy.signal.convolve2d(gradient.numpy().clip(0), kernel.numpy())


ANSWERS = {
    "conv2d.parameters": (
        [
            1216,
            16 * (3 * 5 * 5 + 1),
            sum(p.numel() for p in torch.nn.Conv2d(3, 16, 5).parameters()),
            np.int64(1216),
        ],
        [
            1200,
            3 * 16 * 5 * 5 + 3,
            16 * 5 * 5 + 16,
            3 * 16 * 5 + 16,
            3 * 16 * (5 * 5 + 1),
            1201,
            (3 * 5 * 5 + 1),
            (1200, 16),
            16 * 3 * 3 * 5 + 16,
            torch.nn.Conv2d(3, 16, 5).weight.shape,
        ],
    ),
    "conv2d.cross_correlate": (
        [correlate_loops, correlate_conv2d, correlate_shifts, correlate_einsum],
        [
            correlate_flipped,
            correlate_same,
            correlate_last_missing,
            correlate_transposed,
            correlate_flipped_rows,
            correlate_square_kernel,
            correlate_squeezed,
            correlate_strided,
            correlate_separated,
            correlate_same_cropped,
        ],
    ),
    "conv2d.channels": (
        [layer_conv2d, layer_loops, layer_unfold, layer_scipy],
        [
            layer_no_bias,
            layer_convolves,
            layer_bias_per_channel,
            layer_bias_last_axis,
            layer_last_channel,
            layer_colours,
            layer_output_loop,
            layer_squeezed,
            layer_reshaped_square,
            layer_first_bias,
        ],
    ),
    "conv2d.separable": (
        [factors_svd, factors_largest, factors_first_nonzero, factors_projection],
        [
            factors_exchanged,
            factors_no_scale,
            factors_first,
            factors_norms,
            factors_sums,
            factors_maximum,
            factors_centre,
            factors_root,
            factors_threshold,
            factors_second,
        ],
    ),
    "conv2d.input_gradient": (
        [gradient_loops, gradient_convolve2d, gradient_transpose, gradient_autograd],
        [
            gradient_unflipped,
            gradient_overwrites,
            gradient_flipped_one_axis,
            gradient_transposed_kernel,
            gradient_valid,
            gradient_padding_exchanged,
            gradient_odd_padding,
            gradient_circular,
            gradient_squeezed,
            gradient_through_relu,
        ],
    ),
}
