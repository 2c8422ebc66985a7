"""Time our methods beside their peers, print the tables, and store them on request."""

import argparse
import json
import platform
from itertools import groupby
from pathlib import Path

import bench_convolution1d as bench
import numpy
import scipy
import torch

DTYPES = (torch.float32, torch.float64)
TIME_UNITS = {"s": 1.0, "ms": 1e-3, "µs": 1e-6}


def provenance() -> dict:
    """What the timings depend on, without the name of the machine or a path on it."""
    return {
        "python": platform.python_version(),
        "torch": torch.__version__,
        "numpy": numpy.__version__,
        "scipy": scipy.__version__,
        "threads": torch.get_num_threads(),
        "cpu": cpu_model(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def cpu_model() -> str:
    """The processor's name: Linux tells it in /proc/cpuinfo, other systems through ``platform``."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def print_tables(records: list[dict]) -> None:
    """One table per kernel: a row per contender, a column per size, and below it what was skipped and why."""
    for (dtype, label), group in groupby(records, key=lambda record: (record["dtype"], record["kernel"])):
        rows = list(group)
        lengths = sorted({row["length"] for row in rows})
        print(f"\n{dtype}, {label}: median time, and ratio to the fastest of the column")
        print("signal of".ljust(18) + "".join(f"{length:>17,}" for length in lengths))
        for name in dict.fromkeys(row["name"] for row in rows):
            cells = [cell(rows, name, length) for length in lengths]
            print(name.ljust(18) + "".join(text.rjust(17) for text in cells))
        for row in rows:
            if "skipped" in row:
                print(f"  {row['name']} at {row['length']:,}: skipped, {row['skipped']}")


def cell(rows: list[dict], name: str, length: int) -> str:
    """Median time and ratio to the fastest of the column, such as "12 µs   1.5x"; "-" where skipped."""
    column = {row["name"]: row["seconds"] for row in rows if row["length"] == length and "seconds" in row}
    if name not in column:
        return "-"
    ratio = column[name] / min(column.values())
    digits = 1 if ratio < 100 else 0
    return f"{bench.in_units(column[name], TIME_UNITS)} {ratio:>6,.{digits}f}x"


def print_crossovers(crossovers: dict[str, int]) -> None:
    """The sizes from which on our fft beats our windows."""
    for dtype, length in crossovers.items():
        print(f"crossover, {dtype}: fft beats windows from n = {length:,} on (n samples with n, mode full)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="store the results and what they depend on")
    parser.add_argument("--threads", type=int, default=1, help="threads PyTorch may use (default: 1)")
    parser.add_argument("--largest", type=int, default=max(bench.SIZES), help="leave out longer signals")
    parser.add_argument("--crossover-only", action="store_true", help="measure only the crossover")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    results: dict = {"provenance": provenance(), "records": []}
    print(", ".join(f"{key} {value}" for key, value in results["provenance"].items()))
    for dtype in DTYPES if not options.crossover_only else ():
        records = list(bench.measure(dtype, [size for size in bench.SIZES if size <= options.largest]))
        print_tables(records)
        results["records"] += records
    results["crossover"] = {str(dtype): bench.measure_crossover(dtype) for dtype in DTYPES}
    print_crossovers(results["crossover"])
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
