import pytest
import torch
from torch import nn

from cnnlab import training
from tests.training.models import line, linear, network, pictures


@pytest.mark.parametrize("batch_size", [1, 7, 700])
def test_loss_and_accuracy_are_those_of_all_examples_at_once(batch_size):
    images, labels = pictures(count=700)
    model = network().eval()
    with torch.no_grad():
        outputs = model(images.float() / 255)
    result = training.evaluate(model, (images, labels), batch_size=batch_size)
    assert result.loss == pytest.approx(nn.functional.cross_entropy(outputs, labels).item(), rel=1e-6)
    assert result.accuracy == pytest.approx((outputs.argmax(1) == labels).double().mean().item())


def test_other_targets_have_no_accuracy_and_any_loss():
    model, (inputs, targets) = linear(), line()
    result = training.evaluate(model, (inputs, targets), loss=nn.functional.l1_loss)
    with torch.no_grad():
        assert result.loss == pytest.approx((model(inputs) - targets).abs().mean().item(), rel=1e-6)
    assert result.accuracy is None


@pytest.mark.parametrize("mode", [True, False])
def test_the_models_mode_comes_back(mode):
    model = network().train(mode)
    model[1].eval()
    training.evaluate(model, pictures())
    assert [part.training for part in model] == [mode, False, mode, mode, mode, mode]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"batch_size": 0}, "batch_size must be positive, got 0"),
        ({"device": "toaster"}, "device must be one that this machine has, got 'toaster'"),
        ({}, "examples labels must be 0 to 1, as the model has 2 outputs, got 2"),
    ],
)
def test_bad_input_gets_one_sentence(options, sentence):
    with pytest.raises(ValueError, match=sentence):
        training.evaluate(network(classes=2), pictures(), **options)
