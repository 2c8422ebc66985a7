"""Examples in batches, from memory and from a dataset."""

import random

import pytest
import torch
from torch.utils.data import TensorDataset

from cnnlab.data import Resident, Streamed


def images(channels=3, count=5):
    generator = torch.Generator().manual_seed(0)
    return torch.randint(0, 256, (count, channels, 4, 6), dtype=torch.uint8, generator=generator)


class Noisy(TensorDataset):
    """Adds a draw to each item."""

    def __getitem__(self, index):
        inputs, target = super().__getitem__(index)
        return inputs + torch.randn(()), target


def collect(examples, *arguments):
    return [(inputs, targets.tolist()) for inputs, targets in examples.batches(*arguments)]


@pytest.mark.parametrize(
    ("mean", "std"), [(None, None), (0.4, None), (None, 0.2), ([0.1, 0.5, 0.4], [0.2, 0.3, 1])]
)
def test_bytes_are_scaled_and_standardised_by_channel(mean, std):
    pictures = images()
    inputs, _ = next(Resident(pictures, torch.arange(5), mean=mean, std=std).batches(batch_size=5))
    expected = pictures.double() / 255
    for channel in range(3):
        middle = mean[channel] if isinstance(mean, list) else mean or 0
        spread = std[channel] if isinstance(std, list) else std or 1
        expected[:, channel] = (expected[:, channel] - middle) / spread
    assert inputs.dtype == torch.float32
    torch.testing.assert_close(inputs.double(), expected, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
def test_floats_pass_as_they_are_and_keep_their_type(dtype):
    values = torch.randn(5, 3, dtype=dtype)
    inputs, _ = next(Resident(values, torch.arange(5)).batches())
    assert torch.equal(inputs, values)
    standardised, _ = next(Resident(values, torch.arange(5), mean=1.0, std=2.0).batches())
    assert standardised.dtype == dtype
    torch.testing.assert_close(standardised, (values - 1) / 2)


@pytest.mark.parametrize("make", [Resident, lambda *pair: Streamed(TensorDataset(*pair))])
def test_batches_follow_the_order(make):
    examples = make(torch.arange(5.0), torch.arange(5) * 10)
    batches = collect(examples, torch.tensor([4, 0, 3, 3, 1]), 2)
    assert [targets for _, targets in batches] == [[40, 0], [30, 30], [10]]
    assert [inputs.tolist() for inputs, _ in batches] == [[4, 0], [3, 3], [1]]
    assert [targets for _, targets in collect(examples, None, 3)] == [[0, 10, 20], [30, 40]]
    assert collect(examples, torch.tensor([], dtype=torch.int64)) == []
    assert len(examples) == 5


def test_the_tensors_are_left_as_they_are():
    pictures, labels = images(), torch.arange(5)
    copy = pictures.clone()
    inputs, targets = next(Resident(pictures, labels, mean=0.5).batches(batch_size=5))
    inputs += 1
    targets += 1
    assert torch.equal(pictures, copy)
    assert labels.tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("dtype", [torch.int32, torch.uint8, torch.bool])
def test_integer_targets_become_int64(dtype):
    assert Resident(images(), torch.ones(5, dtype=dtype)).targets.dtype == torch.int64


def test_examples_move_to_a_device_with_all_they_know():
    moved = Resident(images(), torch.arange(5), mean=0.5, std=2.0, classes=["a", "b"]).to("meta")
    assert repr(moved) == "5 examples: inputs (3, 4, 6) of uint8, targets () of int64, on meta"
    assert moved.classes == ("a", "b")
    assert moved.mean.item() == 0.5


@pytest.mark.parametrize("workers", [0, 2])
def test_a_stream_gives_the_same_in_every_run_and_leaves_the_random_states_alone(workers):
    examples = Streamed(Noisy(torch.zeros(6), torch.arange(6)), workers=workers)
    order = torch.tensor([5, 1, 2, 0])
    runs = []
    for _ in range(2):
        torch.manual_seed(1)
        runs.append([inputs.tolist() for inputs, _ in collect(examples, order, 3)])
    assert runs[0] == runs[1]
    still = Streamed(TensorDataset(torch.zeros(6), torch.arange(6)), workers=workers)
    states = torch.get_rng_state(), random.getstate()
    collect(still, order, 3)
    assert torch.equal(states[0], torch.get_rng_state())
    assert states[1] == random.getstate()


def test_a_stream_tells_what_its_dataset_lists():
    class Listed(TensorDataset):
        targets = (2, 0, 1)
        classes = ("a", "b", "c")

    listed = Streamed(Listed(torch.zeros(3), torch.tensor([2, 0, 1])), workers=1)
    assert listed.targets.tolist() == [2, 0, 1]
    assert listed.classes == ("a", "b", "c")
    assert repr(listed) == "3 examples streamed from Listed, 1 worker"
    assert Streamed(TensorDataset(torch.zeros(1))).targets is None
    assert listed.to("meta") is listed
