"""What is measured of a network that was handed back."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from cnnlab import exercises
from cnnlab.exercises import YOUR_TURN, Function, Mistake, checker, proof, registry, variants
from cnnlab.exercises.networks import Network
from cnnlab.exercises.values import RefusedError

SHAPE = (2, 3, 8, 8)


def small(*more, width=4):
    return nn.Sequential(
        nn.Conv2d(3, width, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, 5), *more
    )


def lenet(activations=(nn.ReLU,) * 4, pool=nn.MaxPool2d, *last):
    first, second, third, fourth = activations
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5), first(), pool(2), nn.Conv2d(6, 16, 5), second(), pool(2), nn.Flatten()),
        *(nn.Linear(256, 120), third(), nn.Linear(120, 84), fourth(), nn.Linear(84, 10), *last),
    )


class Calls(nn.Module):
    """A network of one layer and a function of it and the pictures."""

    def __init__(self, forward, **parameters):
        super().__init__()
        self.layer, self.function = nn.Conv2d(3, 3, 1), forward
        for name, value in parameters.items():
            setattr(self, name, nn.Parameter(value))

    def forward(self, x):
        return self.function(self, x)


@pytest.mark.parametrize("name", ["resnet.block", "lenet.assemble", "alexnet_vgg.budget"])
def test_a_network_whose_forward_is_still_to_be_written_waits(name):
    class Unfinished(nn.Module):
        def forward(self, x):
            return YOUR_TURN

    assert checker.verdict_on(registry.find(name), Unfinished, 30.0, trusted=True).passed is None


@pytest.mark.parametrize("start", ["as drawn", "zeros", "nan"])
def test_nothing_depends_on_how_the_parameters_start(start):
    network = small()
    values = {"as drawn": None, "zeros": 0.0, "nan": float("nan")}[start]
    if values is not None:
        for parameter in network.parameters():
            nn.init.constant_(parameter, values)
    measured = Network(network, SHAPE)
    assert (measured.shape(), measured.parameters) == ((2, 2, 5), 3 * 9 * 4 + 4 + 4 * 5 + 5)
    assert measured.idle() == 0


def test_the_network_stays_as_it_was():
    network = small()
    before = {name: value.clone() for name, value in network.state_dict().items()}
    measured = Network(network, SHAPE)
    measured.idle(), measured.convolutions()
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())
    assert all(parameter.grad is None for parameter in network.parameters())


def test_layers_that_find_their_size_are_counted_once_they_have_it():
    network = nn.Sequential(nn.LazyConv2d(4, 3), nn.ReLU(), nn.Flatten(), nn.LazyLinear(5))
    assert Network(network, SHAPE).parameters == 4 * 28 + (4 * 36 + 1) * 5


@pytest.mark.parametrize("kind", ["double", "half", "bfloat16"])
def test_the_dtype_of_the_parameters_is_taken(kind):
    network = getattr(small(), kind)()
    measured = Network(network, SHAPE)
    assert measured.pictures.dtype == network[0].weight.dtype
    assert measured.shape() == (2, 2, 5)


@pytest.mark.parametrize(
    ("forward", "idle"),
    [
        (lambda net, x: net.layer(x) + net.more[0], 6),
        (lambda net, x: net.layer(x) + 0 * net.more.sum(), 7),
        (lambda net, x: net.layer(x), 7),
        (lambda net, x: net.layer(x) * net.more.prod(), 0),
        (lambda net, x: net.layer(x).detach() * net.more.sum(), 12),
        (lambda net, x: F.relu(net.layer(x)) + net.more.sum(), 0),
        (lambda net, x: x + net.more[:7].sum(), 12),
    ],
)
def test_parameters_that_change_no_output_are_idle(forward, idle):
    assert Network(Calls(forward, more=torch.zeros(7)), SHAPE).idle() == idle


def test_frozen_parameters_are_idle():
    network = small()
    network[0].bias.requires_grad = False
    assert Network(network, SHAPE).idle() == 4


def test_weights_that_meet_only_the_border_of_zeros_are_idle():
    network = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(3, 2, 3, padding=1))
    assert Network(network, SHAPE).idle() == 3 * 2 * 8


@pytest.mark.parametrize("norm", [nn.InstanceNorm2d(4), nn.GroupNorm(4, 4)])
def test_biases_that_a_normalisation_takes_away_are_idle(norm):
    network = nn.Sequential(nn.Conv2d(3, 4, 3), norm, *small()[1:])
    assert Network(network, SHAPE).idle() == 4


@pytest.mark.parametrize("width", [1, 2, 3])
def test_a_narrow_chain_of_relus_has_no_idle_parameters(width):
    layers = [layer for _ in range(6) for layer in (nn.Linear(width, width), nn.ReLU())]
    network = nn.Sequential(nn.Conv2d(3, width, 8), nn.ReLU(), nn.Flatten(), *layers, nn.Linear(width, 5))
    assert Network(network, SHAPE).idle() == 0


def test_convolutions_are_counted_however_they_are_called():
    assert Network(small(), SHAPE).convolutions() == 1
    assert Network(nn.Sequential(nn.Flatten(), nn.Linear(192, 5)), SHAPE).convolutions() == 0
    weight = torch.ones(3, 3, 1, 1)
    mixed = Calls(lambda net, x: torch.conv2d(F.conv2d(net.layer(net.layer(x)), net.w), net.w), w=weight)
    assert Network(mixed, SHAPE).convolutions() == 4
    turned = nn.Sequential(nn.ConvTranspose2d(3, 2, 3), nn.Conv2d(2, 2, 1))
    assert Network(turned, SHAPE).convolutions() == 2


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "nothing"),
        (YOUR_TURN, "your turn"),
        (nn.Conv2d, "not a network"),
        ([nn.Conv2d(3, 3, 1)], "not a network"),
        (torch.zeros(3), "not a network"),
        (Calls(lambda net, x: None), "nothing"),
        (Calls(lambda net, x: (x, x)), "not a network"),
        (Calls(lambda net, x: x.argmax(1)), "not a network"),
        (Calls(lambda net, x: x.tolist()), "not a network"),
    ],
)
def test_what_is_no_network_or_makes_no_tensor_of_numbers_is_refused(value, kind):
    with pytest.raises(RefusedError) as refused:
        Network(value, SHAPE).shape()
    assert refused.value.kind == kind


@pytest.mark.parametrize("pool", [nn.MaxPool2d, nn.AvgPool2d])
@pytest.mark.parametrize("end", [nn.Identity(), nn.Softmax(1), nn.Tanh()])
@pytest.mark.parametrize("between", [nn.ReLU, nn.Tanh, nn.Identity])
def test_every_mix_of_pooling_activation_and_end_is_told_from_the_right_one(pool, end, between):
    right = pool is nn.MaxPool2d and isinstance(end, nn.Identity) and between is nn.ReLU
    four = (nn.ReLU, between, nn.ReLU, between)
    assert exercises.check("lenet.assemble", lambda: lenet(four, pool, end)).passed is right


def test_a_lenet_that_does_more_than_was_asked_for_is_not_taken_for_the_right_one():
    def diagnosis(last):
        return exercises.check("lenet.assemble", lambda: lenet((nn.ReLU, nn.ReLU, nn.ReLU, last))).diagnosis

    assert [diagnosis(last) for last in (nn.ReLU, nn.Dropout, nn.Softplus)] == [
        "",
        "other layers",
        "other layers",
    ]


def test_a_permuted_flattening_is_as_good():
    class LastFirst(nn.Module):
        def forward(self, x):
            return x.permute(0, 2, 3, 1).flatten(1)

    def network():
        layers = lenet()
        layers[6] = LastFirst()
        return layers

    assert exercises.check("lenet.assemble", network).passed


def test_a_wrong_number_is_told_with_how_far_off_it_is():
    wide = nn.Sequential(*(nn.Conv2d(3, 3, 1),) * 3, nn.Flatten())
    verdict = exercises.check("alexnet_vgg.budget", lambda: wide)
    counted = "(2, 3, 32, 32) to (2, 3072), 12 parameters (19,988 too few), 0 idle, convolutions: 3 or more"
    assert counted in repr(verdict)
    assert verdict.diagnosis == "outputs"
    verdict = exercises.check("lenet.assemble", lambda: nn.Sequential(*lenet(), nn.PReLU()))
    assert "to (2, 10), 44,427 parameters (1 too many)\n" in repr(verdict)
    assert "difference" not in repr(verdict)


def test_a_right_network_is_told_so_in_one_word():
    assert repr(exercises.check("lenet.assemble", lenet)) == "lenet.assemble: right"


def test_an_exception_inside_the_network_is_shown_with_the_line_of_the_notebook():
    def forward(net, x):
        return x[5]  # out of the batch

    verdict = exercises.check("lenet.assemble", lambda: Calls(forward))
    assert verdict.diagnosis == "exception"
    assert "came back   IndexError: index 5 is out of bounds" in repr(verdict)
    assert "your line   return x[5]  # out of the batch" in repr(verdict)


def test_a_network_handed_over_instead_of_what_makes_it_is_named():
    assert exercises.check("lenet.assemble", lenet()).diagnosis == "not a function"


def test_a_network_may_stand_for_a_function_of_arrays():
    exercise = Function(cases=[{"x": [2, 3]}], right=[np.square])
    assert checker.verdict_on(exercise, Calls(lambda net, x: x**2), 20.0).passed


def test_a_network_that_never_ends_is_stopped():
    def forward(net, x):
        while True:
            pass

    verdict = exercises.check("alexnet_vgg.budget", lambda: Calls(forward), seconds=0.5)
    assert verdict.diagnosis == "time limit"


def counts_parameters(**changes):
    """Return an exercise that asks for a network of 17 parameters, and looks at nothing else."""
    options = {
        "measure": lambda network: {"parameters": Network(network, SHAPE).parameters},
        "measured": {"parameters": 17},
        "right": [lambda: nn.Linear(16, 1), lambda: nn.Conv1d(1, 1, 16), lambda: nn.Conv2d(4, 1, 2)],
        "mistakes": [
            Mistake("no bias", "A bias is missing.", lambda: nn.Linear(16, 1, bias=False)),
            Mistake("one", "Only one.", lambda: nn.PReLU(), fits=lambda got: got["parameters"] == 1),
        ],
    }
    return Function(name="test.count", **{**options, **changes})


UNNAMED = {
    "wrong values": [lambda size=size: nn.Linear(size, 1) for size in range(2, 5)],
    "not a network": [lambda: 17],
    "nothing": [lambda: None],
    "not a function": [nn.Linear(16, 1)],
}


def test_networks_are_proved_in_forms_of_their_own(monkeypatch):
    monkeypatch.setattr(variants, "NETWORK_FORMS", {"float64": nn.Module.double})
    assert proof.prove_exercise(counts_parameters(), wrong=UNNAMED).failures == ()

    def picky(network):
        return {"parameters": 17 if next(network.parameters()).dtype == torch.float32 else 0}

    found = proof.prove_exercise(counts_parameters(measure=picky)).failures
    assert [failure.split(" found")[0] for failure in found[:3]] == [
        f"answer {number} of 'right' (float64)" for number in (1, 2, 3)
    ]


def test_what_is_no_network_has_no_form():
    (_, first), *others = variants.forms(counts_parameters(), lambda: None)
    assert first() is None
    assert [form() for _, form in others] == [None] * len(variants.NETWORK_FORMS)
