"""The benchmark runs, compares every contender with a trusted answer, and prints what it measured."""

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "run.py"
CONTENDERS = (
    "cnnlab loops", "cnnlab windows", "cnnlab im2col", "cnnlab matrix", "cnnlab fft",
    "torch conv1d", "numpy convolve", "scipy direct", "scipy fftconvolve",
)  # fmt: skip


def test_the_smallest_table_has_every_contender_and_the_crossover(tmp_path):
    results = tmp_path / "results.json"
    command = [sys.executable, str(SCRIPT), "--largest", "16", "--json", str(results)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    for name in CONTENDERS:
        assert name in done.stdout
    records = json.loads(results.read_text())
    # Two types, two kernels: four tables of one column each.
    assert len(records["records"]) == 4 * len(CONTENDERS)
    assert all(record["seconds"] > 0 for record in records["records"])
    for length in records["crossover"].values():
        assert f"fft beats windows from n = {length:,}" in done.stdout
