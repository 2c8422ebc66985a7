"""The DrawDigit explorer: draw a digit and watch a trained network classify it, in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
import traitlets
from torch import nn

from cnnlab.explorers.draw_digit.chain import Chain
from cnnlab.explorers.draw_digit.strokes import Strokes, placed, rasterised
from cnnlab.explorers.kit.limits import Flag, Limit, Number, Setting, Whole, finite
from cnnlab.explorers.kit.packed import Packed, split

MOST_CLASSES = 12
POINT = Number(0, 1)


class Drawing(Limit):
    """Strokes, each a list of points (x, y) from 0 to 1."""

    most = 2000

    def check(self, name: str, value: Any) -> list[list[list[float]]]:
        """Return the strokes as lists."""
        strokes = [[finite(f"each point of {name}", point) for point in stroke] for stroke in value]
        points = [point for stroke in strokes for point in stroke]
        if len(points) > self.most:
            raise ValueError(f"{name} must have at most {self.most} points, got {len(points)}")
        if not all(strokes) or any(len(point) != 2 for point in points):
            raise ValueError(f"{name} must each be points (x, y), got others")
        for number in (number for point in points for number in point):
            POINT.check(f"each number of {name}", number)
        return strokes

    def sent(self) -> dict[str, Any]:
        """Return the limit as the browser reads it."""
        return {"most": self.most}


class DrawDigit(Packed):
    """An explorer in which one draws with mouse, finger or keys, and a network classifies it live.

    The network runs in the browser, without a kernel, on its own weights rounded to 16 bits. Beside the
    drawing stands what it sees: the strokes as a small picture, placed as the training pictures were. For a
    network trained on MNIST that is ``size=28, box=20``; for ``data.digits(size=32)``, whose 8 x 8 originals
    are blurred by the resizing, ``size=32, mean=0.305, std=0.357, box=32, pen=5, edge=5, centre=False``.

    Args:
        model: an ``nn.Sequential`` of Conv2d, Linear, ReLU, Tanh, Sigmoid, MaxPool2d, AvgPool2d,
            AdaptiveAvgPool2d(1), Flatten, Dropout and, at the end, Softmax, with at most 92,500 numbers, that
            takes pictures of (N, 1, size, size); left as it is.
        size: height and width of the network's input in pixels, 8 to 64.
        mean: what was subtracted from the training pictures, whose ink was 1 on 0.
        std: what they were divided by after that.
        classes: name of each class; by default "0", "1" and so on.
        strokes: a drawing to begin with: each stroke a list of points (x, y) from 0 to 1.
        centre: whether the ink's centre of mass is moved to the middle.
        box: pixels that the longer side of the drawing gets; by default it keeps its size.
        pen: width of a stroke in pixels of the network's input; by default a twelfth of ``size``.
        edge: pixels over which a stroke's border fades.

    Raises:
        TypeError: an argument is of the wrong kind, or ``model`` is not an ``nn.Sequential``.
        ValueError: an argument is outside its range, or ``model`` has a layer of another kind, or does not
            take such pictures.

    Example:
        >>> from torch import nn
        >>> network = nn.Sequential(nn.Flatten(), nn.Linear(28 * 28, 10))
        >>> drawing = DrawDigit(network, strokes=[[(0.3, 0.2), (0.7, 0.2), (0.4, 0.8)]])
        >>> drawing.grid().shape, drawing.probabilities().shape
        ((28, 28), (10,))
    """

    network = traitlets.List(traitlets.Dict()).tag(sync=True)
    classes = traitlets.List(traitlets.Unicode()).tag(sync=True)
    look = traitlets.Dict().tag(sync=True)
    strokes = Setting(Drawing())
    cursor = traitlets.List(traitlets.Float(), [0.5, 0.5]).tag(sync=True)
    down = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self,
        model: nn.Module,
        size: int = 28,
        *,
        mean: float = 0.0,
        std: float = 1.0,
        classes: Sequence[str] | None = None,
        strokes: Strokes = (),
        centre: bool = True,
        box: float | None = None,
        pen: float | None = None,
        edge: float = 1.0,
    ) -> None:
        size = Whole(8, 64).check("size", size)
        pen = Number(0.5, size / 2).check("pen", size / 12 if pen is None else pen)
        look = {
            "size": size,
            "mean": Number(-1e6, 1e6).check("mean", mean),
            "std": Number(1e-6, 1e6).check("std", std),
            "centre": Flag().check("centre", centre),
            "box": None if box is None else Number(pen + 1, size).check("box", box),
            "pen": pen,
            "edge": Number(0.1, size / 2).check("edge", edge),
        }
        self._chain = Chain(model)
        count = _outputs(self._chain, size)
        super().__init__(
            network=self._chain.layers,
            classes=_names(classes, count),
            look=look,
            strokes=strokes,
            **split(self._chain.numbers.tobytes()),
        )

    def grid(self) -> np.ndarray:
        """Return what the network sees before ``mean`` and ``std``: shape (size, size), 0 to 1."""
        names = ("pen", "edge", "box", "centre")
        pixels = placed(self.strokes, self.look["size"], **{name: self.look[name] for name in names})
        return rasterised(pixels, self.look["size"], pen=self.look["pen"], edge=self.look["edge"])

    def probabilities(self, grid: Any = None) -> np.ndarray:
        """Return the probability of each class, as the browser computes it.

        Args:
            grid: shape (size, size), 0 to 1; by default the drawing now.

        Raises:
            ValueError: ``grid`` has another shape.
        """
        size = self.look["size"]
        values = torch.as_tensor(self.grid() if grid is None else grid, dtype=torch.float64)
        if values.shape != (size, size):
            raise ValueError(f"grid must have shape ({size}, {size}), got {tuple(values.shape)}")
        logits = self._chain.logits((values[None, None] - self.look["mean"]) / self.look["std"])
        return torch.softmax(logits[0], 0).numpy()

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        size, count = self.look["size"], len(self.strokes)
        drawn = f"{count} stroke{'s' * (count != 1)}" if count else "nothing drawn"
        return f"{size} x {size} pixels, {len(self.classes)} classes, {drawn}"

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        if not self.strokes:
            return "Nothing is drawn yet."
        found = self.probabilities()
        first, second = np.argsort(-found, kind="stable")[:2]
        return (
            f"The network sees {self.classes[first]} with a probability of {found[first]:.1%}, "
            f"then {self.classes[second]} with {found[second]:.1%}."
        )


def _outputs(chain: Chain, size: int) -> int:
    try:
        logits = chain.logits(torch.zeros(1, 1, size, size))
    except (RuntimeError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise ValueError(f"model must take pictures of (1, {size}, {size}), got: {reason}") from error
    if logits.ndim != 2 or not 2 <= logits.shape[1] <= MOST_CLASSES:
        raise ValueError(f"model must give 2 to {MOST_CLASSES} numbers, got shape {tuple(logits.shape[1:])}")
    return logits.shape[1]


def _names(classes: Sequence[str] | None, count: int) -> list[str]:
    names = [str(name) for name in (range(count) if classes is None else classes)]
    if len(names) != count:
        raise ValueError(f"classes must be {count} names, one for each output, got {len(names)}")
    return names
