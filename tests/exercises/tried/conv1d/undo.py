import numpy as np
import torch
from torch.nn.functional import pad


def forwards(result):
    y = result.tolist()
    x = [y[0]]
    for t in range(1, len(y) - 1):
        x.append(y[t] - x[t - 1] / 2)
    return x


def matrix(result):
    n = len(result) - 1
    ones = torch.eye(n + 1, n, dtype=result.dtype)
    halves = pad(torch.eye(n, dtype=result.dtype), (0, 0, 1, 0)) / 2
    return torch.linalg.lstsq(ones + halves, result[:, None]).solution[:, 0]


def fourier(result):
    n = len(result)
    return torch.fft.irfft(torch.fft.rfft(result) / torch.fft.rfft(torch.tensor([1, 0.5]), n), n)[:-1]


def recursive(result, first, second):
    x = []
    for value in result.tolist()[:-1]:
        x.append((value - second * (x[-1] if x else 0)) / first)
    return x


def in_place(result):
    for t in range(1, len(result)):
        result[t] -= result[t - 1] / 2
    return result[:-1]


def starts_at_zero(result):
    signal = torch.zeros(len(result) - 1)
    for t in range(1, len(signal)):
        signal[t] = result[t] - signal[t - 1] / 2
    return signal


def backwards(result):
    signal = torch.zeros_like(result)
    for t in range(len(result) - 1, 0, -1):
        signal[t - 1] = 2 * (result[t] - signal[t])
    return signal[:-1]


RIGHT = [forwards, matrix, fourier, backwards]
WRONG = {
    "half the result": [lambda result: (result - pad(result, (1, 0))[:-1] / 2)[:-1]],
    "added": [lambda result: recursive(result, 1, -0.5)],
    "not halved": [lambda result: recursive(result, 1, 1)],
    "flipped": [lambda result: recursive(result, 0.5, 1)],
    "scaled": [lambda result: [2 * y / 3 for y in result.tolist()[:-1]]],
    "zeros lost": [lambda result: np.polynomial.polynomial.polydiv(result, [1, 0.5])[0]],
    "rounded": [lambda result: torch.tensor(forwards(result)).int()],
    "changed its input": [in_place],
    "exception": [lambda result: result.deconvolve([1, 0.5])],
    "factor": [lambda result: torch.tensor(forwards(result)).half()],
    "nothing": [lambda result: forwards(result).append(0)],
    "one too long": [
        lambda result: [*forwards(result), 0.0],
        lambda result: recursive(pad(result, (0, 1)), 1, 0.5),
        lambda result: np.convolve(result, [1, 0.5])[: len(result)],
        lambda result: np.convolve(result, [1, -0.5])[: len(result)],
    ],
    "one too short": [lambda result: forwards(result)[:-1]],
    "reversed": [lambda result: forwards(result)[::-1]],
    "untouched input": [lambda result: result + 0, lambda result: torch.eye(len(result)) @ result],
    "wrong shape": [
        lambda result: np.convolve(result, [1, 0.5]),
        lambda result: np.convolve(result, [1, -0.5]),
    ],
    "wrong values": [
        lambda result: np.convolve(result, (-0.5) ** np.arange(8))[: len(result) - 1],
        lambda result: np.round(forwards(result), 2),
        lambda result: result[:-1] + result[1:] / 2,
        lambda result: torch.diff(result, prepend=torch.zeros(1))[:-1],
        starts_at_zero,
        lambda result: result.tolist()[:-1],
        lambda result: recursive(result, 1, 2),
        lambda result: [result[0], *recursive(result, 2, 1)[1:]],
        lambda result: result[1:],
        lambda result: recursive(torch.cat([result[1:], result[:1]]), 1, 0.5),
        lambda result: np.convolve(result, [1, -0.5, 0.25])[: len(result) - 1],
        lambda result: np.convolve(result, [1, 0.5])[: len(result) - 1],
        lambda result: forwards(result) if len(result) > 2 else [result[1]],
        lambda result: [*forwards(result)[:-1], result[-1]],
    ],
    "a part": [
        lambda result: forwards(result)[: max(1, len(result) - 2)],
        lambda result: np.trim_zeros(forwards(result)),
    ],
}
