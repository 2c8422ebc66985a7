"""The CueMixer explorer: what networks take a picture for while its cue changes from shape to texture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import traitlets
from torch import nn

from cnnlab import data
from cnnlab.explorers.cue_mixer.belief import ANSWERS, beliefs, copies, runs
from cnnlab.explorers.cue_mixer.mixing import LAST, PLACES, Pair, blended, checked, frames, scene
from cnnlab.explorers.kit.limits import Limit, Number, OneOf, Setting, Whole
from cnnlab.explorers.kit.packed import Packed, split


class CueMixer(Packed):
    """An explorer whose slider leads from a shape without texture to a texture without shape.

    In the middle stands the conflict: a shape with the texture of another class. To its left the texture's
    contrast falls to none, to its right the background takes on the texture until no outline is left. For
    each network it shows, at every step, the probability of the class that the shape says, of the one that
    the texture says, and of all others together, and which of the three it answers. Pictures are the shapes
    generator's, the networks run once, here, in evaluation mode; probabilities are rounded to four decimals.

    Args:
        networks: 1 or 2 networks by name, each giving logits (N, K) for pictures (N, 3, size, size).
        pairs: 1 to 4 pairs (shape, texture) in conflict, to choose from.
        shapes: the shapes of the K classes in their order, 3 to 12 names.
        textures: the texture that goes with each of these shapes where the cues agree.
        size: height and width of the pictures in pixels, 16 to 64.
        ranges: what position, colour and so on are drawn from.
        mean: what is subtracted from the pictures, which lie in [0, 1], before a network sees them.
        std: what they are divided by after that.
        seed: start of the random numbers; the next pair takes the next seed.
        pair: the chosen pair, counted from 0.
        step: place of the slider, 0 to 20: 0 the shape only, 10 the conflict, 20 the texture only.

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: an argument is outside its range, or a network gives something else than K logits.

    Example:
        >>> from torch import nn
        >>> network = nn.Sequential(nn.Flatten(), nn.Linear(3 * 16 * 16, 3))
        >>> names = {"shapes": ("disc", "ring", "heart"), "textures": ("stripes", "dots", "grid")}
        >>> CueMixer({"one": network}, [("heart", "dots")], size=16, **names)
        CueMixer explorer: one; heart with dots, shape only
    """

    networks = traitlets.List(traitlets.Dict()).tag(sync=True)
    pairs = traitlets.List(traitlets.List(traitlets.Unicode())).tag(sync=True)
    places = traitlets.List(traitlets.Unicode(), list(PLACES)).tag(sync=True)
    answers = traitlets.List(traitlets.Unicode(), list(ANSWERS)).tag(sync=True)
    size = traitlets.Int().tag(sync=True)
    classes = traitlets.Int().tag(sync=True)
    pair = Setting(Limit(), 0)
    step = Setting(Whole(0, LAST), 0)

    def __init__(
        self,
        networks: Mapping[str, nn.Module],
        pairs: Sequence[Pair],
        *,
        shapes: Sequence[str],
        textures: Sequence[str],
        size: int = 32,
        ranges: data.Ranges = data.Ranges(),  # noqa: B008 (frozen)
        mean: float = 0.0,
        std: float = 1.0,
        seed: int = 0,
        pair: int = 0,
        step: int = 0,
    ) -> None:
        size, shapes, textures = Whole(16, 64).check("size", size), list(shapes), list(textures)
        mean, std = Number(-1e6, 1e6).check("mean", mean), Number(1e-6, 1e6).check("std", std)
        chosen, found = checked(pairs, shapes, textures), copies(networks)
        scenes = [scene(*names, size=size, ranges=ranges, seed=seed + i) for i, names in enumerate(chosen)]
        seen = [(frames(pictures) - mean) / std for pictures in scenes]
        labels = [{"shape": shapes.index(one), "texture": textures.index(two)} for one, two in chosen]

        def told(network: nn.Module) -> list[list[list[float]]]:
            both = zip(seen, labels, strict=True)
            return [beliefs(network, each, **label, classes=len(shapes)) for each, label in both]

        super().__init__(
            networks=[{"name": name, "beliefs": told(network)} for name, network in found.items()],
            pairs=[[*names, shapes[label["texture"]]] for names, label in zip(chosen, labels, strict=True)],
            size=size,
            classes=len(shapes),
            step=step,
            **split(np.stack(scenes).tobytes()),
        )
        self.pair = pair

    @traitlets.validate("pair")
    def _check_pair(self, proposal: Any) -> int:
        return Whole(0, len(self.pairs) - 1).check("pair", proposal["value"])

    def picture(self, step: int | None = None) -> np.ndarray:
        """Return the chosen pair's picture, levels 0 to 255, shape (3, size, size), uint8.

        Args:
            step: 0 to 20; by default the chosen one.
        """
        step = self.step if step is None else Whole(0, LAST).check("step", step)
        return blended(self.scene(self.pair), step)

    def scene(self, pair: int) -> np.ndarray:
        """Return a pair's pictures with the shape only, both cues and the texture only.

        Args:
            pair: counted from 0.

        Returns:
            Levels 0 to 255, shape (3, 3, size, size), uint8.
        """
        return np.frombuffer(self.packed(), np.uint8).reshape(-1, 3, 3, self.size, self.size)[pair]

    def beliefs(self, name: str) -> list[list[float]]:
        """Return what a network says of the chosen pair's picture at each of the 21 steps.

        Args:
            name: the network's name.

        Returns:
            Lists of the probability of the shape's class, of the texture's class, and 0, 1 or 2 where it
            answers the first, the second or another class.

        Raises:
            ValueError: there is no such network.
        """
        names = [network["name"] for network in self.networks]
        found = self.networks[names.index(OneOf(names).check("name", name))]
        return list(found["beliefs"][self.pair])

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        names = ", ".join(network["name"] for network in self.networks)
        return f"{names}; {self.title()}, {self.places[self.step]}"

    def title(self) -> str:
        """Return the name of the chosen pair."""
        shape, texture, _ = self.pairs[self.pair]
        return f"{shape} with {texture}"

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        title, other = _capital(self.title()), self.pairs[self.pair][2]
        start = f"{title}, {self.places[self.step]}: the texture goes with {other}."
        return " ".join([start, *(self._words(network["name"]) for network in self.networks)])

    def _words(self, name: str) -> str:
        (shape, _, other), found = self.pairs[self.pair], self.beliefs(name)
        of_shape, of_texture, _ = found[self.step]
        stretches = runs([int(answer) for *_, answer in found])
        told = "; ".join(_stretch(self.places, *stretch) for stretch in stretches)
        return (
            f"{_capital(name)}: {of_shape:.1%} {shape} (shape), {of_texture:.1%} {other} (texture), "
            f"{1 - of_shape - of_texture:.1%} another class. It answers {told}."
        )


def _capital(words: str) -> str:
    """Return the words with a capital at their start."""
    return words[:1].upper() + words[1:]


def _stretch(places: Sequence[str], answer: int, first: int, last: int) -> str:
    if (first, last) == (0, LAST):
        return f"{ANSWERS[answer]} at every step"
    where = f"from {places[first]} to {places[last]}" if first < last else f"at {places[first]}"
    return f"{ANSWERS[answer]} {where}"
