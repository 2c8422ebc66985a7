"""The FeatureMaps explorer: what every layer of a network makes of a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
import traitlets
from torch import Tensor, nn

from cnnlab.explorers.feature_maps.recorded_maps import maps_within, record, rounded
from cnnlab.explorers.kit.limits import Limit, Setting, Whole
from cnnlab.explorers.kit.packed import MOST_BYTES, Packed, split

MOST_PICTURES = 10


class FeatureMaps(Packed):
    """An explorer of a network's feature maps, layer by layer, for one of a few pictures.

    The maps are computed once, here, in evaluation mode, and rounded to 256 levels; black is the least value
    of a layer over all pictures, white the largest, and which grey is zero stands below. A frame that the
    arrow keys move tells index, largest value and mean of a map. Where the maps of all layers are too many
    for a stored notebook, each layer shows its first ones and says how many it has.

    Args:
        model: the network; it is left as it is. Layers are the modules that return maps, named by their place
            and kind; a function that it calls, such as ``torch.relu``, is not seen.
        images: shape (N, 1, H, W) or (N, 3, H, W), 1 to 10 pictures as the network takes them.
        labels: the class of each picture, N integers.
        names: name of each class, for the labels.
        picture: the picture at the start, counted from 0.
        layer: the layer at the start, counted from 0.
        index: the framed map at the start, counted from 0.

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: an argument is outside its range, or too large to be stored.

    Example:
        >>> from torch import nn
        >>> network = nn.Sequential(nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2))
        >>> FeatureMaps(network, torch.zeros(3, 1, 28, 28), labels=[7, 2, 1], layer=2)
        FeatureMaps explorer: picture 0 (7), layer 3 MaxPool2d, map 0
    """

    layers = traitlets.List(traitlets.Dict()).tag(sync=True)
    shape = traitlets.List(traitlets.Int()).tag(sync=True)
    titles = traitlets.List(traitlets.Unicode()).tag(sync=True)
    picture = Setting(Limit(), 0)
    layer = Setting(Limit(), 0)
    index = Setting(Limit(), 0)

    def __init__(
        self,
        model: nn.Module,
        images: Tensor,
        labels: Sequence[int] | None = None,
        names: Sequence[str] | None = None,
        *,
        picture: int = 0,
        layer: int = 0,
        index: int = 0,
    ) -> None:
        _check_images(images)
        pixels = rounded((images - images.min()).detach().cpu().numpy()).levels.tobytes()
        layers, maps = _packed(record(model, images), MOST_BYTES - len(pixels))
        super().__init__(
            layers=layers,
            shape=list(images.shape),
            titles=_titles(len(images), labels, names),
            **split(pixels + maps),
        )
        self.picture, self.layer = picture, layer
        self.index = index

    def _watch(self) -> None:
        self.observe(self._stay_inside, ["layer"])

    @traitlets.validate("picture", "layer", "index")
    def _check_assignment(self, proposal: Any) -> int:
        counts = {"picture": self.shape[0], "layer": len(self.layers), "index": self.chosen()["shown"]}
        name = proposal["trait"].name
        return Whole(0, counts[name] - 1).check(name, proposal["value"])

    def _stay_inside(self, change: Any) -> None:
        self.index = min(self.index, self.chosen()["shown"] - 1)

    def chosen(self) -> dict[str, Any]:
        """Return what the browser knows of the chosen layer."""
        return self.layers[self.layer]

    def image(self) -> np.ndarray:
        """Return the chosen picture, shape (C, H, W), levels 0 to 255 from the least value to the most."""
        size = int(np.prod(self.shape[1:]))
        levels = np.frombuffer(self.packed(), np.uint8, count=size, offset=self.picture * size)
        return levels.reshape(self.shape[1:])

    def maps(self) -> np.ndarray:
        """Return the chosen layer's maps of the chosen picture, those that are shown, shape (maps, H, W).

        They are rounded to 256 levels, as the browser has them.
        """
        now = self.chosen()
        shape = now["shown"], now["rows"], now["columns"]
        size = int(np.prod(shape))
        levels = np.frombuffer(self.packed(), np.uint8, count=size, offset=now["at"] + self.picture * size)
        return now["low"] + levels.reshape(shape) / 255 * (now["high"] - now["low"])

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        title = f" ({self.titles[self.picture]})" if self.titles else ""
        return f"picture {self.picture}{title}, layer {self.chosen()['name']}, map {self.index}"

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        now, framed = self.chosen(), self.maps()[self.index]
        low, high = now["low"], now["high"]
        zero = abs(low) / ((high - low) or 1.0)
        some = "" if now["shown"] == now["channels"] else f"the first {now['shown']} of "
        return (
            f"Picture {self.picture + 1} of {self.shape[0]}. "
            f"Layer {now['name']}: {some}{now['channels']} maps of {now['rows']} x {now['columns']}. "
            f"Over all pictures its values lie between {low:.3g} (black) and {high:.3g} (white); "
            f"zero is {zero:.0%} of the way from black to white. "
            f"Map {self.index}: largest value {framed.max():.3g}, mean {framed.mean():.3g}."
        )


def _check_images(images: Any) -> None:
    if not isinstance(images, torch.Tensor):
        raise TypeError(f"images must be a tensor, got {type(images).__name__}")
    if images.ndim != 4 or images.shape[1] not in (1, 3) or images.numel() == 0:
        raise ValueError(f"images must have shape (N, 1, H, W) or (N, 3, H, W), got {tuple(images.shape)}")
    Whole(1, MOST_PICTURES).check("the number of images", len(images))
    if not torch.isfinite(images).all():
        raise ValueError("images must hold finite numbers, got others")


def _titles(count: int, labels: Any, names: Sequence[str] | None) -> list[str]:
    if labels is None:
        return []
    labels = labels.tolist() if hasattr(labels, "tolist") else list(labels)
    if len(labels) != count:
        raise ValueError(f"labels must be one for each of {count} images, got {len(labels)}")
    if names is None:
        return [str(label) for label in labels]
    return [str(names[Whole(0, len(names) - 1).check("each label", label)]) for label in labels]


def _packed(recordings: list[Any], room: int) -> tuple[list[dict[str, Any]], bytes]:
    """What the browser must know of each layer, and the bytes of all maps."""
    shapes = [found.maps.shape for found in recordings]
    most = maps_within(shapes, room)
    if not most:
        raise ValueError(
            f"images must leave room for one map of each of {len(shapes)} layers, got too large ones"
        )
    layers: list[dict[str, Any]] = []
    data, start = b"", MOST_BYTES - room
    for (name, maps), (_, channels, rows, columns) in zip(recordings, shapes, strict=True):
        kept = rounded(maps)
        numbers = {"low": kept.low, "high": kept.high, "at": start + len(data)}
        sizes = {"channels": channels, "shown": min(channels, most), "rows": rows, "columns": columns}
        layers.append({"name": name, **numbers, **sizes})
        data += kept.levels[:, :most].tobytes()
    return layers, data
