"""What is built for others to install holds what the course needs: exercises, claims and their data."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "LICENSE-TEXT")
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
USED = """
import pathlib, sys
import cnnlab
from cnnlab import claims, data, exercises
assert pathlib.Path(cnnlab.__file__).is_relative_to(sys.argv[1]), cnnlab.__file__
verdict = exercises.check("conv1d.by_hand", [1, 2, 3, 6])
assert verdict.passed, verdict
assert exercises.check("conv1d.by_hand", [3, 6, 1, 2]).diagnosis == "cross-correlation"
claims.check("conv1d.lecture_example", [0, 1, 2, -1, -2])
assert len(claims.find("lenet.accuracy").seeds) == 10
assert data.shape_bias_counts().trials.sum() == 18_000
print("all there")
"""


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_an_exercise_and_a_claim_work_from_a_built_wheel(tmp_path):
    source, wheels, site = (tmp_path / name for name in ("source", "wheels", "site"))
    shutil.copytree(ROOT / "cnnlab", source / "cnnlab", ignore=shutil.ignore_patterns("__pycache__"))
    for name in SOURCES:
        shutil.copy(ROOT / name, source)
    run(*PIP, "wheel", "--no-index", "--no-deps", "--no-build-isolation", "-w", str(wheels), str(source))
    (wheel,) = wheels.glob("cnnlab-*.whl")
    run(*PIP, "install", "--no-index", "--no-deps", "--target", str(site), str(wheel))
    alone = os.environ | {"PYTHONPATH": str(site)}
    assert run(sys.executable, "-c", USED, str(site), cwd=tmp_path, env=alone).endswith("all there\n")
