"""Run the parts of ``make test`` or ``make test-all`` one after the other and print what each took."""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

PYTHON = sys.executable
TOOLS = Path(sys.executable).parent
PYTEST = [PYTHON, "-m", "pytest", "-q", "-n", "2"]
NBVAL_REPORT = Path("build/nbval.xml")

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
    "unit tests and doctests": [
        [*PYTEST, "-m", "not browser and not slow", "--ignore=tests/exercises"],
    ],
    "exercises": [[*PYTEST, "-m", "not slow", "tests/exercises"]],
    "notebooks, strict": [
        [
            *PYTEST, "--nbval", "--nbval-current-env", "--nbval-cell-timeout=120", "--dist=loadscope",
            "--override-ini=addopts=", "--override-ini=filterwarnings=", f"--junitxml={NBVAL_REPORT}",
            "notebooks",
        ],
    ],
    "browser": [[*PYTEST[:-2], "-m", "browser and not slow"]],
}  # fmt: skip
ALL = TEST | {
    "slow: Lab, student copies, tampering": [[*PYTEST, "-m", "slow"]],
    "make run": [[PYTHON, "-m", "cnnlab", "run"]],
}
TARGETS = {"lint": LINT, "test": TEST, "test-all": ALL}


def main(target):
    environment = os.environ | {"OMP_NUM_THREADS": "1", "CNNLAB_PROGRESS": "off", "CNNLAB_DEVICE": "cpu"}
    environment.pop("CNNLAB_SCALE", None)
    minutes, failed = {}, []
    NBVAL_REPORT.parent.mkdir(exist_ok=True)
    for name, commands in TARGETS[target].items():
        print(f"== {name}", flush=True)
        started = time.monotonic()
        codes = [subprocess.run(command, env=environment).returncode for command in commands]
        if name.startswith("notebooks"):
            codes.append(exceeded_cards())
        minutes[name] = (time.monotonic() - started) / 60
        failed += [name] if any(codes) else []
    print(f"\n{'part':40} minutes")
    for name, taken in minutes.items():
        print(f"{name:40} {taken:7.1f}{'   FAILED' if name in failed else ''}")
    print(f"{'together':40} {sum(minutes.values()):7.1f}")
    print(f"{len(minutes) - len(failed)} passed, {len(failed)} failed")
    return bool(failed)


def exceeded_cards():
    """Hold each notebook's time under nbval against three times its cost card."""
    from cnnlab.notebooks import costs, files, runner

    seconds = {}
    for case in ElementTree.parse(NBVAL_REPORT).iter("testcase"):
        stem = next(
            path.stem for path in files.find() if path.stem in case.get("classname") + case.get("name")
        )
        seconds[stem] = seconds.get(stem, 0.0) + float(case.get("time"))
    findings = []
    for path in files.find():
        measured = runner.Measurement(seconds[path.stem], gigabytes=0.0)
        findings += costs.exceeded(path, measured, factor=3)
    print("\n".join(findings) or "every notebook is within three times its cost card")
    return bool(findings)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
