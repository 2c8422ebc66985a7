"""What people have in their hands."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, Subset, TensorDataset

from cnnlab import training
from cnnlab.data import Resident, Streamed
from tests.training.models import Labelled, line, linear, network, pictures, refused, same, twice

IMAGES, LABELS = pictures()
FLOATS = IMAGES.float() / 255


@pytest.mark.parametrize(
    "examples",
    [
        (FLOATS.numpy(), LABELS.numpy()),
        (FLOATS.double().numpy(), LABELS.numpy().astype(np.uint8)),
        (FLOATS.numpy(), LABELS),
        (FLOATS.numpy()[::-1][::-1], LABELS.numpy().astype(">i8")),
        TensorDataset(FLOATS, LABELS),
        Labelled(FLOATS, LABELS),
        Streamed(Labelled(FLOATS, LABELS)),
        Subset(TensorDataset(FLOATS, LABELS), range(52)),
        list(zip(FLOATS, LABELS.tolist(), strict=True)),
    ],
    ids=["arrays", "float64", "mixed", "turned", "TensorDataset", "Dataset", "Streamed", "Subset", "list"],
)
def test_every_kind_teaches_what_tensors_teach(examples):
    models = network(), network()
    for model, train in zip(models, (examples, (FLOATS, LABELS)), strict=True):
        torch.manual_seed(2)
        training.fit(model, train, epochs=2, batch_size=8)
    assert same(*models)
    expected = training.evaluate(network(), Resident(IMAGES, LABELS))
    assert training.evaluate(network(), examples) == pytest.approx(expected)


def test_a_dataset_of_torchvision_teaches():
    from torchvision.datasets import FakeData
    from torchvision.transforms import ToTensor

    fake = FakeData(20, (3, 6, 6), num_classes=4, transform=ToTensor())
    model = nn.Sequential(nn.Flatten(), nn.Linear(108, 4))
    assert len(training.fit(model, fake, fake, epochs=1, batch_size=5).test_accuracy) == 1
    raw = FakeData(20, (3, 6, 6), num_classes=4)
    sentence = refused(linear(), raw, batch_size=5)
    assert sentence.startswith("train must give pairs of tensors (inputs, targets), got: default_collate")


def test_a_loader_gives_its_own_batches():
    seen = []

    def note(inputs, generator):
        seen.append(inputs[:, 0].tolist())
        return inputs

    numbers = TensorDataset(torch.arange(7.0).unsqueeze(1), torch.zeros(7, 1))
    training.fit(nn.Linear(1, 1), DataLoader(numbers, batch_size=3), epochs=1, augment=note)
    assert seen == [[0, 1, 2], [0, 1, 2], [3, 4, 5], [6]]
    seen.clear()
    shuffled = DataLoader(numbers, batch_size=3, shuffle=True, drop_last=True)
    for seed in (0, 0, 1):
        training.fit(nn.Linear(1, 1), shuffled, epochs=2, augment=note, seed=seed)
    first, second, other = seen[:5], seen[5:10], seen[10:]
    assert first == second != other
    assert first[1:3] != first[3:5]
    assert all(len(batch) == 3 for batch in seen)


def test_another_batch_size_than_the_loaders_is_refused():
    numbers = TensorDataset(torch.arange(14.0).view(7, 2), torch.zeros(7, 1))
    model, loader = linear(), DataLoader(numbers, batch_size=3)
    message = "batch_size must be that of the DataLoader, 3, or not given, got 64"
    assert refused(model, loader, batch_size=64) == message  # 64 is what fit takes where nothing is given
    assert len(training.fit(model, loader, epochs=1, batch_size=3)) == 1


def test_a_loader_puts_examples_together_in_its_way():
    """That it resumes to the bit as well stands in test_checkpoints."""
    loader = DataLoader(TensorDataset(FLOATS, LABELS), batch_size=8, shuffle=True, collate_fn=twice)
    expected = training.evaluate(network(), (2 * FLOATS, LABELS))
    assert training.evaluate(network(), loader) == pytest.approx(expected)


def test_class_shares_are_learned_by_cross_entropy():
    shares = nn.functional.one_hot(LABELS, 3).float() * 0.9 + 0.1 / 3
    model, judge = network(), network()
    torch.manual_seed(4)
    history = training.fit(model, (FLOATS, shares), (FLOATS, LABELS), epochs=2, batch_size=13)
    torch.manual_seed(4)
    training.fit(judge, (FLOATS, LABELS), epochs=2, batch_size=13, label_smoothing=0.1)
    for one, other in zip(model.parameters(), judge.parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-5)
    assert len(history.train_accuracy) == len(history.test_accuracy) == 2


def test_other_floats_are_learned_by_squares():
    inputs, targets = torch.randn(16, 2), torch.rand(16, 3) + 1
    assert training.fit(nn.Linear(2, 3), (inputs, targets), epochs=1, batch_size=8).train_accuracy == []
    assert training.fit(linear(), line(), epochs=1, batch_size=8).train_accuracy == []
