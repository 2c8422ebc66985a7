"""Run every notebook strictly, under this machine's instruction set or another one, and hold the times."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import torch

from cnnlab.notebooks import costs, files, runner

REPORT = Path("build/nbval.xml")
# The cell limit ends what hangs; what is too slow is found in the report.
OPTIONS = (
    "-q", "-n", "2", "--dist=loadscope", "--no-loadscope-reorder", "--nbval", "--nbval-current-env",
    "--nbval-cell-timeout=120", "--override-ini=addopts=", "--override-ini=filterwarnings=",
    "--nbval-sanitize-with=tests/nbval_sanitize.cfg", f"--junitxml={REPORT}",
)  # fmt: skip


def other_set(capability):
    """Return the environment of another instruction set, and whether times must hold under it.

    Beside a processor with AVX-512 that is a laptop without, for which the course states its times.
    """
    if capability == "AVX512":
        return runner.SLOWER_SET, True
    return {"ATEN_CPU_CAPABILITY": "default"}, False


def over_limits(path, report=REPORT):
    """Hold a notebook's time under nbval against three times its cost card, each cell's against its limit."""
    cells = {
        int(case.get("name").removeprefix("Cell ")): float(case.get("time"))
        for case in ElementTree.parse(report).iter("testcase")
        if case.get("classname").endswith(f".{path.name}")
    }
    if not cells:
        return [f"{path.name}: no cell was run"]
    slowest = max(cells, key=cells.get)
    name = files.cell_name(slowest, files.code_cells(files.read(path))[slowest])
    measured = runner.Measurement(sum(cells.values()), 0.0, name, cells[slowest])
    return costs.exceeded(path, measured, factor=3)


def main(*options):
    environment, limited = {}, True
    if "--other-set" in options:
        environment, limited = other_set(torch.backends.cpu.get_cpu_capability())
    print(f"under {environment or 'the instruction set of this machine'}", flush=True)
    # The longest first, so that no worker ends alone with it.
    paths = sorted(files.find(), key=costs.quick_seconds, reverse=True)
    REPORT.unlink(missing_ok=True)
    done = subprocess.run([sys.executable, "-m", "pytest", *OPTIONS, *paths], env=os.environ | environment)
    findings = (
        [finding for path in paths for finding in over_limits(path)] if limited and REPORT.exists() else []
    )
    print("\n".join(findings) or f"times: {'every limit holds' if limited else 'without limits here'}")
    return done.returncode or bool(findings)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
