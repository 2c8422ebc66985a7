import pytest
import torch
from torch import nn

from cnnlab import training


def line(seed=0):
    torch.manual_seed(seed)
    inputs = torch.randn(48, 2)
    return inputs, inputs @ torch.tensor([[2.0], [-1.0]]) + 0.5


def linear(seed=0):
    torch.manual_seed(seed)
    return nn.Linear(2, 1)


def test_a_line_is_learned_exactly():
    model = linear()
    history = training.fit(model, line(), epochs=80, batch_size=16)
    torch.testing.assert_close(model.weight, torch.tensor([[2.0, -1.0]]), atol=1e-3, rtol=0)
    assert history.train_loss[-1] < 1e-6 < history.train_loss[0]


def test_the_same_seed_gives_the_same_weights_to_the_bit():
    first, second = linear(), linear()
    histories = [training.fit(model, line(), epochs=3, batch_size=7, seed=4) for model in (first, second)]
    assert torch.equal(first.weight, second.weight)
    assert histories[0].train_loss == histories[1].train_loss


def test_another_seed_shuffles_otherwise():
    losses = [training.fit(linear(), line(), epochs=1, batch_size=7, seed=seed).train_loss for seed in (0, 1)]
    assert losses[0] != losses[1]


def test_shuffling_leaves_the_callers_random_state_alone():
    model, examples = linear(), line()
    state = torch.get_rng_state()
    training.fit(model, examples, epochs=2)
    assert torch.equal(state, torch.get_rng_state())


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


def test_test_examples_are_evaluated_in_eval_mode_after_each_epoch():
    model = nn.Sequential(nn.Dropout(0.9), nn.Linear(2, 1))
    history = training.fit(model, line(), line(), epochs=2, learning_rate=1e-9)
    assert len(history.test_loss) == 2
    assert history.test_loss[0] == pytest.approx(history.test_loss[1], rel=1e-5)


def test_the_history_reads_as_a_table():
    table = str(training.History(train_loss=[1.0, 0.25], test_loss=[2.0, 0.5]))
    assert table.splitlines()[2].split() == ["2", "0.25", "0.5", "-"]
    assert str(training.History(train_loss=[1.0])).splitlines()[1].split() == ["1", "1", "-", "-"]
    assert "97.5%" in str(training.History(train_loss=[1.0], test_loss=[1.0], test_accuracy=[0.975]))


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


def test_another_loss_can_be_asked_for():
    inputs = torch.randn(32, 2)
    targets = (inputs[:, 0] > 0).long()
    model = nn.Linear(2, 2)
    training.fit(model, (inputs, targets), epochs=30, loss=nn.functional.cross_entropy)
    assert (model(inputs).argmax(1) == targets).float().mean() > 0.9


@pytest.mark.parametrize(
    ("changes", "error", "sentence"),
    [
        ({"epochs": 0}, ValueError, "epochs must be positive, got 0"),
        ({"batch_size": -1}, ValueError, "batch_size must be positive, got -1"),
        ({"learning_rate": 0}, ValueError, "learning_rate must be positive and finite, got 0"),
        ({"learning_rate": "fast"}, TypeError, "learning_rate must be a number, got 'fast'"),
        ({"seed": -2}, ValueError, "seed must be zero or positive, got -2"),
        ({"train": torch.zeros(3)}, TypeError, "train must be a pair of tensors"),
        (
            {"train": (torch.zeros(3, 2), torch.zeros(2, 1))},
            ValueError,
            "train must have one target an input, got 3 and 2",
        ),
        (
            {"train": (torch.zeros(0, 2), torch.zeros(0, 1))},
            ValueError,
            "train must have at least one example, got none",
        ),
        ({"test": ([1], [2])}, TypeError, "test must be a pair of tensors"),
        ({"model": "LeNet"}, TypeError, "model must be a torch module, got str"),
    ],
)
def test_bad_input_gets_one_sentence(changes, error, sentence):
    arguments = {"model": linear(), "train": line(), "epochs": 1} | changes
    with pytest.raises(error, match=sentence):
        training.fit(arguments.pop("model"), arguments.pop("train"), arguments.pop("test", None), **arguments)
