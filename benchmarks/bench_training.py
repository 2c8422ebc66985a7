"""Training LeNet-5 beside PyTorch's tutorial loop, Lightning's Trainer, fastai's Learner and a bare loop.

Same model, batch, learning rate, threads and pictures. The tutorial loop, Lightning and fastai read a set of
pictures through ToTensor and a DataLoader, as their tutorials do. The bare loop is what anybody would write
over tensors in memory, with the settings that ours has (channels last in memory).

``measure_mnist`` trains to 99 % test accuracy and times one epoch of the tutorial loop on the same digits.
"""

import importlib.util
import logging
import resource
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset
from torchvision.transforms import ToTensor

from cnnlab import data, training
from cnnlab.timing import median_seconds

FOLDER = Path(__file__).parent
COUNT, BATCH, RATE = 12_800, 64, 0.05


def lenet5() -> nn.Module:
    """LeNet-5 for 28x28 pictures, 61,706 parameters."""
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.Sigmoid(), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), nn.Sigmoid(), nn.AvgPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.Sigmoid(), nn.Linear(120, 84), nn.Sigmoid(), nn.Linear(84, 10),
    )  # fmt: skip


class Pictures(Dataset):
    """Pictures and labels as torchvision hands them out: one PIL picture at a time, through ToTensor."""

    def __init__(self, images: Tensor, labels: Tensor) -> None:
        self.images, self.labels, self.transform = images, labels, ToTensor()

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        picture = Image.fromarray(self.images[index].numpy())
        return self.transform(picture), int(self.labels[index])


def pictures(count: int) -> tuple[Tensor, Tensor]:
    """Random pictures, for time does not depend on what they show: uint8 (count, 28, 28), and labels."""
    random = np.random.default_rng(0)
    images = torch.from_numpy(random.integers(0, 256, (count, 28, 28), dtype=np.uint8))
    return images, torch.from_numpy(random.integers(0, 10, count))


def optimizer_of(model: nn.Module) -> torch.optim.Optimizer:
    return torch.optim.SGD(model.parameters(), lr=RATE, momentum=0.9)


def ours(images: Tensor, labels: Tensor) -> None:
    """One epoch with ``training.fit``."""
    train = data.Resident(images[:, None], labels)
    training.fit(lenet5(), train, epochs=1, batch_size=BATCH, learning_rate=RATE)


def bare_loop(images: Tensor, labels: Tensor) -> None:
    """One epoch over tensors in memory, nothing else."""
    model = lenet5().to(memory_format=torch.channels_last)
    optimizer, loss = optimizer_of(model), nn.CrossEntropyLoss()
    inputs = images[:, None]
    for index in torch.randperm(len(inputs)).split(BATCH):
        batch = inputs[index].float().div_(255).contiguous(memory_format=torch.channels_last)
        error = loss(model(batch), labels[index])
        optimizer.zero_grad()
        error.backward()
        optimizer.step()


def tutorial_loop(images: Tensor, labels: Tensor) -> None:
    """One epoch of the loop in PyTorch's quickstart tutorial."""
    model = lenet5()
    optimizer, loss = optimizer_of(model), nn.CrossEntropyLoss()
    for inputs, targets in DataLoader(Pictures(images, labels), batch_size=BATCH, shuffle=True):
        error = loss(model(inputs), targets)
        error.backward()
        optimizer.step()
        optimizer.zero_grad()


def with_lightning(images: Tensor, labels: Tensor) -> None:
    """One epoch with Lightning's Trainer, without its logger, checkpoints and progress bar."""
    import lightning

    class Module(lightning.LightningModule):
        def __init__(self) -> None:
            super().__init__()
            self.model, self.loss = lenet5(), nn.CrossEntropyLoss()

        def training_step(self, batch: list[Tensor], index: int) -> Tensor:
            return self.loss(self.model(batch[0]), batch[1])

        def configure_optimizers(self) -> torch.optim.Optimizer:
            return optimizer_of(self.model)

    logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
    quiet = {"logger": False, "enable_checkpointing": False, "enable_progress_bar": False}
    trainer = lightning.Trainer(max_epochs=1, accelerator="cpu", enable_model_summary=False, **quiet)
    loader = DataLoader(Pictures(images, labels), batch_size=BATCH, shuffle=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        trainer.fit(Module(), loader)


def with_fastai(images: Tensor, labels: Tensor) -> None:
    """One epoch with fastai's Learner, which has no progress bar here."""
    from fastai.data.core import DataLoaders
    from fastai.learner import Learner
    from fastai.optimizer import SGD

    loader = DataLoader(Pictures(images, labels), batch_size=BATCH, shuffle=True)
    few = DataLoader(Pictures(images[:BATCH], labels[:BATCH]), batch_size=BATCH)  # it always validates
    learner = Learner(DataLoaders(loader, few), lenet5(), loss_func=nn.CrossEntropyLoss(), opt_func=SGD)
    with learner.no_logging():
        learner.fit(1, lr=RATE)


PEERS = {"tutorial loop": tutorial_loop, "Lightning": with_lightning, "fastai": with_fastai}
PACKAGES = {"Lightning": "lightning", "fastai": "fastai"}
CONTENDERS: dict[str, Callable[[Tensor, Tensor], None]] = {
    "cnnlab": ours,
    "bare loop": bare_loop,
    **PEERS,
}


def installed(name: str) -> bool:
    """Whether a contender can run here."""
    return name not in PACKAGES or importlib.util.find_spec(PACKAGES[name]) is not None


def peak_mib(name: str, count: int) -> float:
    """Largest resident memory of a process that trains in this way once, in MiB."""
    code = (
        f"import bench_training as b; b.CONTENDERS[{name!r}](*b.pictures({count})); print(b.own_peak_mib())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=FOLDER
    )
    return float(done.stdout.split()[-1])


def own_peak_mib() -> float:
    """Largest resident memory of this process so far, in MiB."""
    kibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kibibytes / (1024**2 if sys.platform == "darwin" else 1024)  # macOS counts bytes


def measure(names: list[str], count: int = COUNT, rounds: int = 7) -> dict:
    """Median seconds of an epoch by each, ratios to ours, and memory of ours and the bare loop."""
    images, labels = pictures(count)
    functions = {name: partial(CONTENDERS[name], images, labels) for name in names}
    seconds = median_seconds(functions, rounds)
    memory = {name: peak_mib(name, count) for name in ("cnnlab", "bare loop")}
    return {
        "count": count,
        "batch": BATCH,
        "seconds": seconds,
        "times_as_fast": {name: seconds[name] / seconds["cnnlab"] for name in names if name in PEERS},
        "times_bare_loop": seconds["cnnlab"] / seconds["bare loop"],
        "memory_mib": memory,
        "times_memory": memory["cnnlab"] / memory["bare loop"],
    }


def modern_lenet5() -> nn.Module:
    """LeNet-5 with rectifiers and max pooling, 61,706 parameters as well."""
    replaced = (nn.ReLU() if isinstance(part, nn.Sigmoid) else part for part in lenet5())
    return nn.Sequential(*(nn.MaxPool2d(2) if isinstance(part, nn.AvgPool2d) else part for part in replaced))


def measure_mnist(epochs: int = 2) -> dict:
    """Seconds and accuracies of ours, tests included, and seconds of one epoch of the tutorial loop."""
    train, test = data.mnist()
    start = time.perf_counter()
    history = training.fit(
        modern_lenet5(), train, test, epochs=epochs, batch_size=2 * BATCH, learning_rate=0.15, nesterov=True,
        schedule="one_cycle", label_smoothing=0.1,
    )  # fmt: skip
    seconds = {"cnnlab": time.perf_counter() - start}
    start = time.perf_counter()
    tutorial_loop(train.images[:, 0], train.targets)
    seconds["tutorial loop"] = time.perf_counter() - start
    return {"accuracy": history.test_accuracy, "epochs": epochs, "seconds": seconds}
