"""The ResnetTable explorer: a residual network's stages to edit, and what each costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import traitlets

from cnnlab.explorers.kit.explorer import Explorer
from cnnlab.explorers.kit.limits import Limit, OneOf, Setting, Whole
from cnnlab.models import resnet_stages
from cnnlab.models.resnet_stages import EXPANSIONS, Stage

STAGES = 4
OWN = "own"
PRESETS = {
    "ResNet-18": ((2, 2, 2, 2), "basic"),
    "ResNet-34": ((3, 4, 6, 3), "basic"),
    "ResNet-50": ((3, 4, 6, 3), "bottleneck"),
    "ResNet-101": ((3, 4, 23, 3), "bottleneck"),
    "ResNet-152": ((3, 8, 36, 3), "bottleneck"),
}


@dataclass(frozen=True)
class EachStage(Limit):
    """A value for each of the four stages; a word stands for all of them."""

    limit: Limit

    def check(self, name: str, value: Any) -> list[Any]:
        """Return the four values as a list."""
        values = [value] * STAGES if isinstance(value, str) else value
        if not isinstance(values, Sequence):
            raise TypeError(f"{name} must be a sequence of {STAGES}, got {value!r}")
        if len(values) != STAGES:
            raise ValueError(f"{name} must be {STAGES}, one for each stage, got {len(values)}")
        return [self.limit.check(f"each of {name}", entry) for entry in values]

    def sent(self) -> dict[str, Any]:
        """Return the limit of one value as the browser reads it."""
        return self.limit.sent()


class ResnetTable(Explorer):
    """An explorer of residual networks of four stages, with what each costs, for pictures and 1000 classes.

    The table tells output shape, layers, parameters (those of batch normalization included) and multiply-adds
    of every stage, and of all together. Presets are the five networks of the paper. A stage of bottlenecks
    puts out four times as many channels as one of basic blocks.

    Args:
        blocks: blocks of each of the four stages, 1 to 36.
        kinds: "basic" or "bottleneck", for all stages or for each.
        stride_in: which convolution of a bottleneck steps two pixels: "3x3", or as published "1x1".
        input_size: rows and columns of a picture: 32, 64, 96, 128, 160, 192, 224 or 256.
        stage: the chosen stage, whose counting is told, 1 to 4.

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: an argument is outside its range.

    Example:
        >>> table = ResnetTable((3, 4, 6, 3), "bottleneck")
        >>> table
        ResnetTable explorer: ResNet-50, 3 + 4 + 6 + 3 blocks, stride in 3x3, input 224, stage 1
        >>> table.depth(), table.parameters(), table.multiply_adds()
        (50, 25557032, 4089184256)
    """

    blocks = Setting(EachStage(Whole(1, 36)), PRESETS["ResNet-18"][0])
    kinds = Setting(EachStage(OneOf(tuple(EXPANSIONS))), PRESETS["ResNet-18"][1])
    stride_in = Setting(OneOf(("3x3", "1x1")), "3x3")
    input_size = Setting(OneOf(tuple(range(32, 257, 32))), 224)
    stage = Setting(Whole(1, STAGES), 1)
    presets = traitlets.Dict(
        {name: {"blocks": list(blocks), "kinds": [kind] * STAGES} for name, (blocks, kind) in PRESETS.items()}
    ).tag(sync=True)

    def rows(self) -> list[Stage]:
        """Return the costs of the first convolution, the pooling, the four stages and the dense layer."""
        options = {"stride_in": self.stride_in, "input_size": self.input_size}
        return resnet_stages(self.blocks, self.kinds, **options)

    def depth(self) -> int:
        """Return the layers with weights on the way from the picture to the outputs."""
        return sum(row.layers for row in self.rows())

    def parameters(self) -> int:
        """Return the parameters of the whole network."""
        return sum(row.parameters for row in self.rows())

    def multiply_adds(self) -> int:
        """Return the multiply-adds of the whole network for one picture."""
        return sum(row.multiply_adds for row in self.rows())

    def preset(self) -> str:
        """Return the name of the published network that the table shows now, "own" where it is none."""
        now = {"blocks": self.blocks, "kinds": self.kinds}
        return next((name for name, entry in self.presets.items() if entry == now), OWN)

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        kinds = "" if self.preset() != OWN else " of " + ", ".join(self.kinds)
        return (
            f"{self.preset()}, {' + '.join(map(str, self.blocks))} blocks{kinds}, "
            f"stride in {self.stride_in}, input {self.input_size}, stage {self.stage}"
        )

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        rows, size = self.rows(), self.input_size
        told = [
            f"{row.name}: {' x '.join(map(str, row.shape))}, {row.parameters:,} parameters" for row in rows
        ]
        chosen = rows[self.stage + 1]
        start = ", with a projection," if chosen.projection else ""
        return (
            f"{self.preset()}: {self.depth()} layers with weights, {self.parameters():,} parameters and "
            f"{self.multiply_adds() / 1e9:.3f} G multiply-adds for a picture of {size} x {size}. "
            f"{'; '.join(told)}. Stage {self.stage} has {chosen.blocks} {chosen.kind} blocks; "
            f"the first{start} has {chosen.first:,} parameters, each further one {chosen.further:,}."
        )
