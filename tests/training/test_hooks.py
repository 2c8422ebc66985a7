"""What acts at the moments of training, and when."""

import inspect
from functools import partialmethod

import pytest
import torch
from torch import nn

from cnnlab import training
from cnnlab.training import loop
from tests.training.models import FULL, line, linear, network, pictures, same, sgd, textbook

MOMENTS = ["start", "before_step", "after_backward", "after_step", "end_of_epoch", "end"]


class Diary(training.Hook):
    """Notes each moment with its counts."""

    def __init__(self):
        self.notes = []

    def note(self, moment, state):
        self.notes.append((moment, state.step, state.epoch))


for moment in MOMENTS:
    setattr(Diary, moment, partialmethod(Diary.note, moment))


def test_moments_come_in_their_order_and_count_what_is_finished():
    diary = Diary()
    training.fit(linear(), line(), epochs=2, batch_size=24, hooks=[diary])
    step = ["before_step", "after_backward", "after_step"]
    assert [note[0] for note in diary.notes] == ["start", *2 * [*step, *step, "end_of_epoch"], "end"]
    counts = {moment: [note[1:] for note in diary.notes if note[0] == moment] for moment in MOMENTS}
    assert counts["before_step"] == counts["after_backward"] == [(0, 0), (1, 0), (2, 1), (3, 1)]
    assert counts["after_step"] == [(1, 0), (2, 0), (3, 1), (4, 1)]
    assert counts["end_of_epoch"] == [(2, 1), (4, 2)]


def test_the_loop_fits_on_a_page():
    assert len(inspect.getsource(loop).splitlines()) <= 40


def test_a_hook_that_does_nothing_changes_nothing():
    models, examples = [network(), network()], pictures()
    for model, hooks in zip(models, ([], [training.Hook(), training.GradientNorms()]), strict=True):
        torch.manual_seed(2)
        training.fit(model, examples, examples, **FULL, hooks=hooks)
    assert same(*models)


def test_a_hook_may_change_the_inputs_and_the_gradients_of_a_step():
    class Halved(training.Hook):
        def before_step(self, state):
            state.inputs = state.inputs * 0.5

    class Frozen(training.Hook):
        def after_backward(self, state):
            state.model.bias.grad.zero_()

    inputs, targets = line()
    model, expected = linear(), linear()
    training.fit(model, (inputs, targets), epochs=1, batch_size=16, hooks=[Halved()])
    training.fit(expected, (inputs * 0.5, targets), epochs=1, batch_size=16)
    assert same(model, expected)
    before, model = linear().bias, linear()
    training.fit(model, line(), epochs=1, batch_size=16, hooks=[Frozen()])
    assert torch.equal(model.bias, before)
    assert not torch.equal(model.weight, linear().weight)


@pytest.mark.parametrize("stop", [KeyboardInterrupt, training.CheckpointError("stop"), RuntimeError("bug")])
def test_the_end_comes_whatever_ended_training_with_the_model_ready(stop):
    class Stop(training.Hook):
        def after_step(self, state):
            if state.step == 2:
                raise stop

        def end(self, state):
            self.mode = state.model.training

    hook, model = Stop(), linear()
    if stop is KeyboardInterrupt:
        assert training.fit(model, line(), epochs=1, batch_size=16, hooks=[hook]).interrupted
    else:
        with pytest.raises(type(stop), match=str(stop)):
            training.fit(model, line(), epochs=1, batch_size=16, hooks=[hook])
    assert hook.mode is False


def test_gradient_norms_are_each_layers_own_before_clipping():
    measured, model, judge = training.GradientNorms(), network(), network()
    images, labels = pictures(16)
    inputs = images.float() / 255
    options = {"epochs": 2, "batch_size": 16, "clip_norm": 1e-3, "channels_last": False}
    torch.manual_seed(4)
    training.fit(model, (inputs, labels), hooks=[measured], **options)
    order = torch.randperm(16, generator=torch.Generator().manual_seed(0))
    torch.manual_seed(4)
    nn.functional.cross_entropy(judge(inputs[order]), labels[order]).backward()
    assert list(measured.norms) == ["0", "1", "5"]
    for name, norms in measured.norms.items():
        layer = judge.get_submodule(name)
        whole = torch.cat([weight.grad.flatten() for weight in layer.parameters()])
        assert len(norms) == 2
        assert norms[0] == pytest.approx(whole.norm().item(), rel=1e-5)


def test_gradient_norms_in_float16_are_those_without_its_scale():
    def small(outputs, targets):  # so that the scale to start with does not overflow
        return 1e-3 * nn.functional.mse_loss(outputs, targets)

    found = []
    for precision in (None, "float16"):
        measured = training.GradientNorms()
        options = {"epochs": 1, "batch_size": 48, "mixed_precision": precision, "loss": small}
        training.fit(linear(), line(), hooks=[measured], **options)
        found.append(measured.norms[""][0])
    assert found[1] == pytest.approx(found[0], rel=1e-2)


def test_activation_norms_are_of_one_example_and_of_training_alone():
    model = nn.Sequential(nn.Linear(2, 2, bias=False), nn.ReLU())
    nn.init.eye_(model[0].weight)
    inputs = torch.tensor([[3.0, -4.0]]).expand(6, 2).clone()
    measured = training.ActivationNorms()
    options = {"epochs": 2, "batch_size": 3, "learning_rate": 1e-9}
    examples = inputs, torch.zeros(6, 2)
    training.fit(model, examples, examples, hooks=[measured], **options)
    assert measured.norms == {"0": pytest.approx([5.0] * 4), "1": pytest.approx([3.0] * 4)}
    assert not model[0]._forward_hooks


def against(model, inputs, targets):
    """The sign of the gradient, added."""
    inputs = inputs.clone().requires_grad_()
    nn.functional.mse_loss(model(inputs), targets).backward()
    return inputs + 0.1 * inputs.grad.sign()


def test_adversarial_batches_are_made_against_the_model_of_the_step_to_the_bit():
    model, judge, plain = linear(), linear(), linear()
    training.fit(model, line(), epochs=2, batch_size=16, hooks=[training.AdversarialBatches(against)])
    textbook(judge, *line(), sgd, epochs=2, attack=against)
    assert same(model, judge)
    textbook(plain, *line(), sgd, epochs=2)
    assert not same(model, plain)


def test_an_attack_moves_no_statistics_and_draws_nothing():
    def idle(model, inputs, targets):
        assert not any(part.training for part in model.modules())
        model(inputs + 100)
        return inputs

    models = [network(), network()]
    for model, hooks in zip(models, ([], [training.AdversarialBatches(idle)]), strict=True):
        model[1].eval()  # a part that is frozen stays so
        torch.manual_seed(2)
        training.fit(model, pictures(), epochs=1, batch_size=13, hooks=hooks)
    assert same(*models)


@pytest.mark.parametrize(
    ("made", "got"), [(lambda m, i, t: i[:1], r"\(1, 2\)"), (lambda m, i, t: None, "NoneType")]
)
def test_an_attack_that_returns_something_else_is_named(made, got):
    with pytest.raises(ValueError, match=rf"attack must return inputs of shape \(16, 2\), got {got}"):
        training.fit(linear(), line(), epochs=1, batch_size=16, hooks=[training.AdversarialBatches(made)])
    with pytest.raises(TypeError, match="attack must be a function, got 3"):
        training.AdversarialBatches(3)
