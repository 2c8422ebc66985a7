"""What ``from_module`` makes of each kind of network in torchvision: its counts, or a sentence."""

import re

import pytest
import torch
from torch import nn
from torch.nn import functional as F
from torchvision import models

from cnnlab.geometry import Pool, from_module, parameters, receptive_field, shapes

READ = [
    "alexnet",
    "densenet121",
    "googlenet",
    "inception_v3",
    "mnasnet0_5",
    "mobilenet_v2",
    "regnet_x_400mf",
    "resnet18",
    "resnext50_32x4d",
    "squeezenet1_1",
    "vgg11_bn",
    "wide_resnet50_2",
]
# What stops the reading: products with a second branch, layers that see channels or places in another order.
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


@pytest.mark.parametrize("name", READ)
def test_a_network_of_layers_that_are_known_is_read(name):
    module = network(name)
    graph = from_module(module, 224)
    assert parameters(graph) == sum(weight.numel() for weight in module.parameters())
    assert list(shapes(graph, (3, 224, 224)).values())[-1] == (1000, 1, 1)


@pytest.mark.parametrize("name", STOPPED)
def test_what_stops_the_reading_is_named_with_its_place(name):
    rule = "module must consist of layers this package knows or that have a method as_layer()"
    with pytest.raises(ValueError, match=f"^{re.escape(f'{rule}, got {STOPPED[name]}')}$"):
        from_module(network(name), 224)


@pytest.mark.parametrize("name", ["googlenet", "inception_v3"])
def test_a_network_that_changes_the_range_of_its_input_is_told_of(name):
    with pytest.raises(ValueError, match=r"^module must .*, got getitem in its own forward$"):
        from_module(network(name, transform_input=True), 299)


class Around(nn.Module):
    """A module whose forward is the function given."""

    def __init__(self, forward):
        super().__init__()
        self.work = forward
        self.register_buffer("kernel", torch.ones(3, 1, 3, 3) / 9)

    def forward(self, x):
        return self.work(self, x)


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
    module = nn.Sequential(nn.Conv2d(3, 4, 3), Around(mean), nn.Linear(4, 2))
    graph = from_module(module, (10, 8))
    assert Pool((8, 6)) in [layer for layer, _ in graph.values()]
    assert shapes(graph, (3, 10, 8))["2"] == (2, 1, 1)
    assert receptive_field(graph).size == (10, 8)
    with pytest.raises(ValueError, match=r"^mean at '1' \(Around\): input_size must be given where pooling"):
        from_module(module)


@pytest.mark.parametrize(
    ("forward", "kind"),
    [
        (lambda self, x: x.mean(1), "mean"),
        (lambda self, x: x.mean(), "mean"),
        (lambda self, x: x.mean([1, 2]), "mean"),
        (lambda self, x: F.conv2d(F.pad(x, (1, 1, 1, 1)), self.kernel, groups=3), "pad"),
        (lambda self, x: F.conv2d(x, self.kernel, stride=2, groups=3), "the tensor '1.0.kernel'"),
        (lambda self, x: x * x.mean([2, 3], keepdim=True), "mul of 2 tensors"),
    ],
)
def test_a_function_that_is_not_known_is_named_with_the_module_that_calls_it(forward, kind):
    module = nn.Sequential(nn.ReLU(), nn.Sequential(Around(forward)))
    with pytest.raises(ValueError, match=rf"^module must .*, got {kind} at '1\.0' \(Around\)$"):
        from_module(module, 8)


def test_a_module_that_depends_on_values_is_named():
    inner = Around(lambda self, x: x if x.sum() > 0 else -x)
    with pytest.raises(ValueError, match=r"^module must do the same for every input, got at '1\.0': "):
        from_module(nn.Sequential(nn.ReLU(), nn.Sequential(inner)))


def test_a_linear_layer_still_needs_a_flatten_behind_a_mean_that_keeps_its_axes():
    module = nn.Sequential(Around(lambda self, x: x.mean([2, 3], keepdim=True)), nn.Linear(3, 2))
    with pytest.raises(ValueError, match=r"^linear layer '1' must follow a flatten, got a picture$"):
        from_module(module, 8)


def test_a_module_called_like_a_function_is_a_module():
    module = nn.Sequential()
    module.add_module("size", nn.MaxPool2d(2))
    module.add_module("mean", nn.AvgPool2d(2))
    module.add_module("add", nn.Linear(3, 2))
    with pytest.raises(ValueError, match=r"^linear layer 'add' must follow a flatten, got a picture$"):
        from_module(module)
    assert from_module(module[:2]) == {"size": (Pool(2), ("input",)), "mean": (Pool(2), ("size",))}
