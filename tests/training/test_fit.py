"""What ``fit`` learns, and how its options act."""

import os
import shutil
import signal

import pytest
import torch
from torch import nn

from cnnlab import training
from tests.training.models import line, linear, network, pictures, same, sgd, textbook


def test_the_seed_alone_shuffles_and_the_callers_random_state_is_left_alone():
    models, examples = (linear(), linear(), linear()), line()
    state = torch.get_rng_state()
    first, again, other = (
        training.fit(model, examples, epochs=3, batch_size=7, seed=seed)
        for model, seed in zip(models, (4, 4, 5), strict=True)
    )
    assert torch.equal(state, torch.get_rng_state())
    assert same(models[0], models[1])
    assert first == again != other


def test_the_history_weighs_a_short_last_batch_by_its_size():
    class Constant(nn.Module):
        def __init__(self):
            super().__init__()
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, inputs):
            return 0 * self.bias + inputs

    inputs = torch.arange(5.0)
    history = training.fit(Constant(), (inputs, torch.zeros(5)), epochs=1, batch_size=4)
    assert history.train_loss == pytest.approx([6.0])  # (0 + 1 + 4 + 9 + 16) / 5


def test_test_examples_are_evaluated_in_eval_mode_after_each_epoch_and_the_model_left_in_it():
    model = nn.Sequential(nn.Dropout(0.9), nn.Linear(2, 1))
    history = training.fit(model, line(), line(), epochs=2, batch_size=16, learning_rate=1e-9)
    assert len(history.test_loss) == 2
    assert history.test_loss[0] == pytest.approx(history.test_loss[1], rel=1e-5)
    assert not any(part.training for part in model.modules())


def test_class_labels_are_learned_by_cross_entropy_and_counted_after_each_epoch():
    inputs = torch.randn(64, 2, generator=torch.Generator().manual_seed(0))
    labels = (inputs[:, 0] > 0).long()
    model = nn.Linear(2, 2)
    history = training.fit(model, (inputs, labels), (inputs, labels), epochs=30)
    with torch.no_grad():
        outputs = model(inputs)
    assert len(history.test_accuracy) == 30
    assert history.test_accuracy[-1] == pytest.approx((outputs.argmax(1) == labels).double().mean().item())
    assert history.test_accuracy[-1] > 0.9
    assert history.test_loss[-1] == pytest.approx(nn.functional.cross_entropy(outputs, labels).item())


def looking_ahead(model):
    return torch.optim.SGD(model.parameters(), 0.01, 0.5, nesterov=True, weight_decay=0.1)


def falling(step):
    return 1 / (step + 1)


AHEAD = {"nesterov": True, "momentum": 0.5, "weight_decay": 0.1, "learning_rate": 0.01}
STEPS = {"schedule": "step", "milestones": [1, 2]}
L1 = nn.functional.l1_loss


@pytest.mark.parametrize(
    ("options", "make", "judge"),
    [
        ({}, sgd, {}),
        (AHEAD, looking_ahead, {}),
        ({"optimizer": "adamw"}, lambda it: torch.optim.AdamW(it.parameters(), 1e-3, weight_decay=0), {}),
        ({"optimizer": torch.optim.RMSprop}, lambda it: torch.optim.RMSprop(it.parameters()), {}),
        ({"schedule": falling}, sgd, {"factor": falling}),
        (STEPS, sgd, {"factor": lambda step: 0.1 ** (step // 3)}),
        ({"clip_norm": 0.5}, sgd, {"clip": 0.5}),
        ({"loss": L1}, sgd, {"loss": L1}),
    ],
)
def test_every_option_does_what_a_textbook_loop_does_to_the_bit(options, make, judge):
    model, expected = linear(), linear()
    training.fit(model, line(), epochs=3, batch_size=16, **options)
    textbook(expected, *line(), make, **judge)
    assert same(model, expected)


def test_the_learning_rate_of_the_last_step_is_told():
    options = {"epochs": 3, "batch_size": 16, "schedule": "step", "milestones": [2], "gamma": 0.5}
    assert training.fit(linear(), line(), **options).learning_rate == [0.1, 0.1, 0.05]


def test_label_smoothing_changes_what_is_learned_but_not_how_it_is_tested():
    images, labels = pictures()
    examples = (images.float() / 255, labels)
    model = nn.Sequential(nn.Flatten(), nn.Linear(64, 3))
    state = {name: value.clone() for name, value in model.state_dict().items()}
    options = {"epochs": 1, "batch_size": 52, "learning_rate": 1e-9, "label_smoothing": 0.3}
    history = training.fit(model, examples, examples, **options)
    model.load_state_dict(state)
    with torch.no_grad():
        outputs = model(examples[0])
    smoothed = nn.functional.cross_entropy(outputs, labels, label_smoothing=0.3)
    assert history.train_loss[0] == pytest.approx(smoothed.item())
    assert history.train_accuracy == [pytest.approx((outputs.argmax(1) == labels).double().mean().item())]
    assert history.test_loss[0] == pytest.approx(
        nn.functional.cross_entropy(outputs, labels).item(), rel=1e-5
    )


def test_the_average_of_the_weights_is_tested_and_left():
    """One weight, no momentum, one step an epoch: the mean can be followed by hand."""
    inputs, targets = torch.ones(4, 1), torch.zeros(4, 1)
    model = nn.Linear(1, 1, bias=False)
    nn.init.ones_(model.weight)
    history = training.fit(
        model, (inputs, targets), (inputs, targets), epochs=3, batch_size=4, momentum=0, ema=0.9
    )
    live, mean, losses = 1.0, 1.0, []
    for step in (1, 2, 3):
        live *= 1 - 0.1 * 2  # the gradient of w ** 2 is 2 w
        keep = (1 + step) / (10 + step)
        mean = keep * mean + (1 - keep) * live
        losses.append(mean**2)
    assert model.weight.item() == pytest.approx(mean)
    assert history.test_loss == pytest.approx(losses)


def test_patience_stops_and_leaves_the_best_weights():
    """The rate leaps in the third epoch: it and the fourth are worse than the second."""
    examples, model = line(), linear()
    schedule = [0.1, 0.1, 40.0, 40.0, 40.0, 40.0]
    options = {"momentum": 0, "schedule": schedule.__getitem__, "patience": 2}
    history = training.fit(model, examples, examples, epochs=6, batch_size=48, **options)
    assert len(history) == 4
    assert history.best_epoch == 2
    assert training.evaluate(model, examples).loss == history.test_loss[1] == min(history.test_loss)


def test_patience_can_watch_the_accuracy():
    inputs = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    labels = torch.tensor([0, 1])
    model = nn.Linear(2, 2, bias=False)
    nn.init.eye_(model.weight)
    history = training.fit(
        model, (inputs, labels), (inputs, labels), epochs=9, batch_size=2, patience=3, watch="accuracy"
    )
    assert history.test_accuracy == [1, 1, 1, 1]  # the loss still falls
    assert history.best_epoch == 1


def test_augmentation_sees_every_batch_and_draws_from_the_seed():
    sizes = []

    def augment(inputs, generator):
        sizes.append(len(inputs))
        return inputs + torch.randn(inputs.shape, generator=generator)

    state = torch.get_rng_state()
    first, second, other, none = linear(), linear(), linear(), linear()
    for model, seed in ((first, 0), (second, 0), (other, 1)):
        training.fit(model, line(), line(), epochs=1, batch_size=20, augment=augment, seed=seed)
    torch.set_rng_state(state)
    training.fit(none, line(), epochs=1, batch_size=20)
    assert sizes == [20, 20, 20, 8] * 3  # a batch is tried before training; none is tested with it
    assert same(first, second)
    assert not same(first, other)
    assert not same(first, none)


def test_the_last_batch_can_be_left_out():
    class Count(nn.Linear):
        sizes = ()

        def forward(self, inputs):
            self.sizes += (len(inputs),) * self.training
            return super().forward(inputs)

    model = Count(2, 1)
    training.fit(model, line(), epochs=2, batch_size=20, drop_last=True)
    assert model.sizes == (20,) * 4


@pytest.mark.parametrize("precision", ["bfloat16", "float16"])
def test_mixed_precision_computes_in_it_and_keeps_the_weights(precision):
    seen = []

    class Spy(nn.Linear):
        def forward(self, inputs):
            outputs = super().forward(inputs)
            seen.append((self.training, outputs.dtype))
            return outputs

    images, labels = pictures()
    model = nn.Sequential(nn.Flatten(), Spy(64, 3))
    history = training.fit(model, (images, labels), epochs=20, batch_size=13, mixed_precision=precision)
    assert {dtype for in_training, dtype in seen if in_training} == {getattr(torch, precision)}
    assert {weight.dtype for weight in model.parameters()} == {torch.float32}
    assert history.train_loss[-1] < 0.5 * history.train_loss[0]


class Layouts(nn.ReLU):
    """Notes whether channels lie last."""

    seen = ()

    def forward(self, inputs):
        self.seen += (inputs.is_contiguous(memory_format=torch.channels_last),)
        return super().forward(inputs)


@pytest.mark.parametrize("choice", [True, "auto"])
def test_channels_last_changes_rounding_only_and_is_undone(choice):
    models = [nn.Sequential(nn.Conv2d(1, 4, 3), Layouts(), nn.Flatten(), nn.Linear(144, 3)) for _ in range(2)]
    models[1].load_state_dict(models[0].state_dict())
    for model, layout in zip(models, (choice, False), strict=True):
        training.fit(model, pictures(), epochs=2, batch_size=13, channels_last=layout)
        assert set(model[1].seen) == {layout is not False}
    for one, other in zip(models[0].parameters(), models[1].parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-5)
        assert one.is_contiguous()


def test_auto_leaves_a_model_without_convolutions_as_it_is():
    model = nn.Sequential(Layouts(), nn.Flatten(), nn.Linear(192, 1))
    training.fit(model, (torch.rand(16, 3, 8, 8), torch.zeros(16, 1)), epochs=1, batch_size=8)
    assert set(model[0].seen) == {False}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("g++") is None, reason="torch.compile needs a C++ compiler")
def test_a_compiled_model_learns_the_same(monkeypatch, tmp_path):
    # PyTorch's own cache takes what was compiled for another instruction set, and its answers are wrong then.
    monkeypatch.setenv("TORCHINDUCTOR_CACHE_DIR", str(tmp_path))
    compiled, plain = linear(), linear()
    training.fit(compiled, line(), epochs=2, batch_size=20, compile=True)
    training.fit(plain, line(), epochs=2, batch_size=20)
    torch.testing.assert_close(compiled.weight, plain.weight)


def test_compile_hands_the_model_to_the_compiler(monkeypatch):
    calls = []
    monkeypatch.setattr(torch, "compile", lambda model: lambda inputs: calls.append(1) or model(inputs))
    training.fit(linear(), line(), line(), epochs=1, batch_size=16, compile=True)
    assert len(calls) == 3


def test_ctrl_c_ends_training_with_the_finished_epochs():
    steps = []

    def augment(inputs, generator):
        steps.append(1)
        if len(steps) == 9:  # after the trial, in the middle of the third epoch of three steps
            os.kill(os.getpid(), signal.SIGINT)
        return inputs

    model = linear()
    # A shell that starts tests in the background has them ignore Ctrl-C.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        history = training.fit(model, line(), line(), epochs=50, batch_size=16, augment=augment)
    finally:
        signal.signal(signal.SIGINT, handler)
    assert history.interrupted
    assert len(history.train_loss) == len(history.test_loss) == 2
    assert not model.training
    assert len(steps) == 9


def test_the_progress_bar_tells_loss_and_accuracy_and_can_be_off(monkeypatch, capsys):
    monkeypatch.delenv("CNNLAB_PROGRESS", raising=False)
    training.fit(network(), pictures(), epochs=2, batch_size=13)
    told = capsys.readouterr().err
    assert all(part in told for part in ("epoch 2/2", "loss", "accuracy", "8/8"))
    monkeypatch.setenv("CNNLAB_PROGRESS", "off")
    training.fit(network(), pictures(), epochs=2, batch_size=13)
    assert capsys.readouterr().err == ""


def test_pixels_can_have_labels_of_their_own():
    generator = torch.Generator().manual_seed(0)
    images = torch.randn(16, 1, 6, 6, generator=generator)
    masks = (images[:, 0] > 0).long()
    model = nn.Conv2d(1, 2, 1)
    history = training.fit(model, (images, masks), (images, masks), epochs=30, batch_size=4)
    with torch.no_grad():
        right = (model(images).argmax(1) == masks).float().mean().item()
    assert history.test_accuracy[-1] == pytest.approx(right) == pytest.approx(1, abs=0.05)
