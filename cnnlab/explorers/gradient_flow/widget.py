"""The GradientFlow explorer: how large the gradient is at each layer of networks of several depths."""

from __future__ import annotations

from typing import Any

import traitlets

from cnnlab.explorers.gradient_flow.norms import KINDS, Norms, Record, ratio, ratio_span, read, span
from cnnlab.explorers.kit.explorer import Explorer
from cnnlab.explorers.kit.limits import Flag, Limit, OneOf, Setting


class GradientFlow(Explorer):
    """An explorer of measured gradients: their norm by layer, for depth, shortcuts and batch normalization.

    On the left the norm at each convolution of the four networks of the chosen depth, on the right, for every
    depth, how many times as large the first convolution's is as the last one's. Only what was measured is
    shown. Norms are rounded to four digits.

    Args:
        norms: by (depth, kind, batch_norm), the norms of the convolutions' gradients from the first to the
            last, 2 to 200 numbers; kind is "residual" or "plain". Each of 1 to 8 depths has all four arms; at
            most 4,000 norms in all.
        depth: the chosen depth, one of those measured; by default the smallest.
        shortcut: whether the chosen network has shortcuts, True or False.
        batch_norm: whether it has batch normalization, True or False.

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: an argument is outside its range.

    Example:
        >>> arms = [(kind, batch_norm) for kind in ("residual", "plain") for batch_norm in (True, False)]
        >>> flow = GradientFlow({(8, *arm): [0.5, 0.25] for arm in arms}, shortcut=False)
        >>> flow
        GradientFlow explorer: depths 8; depth 8, plain with batch norm
        >>> flow.ratio()
        2.0
    """

    records = traitlets.List(traitlets.Dict()).tag(sync=True)
    depths = traitlets.List(traitlets.Int()).tag(sync=True)
    span = traitlets.List(traitlets.Float()).tag(sync=True)
    ratio_span = traitlets.List(traitlets.Float()).tag(sync=True)
    depth = Setting(Limit())
    shortcut = Setting(Flag(), True)
    batch_norm = Setting(Flag(), True)

    def __init__(
        self, norms: Norms, depth: int | None = None, shortcut: bool = True, batch_norm: bool = True
    ) -> None:
        records = read(norms)
        depths = sorted({record["depth"] for record in records})
        super().__init__(
            records=records,
            depths=depths,
            span=span(records),
            ratio_span=ratio_span(records),
            shortcut=shortcut,
            batch_norm=batch_norm,
        )
        self.depth = depths[0] if depth is None else depth

    @traitlets.validate("depth")
    def _check_depth(self, proposal: Any) -> int:
        depth = proposal["value"]
        return self.depths[0] if depth is None else int(OneOf(self.depths).check("depth", depth))

    def arms(self) -> list[Record]:
        """Return the records of the four networks of the chosen depth."""
        return [record for record in self.records if record["depth"] == self.depth]

    def chosen(self) -> Record:
        """Return the record of the chosen network."""
        asked = KINDS[not self.shortcut], self.batch_norm
        return next(arm for arm in self.arms() if (arm["kind"], arm["batch_norm"]) == asked)

    def ratio(self) -> float | None:
        """Return how many times as large the first norm is as the last; None where the last is 0."""
        return ratio(self.chosen()["norms"])

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        return f"depths {', '.join(map(str, self.depths))}; depth {self.depth}, {name(self.chosen())}"

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        chosen = self.chosen()
        first, *_, last = chosen["norms"]
        others = [f"{name(arm)} {_ratio_words(arm)}" for arm in self.arms() if arm is not chosen]
        return (
            f"Depth {self.depth}, {name(chosen)}: the gradient's norm is {_digits(first)} at the first "
            f"convolution and {_digits(last)} at the last; first over last is {_ratio_words(chosen)}. "
            f"First over last of the others: {', '.join(others)}."
        )


def name(record: Record) -> str:
    """Return a network's name in a few words, such as "plain without batch norm".

    Args:
        record: with "kind" and "batch_norm".
    """
    return f"{record['kind']} with{'' if record['batch_norm'] else 'out'} batch norm"


def _ratio_words(record: Record) -> str:
    found = ratio(record["norms"])
    return "not a number, for the last is 0" if found is None else _digits(found)


def _digits(value: float) -> str:
    return f"{float(f'{value:.3g}'):g}"
