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


@pytest.mark.parametrize(("ci", "count"), [("true", 1), ("", 0)])
def test_what_skips_fails_under_ci_unless_it_is_allowed(pytester, monkeypatch, ci, count):
    monkeypatch.setenv("CI", ci)
    pytester.makeconftest((Path(__file__).parents[1] / "conftest.py").read_text())
    pytester.makepyfile(SKIPPING)
    result = pytester.runpytest("-p", "no:cacheprovider")
    # The mark skips in setup, which counts as an error.
    result.assert_outcomes(errors=count, failed=count, skipped=3 - 2 * count, xfailed=1)
    if ci:
        result.stdout.fnmatch_lines(["*under CI nothing may skip*no Chromium starts here*"])


@pytest.mark.parametrize(("ci", "errors"), [("true", 1), ("", 0)])
def test_a_module_that_skips_fails_under_ci(pytester, monkeypatch, ci, errors):
    monkeypatch.setenv("CI", ci)
    pytester.makeconftest((Path(__file__).parents[1] / "conftest.py").read_text())
    pytester.makepyfile("import pytest\npytest.importorskip('no_such_module')\ndef test(): ...")
    pytester.runpytest("-p", "no:cacheprovider").assert_outcomes(errors=errors, skipped=1 - errors)
