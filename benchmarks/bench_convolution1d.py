"""Our five ways to convolve two sequences beside NumPy, SciPy and PyTorch: mode "full", on the CPU."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np
import scipy.signal
import torch

from cnnlab.convolution import METHODS, convolve1d
from cnnlab.timing import crossover, median_seconds

SIZES = (16, 100, 1_000, 10_000, 100_000, 1_000_000)
KERNELS = {"kernel of 9 samples": lambda length: 9, "kernel as long as the signal": lambda length: length}
CROSSOVER_SIZES = tuple(2**power for power in range(4, 12))
TOLERANCE = {torch.float32: 1e-5, torch.float64: 1e-12}
MOST_BYTES, MOST_SECONDS = 2e9, 20.0


class Point(NamedTuple):
    """One measurement: the work of a call and the seconds it took."""

    work: float
    seconds: float


class Case(NamedTuple):
    """Two sequences to convolve, as tensors."""

    signal: torch.Tensor
    kernel: torch.Tensor

    @classmethod
    def random(cls, length: int, taps: int, dtype: torch.dtype) -> "Case":
        generator = torch.Generator().manual_seed(length)
        return cls(*(torch.randn(size, generator=generator, dtype=dtype) for size in (length, taps)))

    def functions(self) -> dict[str, Callable]:
        """Every contender as a function without arguments; conversions between libraries are not timed."""
        signal, kernel = self
        arrays = signal.numpy(), kernel.numpy()
        batch, weight, overhang = signal[None, None], kernel.flip(0)[None, None], len(kernel) - 1
        ours = {
            f"cnnlab {method}": lambda method=method: convolve1d(signal, kernel, method=method, mode="full")
            for method in METHODS
        }
        return ours | {
            "torch conv1d": lambda: torch.nn.functional.conv1d(batch, weight, padding=overhang)[0, 0],
            "numpy convolve": lambda: np.convolve(*arrays),
            "scipy direct": lambda: scipy.signal.convolve(*arrays, method="direct"),
            "scipy fftconvolve": lambda: scipy.signal.fftconvolve(*arrays),
        }


def work(name: str, length: int, taps: int) -> float:
    """Steps one call takes, up to a factor: what the time of the next size is estimated from."""
    results = length + taps - 1
    if name == "cnnlab matrix":
        return float(results) * length
    return results * np.log2(results) if "fft" in name else float(results) * taps


def memory(name: str, length: int, taps: int, itemsize: int) -> float:
    """Bytes of the largest thing one call stores."""
    results = length + taps - 1
    copies_windows = ("cnnlab windows", "cnnlab im2col", "torch conv1d")
    columns = taps if name in copies_windows else length if name == "cnnlab matrix" else 1
    return float(results) * columns * itemsize


def extrapolate(points: list[Point], work: float) -> float:
    """Seconds for so much work, on the line through the first and the last point; 0 before there are two."""
    if len(points) < 2:
        return 0.0
    first, last = points[0], points[-1]
    slope = max(0.0, last.seconds - first.seconds) / (last.work - first.work)
    return last.seconds + slope * (work - last.work)


def reason_to_skip(bytes_needed: float, seconds: float) -> str | None:
    """Why a call that needs so much is not run; ``seconds`` is the estimate for all its runs."""
    if bytes_needed > MOST_BYTES:
        return f"would need {in_units(bytes_needed, {'TB': 1e12, 'GB': 1e9})}"
    if seconds > MOST_SECONDS:
        return f"would take about {in_units(seconds, {'h': 3600, 'min': 60, 's': 1})}"
    return None


def in_units(value: float, units: dict[str, float]) -> str:
    """Two significant digits in the largest unit that leaves at least 1."""
    unit, size = next(
        ((unit, size) for unit, size in units.items() if value >= size), list(units.items())[-1]
    )
    return f"{float(f'{value / size:.2g}'):,g} {unit}"


def measure(dtype: torch.dtype, sizes: Iterable[int] = SIZES) -> Iterator[dict]:
    """One record per kernel, size and contender: its median seconds, or why it was skipped."""
    for label, taps_for in KERNELS.items():
        measured: dict[str, list[Point]] = defaultdict(list)
        for length in sizes:
            taps = taps_for(length)
            repeats = 25 if length <= 1_000 else 7
            case = Case.random(length, taps, dtype)
            functions, skipped = case.functions(), {}
            for name in functions:
                # One run checks the answer, and each turn takes two.
                seconds = extrapolate(measured[name], work(name, length, taps)) * (1 + 2 * repeats)
                skipped[name] = reason_to_skip(memory(name, length, taps, dtype.itemsize), seconds)
            running = {name: functions[name] for name in functions if not skipped[name]}
            check_answers(running, case)
            medians = median_seconds(running, repeats)
            for name, seconds in medians.items():
                measured[name].append(Point(work(name, length, taps), seconds))
            for name in functions:
                outcome = {"seconds": medians[name]} if name in medians else {"skipped": skipped[name]}
                yield {"dtype": str(dtype), "kernel": label, "length": length, "name": name} | outcome


def check_answers(functions: dict[str, Callable], case: Case) -> None:
    """Stop the benchmark if two contenders disagree."""
    expected = scipy.signal.fftconvolve(*(tensor.double().numpy() for tensor in case))
    bound = TOLERANCE[case.signal.dtype] * max(1.0, np.abs(expected).max())
    for name, function in functions.items():
        error = np.abs(np.asarray(function(), dtype=np.float64) - expected).max()
        if error > bound:
            raise ArithmeticError(f"{name} must be within {bound:.1e} of the others, got {error:.1e}")


def measure_crossover(dtype: torch.dtype, repeats: int = 15) -> int:
    """The least n from which on our fft beats our windows, for two sequences of n samples in mode "full"."""
    rows = []
    for length in CROSSOVER_SIZES:
        functions = Case.random(length, length, dtype).functions()
        rows.append(
            median_seconds({name: functions[f"cnnlab {name}"] for name in ("windows", "fft")}, repeats)
        )
    return crossover(CROSSOVER_SIZES, [row["windows"] for row in rows], [row["fft"] for row in rows])
