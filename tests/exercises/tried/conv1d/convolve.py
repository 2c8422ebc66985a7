import numpy as np
import torch
from torch.nn.functional import conv1d, pad


def scatter(signal, kernel):
    result = torch.zeros(len(signal) + len(kernel) - 1)
    for i, weight in enumerate(kernel):
        result[i : i + len(signal)] += weight * signal
    return result


def gather(signal, kernel):
    x, w = signal.tolist(), kernel.tolist()
    return [
        sum(x[n - i] * w[i] for i in range(len(w)) if 0 <= n - i < len(x)) for n in range(len(x) + len(w) - 1)
    ]


def library(signal, kernel):
    return conv1d(signal.view(1, 1, -1), kernel.flip(0).view(1, 1, -1), padding=len(kernel) - 1)[0, 0]


def fourier(signal, kernel):
    n = len(signal) + len(kernel) - 1
    return torch.fft.irfft(torch.fft.rfft(signal, n) * torch.fft.rfft(kernel, n), n)


def polynomials(signal, kernel):
    return np.polynomial.polynomial.polymul(signal.numpy(), kernel.numpy())


def slide(signal, kernel, border):
    """Return the sums of products of a kernel that is not flipped, sliding over a padded signal."""
    padded = torch.nn.functional.pad(signal, (border, border))
    windows = padded.unfold(0, len(kernel), 1)
    return windows @ kernel


def same_by_padding(signal, kernel):
    weights, border = kernel.flip(0).view(1, 1, -1), (len(kernel) - 1) // 2 + 1
    return conv1d(signal.view(1, 1, -1), weights, padding=border)[0, 0, 1 : 1 + len(signal)]


def circular(signal, kernel):
    n = len(signal)
    return [sum(float(w) * float(signal[(i - j) % n]) for j, w in enumerate(kernel)) for i in range(n)]


def short_transform(signal, kernel):
    n = len(signal)
    return torch.fft.irfft(torch.fft.rfft(signal) * torch.fft.rfft(kernel, n), n)


def one_loop_short(signal, kernel):
    result = torch.zeros(len(signal) + len(kernel) - 1)
    for i in range(len(kernel) - 1):
        for j in range(len(signal)):
            result[i + j] += kernel[i] * signal[j]
    return result


def other_loop_short(signal, kernel):
    result = torch.zeros(len(signal) + len(kernel) - 1)
    for i in range(len(kernel)):
        for j in range(len(signal) - 1):
            result[i + j] += kernel[i] * signal[j]
    return result


def room_for_one_more(signal, kernel):
    result = np.zeros(len(signal) + len(kernel))
    for i, sample in enumerate(signal):
        for j, weight in enumerate(kernel):
            result[i + j] += float(sample * weight)
    return result


def too_little_room(signal, kernel):
    result = torch.zeros(len(signal) + len(kernel) - 2)
    for i, sample in enumerate(signal):
        for j, weight in enumerate(kernel):
            result[i + j] += sample * weight
    return result


def copies_laid_over(signal, kernel):
    result = torch.zeros(len(signal) + len(kernel) - 1)
    for i in range(len(kernel)):
        for j in range(len(signal)):
            result[i + j] = kernel[i] * signal[j]
    return result


def formula(signal, kernel):
    x, w = signal.tolist(), kernel.tolist()
    return [sum(x[tau] * w[t - tau] for tau in range(len(x))) for t in range(len(x) + len(w) - 1)]


def formula_half_guarded(signal, kernel):
    x, w = signal.tolist(), kernel.tolist()
    return [
        sum(x[tau] * w[t - tau] for tau in range(len(x)) if t - tau < len(w))
        for t in range(len(x) + len(w) - 1)
    ]


RIGHT = [scatter, gather, library, fourier]
WRONG = {
    "cross-correlation": [lambda signal, kernel: slide(signal, kernel, len(kernel) - 1)],
    "valid": [lambda signal, kernel: slide(signal, kernel.flip(0), 0)],
    "cut to the signal": [lambda signal, kernel: gather(signal, kernel)[: len(signal)]],
    "negative index": [formula_half_guarded, lambda signal, kernel: formula_half_guarded(kernel, signal)],
    "index outside": [formula, lambda signal, kernel: formula(kernel, signal), too_little_room],
    "arguments": [lambda signal: signal],
    "changed its input": [lambda signal, kernel: scatter(signal.mul_(2), kernel) / 2],
    "complex numbers": [
        lambda signal, kernel: torch.fft.ifft(torch.fft.fft(signal, 9) * torch.fft.fft(kernel, 9))
    ],
    "exception": [lambda signal, kernel: signal * kernel],
    "extra brackets": [lambda signal, kernel: scatter(signal, kernel).unsqueeze(0)],
    "factor": [lambda signal, kernel: scatter(signal, kernel).half()],
    "one too long": [room_for_one_more],
    "one too short": [lambda signal, kernel: gather(signal, kernel)[:-1]],
    "one value": [lambda signal, kernel: torch.zeros(len(signal) + len(kernel) - 1)],
    "sign": [lambda signal, kernel: -scatter(signal, kernel)],
    "wrong shape": [
        lambda signal, kernel: slide(signal, kernel, 0),
        lambda signal, kernel: np.correlate(signal, kernel, "valid"),
        lambda signal, kernel: conv1d(signal.view(1, 1, -1), kernel.view(1, 1, -1), padding=len(kernel) // 2)[
            0, 0
        ],
        circular,
        short_transform,
        lambda signal, kernel: scatter(signal, kernel.flip(0))[(len(kernel) - 1) // 2 :][: len(signal)],
        lambda signal, kernel: scatter(signal, kernel.flip(0))[len(kernel) // 2 :][: len(signal)],
        lambda signal, kernel: scatter(signal, kernel.flip(0))[: len(signal)],
        lambda signal, kernel: scatter(signal, kernel.flip(0))[len(kernel) - 1 :],
        lambda signal, kernel: circular(signal, kernel[: len(signal)]),
        torch.outer,
        lambda signal, kernel: torch.outer(kernel, signal),
        lambda signal, kernel: torch.outer(signal, kernel).flatten(),
        lambda signal, kernel: torch.outer(kernel, signal).flatten(),
        lambda signal, kernel: slide(signal, kernel.flip(0), 2),
    ],
    "wrong values": [
        lambda signal, kernel: library(torch.flip(signal, (0,)), kernel),
        copies_laid_over,
        one_loop_short,
        other_loop_short,
        lambda signal, kernel: pad(scatter(signal, kernel.flip(0))[len(kernel) - 1 :], (0, len(kernel) - 1)),
        lambda signal, kernel: scatter(signal, kernel).int(),
        lambda signal, kernel: [*gather(signal, kernel)[:-1], 0],
        lambda signal, kernel: scatter(signal, kernel) - pad(kernel[0] * signal, (0, len(kernel) - 1)),
        lambda signal, kernel: [0, *np.convolve(signal[1:], kernel)],
        lambda signal, kernel: scatter(signal, kernel if len(kernel) > 3 else kernel.flip(0)),
        lambda signal, kernel: scatter(signal, pad(kernel[:5], (0, max(0, len(kernel) - 5)))),
        lambda signal, kernel: np.convolve(signal, kernel) if len(signal) > 1 else kernel,
    ],
    "a part": [
        polynomials,
        same_by_padding,
        lambda signal, kernel: scatter(signal, kernel)[(len(kernel) - 1) // 2 :][: len(signal)],
        lambda signal, kernel: scatter(signal, kernel)[len(kernel) - 1 :],
        lambda signal, kernel: np.trim_zeros(np.convolve(signal, kernel)),
        lambda signal, kernel: np.convolve(signal, np.trim_zeros(kernel.numpy(), "b")),
    ],
    "too much": [lambda signal, kernel: slide(signal, kernel.flip(0), len(kernel))],
}
