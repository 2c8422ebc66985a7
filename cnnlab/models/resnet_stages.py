"""What a residual network for large pictures costs, stage by stage, without building it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cnnlab._arguments import one_of, positive_int
from cnnlab.geometry import BatchNorm, Conv, Layer, multiply_adds, output_size, parameters
from cnnlab.geometry.pairs import Pair
from cnnlab.models.residual_blocks import STRIDES_IN, BasicBlock, Bottleneck
from cnnlab.models.resnet import WIDTHS

EXPANSIONS = {"basic": BasicBlock.expansion, "bottleneck": Bottleneck.expansion}


class Stage(NamedTuple):
    """A part of a residual network."""

    name: str
    """Such as "stage 1"."""
    kind: str
    """Of its blocks, "basic" or "bottleneck"; empty where there are none."""
    blocks: int
    """How many blocks; 0 before the first stage and behind the last."""
    projection: bool
    """Whether the first block's shortcut is a convolution."""
    shape: tuple[int, int, int]
    """(C, H, W) of what comes out."""
    layers: int
    """Layers with weights on the way through; those of shortcuts do not count."""
    first: int
    """Parameters of the first block."""
    further: int
    """Parameters of each further block."""
    parameters: int
    """Parameters of all of it, batch normalization's scales and shifts included."""
    multiply_adds: int
    """Products of its convolutions, or of its dense layer, for one picture."""


def resnet_stages(
    blocks: Sequence[int],
    kinds: str | Sequence[str] = "basic",
    *,
    stride_in: str = "3x3",
    input_size: int = 224,
    num_classes: int = 1000,
) -> list[Stage]:
    """Return the parts of a residual network as ``resnet18`` to ``resnet152`` have them, with their costs.

    Args:
        blocks: blocks of each of the four stages.
        kinds: "basic" or "bottleneck", for all stages or for each. The 3x3 convolutions of a stage have 64,
            128, 256 or 512 channels; bottlenecks put out four times as many.
        stride_in: which convolution of a bottleneck steps two pixels, "3x3" or "1x1".
        input_size: rows and columns of the picture, at least 32.
        num_classes: outputs.

    Returns:
        The first convolution, the pooling, four stages, and the pooling with the dense layer. The layers of
        all sum to the network's depth.

    Raises:
        TypeError: a number that is not an integer.
        ValueError: a number or a word that is out of range.

    Source:
        He et al. 2016, table 1.

    Example:
        >>> stages = resnet_stages((3, 4, 6, 3), "bottleneck", stride_in="1x1")
        >>> sum(stage.layers for stage in stages), sum(stage.parameters for stage in stages)
        (50, 25557032)
        >>> round(sum(stage.multiply_adds for stage in stages) / 1e9, 3)  # 3.8 in the paper
        3.858
    """
    counts = [positive_int("each of blocks", count) for count in blocks]
    words = [kinds] * len(WIDTHS) if isinstance(kinds, str) else list(kinds)
    if len(counts) != len(WIDTHS) or len(words) != len(WIDTHS):
        raise ValueError(f"blocks and kinds must be {len(WIDTHS)} each, got {len(counts)} and {len(words)}")
    for word in words:
        one_of("each of kinds", word, tuple(EXPANSIONS))
    one_of("stride_in", stride_in, STRIDES_IN)
    if positive_int("input_size", input_size) < 32:
        raise ValueError(f"input_size must be at least 32, got {input_size}")
    found = _stem(input_size)
    for number, (count, word) in enumerate(zip(counts, words, strict=True)):
        found.append(_stage(number, count, word, stride_in, found[-1].shape))
    features, classes = found[-1].shape[0], positive_int("num_classes", num_classes)
    cost = (features + 1) * classes, features * classes
    return [*found, Stage("average pool, dense", "", 0, False, (classes, 1, 1), 1, 0, 0, *cost)]


def _stem(size: int) -> list[Stage]:
    after = output_size(size, 7, stride=2, padding=3)
    pooled = output_size(after, 3, stride=2, padding=1)
    cost = _cost([Conv(3, 64, 7, stride=2, padding=3, bias=False), BatchNorm(64)], (size, size))
    return [
        Stage("7x7 convolution", "", 0, False, (64, *after), 1, 0, 0, *cost),
        Stage("3x3 max pool", "", 0, False, (64, *pooled), 0, 0, 0, 0, 0),
    ]


def _stage(number: int, count: int, kind: str, stride_in: str, shape: tuple[int, int, int]) -> Stage:
    """A stage whose first block steps two pixels, but in stage 1; all others are alike."""
    inputs, width, stride = shape[0], WIDTHS[number], 2 if number else 1
    channels = width * EXPANSIONS[kind]
    before, after = shape[1:], output_size(shape[1:], 1, stride=stride)
    start = _branch(kind, inputs, width, stride, stride_in)
    projection = stride != 1 or inputs != channels
    shortcut: list[Layer] = [Conv(inputs, channels, 1, stride=stride, bias=False), BatchNorm(channels)]
    first, further = _cost(start, before), _cost(_branch(kind, channels, width, 1, stride_in), after)
    if projection:
        extra = _cost(shortcut, before)
        first = first[0] + extra[0], first[1] + extra[1]
    layers = count * sum(isinstance(layer, Conv) for layer in start)
    learned, work = (one + (count - 1) * each for one, each in zip(first, further, strict=True))
    costs = first[0], further[0], learned, work
    return Stage(f"stage {number + 1}", kind, count, projection, (channels, *after), layers, *costs)


def _cost(chain: list[Layer], size: Pair) -> tuple[int, int]:
    """Parameters and multiply-adds of a chain for a picture of this size."""
    return parameters(chain), multiply_adds(chain, size)


def _branch(kind: str, inputs: int, width: int, stride: int, stride_in: str) -> list[Layer]:
    """The convolutions of a block, each with its normalization."""
    if kind == "basic":
        sizes = [(inputs, width, 3, stride), (width, width, 3, 1)]
    else:
        first, second = (stride, 1) if stride_in == "1x1" else (1, stride)
        sizes = [
            (inputs, width, 1, first),
            (width, width, 3, second),
            (width, EXPANSIONS[kind] * width, 1, 1),
        ]
    chain: list[Layer] = []
    for before, after, kernel, step in sizes:
        conv = Conv(before, after, kernel, stride=step, padding=kernel // 2, bias=False)
        chain += [conv, BatchNorm(after)]
    return chain
