"""What a case of the table is, and how it is compared."""

import warnings
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

import torch
from torch import Tensor

from tests.devices.bounds import ERROR, TF32_NETWORK, TF32_PRODUCT, of_largest, within

DTYPES = tuple(ERROR)


@dataclass(frozen=True, eq=False)
class Case:
    """One call of a public operation.

    Attributes:
        name: where it is found, such as "filters.gaussian".
        inputs: tensors on the CPU; the floating ones are in float64 and take the dtype of a setting.
        options: keyword arguments.
        variant: what tells it from other cases of the same operation.
        through: function of the operation, the inputs and the options, which returns tensors; by default a
            plain call.
        products: where matrix products are involved, function of the inputs' magnitudes that returns the sum
            of the magnitudes of what is added up for each number of the result; "itself" for the operation;
            "network" for a model of several layers.
        exact: whether the result must be equal, as moves and maxima are. Whole numbers and decisions always
            are.
        gradients: whether gradients are compared as well.
        dtypes: the dtypes it is tested in.
        error: bound of its own in place of ``ERROR``.
        result: device and dtype of a result that follows neither the device nor the dtype of the inputs.
    """

    name: str
    inputs: tuple[Tensor, ...]
    options: dict[str, Any] = field(default_factory=dict)
    variant: str = ""
    through: Callable[..., Any] = lambda operation, *inputs, **options: operation(*inputs, **options)
    products: Callable[..., Any] | str | None = None
    exact: bool = False
    gradients: bool = True
    dtypes: tuple[torch.dtype, ...] = DTYPES
    error: float | None = None
    result: tuple[str, torch.dtype] | None = None

    def __str__(self) -> str:
        return f"{self.name}-{self.variant}" if self.variant else self.name

    def run(self, *inputs: Tensor) -> list[Tensor]:
        """Return the results; the operation is looked up by its public name in every run."""
        package, name = self.name.split(".")
        operation = getattr(import_module(f"cnnlab.{package}"), name)
        return parts(self.through(operation, *inputs, **self.options))

    def sums(self, *inputs: Tensor) -> list[Tensor]:
        """Return the sums of magnitudes that ``products`` stands for."""
        return self.run(*inputs) if self.products == "itself" else parts(self.products(*inputs))


@dataclass(frozen=True)
class Setting:
    """How a case runs on the device.

    Attributes:
        dtype: of all floating inputs.
        tf32: whether matrix products in float32 may be in TF32.
        deterministic: whether PyTorch is asked for deterministic algorithms.
    """

    dtype: torch.dtype
    tf32: bool = False
    deterministic: bool = False

    def __str__(self) -> str:
        words = str(self.dtype).removeprefix("torch."), "TF32" * self.tf32, "repeatable" * self.deterministic
        return " ".join(filter(None, words))

    @contextmanager
    def applied(self):
        """Set PyTorch's switches, and set them back afterwards."""
        before = switches()
        try:
            switch("high" if self.tf32 else "highest", self.tf32, self.deterministic, True)
            yield
        finally:
            switch(*before)


def switches():
    """Return how PyTorch's switches stand: products, convolutions, and determinism twice."""
    with warnings.catch_warnings(action="ignore"):  # some versions advise other names for the first two
        tf32 = torch.get_float32_matmul_precision(), torch.backends.cudnn.allow_tf32
    strict = torch.are_deterministic_algorithms_enabled()
    return *tf32, strict, torch.is_deterministic_algorithms_warn_only_enabled()


def switch(products, convolutions, strict, warn_only):
    """Set what ``switches`` returns."""
    with warnings.catch_warnings(action="ignore"):
        torch.set_float32_matmul_precision(products)
        torch.backends.cudnn.allow_tf32 = convolutions
    torch.use_deterministic_algorithms(strict, warn_only=warn_only)


SETTINGS = [
    Setting(dtype, tf32, deterministic)
    for deterministic in (False, True)
    for dtype in DTYPES
    for tf32 in ((False, True) if dtype == torch.float32 else (False,))
]


def parts(result):
    """Return the tensors of a result as a list, numbers as tensors of float64."""
    if isinstance(result, Tensor):
        return [result]
    if isinstance(result, tuple | list):
        return [part for item in result for part in parts(item)]
    return [torch.tensor(result, dtype=torch.float64)]


def compare(case, setting, device):
    """Raise AssertionError unless the device's result and gradients are those of the CPU in float64."""
    expected, slopes = reference(case, setting.dtype)
    inputs = placed(case.inputs, setting.dtype, device)
    with setting.applied():
        results = case.run(*inputs)
        found = backward(case, case.run, inputs) if slopes else []
    check_kind(case, setting, device, results)
    limits, steepest = bounds(case, setting, expected, slopes)
    for name, pairs in (
        ("result", zip(results, expected, limits, strict=True)),
        ("gradient", zip(found, slopes, steepest, strict=True)),
    ):
        for index, (actual, wanted, bound) in enumerate(pairs):
            assert actual.shape == wanted.shape, f"{name} {index} of {case}"
            within(actual.cpu(), wanted, bound)


def check_kind(case, setting, device, results):
    """Raise AssertionError unless the results lie where, and are of the dtype that, they should."""
    kind, dtype = case.result or (device.type, setting.dtype)
    for result in results:
        assert result.device.type == kind
        assert not result.is_floating_point() or result.dtype == dtype


@cache
def reference(case, dtype):
    """Return results and gradients on the CPU in float64, of inputs rounded to ``dtype``."""
    inputs = placed(placed(case.inputs, dtype), torch.float64)
    return case.run(*inputs), backward(case, case.run, inputs) if case.gradients else []


def placed(inputs, dtype, device="cpu"):
    """Return the inputs on a device, the floating ones in ``dtype``."""
    return [item.to(device, dtype if item.is_floating_point() else item.dtype) for item in inputs]


def backward(case, function, inputs, magnitudes=False):
    """Return the gradients of random sums of the results with respect to the floating inputs."""
    inputs = [item.detach().requires_grad_(item.is_floating_point()) for item in inputs]
    results = [result for result in function(*inputs) if result.requires_grad]
    weights = [draw(*result.shape, seed=99 + place) for place, result in enumerate(results)]
    weights = [weight.abs() if magnitudes else weight for weight in weights]
    # Rounded as they are in the coarsest dtype, so that all runs get the same.
    weights = [weight.bfloat16().to(result) for weight, result in zip(weights, results, strict=True)]
    return torch.autograd.grad(results, [item for item in inputs if item.requires_grad], weights)


def bounds(case, setting, expected, slopes):
    """Return the largest error of each result and of each gradient."""
    error = case.error or ERROR[setting.dtype]
    tf32 = setting.tf32 and case.products is not None
    if tf32 and case.products == "network":
        error = TF32_NETWORK
    numbers = [item.is_floating_point() and not case.exact for item in expected]
    limits = [of_largest(error, item) * inexact for item, inexact in zip(expected, numbers, strict=True)]
    steepest = [of_largest(error, item) for item in slopes]
    if tf32 and case.products != "network":
        inputs = [item.abs() if item.is_floating_point() else item for item in case.inputs]
        sums = case.sums(*inputs)
        limits = [limit + TF32_PRODUCT * part for limit, part in zip(limits, sums, strict=True)]
        if slopes:
            sums = backward(case, case.sums, inputs, magnitudes=True)
            steepest = [limit + TF32_PRODUCT * part for limit, part in zip(steepest, sums, strict=True)]
    return limits, steepest


def draw(*shape, seed=0):
    """Return normal numbers of float64 on the CPU."""
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def ties(*shape, seed=0):
    """Return small whole numbers as float64, of which many are equal."""
    return torch.randint(-4, 5, shape, generator=torch.Generator().manual_seed(seed)).double()
