"""Lists of layers that a reader edits: what each may be set to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cnnlab.explorers.kit.limits import WORDS, Limit, OneOf, Whole


@dataclass(frozen=True)
class Layers(Limit):
    """A list of layers, each a mapping with its kind, and by choice its settings.

    A pool's stride is its kernel_size where only that is given, its padding at most half of it.

    Attributes:
        defaults: the settings of each kind.
        ranges: what each setting may be.
        most: how many layers there may be.

    Example:
        >>> ranges = {name: Whole(0, 9) for name in ("kernel_size", "stride", "padding")}
        >>> pools = Layers({"pool": {"kernel_size": 2, "stride": 2, "padding": 0}}, ranges, most=8)
        >>> pools.check("layers", [{"kind": "pool", "kernel_size": 3}])
        [{'kind': 'pool', 'kernel_size': 3, 'stride': 3, 'padding': 0}]
    """

    defaults: Mapping[str, Mapping[str, Any]]
    ranges: Mapping[str, Limit]
    most: int

    def check(self, name: str, value: Any) -> list[dict[str, Any]]:
        """Return a sequence of mappings as a list of layers with all their settings."""
        if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
            raise TypeError(f"{name} must be a sequence of mappings, got {value!r}")
        Whole(1, self.most).check(f"the number of {name}", len(value))
        return [self.layer(layer) for layer in value]

    def layer(self, given: Any) -> dict[str, Any]:
        """Return a layer with all its settings.

        Args:
            given: "kind", and by choice the settings of that kind.

        Raises:
            TypeError: not a mapping, or a setting of the wrong type.
            ValueError: an unknown kind or setting, or one outside its range.
        """
        if not isinstance(given, Mapping):
            raise TypeError(f"each layer must be a mapping, got {given!r}")
        kind = OneOf(tuple(self.defaults)).check("kind", given.get("kind"))
        names = list(self.defaults[kind])
        if unknown := sorted(set(map(str, given)) - {"kind", *names}):
            raise ValueError(f"{kind} must have no other settings than {names}, got {unknown[0]!r}")
        full = {**self.defaults[kind], **given}
        pool = kind.endswith("pool")
        if pool and "kernel_size" in given and "stride" not in given:
            full["stride"] = full["kernel_size"]
        found = {"kind": kind, **{name: self.ranges[name].check(name, full[name]) for name in names}}
        if pool and found["padding"] > found["kernel_size"] // 2:
            raise ValueError(WORDS["half"].format(most=found["kernel_size"] // 2, got=found["padding"]))
        return found

    def sent(self) -> dict[str, Any]:
        """Return the limits as the browser reads them, and each kind of layer as it is at first."""
        ranges = {name: limit.sent() for name, limit in self.ranges.items()}
        defaults = {kind: {"kind": kind, **settings} for kind, settings in self.defaults.items()}
        return {"most": self.most, **ranges, "defaults": defaults}
