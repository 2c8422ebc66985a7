"""Run the notebooks strictly, under this machine's instruction set or another one, and hold the times."""

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
    "-q", "--dist=loadscope", "--no-loadscope-reorder", "--nbval", "--nbval-current-env",
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


def over_limits(path, report=REPORT, *, each_cell=True):
    """Hold a notebook's time under nbval to three times its cost card, and each cell's to its limit."""
    cells = {
        int(case.get("name").removeprefix("Cell ")): float(case.get("time"))
        for case in ElementTree.parse(report).iter("testcase")
        if case.get("classname").endswith(f".{path.name}")
    }
    if not cells:
        return [f"{path.name}: no cell was run"]
    slowest = max(cells, key=cells.get)
    name = files.cell_name(slowest, files.code_cells(files.read(path))[slowest])
    measured = runner.Measurement(sum(cells.values()), 0.0, name, cells[slowest] if each_cell else 0.0)
    return costs.exceeded(path, measured, factor=3)


def main(*arguments):
    options = {argument for argument in arguments if argument.startswith("--")}
    names = [argument for argument in arguments if argument not in options]
    # What a cell may take is stated for a laptop's set, which the other run has.
    environment, limited, other = {}, True, "--other-set" in options
    if other:
        environment, limited = other_set(torch.backends.cpu.get_cpu_capability())
    print(f"under {environment or 'the instruction set of this machine'}", flush=True)
    # The longest first, so that no worker ends alone with it.
    paths = sorted(files.find(names), key=costs.quick_seconds, reverse=True)
    REPORT.unlink(missing_ok=True)
    # One notebook needs no workers beside its kernel.
    command = [sys.executable, "-m", "pytest", *OPTIONS, f"-n{2 if len(paths) > 1 else 0}", *paths]
    done = subprocess.run(command, env=os.environ | environment)
    findings = []
    if limited and REPORT.exists():
        findings = [finding for path in paths for finding in over_limits(path, each_cell=other)]
    print("\n".join(findings) or f"times: {'every limit holds' if limited else 'without limits here'}")
    return done.returncode or bool(findings)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
