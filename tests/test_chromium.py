"""The browser of the tests: named with its cure where it is missing, in its sandbox where it has one."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Error

from tests import chromium, parts


def test_a_missing_browser_is_named_before_anything_runs(tmp_path):
    """Under CI that ends the run, for there no test may skip."""
    nothing = {"PATH": "", "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path), "CI": "true"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.parts", "test"],
        env=os.environ | nothing,
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (1, f"{chromium.MISSING}\n")


@pytest.mark.parametrize(
    ("target", "there", "said"), [("test", False, True), ("test", True, False), ("lint", False, False)]
)
def test_only_what_needs_a_browser_asks_for_one(monkeypatch, capsys, target, there, said):
    monkeypatch.setattr(chromium, "is_there", lambda: there)
    assert parts.browser_is_missing(target) == said
    assert capsys.readouterr().out == f"{chromium.MISSING}\n" * said


@pytest.mark.parametrize(
    ("user", "refused", "tried"), [(0, False, [False]), (1000, False, [True]), (1000, True, [True, False])]
)
def test_the_sandbox_is_left_only_by_root_and_where_none_starts(monkeypatch, user, refused, tried):
    seen = []

    def launch(*, chromium_sandbox, args, **options):
        assert not any("sandbox" in flag for flag in args)
        seen.append(chromium_sandbox)
        if chromium_sandbox and refused:
            raise Error("No usable sandbox!")
        return "browser"

    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert chromium.launch(SimpleNamespace(chromium=SimpleNamespace(launch=launch))) == "browser"
    assert seen == tried
