"""The benchmark runs, compares every contender with a trusted answer, and prints what it measured."""

import importlib
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "run.py"
CONTENDERS = (
    "cnnlab loops", "cnnlab windows", "cnnlab im2col", "cnnlab matrix", "cnnlab fft",
    "torch conv1d", "numpy convolve", "scipy direct", "scipy fftconvolve",
)  # fmt: skip
CONTENDERS_2D = ("cnnlab windows", "cnnlab im2col", "cnnlab fft", "torch conv2d")


def run(results, *options, instructions=("--set", "own")):
    """Run the script, with the processor's own instructions alone, and return what it printed and stored."""
    command = [sys.executable, str(SCRIPT), *instructions, *options, "--json", str(results)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout, json.loads(results.read_text())


def test_the_tables_are_made_with_both_instruction_sets_where_there_are_two(tmp_path):
    printed, stored = run(tmp_path / "all.json", "--part", "shapes", "--crossover-only", instructions=())
    here = torch.backends.cpu.get_cpu_capability()
    expected = {"own": here, "AVX2": "AVX2"} if here == "AVX512" else {"own": here}
    assert {name: results["provenance"]["instructions"] for name, results in stored.items()} == expected
    tables = printed.split("Instruction set: ")[1:]
    assert [table.partition("\n")[0] for table in tables] == list(expected)
    assert all("shapes, 1 thread" in table for table in tables)


def test_the_smallest_1d_table_has_every_contender_and_the_crossover(tmp_path):
    printed, stored = run(tmp_path / "results.json", "--part", "1d", "--largest", "16")
    assert "2d" not in stored
    for name in CONTENDERS:
        assert name in printed
    # Two types, two kernels: four tables of one column each.
    assert len(stored["1d"]["records"]) == 4 * len(CONTENDERS)
    assert all(record["seconds"] > 0 for record in stored["1d"]["records"])
    for length in stored["1d"]["crossover"].values():
        assert f"fft beats windows from n = {length:,}" in printed


def test_the_2d_tables_have_every_contender_its_ratios_and_the_crossover(monkeypatch, capsys):
    monkeypatch.syspath_prepend(SCRIPT.parent)
    bench, script = (importlib.import_module(name) for name in ("bench_convolution2d", "run"))
    monkeypatch.setattr(bench, "LAYERS", (bench.Layer(2, 3, 8, 4, 3), bench.Layer(1, 1, 9, 2, 5)))
    monkeypatch.setattr(bench, "CROSSOVER_SIZE", 64)
    monkeypatch.setattr(bench, "CROSSOVER_TAPS", (3, 17, 31))
    stored = script.run_2d(SimpleNamespace(crossover_only=False, rounds=1))
    printed = capsys.readouterr().out
    # Two types, two layers.
    assert [record["name"] for record in stored["records"]] == list(CONTENDERS_2D) * 4
    for record in stored["records"]:
        assert record["seconds"] > 0
        assert record["name"] in printed
        if record["name"] != "torch conv2d":
            assert record["ratios"] == sorted(record["ratios"])
            assert f"{record['name']}, {record['layer']}: " in printed
    for taps in stored["crossover"].values():
        assert taps % 2 == 1
        assert f"fft beats im2col from {taps}x{taps} kernels" in printed


def test_a_contender_with_a_wrong_answer_stops_the_2d_benchmark(monkeypatch):
    monkeypatch.syspath_prepend(SCRIPT.parent)
    bench = importlib.import_module("bench_convolution2d")
    images, kernel = bench.operands(bench.Layer(1, 1, 5, 1, 3), torch.float32)
    right = bench.contenders(images, kernel)
    bench.check_answers(right, images, kernel)
    with pytest.raises(ArithmeticError, match=r"^wrong must be within .* of PyTorch, got"):
        bench.check_answers({"wrong": lambda: right["cnnlab im2col"]() + 0.01}, images, kernel)


def test_a_filter_with_a_wrong_answer_stops_the_benchmark_of_filters(monkeypatch):
    monkeypatch.syspath_prepend(SCRIPT.parent)
    bench = importlib.import_module("bench_filters")
    images = bench.picture((9, 7), torch.float32)
    for name in bench.FILTERS:
        functions = bench.contenders(name, images)
        bench.check_answers(name, functions, images)
        with pytest.raises(ArithmeticError, match=r"^wrong must be within .* of SciPy, got"):
            bench.check_answers(name, {"wrong": lambda right=functions["cnnlab"]: right() + 0.01}, images)


def test_the_filters_are_timed_beside_every_peer(monkeypatch, capsys):
    monkeypatch.syspath_prepend(SCRIPT.parent)
    bench, script = (importlib.import_module(name) for name in ("bench_filters", "run"))
    records = list(bench.measure(torch.float64, rounds=1, sizes=((9, 7), (5, 40))))
    # Two sizes; three contenders but for the box, which scikit-image does not have.
    assert len(records) == 2 * (4 * 3 + 2 * 2)
    script.print_tables(sorted(records, key=lambda row: row["kernel"]), "picture of", "size", bench.JUDGE)
    printed = capsys.readouterr().out
    for record in records:
        assert record["seconds"] > 0
        assert f"torch.float64, {record['kernel']}: median time" in printed
        if record["name"] == "cnnlab":
            assert record["ratios"] == sorted(record["ratios"])
            assert f"cnnlab, {record['size']}: " in printed
    assert printed.count("times the fastest peer") == 2 * 6


def test_the_shapes_are_timed_beside_scikit_image_and_wrong_masks_stop_it(monkeypatch):
    monkeypatch.syspath_prepend(SCRIPT.parent)
    bench = importlib.import_module("bench_shapes")
    result = bench.measure(count=24, size=32, rounds=1)
    assert result["least_iou"] >= bench.LEAST_IOU
    assert all(seconds > 0 for seconds in result["seconds"].values())
    pictures = bench.data.shapes(24, size=32)
    drawn, masks = bench.draw_all(pictures, 32 * sum(bench.data.Ranges().period) / 2)
    with pytest.raises(ArithmeticError, match=r"^masks must overlap by 0.98, got 0.0000$"):
        bench.check_answers(pictures, drawn, masks & False)


def test_the_augmentations_are_timed_beside_torchvision(tmp_path):
    printed, stored = run(tmp_path / "results.json", "--part", "augmentation", "--rounds", "1")
    assert "shapes" not in stored
    assert "torchvision" in stored["provenance"]
    records = stored["augmentation"]["records"]
    assert len(records) == 5
    for record in records:
        assert len(record["seconds"]) == 3
        assert all(seconds > 0 for seconds in record["seconds"].values())
        for ratios in (record["times_as_fast_as_each"], record["times_as_fast_as_one_draw"]):
            assert ratios == sorted(ratios)
            assert len(ratios) == 5
        assert f"  {record['task']}: " in printed


def test_an_augmentation_that_is_not_torchvisions_stops_the_benchmark(monkeypatch):
    monkeypatch.syspath_prepend(SCRIPT.parent)
    bench = importlib.import_module("bench_augmentation")
    for task in bench.TASKS.values():
        images = torch.rand(8, *task.shape, generator=torch.Generator().manual_seed(0))
        bench.check_answers(task, images, task.judge)
        with pytest.raises(ArithmeticError, match=r"^pictures must be within 0.0001 of torchvision, got"):
            bench.check_answers(task, images, lambda image, *row, right=task.judge: right(image, *row) + 0.01)


def test_training_is_timed_beside_the_loops(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    bench, script = (importlib.import_module(name) for name in ("bench_training", "run"))
    result = bench.measure(["cnnlab", "bare loop", "tutorial loop"], count=128, rounds=1)
    assert set(result["seconds"]) == {"cnnlab", "bare loop", "tutorial loop"}
    assert set(result["times_as_fast"]) == {"tutorial loop"}
    assert min(*result["seconds"].values(), *result["memory_mib"].values()) > 0
    assert "training" in script.RUNS


def test_every_contender_trains_the_same_model(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    bench = importlib.import_module("bench_training")
    for make in (bench.lenet5, bench.modern_lenet5):
        assert sum(weight.numel() for weight in make().parameters()) == 61_706
        assert torch.equal(next(make().parameters()), next(make().parameters()))
