"""Stopping and going on."""

import json
import os
import re
import resource
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from cnnlab import training
from cnnlab.data import Resident, Streamed
from cnnlab.training import checkpoints
from tests.training import models
from tests.training.models import FULL, line, linear, network, pictures, refused, same, shift

ROOT = Path(__file__).parents[2]


class StopError(Exception):
    pass


def stopping(at):
    """The augmentation, which raises in its ``at``-th step."""
    steps = []

    def augment(inputs, generator):
        steps.append(len(inputs))
        if len(steps) == at + 1:  # the first call is the check before training
            raise StopError
        return shift(inputs, generator)

    return augment


def train(model, **changes):
    images, labels = pictures()
    examples = Resident(images, labels, mean=0.5, std=0.25)
    return training.fit(model, examples, examples, **(FULL | changes))


@pytest.fixture(scope="module")
def uninterrupted():
    model = network()
    torch.manual_seed(7)
    return model, train(model)


@pytest.mark.parametrize("at", [1, 5, 7, 8, 12, 20])
def test_resuming_gives_the_same_bits_as_never_having_stopped(tmp_path, uninterrupted, at):
    """Seven steps an epoch, saved every third and at the end of each epoch; the stop comes anywhere."""
    path, stopped = tmp_path / "run.pt", network()
    torch.manual_seed(7)
    with pytest.raises(StopError):
        train(stopped, augment=stopping(at), checkpoint=path, checkpoint_every=3)
    resumed = network(seed=99 if path.exists() else 0)
    torch.manual_seed(99 if path.exists() else 7)  # where nothing was saved yet, training starts anew
    history = train(resumed, checkpoint=path, checkpoint_every=3, resume=True)
    assert path.exists()
    assert same(resumed, uninterrupted[0])
    assert history == uninterrupted[1]
    assert len(history) == 4


def test_saving_changes_nothing_and_a_finished_run_is_only_read(tmp_path, uninterrupted):
    saved, reread = network(), network(seed=5)
    torch.manual_seed(7)
    for model, resume in ((saved, False), (reread, True)):
        history = train(model, checkpoint=tmp_path / "run.pt", checkpoint_every=1, resume=resume)
        assert same(model, uninterrupted[0])
        assert history == uninterrupted[1]
        assert [path.name for path in tmp_path.iterdir()] == ["run.pt"]


def test_early_stopping_resumes_its_count(tmp_path):
    """Class labels that cannot be learned: the test loss rises, and patience counts over the stop."""
    images, labels = pictures()
    options = {"epochs": 30, "batch_size": 52, "learning_rate": 0.5, "patience": 2}
    whole, resumed = network(), network()
    test = (images, labels.flip(0))
    torch.manual_seed(3)
    expected = training.fit(whole, (images, labels), test, **options)
    assert len(expected) < 30
    torch.manual_seed(3)
    options["checkpoint"] = tmp_path / "a.pt"
    training.fit(resumed, (images, labels), test, **options | {"epochs": len(expected) - 1})
    history = training.fit(resumed, (images, labels), test, **options, resume=True)
    assert history == expected
    assert same(whole, resumed)


def steep(outputs, targets):
    """A loss whose gradients overflow float16, until the scale of the gradients has come down."""
    return 20 * nn.functional.cross_entropy(outputs, targets)


FLOATS = TensorDataset(pictures()[0].float() / 255, pictures()[1])
STREAM = {"train": Streamed(FLOATS), "batch_size": 8}
LOADER = DataLoader(FLOATS, batch_size=8, shuffle=True, collate_fn=models.twice)


@pytest.mark.parametrize(
    ("make", "options"),
    [
        (network, STREAM | {"optimizer": "adamw", "mixed_precision": "float16", "loss": steep}),
        (network, {"train": LOADER, "test": LOADER}),
        (
            models.two_layers,
            {"train": line(), "batch_size": 16, "groups": models.by_layer, "optimizer": "adamw"},
        ),
    ],
    ids=["float16 of a stream", "a loader", "groups"],
)
def test_whatever_has_a_state_resumes_to_the_bit(tmp_path, make, options):
    whole, parts, path = make(), make(), tmp_path / "run.pt"
    torch.manual_seed(3)
    training.fit(whole, epochs=3, **options)
    torch.manual_seed(3)
    training.fit(parts, epochs=1, checkpoint=path, **options)
    torch.manual_seed(4)
    training.fit(parts, epochs=3, checkpoint=path, resume=True, **options)
    assert same(whole, parts)


KILLED = """
import os, signal, sys
from pathlib import Path
import torch
from tests.training.models import network, shift
from tests.training.test_checkpoints import train

steps = []
def augment(inputs, generator):
    steps.append(len(inputs))
    if len(steps) == 12:
        os.kill(os.getpid(), signal.SIGKILL)
    return shift(inputs, generator)

model = network()
torch.manual_seed(7)
train(model, augment=augment, checkpoint=Path(sys.argv[1]), checkpoint_every=2)
"""


def test_a_killed_process_is_resumed_to_the_bit(tmp_path, uninterrupted):
    path, resumed = tmp_path / "run.pt", network(seed=99)
    environment = os.environ | {"CNNLAB_PROGRESS": "off", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=ROOT, env=environment)
    assert done.returncode == -signal.SIGKILL
    position = checkpoints.load(path)["position"]
    assert (position["epoch"], position["position"]) == (1, 2)  # in mid-epoch
    history = train(resumed, checkpoint=path, checkpoint_every=2, resume=True)
    assert same(resumed, uninterrupted[0])
    assert history == uninterrupted[1]


@contextmanager
def largest_file(size):
    """Let no file grow beyond ``size`` bytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_the_checkpoint_before_whole(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNLAB_PROGRESS", "off")
    path, model = tmp_path / "run.pt", network()
    torch.manual_seed(7)
    train(model, checkpoint=path, epochs=1, schedule="constant")
    before = path.read_bytes()
    sentence = f"checkpoint {path} must have room and permission for .* MiB, got: File too large; free space"
    with (
        largest_file(len(before) // 2),
        pytest.raises(training.CheckpointError, match=sentence) as caught,
    ):
        train(model, checkpoint=path, epochs=3, schedule="constant", resume=True)
    assert len(caught.value.history) == 2  # the epoch that could not be saved is not lost
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["run.pt"]
    assert len(train(model, checkpoint=path, epochs=3, schedule="constant", resume=True)) == 3


class Evil:
    def __reduce__(self):
        return os.mkdir, ("evil",)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"something else",
        "cut",
        nn.Linear(2, 1),
        {"format": 1, "model": {}},
        {"format": 1, "model": Evil()},
    ],
    ids=["empty", "text", "cut", "pickle", "weights", "code"],
)
def test_what_is_no_whole_checkpoint_is_named_runs_nothing_and_gets_no_advice(tmp_path, monkeypatch, content):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "run.pt"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content == "cut":
        training.fit(linear(), line(), epochs=1, batch_size=8, checkpoint=path)
        path.write_bytes(path.read_bytes()[:-200])
    else:
        torch.save(content, path)
    options = {"batch_size": 8, "checkpoint": path, "resume": True}
    sentence = refused(linear(), line(), error=training.CheckpointError, **options)
    assert sentence.startswith(f"checkpoint {path} must be a file that fit wrote")
    assert "weights_only" not in sentence
    assert not (tmp_path / "evil").exists()


def of(kind):
    return {"optimizer": lambda weights: kind(weights, lr=0.01)}


SGD, ADAM, ADAMW = of(torch.optim.SGD), of(torch.optim.Adam), of(torch.optim.AdamW)


@pytest.mark.parametrize(
    ("written", "changes", "sentence"),
    [
        ({}, {"model": nn.Linear(2, 1, bias=False)}, r"where 'bias' is \(1,\), got none"),
        ({}, {"model": models.two_layers()}, r"'0.weight' is missing, got \(3, 2\)"),
        ({}, {"batch_size": 16}, "batch_size must be 8 as in checkpoint .*, got 16; delete the file"),
        ({}, {"optimizer": "adamw"}, "optimizer must be 'sgd' as in checkpoint"),
        ({}, {"seed": 3}, "seed must be 0 as in checkpoint"),
        ({}, {"train": tuple(part[:40] for part in line())}, "train_examples must be 48 as in .*, got 40"),
        (SGD, ADAM, "optimizer must be the one of checkpoint .*, SGD, got Adam"),
        (ADAM, ADAMW, "optimizer must be the one of checkpoint .*, Adam, got AdamW"),
    ],
)
def test_a_checkpoint_of_something_else_is_refused(tmp_path, written, changes, sentence):
    options = {"batch_size": 8, "checkpoint": tmp_path / "run.pt"}
    training.fit(linear(), line(), epochs=1, **options, **written)
    given = {"model": linear(seed=5), "train": line(), "epochs": 2, "resume": True} | options | changes
    assert re.search(sentence, refused(**given))


def test_a_place_where_no_file_can_be_is_refused_before_training(tmp_path):
    (tmp_path / "file").touch()
    for path, sentence in [
        (tmp_path, "checkpoint must be a file, got the folder"),
        (tmp_path / "file" / "run.pt", "checkpoint must lie in a folder that exists"),
        (tmp_path / "none" / "run.pt", "checkpoint must lie in a folder that exists"),
    ]:
        assert sentence in refused(linear(), line(), batch_size=8, checkpoint=path)


def test_a_checkpoint_holds_plain_things_only(tmp_path):
    training.fit(linear(), line(), epochs=1, batch_size=8, checkpoint=tmp_path / "run.pt")
    contents = checkpoints.load(tmp_path / "run.pt")
    assert json.dumps(contents["settings"])
    assert contents["position"]["epoch"] == 1


SAVING = """
import sys
from pathlib import Path
import torch
from cnnlab.training import checkpoints
for _ in range(60):
    checkpoints.save(Path(sys.argv[1]), {"values": torch.full((200_000,), float(sys.argv[2]))})
"""


def test_two_processes_may_save_to_one_path(tmp_path):
    """At every moment the file is one process's whole checkpoint, and nothing else is left."""
    path = tmp_path / "run.pt"
    command = [sys.executable, "-c", SAVING, str(path)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    started = [subprocess.Popen([*command, number], env=environment, cwd=ROOT) for number in ("1", "2")]
    seen = set()
    while any(process.poll() is None for process in started):
        if path.exists():
            seen.add(torch.load(path, weights_only=True)["values"].unique().item())
    assert [process.returncode for process in started] == [0, 0]
    assert seen <= {1.0, 2.0}
    assert seen
    assert [file.name for file in tmp_path.iterdir()] == ["run.pt"]
