"""The same training by two processes, and by one."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from cnnlab import training
from cnnlab.training.distributed import Processes
from tests.training.models import network, pictures

ROOT = Path(__file__).parents[2]

SCRIPT = """
import sys
from pathlib import Path
import torch
from tests.training.test_distributed import fail_in_the_first, run
from cnnlab.training.distributed import Processes

folder = Path(sys.argv[1])
results = {name: run(name, folder) for name in ("plain", "ema", "resumed", "norm")}
results["failure"] = fail_in_the_first()
torch.save(results, folder / f"{Processes('cpu').rank}.pt")
"""


def model():
    torch.manual_seed(0)
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 4, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(144, 3)
    )


def run(name, folder):
    """Train 21 steps, with 7 batches an epoch of which the last has 1 example of 8."""
    images, labels = pictures(count=49)
    options = {"epochs": 3, "batch_size": 8, "learning_rate": 0.05, "clip_norm": 1.0}
    test = (images[:1], labels[:1]) if name == "ema" else (images, labels)  # one process has none to test
    trained = model_with_norm() if name == "norm" else model()
    if name == "ema":
        options |= {"ema": 0.9, "optimizer": "adamw", "learning_rate": 0.003}
    if name == "resumed":
        options |= {"checkpoint": folder / "run.pt", "checkpoint_every": 2}
        training.fit(trained, (images, labels), test, **options | {"epochs": 1})
        options |= {"resume": True}
    hooks = [training.AlternatingFlip()] if name == "plain" else []
    history = training.fit(trained, (images, labels), test, **options, hooks=hooks)
    rows = [{name: value for name, value in row.items() if name != "seconds"} for row in history.rows()]
    return list(trained.state_dict().values()), rows


def model_with_norm():
    """Each process starts from weights of its own, and draws its own dropout."""
    return network(seed=Processes("cpu").rank)


def fail_in_the_first():
    def act():
        raise training.CheckpointError("the disk is full")

    try:
        Processes("cpu").first_only(act)
    except training.TrainingError as error:
        return str(error)


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """The results of both processes."""
    folder = tmp_path_factory.mktemp("two")
    (folder / "script.py").write_text(SCRIPT)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "CNNLAB_PROGRESS": "off", "OMP_NUM_THREADS": "1"}
    launcher = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    command = [sys.executable, *launcher, folder / "script.py", folder]
    with subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True) as started:
        try:
            assert started.wait(timeout=90) == 0
        finally:
            if started.poll() is None:  # the launcher would leave its processes behind
                os.killpg(started.pid, signal.SIGKILL)
    return [torch.load(folder / f"{rank}.pt") for rank in (0, 1)]


@pytest.mark.parametrize("name", ["plain", "ema", "resumed"])
def test_two_processes_train_as_one_does(two, name, tmp_path):
    expected, rows = run(name, tmp_path)
    for weights, history in (results[name] for results in two):
        for weight, single in zip(weights, expected, strict=True):
            assert (weight - single).abs().max() <= 1e-6 * single.abs().max()
        for row, single in zip(history, rows, strict=True):
            assert row == pytest.approx(single, rel=1e-6)


@pytest.mark.parametrize("name", ["plain", "ema", "resumed", "norm"])
def test_both_processes_end_with_one_model_and_tell_the_same_history(two, name):
    """With batch norm and dropout as well, which each process has for itself."""
    (weights, rows), (others, other_rows) = (results[name] for results in two)
    assert all(torch.equal(a, b) for a, b in zip(weights, others, strict=True))
    assert rows == other_rows


def test_where_the_first_process_cannot_save_both_say_so(two):
    assert [results["failure"] for results in two] == ["the disk is full"] * 2


@pytest.mark.parametrize(
    ("batch", "shares", "weights"),
    [
        ([0, 1, 2, 3, 4], [[0, 1], [2, 3], [4]], [2 / 5, 2 / 5, 1 / 5]),
        ([7, 8], [[7], [8], [7]], [1 / 2, 1 / 2, 0]),  # the third has none: an example that weighs nothing
    ],
)
def test_shares_are_even_and_cover_the_batch(batch, shares, weights):
    processes = Processes("cpu")
    processes.count = 3
    for processes.rank in range(3):
        assert processes.share(torch.tensor(batch)).tolist() == shares[processes.rank]
        assert processes.weight(len(batch)) == weights[processes.rank]
