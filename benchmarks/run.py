"""Time our methods beside their peers, print the tables, and store them on request."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from itertools import groupby
from pathlib import Path
from statistics import median

import bench_augmentation
import bench_convolution1d as bench1d
import bench_convolution2d as bench2d
import bench_filters
import bench_shapes
import bench_training
import numpy
import scipy
import skimage
import torch
import torchvision

from cnnlab import data

DTYPES = (torch.float32, torch.float64)
TIME_UNITS = {"s": 1.0, "ms": 1e-3, "µs": 1e-6}
# Instruction sets by name, with the environment that PyTorch must find when its process starts. A processor
# without AVX-512 has the slower one for its own.
SETS = {"own": {}, "AVX2": {"ONEDNN_MAX_CPU_ISA": "AVX2", "ATEN_CPU_CAPABILITY": "avx2"}}


def provenance() -> dict:
    """What the timings depend on, without the name of the machine or a path on it."""
    return {
        "python": platform.python_version(),
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "numpy": numpy.__version__,
        "scipy": scipy.__version__,
        "scikit-image": skimage.__version__,
        "cpu": cpu_model(),
        "system": f"{platform.system()} {platform.machine()}",
        "instructions": torch.backends.cpu.get_cpu_capability(),
    }


def cpu_model() -> str:
    """The processor's name: Linux tells it in /proc/cpuinfo, other systems through ``platform``."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def print_tables(records: list[dict], heading: str, column: str, judge: str = "") -> None:
    """One table per kernel: a row per contender, a column per size, and below it what was skipped and why."""
    for (dtype, label), group in groupby(records, key=lambda record: (record["dtype"], record["kernel"])):
        rows = list(group)
        sizes = list(dict.fromkeys(row[column] for row in rows))
        titles = [size if isinstance(size, str) else f"{size:,}" for size in sizes]
        print(f"\n{dtype}, {label}: median time, and ratio to the fastest of the column")
        print(heading.ljust(18) + "".join(title.rjust(17) for title in titles))
        for name in dict.fromkeys(row["name"] for row in rows):
            cells = [cell([row for row in rows if row[column] == size], name) for size in sizes]
            print(name.ljust(18) + "".join(text.rjust(17) for text in cells))
        for row in rows:
            if "skipped" in row:
                print(f"  {row['name']} at {row[column]:,}: skipped, {row['skipped']}")
            if "ratios" in row:
                low, middle, high = row["ratios"][0], median(row["ratios"]), row["ratios"][-1]
                over = f"{middle:.2f} times {judge} (from {low:.2f} to {high:.2f})"
                print(f"  {row['name']}, {row[column]}: {over}")


def cell(rows: list[dict], name: str) -> str:
    """Median time and ratio to the fastest of the column, such as "12 µs   1.5x"; "-" where skipped."""
    column = {row["name"]: row["seconds"] for row in rows if "seconds" in row}
    if name not in column:
        return "-"
    ratio = column[name] / min(column.values())
    digits = 1 if ratio < 100 else 0
    return f"{bench1d.in_units(column[name], TIME_UNITS)} {ratio:>6,.{digits}f}x"


def run_1d(options: argparse.Namespace) -> dict:
    """Print the tables of signals, and return what they show."""
    records = []
    for dtype in DTYPES if not options.crossover_only else ():
        sizes = [size for size in bench1d.SIZES if size <= options.largest]
        records += list(bench1d.measure(dtype, sizes))
    print_tables(records, "signal of", "length")
    crossovers = {str(dtype): bench1d.measure_crossover(dtype) for dtype in DTYPES}
    for dtype, length in crossovers.items():
        print(f"crossover, {dtype}: fft beats windows from n = {length:,} on (n samples with n, mode full)")
    return {"records": records, "crossover": crossovers}


def run_2d(options: argparse.Namespace) -> dict:
    """Print the tables of images, and return what they show."""
    records = []
    for dtype in DTYPES if not options.crossover_only else ():
        records += list(bench2d.measure(dtype, options.rounds))
    print_tables(records, "images, kernels", "layer", bench2d.JUDGE)
    crossovers = {str(dtype): bench2d.measure_crossover(dtype, options.rounds) for dtype in DTYPES}
    images = f"{bench2d.CROSSOVER_CHANNELS} channels of {bench2d.CROSSOVER_SIZE}x{bench2d.CROSSOVER_SIZE}"
    for dtype, taps in crossovers.items():
        print(f"crossover, {dtype}: fft beats im2col from {taps}x{taps} kernels on ({images}, mode same)")
    return {"records": records, "crossover": crossovers}


def run_filters(options: argparse.Namespace) -> dict:
    """Print the tables of filters, and return what they show; there is no crossover."""
    records = []
    for dtype in DTYPES if not options.crossover_only else ():
        records += sorted(bench_filters.measure(dtype, options.rounds), key=lambda row: row["kernel"])
    print_tables(records, "picture of", "size", bench_filters.JUDGE)
    return {"records": records}


def run_shapes(options: argparse.Namespace) -> dict:
    """Print how long the shapes take, and return it; there is no crossover."""
    if options.crossover_only:
        return {}
    result = bench_shapes.measure(rounds=options.rounds)
    pictures = f"{result['count']:,} pictures of {result['size']}x{result['size']}"
    for name, seconds in result["seconds"].items():
        print(f"{name:14} {seconds * 1e3:8.1f} ms for {pictures}")
    print(f"{result['times_as_fast']:.1f} times as fast; masks overlap by at least {result['least_iou']:.4f}")
    return result


def run_augmentation(options: argparse.Namespace) -> dict:
    """Print the table of augmentations, and return what it shows; there is no crossover."""
    if options.crossover_only:
        return {}
    records = list(bench_augmentation.measure(options.rounds))
    names = list(records[0]["seconds"])
    print(f"median time for {records[0]['batch']} pictures")
    print("task".ljust(24) + "".join(name.rjust(30) for name in names))
    for record in records:
        cells = [bench1d.in_units(seconds, TIME_UNITS) for seconds in record["seconds"].values()]
        print(record["task"].ljust(24) + "".join(text.rjust(30) for text in cells))
    for record in records:
        each, whole = (record[f"times_as_fast_as_{rival}"] for rival in ("each", "one_draw"))
        low, middle, high = each[0], median(each), each[-1]
        print(
            f"  {record['task']}: {middle:.1f} times as fast as {names[1]} (from {low:.1f} to {high:.1f}), "
            f"{median(whole):.2f} times as fast as {names[2]}"
        )
    return {"records": records}


def run_training(options: argparse.Namespace) -> dict:
    """Print how fast LeNet-5 trains, and return it; there is no crossover."""
    if options.crossover_only:
        return {}
    names = [name for name in bench_training.CONTENDERS if bench_training.installed(name)]
    for name in set(bench_training.CONTENDERS) - set(names):
        print(f"{name}: skipped, it is not installed here (make bench installs it beside the course)")
    result = bench_training.measure(names, rounds=options.training_rounds)
    for name, seconds in result["seconds"].items():
        print(f"{name:14} {result['count'] / seconds:8,.0f} pictures a second")
    for name, ratio in result["times_as_fast"].items():
        print(f"{ratio:.2f} times as fast as {name}")
    bare, memory = result["times_bare_loop"], result["times_memory"]
    print(f"{bare:.2f} times the time of the bare loop, {memory:.2f} times its memory")
    try:
        result["mnist"] = bench_training.measure_mnist()
    except data.DataError as error:
        print(f"MNIST: skipped, {error}")
        return result
    accuracies = " ".join(f"{100 * accuracy:.2f}" for accuracy in result["mnist"]["accuracy"])
    print(f"MNIST, accuracy after each epoch: {accuracies} %")
    for name, seconds in result["mnist"]["seconds"].items():
        epochs = result["mnist"]["epochs"] if name == "cnnlab" else 1
        print(f"{name:14} {seconds:6.1f} s for {epochs} {'epoch' if epochs == 1 else 'epochs'}")
    return result


RUNS = {
    "1d": run_1d,
    "2d": run_2d,
    "filters": run_filters,
    "shapes": run_shapes,
    "augmentation": run_augmentation,
    "training": run_training,
}
# NumPy and SciPy convolve signals with one thread, scikit-image draws with one, and so does each worker of a
# DataLoader: PyTorch gets one there.
THREADS = {"1d": 1, "2d": 2, "filters": 2, "shapes": 1, "augmentation": 1, "training": 2}


def run_parts(options: argparse.Namespace) -> dict:
    """Print the tables with the instructions that this process has, and return what they show."""
    results: dict = {"provenance": provenance()}
    print(", ".join(f"{key} {value}" for key, value in results["provenance"].items()))
    for part in [options.part] if options.part else RUNS:
        threads = options.threads or THREADS[part]
        torch.set_num_threads(threads)
        print(f"\n{part}, {threads} {'threads' if threads > 1 else 'thread'}")
        results[part] = {"threads": threads, **RUNS[part](options)}
    return results


def run_set(name: str, arguments: list[str]) -> dict:
    """Print the tables of a process that is held to an instruction set, and return what it stored."""
    print(f"\nInstruction set: {name}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        stored = Path(folder) / "results.json"
        command = [sys.executable, __file__, *arguments, "--set", name, "--json", str(stored)]
        subprocess.run(command, env=os.environ | SETS[name], check=True)
        return json.loads(stored.read_text())


def sets_here(capability: str) -> list[str]:
    """Names of the sets to measure with: both where the processor has AVX-512, else its own."""
    return list(SETS) if capability == "AVX512" else ["own"]


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="store the results and what they depend on")
    parser.add_argument("--set", choices=SETS, help="measure only with this; otherwise with each in turn")
    parser.add_argument("--part", choices=RUNS, help="measure only this")
    parser.add_argument("--threads", type=int, help="PyTorch's threads, instead of each part's own")
    parser.add_argument("--largest", type=int, default=max(bench1d.SIZES), help="leave out longer signals")
    parser.add_argument("--rounds", type=int, default=15, help="rounds of each measurement but signals")
    parser.add_argument("--training-rounds", type=int, default=7, help="rounds of training")
    parser.add_argument("--crossover-only", action="store_true", help="measure only the crossovers")
    options = parser.parse_args(arguments)
    if options.set is None:
        names = sets_here(torch.backends.cpu.get_cpu_capability())
        results = {name: run_set(name, arguments) for name in names}
    elif SETS[options.set].items() <= os.environ.items():
        results = run_parts(options)
    else:
        results = run_set(options.set, arguments)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
