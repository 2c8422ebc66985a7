"""The Orientation explorer: which direction a Gabor filter and a gradient answer to."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import traitlets
from ipywidgets import widget_serialization

from cnnlab.explorers.kit.explorer import Explorer
from cnnlab.explorers.kit.limits import Number, OneOf, Setting
from cnnlab.explorers.kit.photographs import PHOTOGRAPHS, Photograph
from cnnlab.explorers.kit.photographs import photograph as shared_photograph
from cnnlab.explorers.orientation import oriented

GABOR, GRADIENT = "Gabor filter", "gradient of an edge"
SIZE, EDGE_SIZE = 128, 11


class Orientation(Explorer):
    """An explorer that turns a filter and a pattern, and draws how strongly the one answers to the other.

    With the Gabor filter: the picture, the filter, its response, and below the tuning curve, the strength of
    the response at every angle of the filter. With the gradient: an edge, Sobel's gradient in its middle as
    an arrow, and below its two parts and its magnitude at every turn of the edge.

    Angles are directions across the stripes in degrees, 0 to the right, 90 down, as rows are counted.

    Args:
        mode: "Gabor filter" or "gradient of an edge".
        stimulus: what the Gabor filter looks at, "grating", "bar" or "photograph".
        angle: of the Gabor filter, 0 to 175.
        turn: of the grating, bar or edge, 0 to 355.
        wavelength: of the Gabor filter, 4 to 10 pixels; the grating's is 8.
        contrast: of the edge, light minus dark, 0.1 to 1.
        photograph: "astronaut", "camera", "chelsea", "china", "coffee", "coins" or "flower".

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: an argument is outside its range.

    Example:
        >>> Orientation(angle=40, turn=30)
        Orientation explorer: Gabor filter at 40 degrees, wavelength 8, on a grating at 30 degrees
        >>> Orientation(mode="gradient of an edge", turn=90).gradient()
        (0.0, 0.5)
    """

    mode = Setting(OneOf((GABOR, GRADIENT)), GABOR)
    stimulus = Setting(OneOf(("grating", "bar", "photograph")), "grating")
    angle = Setting(Number(0, 175, 5), 0)
    turn = Setting(Number(0, 355, 5), 30)
    wavelength = Setting(Number(4, 10, 0.5), 8)
    contrast = Setting(Number(0.1, 1, 0.1), 1)
    photo = traitlets.Instance(Photograph).tag(sync=True, **widget_serialization)

    def __init__(self, *given: Any, photograph: str = "camera", **settings: Any) -> None:
        OneOf(PHOTOGRAPHS).check("photograph", photograph)
        super().__init__(*given, photo=shared_photograph(photograph, SIZE), **settings)

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        if self.mode == GRADIENT:
            return f"{self.mode} turned by {self.turn:g} degrees, contrast {self.contrast:g}"
        turned = "" if self.stimulus == "photograph" else f" at {self.turn:g} degrees"
        filter_words = f"{self.mode} at {self.angle:g} degrees, wavelength {self.wavelength:g}"
        return f"{filter_words}, on a {self.stimulus}{turned}"

    def picture(self) -> np.ndarray:
        """Return what the filter looks at: grey levels 0 to 1, (128, 128), or (11, 11) for an edge."""
        if self.mode == GRADIENT:
            return oriented.edge(self.turn, self.contrast, EDGE_SIZE)
        if self.stimulus == "photograph":
            return self.photo.picture()
        return oriented.pattern(self.stimulus, self.turn, SIZE)

    def strength(self) -> float:
        """Return the root mean square of the Gabor filter's response at its present angle."""
        return oriented.strength(self.picture(), oriented.gabor(self.angle, self.wavelength))

    def tuning(self) -> list[float]:
        """Return that strength at 0, 5, ... 175 degrees of the filter."""
        return oriented.tuning(self.picture(), self.wavelength)

    def gradient(self) -> tuple[float, float]:
        """Return Sobel's gradient in the middle of the edge, across and down, in grey levels per pixel."""
        across, down = oriented.sobel_gradient(oriented.edge(self.turn, self.contrast, EDGE_SIZE))
        return round(across, 9), round(down, 9)

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        return self._gradient_words() if self.mode == GRADIENT else self._gabor_words()

    def _gradient_words(self) -> str:
        across, down = self.gradient()
        direction = math.degrees(math.atan2(down, across)) % 360
        return (
            f"The edge grows light towards {self.turn:g} degrees, contrast {self.contrast:g}. "
            f"Sobel's gradient in its middle is x {across:.3f}, y {down:.3f} (downward), in grey levels per "
            f"pixel: magnitude {math.hypot(across, down):.3f}, direction {direction:.1f} degrees."
        )

    def _gabor_words(self) -> str:
        curve = self.tuning()
        best, least = int(np.argmax(curve)), int(np.argmin(curve))
        photograph = f" {self.photo.credit}" if self.stimulus == "photograph" else ""
        return (
            f"{self.settings()}. The strength of the response is {self.strength():.3f}. Over all angles of "
            f"the filter it is largest at {oriented.ANGLES[best]} degrees, {curve[best]:.3f}, and least at "
            f"{oriented.ANGLES[least]} degrees, {curve[least]:.3f}.{photograph}"
        )
