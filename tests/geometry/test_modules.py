"""Modules read into graphs: counts and sizes are those of the module itself."""

import operator

import pytest
import torch
from torch import nn
from torch.nn import functional as F
from torchvision import models

from cnnlab.geometry import (
    Add,
    BatchNorm,
    Concatenate,
    Conv,
    Dense,
    Flatten,
    Pointwise,
    Pool,
    from_module,
    multiply_adds,
    parameters,
    receptive_field,
    shapes,
)


class Forward(nn.Module):
    """A module whose forward is the function given, with layers to use."""

    def __init__(self, forward, **layers):
        super().__init__()
        self.work = forward
        for name, layer in layers.items():
            self.add_module(name, layer)

    def forward(self, x):
        return self.work(self, x)


def kinds(module, *size):
    return [type(layer) for layer, _ in from_module(module, *size).values()]


def test_a_sequential_keeps_its_names_and_order():
    module = nn.Sequential(nn.Conv2d(1, 6, 5, padding=2), nn.BatchNorm2d(6), nn.ReLU(), nn.MaxPool2d(3, 2, 1))
    assert from_module(module) == {
        "0": (Conv(1, 6, 5, padding=2), ("input",)),
        "1": (BatchNorm(6), ("0",)),
        "2": (Pointwise(), ("1",)),
        "3": (Pool(3, 2, 1), ("2",)),
    }


def test_every_option_of_a_convolution_is_read():
    plain = nn.Conv2d(4, 6, (3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2), groups=2, bias=False)
    expected = Conv(4, 6, (3, 2), (2, 1), (1, 0), (1, 2), groups=2, bias=False)
    assert list(from_module(plain).values()) == [(expected, ("input",))]
    up = nn.ConvTranspose2d(4, 6, 3, stride=2, padding=1, output_padding=1)
    expected = Conv(4, 6, 3, stride=2, padding=1, transposed=True, output_padding=1)
    assert list(from_module(up).values()) == [(expected, ("input",))]
    paddings = [nn.Conv2d(1, 1, 5, padding=word) for word in ("same", "valid")]
    assert [from_module(conv)["0"][0].padding for conv in paddings] == [(2, 2), (0, 0)]


def test_signals_are_pictures_of_one_row():
    module = nn.Sequential(
        nn.Conv1d(2, 4, 5, stride=2, padding=2),
        nn.BatchNorm1d(4),
        nn.MaxPool1d(2),
        nn.AvgPool1d(2, 1),
        nn.Conv1d(4, 3, 3, padding="same"),
        nn.ConvTranspose1d(3, 3, 2, stride=2),
    )
    graph = from_module(module, (1, 40))
    assert shapes(graph, (2, 1, 40))["5"][1:] == (1, module(torch.zeros(1, 2, 40)).shape[-1])
    assert receptive_field(graph).size[0] == 1
    assert parameters(graph) == sum(weight.numel() for weight in module.parameters())


def test_functions_and_methods_are_read_like_modules():
    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv(x)), 2)
        x = F.avg_pool2d(torch.tanh(x.relu()) * 0.5, kernel_size=3, stride=1, padding=1)
        x = torch.cat([x, self.side(x) + x], dim=1)
        x = F.dropout(x, 0.5, self.training)
        x = F.adaptive_avg_pool2d(x, (2, 2))
        return F.log_softmax(self.dense(x.view(x.size(0), -1)), dim=1)

    module = Forward(
        forward, conv=nn.Conv2d(1, 3, 3, padding=1), side=nn.Conv2d(3, 3, 1), dense=nn.Linear(24, 5)
    )
    expected = [Conv, Pointwise, Pool, Pointwise, Pointwise, Pointwise, Pool, Conv, Add, Concatenate]
    assert kinds(module, 16) == [*expected, Pointwise, Pool, Flatten, Dense, Pointwise]
    assert shapes(from_module(module, 16), (1, 16, 16))["dense"] == (5, 1, 1)


@pytest.mark.parametrize(
    "flatten",
    [
        lambda self, x: self.dense(x.view(-1, 36)),
        lambda self, x: self.dense(x.reshape(x.shape[0], -1)),
        lambda self, x: self.dense(torch.flatten(x, start_dim=1)),
        lambda self, x: self.dense(x.flatten(1)),
        lambda self, x: self.dense(self.flat(x)),
    ],
)
def test_all_ways_to_flatten_are_one(flatten):
    assert kinds(Forward(flatten, dense=nn.Linear(36, 2), flat=nn.Flatten())) == [Flatten, Dense]


def test_a_residual_block_is_a_sum_of_two_inputs():
    block = models.resnet.BasicBlock(8, 8)
    graph = from_module(block)
    assert graph["add"] == (Add(), ("bn2", "input"))
    assert receptive_field(graph).size == (5, 5)
    inplace = Forward(lambda self, x: operator.iadd(self.conv(x), x), conv=nn.Conv2d(1, 1, 3, padding=1))
    assert kinds(inplace) == [Conv, Add]


def test_a_layer_used_twice_stands_there_twice():
    module = Forward(lambda self, x: self.conv(self.conv(x)), conv=nn.Conv2d(1, 1, 3))
    graph = from_module(module)
    assert len(graph) == 2
    assert receptive_field(graph).size == (5, 5)


def test_what_the_output_does_not_need_is_left_out():
    def forward(self, x):
        self.b(x)
        return self.a(x)

    assert list(from_module(Forward(forward, a=nn.Conv2d(1, 1, 1), b=nn.Conv2d(1, 1, 3)))) == ["a"]


def test_the_module_stays_as_it_was():
    module = nn.Sequential(nn.Conv2d(1, 1, 3), nn.BatchNorm2d(1)).train()
    module[1].eval()  # as when fine-tuning
    before = {name: value.clone() for name, value in module.state_dict().items()}
    from_module(module)
    assert [part.training for part in module.modules()] == [True, True, False]
    assert all(torch.equal(value, before[name]) for name, value in module.state_dict().items())


@pytest.mark.parametrize(
    ("name", "size", "giga", "digits"),
    [
        ("alexnet", 224, 0.714, 3),
        ("vgg16", 224, 15.47, 2),
        ("googlenet", 224, 1.498, 3),
        ("resnet18", 224, 1.814, 3),
        ("resnet50", 224, 4.089, 3),
        ("densenet121", 224, 2.834, 3),
    ],
)
def test_torchvisions_networks_have_torchvisions_counts(name, size, giga, digits):
    options = {"aux_logits": False, "init_weights": False} if name == "googlenet" else {}
    with torch.device("meta"):
        module = getattr(models, name)(**options)
    graph = from_module(module, size)
    assert parameters(graph) == sum(weight.numel() for weight in module.parameters())
    assert round(multiply_adds(graph, size) / 1e9, digits) == giga
    assert list(shapes(graph, (3, size, size)).values())[-1] == (1000, 1, 1)


@pytest.mark.parametrize(
    ("module", "size", "error", "message"),
    [
        ("net", None, TypeError, "^module must be a torch module, got str$"),
        (
            nn.Sequential(nn.Conv2d(1, 1, 3), nn.GroupNorm(1, 1)),
            None,
            ValueError,
            "^module must consist of layers this package knows .*, got GroupNorm at '1'$",
        ),
        (nn.Conv3d(1, 1, 3), None, ValueError, "knows .*, got Conv3d at '0'"),
        (nn.Softmax(dim=-1), None, ValueError, "knows .*, got Softmax at '0'"),
        (
            Forward(lambda self, x: torch.fft.fft2(x)),
            None,
            ValueError,
            "knows .*, got fft_fft2 in its own forward$",
        ),
        (
            Forward(lambda self, x: x * x),
            None,
            ValueError,
            "knows .*, got mul of 2 tensors in its own forward$",
        ),
        (
            Forward(lambda self, x: torch.cat([x, x], 2)),
            None,
            ValueError,
            "knows .*, got cat of 2 tensors in",
        ),
        (Forward(lambda self, x: x.view(-1, 2, 2)), None, ValueError, "knows .*, got view in"),
        (Forward(lambda self, x: x if x.sum() > 0 else -x), None, ValueError, "^module must do the same for"),
        (Forward(lambda self, x: (self.a(x), x), a=nn.ReLU()), None, ValueError, "^module must return one"),
        (nn.Sequential(), None, ValueError, "^module must have at least one layer, got one that returns"),
        (
            nn.Conv2d(1, 1, 3, padding=1, padding_mode="reflect"),
            None,
            ValueError,
            "^layer '0': padding_mode must be 'zeros', got 'reflect'$",
        ),
        (nn.Conv2d(1, 1, 4, padding="same"), None, ValueError, "^layer '0': kernel_size must span an odd"),
        (nn.BatchNorm2d(3, track_running_stats=False), None, ValueError, "track_running_stats must be True"),
        (nn.Flatten(2), None, ValueError, "^layer '0': flatten must go from dimension 1 to -1, got 2 to -1$"),
        (nn.AdaptiveAvgPool2d(1), None, ValueError, "^layer '0': input_size must be given where pooling"),
        (
            nn.AdaptiveAvgPool2d(3),
            7,
            ValueError,
            r"^layer '0': input_size must lead to a multiple of the pooled size \(3, 3\), got \(7, 7\)$",
        ),
        (
            nn.Sequential(nn.Conv2d(1, 1, 3), nn.Linear(8, 2)),
            None,
            ValueError,
            "^linear layer '1' must follow a flatten, got a picture$",
        ),
        (nn.ReLU(), 0, ValueError, "^input_size must be positive, got 0$"),
        (nn.Bilinear(2, 2, 2), None, ValueError, "^module must"),
    ],
)
def test_each_unknown_part_is_named_in_one_sentence(module, size, error, message):
    with pytest.raises(error, match=message):
        from_module(module, size)


def test_several_inputs_are_refused():
    class Two(nn.Module):
        def forward(self, x, y):
            return x + y

    with pytest.raises(ValueError, match="module must take one input, got another: y"):
        from_module(Two())
