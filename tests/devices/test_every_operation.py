"""What holds for every operation: exact gradients, and nothing around the call changes its numbers."""

from contextlib import contextmanager

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from tests.devices.bounds import ERROR, of_largest, within
from tests.devices.cases import Setting, placed
from tests.devices.test_operations import CASES

# What PyTorch is never asked for: the operations that these packages build from scratch.
FOREIGN = {"convolution": ("conv", "fold", "im2col", "correl"), "pooling": ("pool", "conv"), "filters": ()}
# They decide by their data how long to go on.
NEEDS_DATA = ("filters.canny", "filters.hysteresis")
MINE = [case for case in CASES if case.name.split(".")[0] in FOREIGN]
LAYOUTS = {
    "transposed": lambda x: x.mT.contiguous().mT if x.ndim > 1 else x,
    "channels innermost": lambda x: x.to(memory_format=torch.channels_last) if x.ndim == 4 else x,
    "repeated without memory": lambda x: x[:1].expand(x.shape),
    "every other number": lambda x: torch.stack([x, x], -1)[..., 0],
    "lazily negated": lambda x: torch.complex(x, -x).conj().imag,
}


@contextmanager
def default_dtype(dtype):
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


# What may be switched on around a call.
AROUND = {
    "autocast to bfloat16": lambda: torch.autocast("cpu", torch.bfloat16),
    "autocast to float16": lambda: torch.autocast("cpu", torch.float16),
    "default float64": lambda: default_dtype(torch.float64),
    "default bfloat16": lambda: default_dtype(torch.bfloat16),
    "inference": torch.inference_mode,
    "no gradients": torch.no_grad,
    "deterministic": Setting(torch.float32, deterministic=True).applied,
}
each = pytest.mark.parametrize("case", MINE, ids=str)


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


@each
def test_memory_layout_does_not_matter(case):
    for name, lay in LAYOUTS.items():
        inputs = [lay(item) if item.is_floating_point() else item for item in case.inputs]
        plain = [item.resolve_neg().contiguous() for item in inputs]
        torch.testing.assert_close(case.run(*inputs), case.run(*plain), msg=name)


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(
    "case", [case for case in CASES if case in MINE or "inspection" in case.name], ids=str
)
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


@pytest.mark.parametrize(
    "case", [case for case in MINE if case.name.startswith("convolution") and len(case.inputs) > 1], ids=str
)
def test_under_autocast_an_activation_in_bfloat16_meets_float32_weights_in_float32(case):
    first, *weights = placed(case.inputs, torch.float32)
    half = first.bfloat16()
    expected = case.run(half.float(), *weights)
    with torch.autocast("cpu", torch.bfloat16):
        results = case.run(half, *weights)
    for result, wanted in zip(results, expected, strict=True):
        assert result.dtype == torch.float32
        within(result, wanted, of_largest(ERROR[torch.float32], wanted))


class Recorder(TorchDispatchMode):
    """Notes what PyTorch is asked for."""

    def __init__(self):
        super().__init__()
        self.names = []

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        self.names.append(str(function))
        return function(*args, **(kwargs or {}))


def assert_alone(case, inputs, wholes):
    """Each picture gives what it gives among the others, and so does each channel where they do not mix."""
    for place in range(len(inputs[0])):
        some = [item[place] if item.shape == inputs[0].shape else item for item in inputs]
        parts = [whole[place] for whole in wholes]
        torch.testing.assert_close(case.run(*some), parts)
        if some[0].ndim > 2 and "mosaic" not in case.name:
            assert_alone(case, some, parts)


@pytest.mark.parametrize("case", [case for case in MINE if not case.name.startswith("convolution")], ids=str)
def test_each_picture_of_a_batch_and_each_channel_is_treated_by_itself(case):
    assert_alone(case, case.inputs, case.run(*case.inputs))


@each
def test_inputs_are_unchanged_and_pytorchs_own_operations_not_called(case):
    inputs = [item.clone() for item in case.inputs]
    with Recorder() as recorder:
        results = case.run(*inputs)
    assert recorder.names
    words = FOREIGN[case.name.split(".")[0]]
    assert not [name for name in recorder.names if any(word in name for word in words)]
    for result in results:
        result.zero_()
    assert all(map(torch.equal, inputs, case.inputs))
