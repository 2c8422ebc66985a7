"""Nothing public is forgotten: a new operation needs a case in the table, or a reason for having none."""

from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from cnnlab import data
from tests.devices.exceptions import APART, REASONS
from tests.devices.test_operations import CASES

PACKAGES = (
    "augmentation",
    "convolution",
    "data",
    "filters",
    "inspection",
    "kernels",
    "models",
    "normalization",
    "pooling",
    "shape_bias",
    "training",
    "transfer",
)
# A set with a loader of its own is read from files, and its tensors are left on the CPU.
SETS = {f"data.{path.stem}" for path in (Path(data.__file__).parent / "sets").glob("[!_]*.py")}
EXCEPTIONS = [name for names in REASONS.values() for name in names.split()]


def public(package):
    """The names of all functions and classes that a package offers."""
    module = import_module(f"cnnlab.{package}")
    return {f"{package}.{name}" for name in module.__all__ if callable(getattr(module, name))}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_public_operation_is_in_the_table_or_has_a_reason(package):
    known = {case.name for case in CASES} | set(APART) | set(EXCEPTIONS) | SETS
    assert public(package) - known == set()


def test_what_is_listed_exists_and_is_listed_once():
    lists = [*{case.name for case in CASES}, *APART, *EXCEPTIONS]
    assert [name for name, count in Counter(lists).items() if count > 1] == []
    assert set(lists) - set().union(*map(public, PACKAGES)) == set()


def test_no_two_cases_have_one_name():
    assert [name for name, count in Counter(map(str, CASES)).items() if count > 1] == []


@pytest.mark.parametrize("name", APART)
def test_what_is_tested_apart_is_tested_there(name):
    source = Path(__file__).with_name(f"{APART[name]}.py").read_text()
    assert f"{name.split('.')[1]}(" in source
