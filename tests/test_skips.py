"""Under CI nothing skips but what CI cannot have."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

SKIPPING = """
import pytest

@pytest.mark.skipif(True, reason="no Chromium starts here")
def test_marked(): ...

def test_inside():
    pytest.importorskip("no_such_module")

@pytest.fixture
def device():
    pytest.skip("PyTorch finds no GPU")

def test_allowed(device): ...

@pytest.mark.xfail
def test_known():
    raise AssertionError
"""


@pytest.fixture(params=["true", ""], ids=["CI", "elsewhere"])
def ci(request, pytester, monkeypatch):
    monkeypatch.setenv("CI", request.param)
    pytester.makeconftest((Path(__file__).parents[1] / "conftest.py").read_text())
    return bool(request.param)


def test_what_skips_fails_under_ci_unless_it_is_allowed(pytester, ci):
    pytester.makepyfile(SKIPPING)
    result = pytester.runpytest("-p", "no:cacheprovider")
    # The mark skips in setup, which counts as an error.
    result.assert_outcomes(errors=ci, failed=ci, skipped=3 - 2 * ci, xfailed=1)
    if ci:
        result.stdout.fnmatch_lines(["*under CI nothing may skip*no Chromium starts here*"])


def test_a_module_that_skips_fails_under_ci(pytester, ci):
    pytester.makepyfile("import pytest\npytest.importorskip('no_such_module')\ndef test(): ...")
    pytester.runpytest("-p", "no:cacheprovider").assert_outcomes(errors=ci, skipped=1 - ci)
