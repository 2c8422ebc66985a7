"""A residual network's costs stage by stage are those that PyTorch measures of the network."""

import random
import time

import pytest
from torch import nn

from cnnlab import models as ours
from cnnlab.geometry import layer_table
from tests.models.judge import count, measured_multiply_adds, on_meta

PAPER = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3)}


def totals(stages):
    return tuple(
        sum(getattr(stage, name) for stage in stages) for name in ("layers", "parameters", "multiply_adds")
    )


@pytest.mark.parametrize("stride_in", ["3x3", "1x1"])
@pytest.mark.parametrize("depth", PAPER)
def test_the_published_networks_cost_what_their_models_cost(depth, stride_in):
    options = {"stride_in": stride_in} if depth >= 50 else {}
    kind = "bottleneck" if options else "basic"
    network = on_meta(getattr(ours, f"resnet{depth}"), **options)
    measured = depth, count(network), measured_multiply_adds(network, (3, 224, 224))
    assert totals(ours.resnet_stages(PAPER[depth], kind, **options)) == measured


def test_every_part_of_resnet18_is_that_of_its_layer_table():
    table = layer_table(on_meta(ours.resnet18), (3, 224, 224))
    parts = (
        ("conv1", "bn1"),
        ("maxpool",),
        ("layer1",),
        ("layer2",),
        ("layer3",),
        ("layer4",),
        ("avgpool", "fc"),
    )
    for names, stage in zip(parts, ours.resnet_stages(PAPER[18]), strict=True):
        rows = [row for row in table.rows if row.name.split(".")[0] in names]
        assert stage.parameters == sum(row.parameters for row in rows)
        assert stage.multiply_adds == sum(row.multiply_adds for row in rows)
        assert stage.shape == rows[-1].shape


def built(blocks, kinds, stride_in, classes):
    """The same network, block by block."""

    def block(kind, inputs, width, stride):
        if kind == "basic":
            return ours.BasicBlock(inputs, width, stride=stride)
        return ours.Bottleneck(inputs, width, stride=stride, stride_in=stride_in)

    stem = nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.MaxPool2d(3, 2, 1)
    stages, inputs = [], 64
    for number, (many, kind) in enumerate(zip(blocks, kinds, strict=True)):
        width, stage = 64 * 2**number, []
        for place in range(many):
            stage.append(block(kind, inputs, width, 2 if number and not place else 1))
            inputs = width * stage[-1].expansion
        stages.append(nn.Sequential(*stage))
    return nn.Sequential(*stem, *stages, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, classes))


@pytest.mark.parametrize("seed", range(8))
def test_any_mixture_of_blocks_costs_what_pytorch_measures(seed):
    draw = random.Random(seed)
    blocks = [draw.randint(1, 4) for _ in range(4)]
    kinds = [draw.choice(["basic", "bottleneck"]) for _ in range(4)]
    stride_in, size, classes = draw.choice(["1x1", "3x3"]), draw.choice([32, 97, 224]), draw.randint(2, 50)
    network = on_meta(built, blocks=blocks, kinds=kinds, stride_in=stride_in, classes=classes)
    stages = ours.resnet_stages(blocks, kinds, stride_in=stride_in, input_size=size, num_classes=classes)
    assert totals(stages)[1:] == (count(network), measured_multiply_adds(network, (3, size, size)))
    for stage, module in zip(stages[2:6], network[3:7], strict=True):
        assert stage.parameters == count(module)
        assert stage.first == count(module[0])
        assert stage.first + (stage.blocks - 1) * stage.further == stage.parameters
        assert stage.projection == isinstance(module[0].downsample, nn.Sequential)


def test_the_deepest_takes_no_time():
    start = time.perf_counter()
    ours.resnet_stages((36,) * 4, "bottleneck")
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("arguments", "options", "error", "says"),
    [
        (((2, 2, 2),), {}, ValueError, "blocks and kinds must be 4 each, got 3 and 4"),
        (((2, 2, 2, 2), ["basic"]), {}, ValueError, "blocks and kinds must be 4 each, got 4 and 1"),
        (((2, 2, 2, 0),), {}, ValueError, "each of blocks must be positive, got 0"),
        (((2, 2, 2, 1.5),), {}, TypeError, "each of blocks must be an integer, got 1.5"),
        (((2, 2, 2, 2), "deep"), {}, ValueError, "each of kinds must be one of 'basic', 'bottleneck', got"),
        (((2, 2, 2, 2),), {"stride_in": "7x7"}, ValueError, "stride_in must be one of '3x3', '1x1'"),
        (((2, 2, 2, 2),), {"input_size": 31}, ValueError, "input_size must be at least 32, got 31"),
        (((2, 2, 2, 2),), {"num_classes": 0}, ValueError, "num_classes must be positive, got 0"),
    ],
)
def test_bad_options_get_one_sentence(arguments, options, error, says):
    with pytest.raises(error, match=says):
        ours.resnet_stages(*arguments, **options)
