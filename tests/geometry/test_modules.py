"""Modules read into graphs: counts and sizes are those of the module itself."""

import operator
import re

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
from tests.geometry.networks import Forward

# Networks that are read; the others stop at products with a second branch, or at layers that see
# channels or places in another order.
READ = """alexnet densenet121 googlenet inception_v3 mnasnet0_5 mobilenet_v2 regnet_x_400mf resnet18 resnet50
    resnext50_32x4d squeezenet1_1 vgg11_bn vgg16 wide_resnet50_2""".split()  # noqa: SIM905 - names read better
STOPPED = {
    "convnext_tiny": "permute at 'features.0.1' (LayerNorm2d)",
    "efficientnet_b0": "mul of 2 tensors at 'features.1.0.block.1' (SqueezeExcitation)",
    "efficientnet_v2_s": "mul of 2 tensors at 'features.4.0.block.2' (SqueezeExcitation)",
    "mobilenet_v3_small": "mul of 2 tensors at 'features.1.block.1' (SqueezeExcitation)",
    "regnet_y_400mf": "mul of 2 tensors at 'trunk_output.block1.block1-0.f.se' (SqueezeExcitation)",
    "shufflenet_v2_x0_5": "view at 'stage2.0' (InvertedResidual)",
    "swin_t": "permute at 'features.0.1' (Permute)",
    "vit_b_16": "reshape in its own forward",
}
WITHOUT_WEIGHTS = {
    "googlenet": {"aux_logits": False, "init_weights": False},
    "inception_v3": {"aux_logits": False, "init_weights": False},
}


def network(name, **options):
    """A network without weights where it can be made so: they are not needed, and drawing them takes long."""
    with torch.device("cpu" if name.startswith("regnet") else "meta"):
        return getattr(models, name)(**WITHOUT_WEIGHTS.get(name, {}), **options)


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


@pytest.mark.parametrize("name", READ)
def test_torchvisions_networks_have_torchvisions_counts(name):
    module, size = network(name), 299 if name == "inception_v3" else 224
    graph = from_module(module, size)
    giga = models.get_model_weights(name).DEFAULT.meta["_ops"]  # rounded to three decimals or two
    assert parameters(graph) == sum(weight.numel() for weight in module.parameters())
    assert multiply_adds(graph) / 1e9 == pytest.approx(giga, rel=1e-3, abs=6e-4)
    assert list(shapes(graph, (3, size, size)).values())[-1] == (1000, 1, 1)


@pytest.mark.parametrize("name", STOPPED)
def test_what_stops_the_reading_is_named_with_its_place(name):
    rule = "module must consist of layers this package knows or that have a method as_layer()"
    with pytest.raises(ValueError, match=f"^{re.escape(f'{rule}, got {STOPPED[name]}')}$"):
        from_module(network(name), 224)


@pytest.mark.parametrize("name", ["googlenet", "inception_v3"])
def test_a_network_that_changes_the_range_of_its_input_is_told_of(name):
    with pytest.raises(ValueError, match=r"^module must .*, got getitem in its own forward$"):
        from_module(network(name, transform_input=True), 299)


@pytest.mark.parametrize(
    "mean",
    [
        lambda self, x: x.mean([2, 3]),
        lambda self, x: x.mean((-1, -2)),
        lambda self, x: x.mean(dim=(2, 3), keepdim=False),
        lambda self, x: torch.mean(x, (-2, -1), False),
        lambda self, x: x.mean([2, 3], True).flatten(1),
    ],
)
def test_a_mean_over_rows_and_columns_is_global_pooling(mean):
    module = nn.Sequential(nn.Conv2d(3, 4, 3), Forward(mean), nn.Linear(4, 2))
    graph = from_module(module, (10, 8))
    assert Pool((8, 6)) in [layer for layer, _ in graph.values()]
    assert shapes(graph, (3, 10, 8))["2"] == (2, 1, 1)
    assert receptive_field(graph).size == (10, 8)
    with pytest.raises(ValueError, match=r"^mean at '1' \(Forward\): input_size must be given where pooling"):
        from_module(module)


@pytest.mark.parametrize(
    ("forward", "kind"),
    [
        (lambda self, x: torch.fft.fft2(x), "fft_fft2"),
        (lambda self, x: torch.cat([x, x], 2), "cat of 2 tensors"),
        (lambda self, x: x.view(-1, 2, 2), "view"),
        (lambda self, x: x.mean(1), "mean"),
        (lambda self, x: x.mean(), "mean"),
        (lambda self, x: x.mean([1, 2]), "mean"),
        (lambda self, x: F.conv2d(F.pad(x, (1, 1, 1, 1)), self.kernel, groups=3), "pad"),
        (lambda self, x: F.conv2d(x, self.kernel, stride=2, groups=3), "the tensor '1.0.kernel'"),
        (lambda self, x: x * x.mean([2, 3], keepdim=True), "mul of 2 tensors"),
    ],
)
def test_a_function_that_is_not_known_is_named_with_the_module_that_calls_it(forward, kind):
    inner = Forward(forward)
    inner.register_buffer("kernel", torch.ones(3, 1, 3, 3))
    module = nn.Sequential(nn.ReLU(), nn.Sequential(inner))
    with pytest.raises(ValueError, match=rf"^module must .*, got {kind} at '1\.0' \(Forward\)$"):
        from_module(module, 8)


def test_a_module_that_depends_on_values_is_named():
    inner = Forward(lambda self, x: x if x.sum() > 0 else -x)
    with pytest.raises(ValueError, match=r"^module must do the same for every input, got at '1\.0': "):
        from_module(nn.Sequential(nn.ReLU(), nn.Sequential(inner)))


def test_a_module_called_like_a_function_is_a_module():
    module = nn.Sequential()
    module.add_module("size", nn.MaxPool2d(2))
    module.add_module("mean", nn.AvgPool2d(2))
    module.add_module("add", nn.Linear(3, 2))
    with pytest.raises(ValueError, match=r"^linear layer 'add' must follow a flatten, got a picture$"):
        from_module(module)
    assert from_module(module[:2]) == {"size": (Pool(2), ("input",)), "mean": (Pool(2), ("size",))}


@pytest.mark.parametrize(
    ("module", "size", "message"),
    [
        (
            nn.Sequential(nn.ReLU(), nn.GroupNorm(1, 1)),
            None,
            "^module must consist of .*, got GroupNorm at '1'$",
        ),
        (nn.Conv3d(1, 1, 3), None, "^module must consist of .*, got Conv3d at '0'"),
        (nn.Softmax(dim=-1), None, "^module must consist of .*, got Softmax at '0'"),
        (nn.Bilinear(2, 2, 2), None, "^module must"),
        (Forward(lambda self, x: x if x.sum() > 0 else -x), None, "^module must do the same for every input"),
        (Forward(lambda self, x: (self.a(x), x), a=nn.ReLU()), None, "^module must return one"),
        (nn.Sequential(), None, "^module must have at least one layer, got one that returns"),
        (
            nn.Conv2d(1, 1, 3, padding_mode="reflect"),
            None,
            "^layer '0': padding_mode must be 'zeros', got 'reflect'$",
        ),
        (nn.Conv2d(1, 1, 4, padding="same"), None, "^layer '0': kernel_size must span an odd"),
        (nn.BatchNorm2d(3, track_running_stats=False), None, "track_running_stats must be True"),
        (nn.Flatten(2), None, "^layer '0': flatten must go from dimension 1 to -1, got 2 to -1$"),
        (nn.AdaptiveAvgPool2d(1), None, "^layer '0': input_size must be given where pooling"),
        (
            nn.AdaptiveAvgPool2d(3),
            7,
            r"^layer '0': input_size must lead to a multiple of the pooled size \(3, 3\), got \(7, 7\)$",
        ),
        (
            nn.Sequential(nn.Conv2d(1, 1, 3), nn.Linear(8, 2)),
            None,
            "^linear layer '1' must follow a flatten, got a pict",
        ),
        (
            nn.Sequential(Forward(lambda self, x: x.mean([2, 3], keepdim=True)), nn.Linear(3, 2)),
            8,
            "^linear layer '1' must follow a flatten, got a picture$",
        ),
        (nn.ReLU(), 0, "^input_size must be positive, got 0$"),
    ],
)
def test_each_unknown_part_is_named_in_one_sentence(module, size, message):
    with pytest.raises(ValueError, match=message):
        from_module(module, size)


def test_only_modules_of_one_input_are_read():
    class Two(nn.Module):
        def forward(self, x, y):
            return x + y

    with pytest.raises(ValueError, match=r"^module must take one input, got another: y$"):
        from_module(Two())
    with pytest.raises(TypeError, match=r"^module must be a torch module, got str$"):
        from_module("net")
