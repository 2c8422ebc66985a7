"""The comparison itself: run on the CPU alone, it finds what is planted, and leaves PyTorch as it was."""

from importlib import import_module

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from tests.devices.cases import SETTINGS, Case, Setting, compare, draw, switches
from tests.devices.test_operations import CASES

CPU = torch.device("cpu")


def case_of(name):
    """A case of its own, whose reference no other test has made."""
    found = next(case for case in CASES if case.name == name)
    return Case(found.name, found.inputs, found.options, exact=found.exact, products=found.products)


def assert_found(monkeypatch, case, setting, change, message="wrong, by up to"):
    """The comparison passes, and fails once the operation's results are changed."""
    compare(case, setting, CPU)
    package, name = case.name.split(".")
    module = import_module(f"cnnlab.{package}")
    right = getattr(module, name)
    monkeypatch.setattr(module, name, lambda *inputs, **options: change(right(*inputs, **options)))
    with pytest.raises(AssertionError, match=message):
        compare(case, setting, CPU)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
@pytest.mark.parametrize("name", ["box", "gaussian", "sobel", "unsharp_mask"])
def test_a_result_wrong_by_a_thousandth_is_found(monkeypatch, name, dtype):
    assert_found(monkeypatch, case_of(f"filters.{name}"), Setting(dtype), lambda result: 1.001 * result)


def test_a_result_in_tf32_wrong_by_a_hundredth_is_found(monkeypatch):
    setting = Setting(torch.float32, tf32=True)
    assert_found(monkeypatch, case_of("filters.cross_correlate"), setting, lambda result: 1.01 * result)


@pytest.mark.parametrize(
    "change",
    [
        lambda result: result.nextafter(result + 1),
        lambda result: result.double(),
        lambda result: result[..., :-1],
        lambda result: result * torch.nan,
    ],
    ids=["last bit", "dtype", "shape", "not a number"],
)
def test_what_must_be_exact_may_not_differ_at_all(monkeypatch, change):
    case = Case("pooling.global_max_pool2d", (draw(2, 3, 4, 5),), exact=True)
    assert_found(monkeypatch, case, Setting(torch.float32), change, message=None)


def test_a_wrong_gradient_of_a_right_result_is_found(monkeypatch):
    setting = Setting(torch.float64)
    assert_found(monkeypatch, case_of("filters.sobel"), setting, lambda result: 2 * result - result.detach())


# Which arguments are factors.
FACTORS = {
    "mm": slice(2),
    "bmm": slice(2),
    "addmm": slice(1, 3),
    "baddbmm": slice(1, 3),
    "baddbmm_": slice(1, 3),
    "convolution": slice(2),
    "convolution_backward": slice(3),
}


class InTF32(TorchDispatchMode):
    """While it holds, matrix products and convolutions in float32 see the first 10 bits of their factors.

    The others are cut off, which is the worst that a tensor core may do.
    """

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        which, args = FACTORS.get(function.overloadpacket.__name__, slice(0)), list(args)
        args[which] = [cut(factor) for factor in args[which]]
        return function(*args, **(kwargs or {}))


def cut(factor):
    if factor.dtype != torch.float32:
        return factor
    return (factor.contiguous().view(torch.int32) & ~0x1FFF).view(torch.float32)


@pytest.mark.parametrize("case", [case for case in CASES if torch.float32 in case.dtypes], ids=str)
def test_the_bounds_hold_where_tf32_cuts_off(case):
    with InTF32():
        compare(case, Setting(torch.float32, tf32=True), CPU)


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.products and "empty" not in case.variant],
    ids=str,
)
def test_what_has_bounds_for_tf32_is_beyond_those_of_float32(case):
    with InTF32(), pytest.raises(AssertionError, match="wrong, by up to"):
        compare(case, Setting(torch.float32), CPU)


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_a_setting_holds_inside_and_is_taken_back(setting):
    before = switches()
    with setting.applied():
        assert switches()[:3] == ("high" if setting.tf32 else "highest", setting.tf32, setting.deterministic)
    assert switches() == before
