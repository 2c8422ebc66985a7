"""Gradients of every operation are exact, and its results have their shape and dtype without data as well."""

import pytest
import torch

from tests.devices.cases import placed
from tests.devices.test_operations import CASES

PACKAGES = ("convolution", "filters", "pooling")
# They decide by their data how long to go on.
NEEDS_DATA = ("filters.canny", "filters.hysteresis")
MINE = [case for case in CASES if case.name.split(".")[0] in PACKAGES]


@pytest.mark.parametrize(
    "case", [case for case in MINE if case.gradients and case.variant != "ties"], ids=str
)
def test_gradients_are_exact(case):
    inputs = [item.detach().requires_grad_(item.is_floating_point()) for item in case.inputs]
    assert torch.autograd.gradcheck(lambda *inputs: tuple(case.run(*inputs)), inputs, fast_mode=True)


@pytest.mark.parametrize("case", [case for case in MINE if case.name not in NEEDS_DATA], ids=str)
def test_shapes_and_dtypes_are_known_without_data(case):
    for dtype in case.dtypes:
        results = case.run(*placed(case.inputs, dtype))
        for result, known in zip(results, case.run(*placed(case.inputs, dtype, "meta")), strict=True):
            assert (known.device.type, known.dtype, known.shape) == ("meta", result.dtype, result.shape)
            assert result.dtype == dtype or not result.is_floating_point()
