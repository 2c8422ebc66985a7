"""What is switched on around a call changes neither its numbers nor its dtype."""

from contextlib import contextmanager

import pytest
import torch

from tests.devices.bounds import ERROR, of_largest, within
from tests.devices.cases import Setting, placed
from tests.devices.test_operations import CASES

PACKAGES = ("convolution", "filters", "inspection", "kernels", "pooling")


@contextmanager
def default_dtype(dtype):
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


AROUND = {
    "autocast to bfloat16": lambda: torch.autocast("cpu", torch.bfloat16),
    "autocast to float16": lambda: torch.autocast("cpu", torch.float16),
    "default float64": lambda: default_dtype(torch.float64),
    "default bfloat16": lambda: default_dtype(torch.bfloat16),
    "inference": torch.inference_mode,
    "no gradients": torch.no_grad,
    "deterministic": Setting(torch.float32, deterministic=True).applied,
}


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("case", [case for case in CASES if case.name.split(".")[0] in PACKAGES], ids=str)
def test_the_numbers_are_those_of_a_call_without_it(case, around):
    for dtype in {torch.float32, case.dtypes[0]}:
        inputs = placed(case.inputs, dtype)
        expected = case.run(*inputs)
        with AROUND[around]():
            results = case.run(*inputs)
        for result, wanted in zip(results, expected, strict=True):
            assert (result.dtype, result.shape) == (wanted.dtype, wanted.shape)
            error = case.error or ERROR[dtype]
            within(result, wanted, 0 if case.exact else of_largest(error, wanted))
