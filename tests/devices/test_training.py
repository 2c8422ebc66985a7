"""A few steps of training lead to the same weights on a GPU as on the CPU in float64."""

from functools import cache

import pytest
import torch
from torch import nn

from cnnlab.augmentation import RandomShift
from cnnlab.training import (
    ActivationNorms,
    AdversarialBatches,
    AlternatingFlip,
    GradientNorms,
    evaluate,
    fit,
)
from tests.devices.bounds import TRAINED
from tests.devices.cases import Setting

GENERATOR = torch.Generator().manual_seed(3)
LABELS = torch.randint(0, 3, (36,), generator=GENERATOR)
# A class is a brightness, so that there is something to learn in a few steps.
IMAGES = torch.randn(36, 1, 10, 10, generator=GENERATOR, dtype=torch.float64) + LABELS.view(-1, 1, 1, 1)
SHIFT = RandomShift(2)
MOVES = SHIFT.draw(8, (10, 10), GENERATOR)
MIXED = {"bfloat16": torch.bfloat16, "float16": torch.float16}
KINDS = ("float64", "float32", "float32, TF32", *MIXED)
RATES = {"sgd": 12.0, "adamw": 0.01}


def network():
    """A network without kinks on whose side rounding decides, and without biases that normalisation cancels.

    The gradient of such a bias is rounding alone, which AdamW would make as large as all others.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return nn.Sequential(
            nn.Conv2d(1, 6, 3, bias=False),
            nn.BatchNorm2d(6),
            nn.Tanh(),
            nn.Conv2d(6, 8, 3, stride=2),
            nn.Tanh(),
            nn.Flatten(),
            nn.Linear(72, 3),
        )


def small_loss(logits, labels):
    """So small that the scaled gradients of float16 do not overflow: that would skip steps."""
    return nn.functional.cross_entropy(logits, labels) / 128


def moved(inputs, generator):
    """The same shifts on every device, whatever its generator draws."""
    return SHIFT.apply(inputs, MOVES[: len(inputs)])


def trained(kind, optimizer, channels_last, device):
    """Return the state after an epoch of five steps, the history, and how well the model does."""
    dtype = torch.float64 if kind == "float64" else torch.float32
    model, examples = network().to(dtype), (IMAGES.to(dtype), LABELS)
    history = fit(
        model,
        examples,
        epochs=1,
        batch_size=8,
        learning_rate=RATES[optimizer],
        loss=small_loss,
        optimizer=optimizer,
        weight_decay=0.01 if optimizer == "adamw" else 0.0,
        augment=moved,
        channels_last=channels_last,
        mixed_precision=kind if kind in MIXED else None,
        device=device,
    )
    measured = evaluate(model, examples, loss=small_loss, device=device)
    assert {item.device.type for item in model.parameters()} == {torch.device(device).type}
    assert {item.dtype for item in model.parameters()} == {dtype}
    return model.state_dict(), history, measured


@cache
def reference(optimizer):
    return trained("float64", optimizer, False, "cpu")


def flat(state):
    numbers = [item.cpu().double().flatten() for item in state.values() if item.is_floating_point()]
    return torch.cat(numbers)


def distance(state, optimizer):
    """How far weights and statistics are from the reference, as a share of how far that has moved."""
    end, start = flat(reference(optimizer)[0]), flat(network().state_dict())
    return ((flat(state) - end).norm() / (end - start).norm()).item()


@pytest.fixture(autouse=True)
def _no_progress_bar(monkeypatch):
    monkeypatch.setenv("CNNLAB_PROGRESS", "off")


@pytest.mark.filterwarnings("ignore:(?s).*determinis:UserWarning")
@pytest.mark.parametrize("deterministic", [False, True], ids=["", "repeatable"])
@pytest.mark.parametrize("channels_last", [False, True], ids=["channels first", "channels last"])
@pytest.mark.parametrize("optimizer", RATES)
@pytest.mark.parametrize("kind", KINDS)
def test_an_epoch_leads_to_the_same_weights(device, kind, optimizer, channels_last, deterministic):
    with Setting(torch.float32, kind.endswith("TF32"), deterministic).applied():
        state, history, measured = trained(kind, optimizer, channels_last, device)
    _, expected, expected_measure = reference(optimizer)
    bound = TRAINED[kind]
    assert distance(state, optimizer) <= bound
    assert history.train_loss == pytest.approx(expected.train_loss, rel=bound)
    assert measured.loss == pytest.approx(expected_measure.loss, rel=bound)


@pytest.mark.parametrize("optimizer", RATES)
def test_the_reference_learns_and_one_step_less_is_beyond_every_bound(optimizer):
    state, history, measured = reference(optimizer)
    assert measured.loss < 0.9 * history.train_loss[0]
    assert distance(state, optimizer) == 0
    model = network().double()
    options = {"learning_rate": RATES[optimizer], "loss": small_loss, "optimizer": optimizer}
    fit(model, (IMAGES, LABELS), epochs=1, batch_size=8, drop_last=True, augment=moved, **options)
    assert distance(model.state_dict(), optimizer) > max(TRAINED.values())


def uphill(model, images, labels):
    """An attack without the sign of a gradient, on whose side rounding would decide."""
    images = images.clone().requires_grad_()
    nn.functional.cross_entropy(model(images), labels).backward()
    return images + 10 * images.grad


def measured_under_attack(where, attack=uphill):
    gradients, activations = GradientNorms(), ActivationNorms()
    hooks = [AlternatingFlip(), AdversarialBatches(attack), gradients, activations]
    fit(network().double(), (IMAGES, LABELS), epochs=1, batch_size=8, device=where, hooks=hooks)
    return gradients.norms, activations.norms


def test_norms_under_an_attack_are_the_same(device):
    there, here = measured_under_attack(device), measured_under_attack("cpu")
    for found, expected in zip(there, here, strict=True):
        assert found.keys() == expected.keys()
        for name, norms in found.items():
            assert norms == pytest.approx(expected[name], rel=TRAINED["float64"])


def test_norms_without_the_attack_are_beyond_the_bound():
    attacked, plain = (
        measured_under_attack("cpu"),
        measured_under_attack("cpu", lambda model, images, _: images),
    )
    assert attacked[0]["0"][0] != pytest.approx(plain[0]["0"][0], rel=100 * TRAINED["float64"])
