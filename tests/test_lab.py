import random
import subprocess
import sys

import numpy as np
import pytest
import torch

import cnnlab


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    for name in ("SCALE", "DEVICE", "SEED"):
        monkeypatch.delenv(f"CNNLAB_{name}", raising=False)
    monkeypatch.setenv("CNNLAB_DEVICE", "cpu")


def test_start_prints_scale_and_seed_and_nothing_else(capsys):
    lab = cnnlab.start(seed=3)
    assert capsys.readouterr().out == "scale quick, seed 3\n"
    assert (lab.scale, lab.seed, lab.device) == ("quick", 3, torch.device("cpu"))


def test_the_same_seed_repeats_every_draw_and_another_none():
    def draws(seed):
        cnnlab.start(seed)
        return torch.rand(1).item(), np.random.rand(), random.random()  # noqa: NPY002

    first = draws(7)
    assert draws(7) == first
    assert not set(draws(8)) & set(first)


def test_the_environment_replaces_scale_and_seed(monkeypatch, capsys):
    monkeypatch.setenv("CNNLAB_SCALE", "full")
    monkeypatch.setenv("CNNLAB_SEED", "5")
    lab = cnnlab.start(seed=0)
    assert capsys.readouterr().out == "scale full, seed 5\n"
    assert lab.choose(quick=1, full=2) == 2


def test_full_on_a_cpu_says_beforehand_how_long_it_takes(monkeypatch, capsys):
    monkeypatch.setenv("CNNLAB_SCALE", "full")
    cnnlab.start().choose(quick=1, full=2, full_cpu_minutes=90)
    assert "about 90 minutes" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SCALE", "big", "CNNLAB_SCALE must be one of 'quick', 'full', got 'big'"),
        ("DEVICE", "toaster", "CNNLAB_DEVICE must be cpu, cuda, cuda:N or mps, got 'toaster'"),
        ("DEVICE", "cuda:99", "must name a device that PyTorch finds on this machine, got 'cuda:99'"),
        ("DEVICE", "meta", "must name a device that PyTorch finds on this machine, got 'meta'"),
        ("SEED", "-1", "CNNLAB_SEED must be zero or a positive integer, got '-1'"),
    ],
)
def test_a_wrong_environment_is_named(monkeypatch, name, value, sentence):
    monkeypatch.setenv(f"CNNLAB_{name}", value)
    with pytest.raises(ValueError, match=sentence):
        cnnlab.start()


def test_a_wrong_seed_is_named():
    with pytest.raises(ValueError, match="seed must be zero or positive, got -1"):
        cnnlab.start(seed=-1)
    with pytest.raises(TypeError, match=r"seed must be an integer, got 1\.5"):
        cnnlab.start(seed=1.5)


def test_wrong_minutes_are_named():
    with pytest.raises(ValueError, match="full_cpu_minutes must be positive and finite, got 0"):
        cnnlab.start().choose(quick=1, full=2, full_cpu_minutes=0)


def test_machine_names_device_and_versions():
    text = cnnlab.start().machine()
    assert "device    cpu" in text
    assert torch.__version__ in text


def run_python(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_importing_the_package_loads_no_heavy_library():
    heavy = run_python(
        "import sys, cnnlab; print([n for n in ('torch', 'matplotlib', 'ipywidgets', 'torchvision')"
        " if n in sys.modules])"
    )
    assert heavy.strip() == "[]"


def test_importing_the_package_takes_at_most_50_ms_beyond_torch():
    code = (
        "import time, torch\n"
        "started = time.perf_counter()\n"
        "import cnnlab\n"
        "print(time.perf_counter() - started)"
    )
    assert sorted(float(run_python(code)) for _ in range(3))[1] < 0.05
