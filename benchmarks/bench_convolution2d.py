"""Our ways to slide a kernel over images beside PyTorch's: float32 and float64, on the CPU, forward only."""

from collections.abc import Callable, Iterator
from statistics import median
from typing import NamedTuple

import torch

from cnnlab.convolution import cross_correlate2d
from cnnlab.timing import crossover, median_seconds

METHODS = ("windows", "im2col", "fft")  # the loops would take seconds to minutes
JUDGE = "torch conv2d"
TOLERANCE = {torch.float32: 1e-5, torch.float64: 1e-12}
MEASUREMENTS = 5
CROSSOVER_TAPS = tuple(range(3, 32, 2))
CROSSOVER_CHANNELS, CROSSOVER_SIZE = 8, 128


class Layer(NamedTuple):
    """The sizes of a convolution with square images and kernels, at stride 1 without padding."""

    batch: int
    in_channels: int
    size: int
    out_channels: int
    kernel_size: int

    def __str__(self) -> str:
        return f"{self.batch}x{self.in_channels}x{self.size}² {self.out_channels}x{self.kernel_size}²"


LAYERS = (Layer(8, 16, 64, 32, 3), Layer(1, 3, 224, 64, 7), Layer(32, 64, 16, 64, 3))


def operands(layer: Layer, dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
    """Contiguous images and a kernel of normal samples."""
    generator = torch.Generator().manual_seed(layer.size)
    images = layer.batch, layer.in_channels, layer.size, layer.size
    kernel = layer.out_channels, layer.in_channels, layer.kernel_size, layer.kernel_size
    return tuple(torch.randn(size, generator=generator, dtype=dtype) for size in (images, kernel))


def contenders(images: torch.Tensor, kernel: torch.Tensor, **options) -> dict[str, Callable]:
    """Each of our methods as a function without arguments."""
    return {
        f"cnnlab {method}": lambda method=method: cross_correlate2d(images, kernel, method=method, **options)
        for method in METHODS
    }


def measure(dtype: torch.dtype, rounds: int) -> Iterator[dict]:
    """One record per layer and contender: its median seconds, and its times over PyTorch's.

    A measurement lets PyTorch and one contender take turns: what others do to the caches is not its fault.
    """
    for layer in LAYERS:
        images, kernel = operands(layer, dtype)
        functions = contenders(images, kernel)
        judge = lambda images=images, kernel=kernel: torch.nn.functional.conv2d(images, kernel)  # noqa: E731
        check_answers(functions, images, kernel)
        record = {"dtype": str(dtype), "kernel": "stride 1, no padding", "layer": str(layer)}
        judged = []
        for name, function in functions.items():
            pair = {JUDGE: judge, name: function}
            medians = [median_seconds(pair, rounds) for _ in range(MEASUREMENTS)]
            judged += [times[JUDGE] for times in medians]
            ratios = sorted(times[name] / times[JUDGE] for times in medians)
            yield record | {
                "name": name,
                "seconds": median(times[name] for times in medians),
                "ratios": ratios,
            }
        yield record | {"name": JUDGE, "seconds": median(judged)}


def check_answers(functions: dict[str, Callable], images: torch.Tensor, kernel: torch.Tensor) -> None:
    """Stop the benchmark if a contender disagrees with PyTorch's float64 result."""
    expected = torch.nn.functional.conv2d(images.double(), kernel.double())
    bound = TOLERANCE[images.dtype] * max(1.0, expected.abs().max().item())
    for name, function in functions.items():
        result = function()
        error = (result.double() - expected).abs().max().item()
        if error > bound:
            raise ArithmeticError(f"{name} must be within {bound:.1e} of PyTorch, got {error:.1e}")


def measure_crossover(dtype: torch.dtype, rounds: int) -> int:
    """The least odd kernel size from which on our fft beats our im2col, on 128x128 images in mode "same"."""
    rows = []
    for taps in CROSSOVER_TAPS:
        layer = Layer(1, CROSSOVER_CHANNELS, CROSSOVER_SIZE, CROSSOVER_CHANNELS, taps)
        functions = contenders(*operands(layer, dtype), mode="same")
        rows.append(median_seconds({name: functions[f"cnnlab {name}"] for name in ("im2col", "fft")}, rounds))
    return crossover(CROSSOVER_TAPS, [row["im2col"] for row in rows], [row["fft"] for row in rows])
