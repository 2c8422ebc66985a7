"""Run the parts of ``make lint``, ``make test`` or ``make test-all`` and print what each took."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests import chromium

PYTHON = sys.executable
TOOLS = Path(sys.executable).parent
PYTEST = [PYTHON, "-m", "pytest", "-q", "-n", "2"]
# One test at a time for each worker: a notebook in Lab takes as long as fifty other tests.
IN_BROWSER = [*PYTEST, "--maxschedchunk=1", "-m"]

LINT = {
    "lint": [
        [TOOLS / "ruff", "check", "."],
        [TOOLS / "ruff", "format", "--check", "--quiet", "."],
        [TOOLS / "lint-imports"],
        [PYTHON, "-m", "cnnlab", "lint"],
    ]
}
TEST = LINT | {
    "types": [[TOOLS / "mypy"]],
    "unit tests, doctests, exercises": [[*PYTEST, "-m", "not browser and not slow"]],
    "notebooks, strict": [[PYTHON, "-m", "tests.strict"]],
}
BROWSER = {"browser": [[*IN_BROWSER, "browser and not slow"]]}
SLOW = {
    "notebooks, another instruction set": [[PYTHON, "-m", "tests.strict", "--other-set"]],
    "browser, student copies in Lab, slow": [[*IN_BROWSER, "browser or slow"]],
    "make run": [[PYTHON, "-m", "cnnlab", "run", "00", "01"]],
}
TARGETS = {"lint": LINT, "test": TEST | BROWSER, "test-all": TEST | SLOW}


def browser_is_missing(target):
    """Say before the first part, and not after the longest, that there is no browser for the last one."""
    if target == "lint" or chromium.is_there():
        return False
    print(chromium.MISSING, flush=True)
    return True


def main(target, *names):
    if browser_is_missing(target) and os.environ.get("CI") == "true":
        return True  # under CI nothing may skip
    environment = os.environ | {
        "OMP_NUM_THREADS": "1",
        "CNNLAB_PROGRESS": "off",
        "CNNLAB_DEVICE": "cpu",
        "CNNLAB_CLAIMS": "strict",
    }
    environment.pop("CNNLAB_SCALE", None)
    minutes, failed = {}, []
    for part, commands in TARGETS[target].items():
        print(f"== {part}", flush=True)
        started = time.monotonic()
        # The notebooks' rules stand last in lint: names pick notebooks there, and code is linted whole.
        commands = [*commands[:-1], [*commands[-1], *names]]
        codes = [subprocess.run(command, env=environment).returncode for command in commands]
        failed += [part] if any(codes) else []
        minutes[part] = (time.monotonic() - started) / 60
    print(f"\n{'part':40} minutes")
    for name, taken in minutes.items():
        print(f"{name:40} {taken:7.1f}{'   FAILED' if name in failed else ''}")
    print(f"{'together':40} {sum(minutes.values()):7.1f}")
    print(f"{len(minutes) - len(failed)} passed, {len(failed)} failed")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
