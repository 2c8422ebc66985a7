"""The Orientation explorer: which direction a Gabor filter and a gradient answer to."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from cnnlab._arguments import one_of
from cnnlab.explorers import oriented
from cnnlab.explorers.base import Explorer, number_between, read_source
from cnnlab.explorers.photographs import PHOTOGRAPHS, credit, small_photograph

if TYPE_CHECKING:
    from matplotlib.figure import Figure

GABOR, GRADIENT = "Gabor filter", "gradient of an edge"
MODES = (GABOR, GRADIENT)
STIMULI = ("grating", "bar", "photograph")
SIZE, EDGE_SIZE = 128, 11
LIMITS = {"angle": (0, 175), "turn": (0, 355), "wavelength": (4, 10), "contrast": (0.1, 1)}


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

    _esm = read_source("base.js", "parts.js", "photo.js", "oriented.js", "orientation.js")

    pixels = traitlets.Bytes().tag(sync=True)
    size = traitlets.Int().tag(sync=True)
    credit = traitlets.Unicode().tag(sync=True)
    mode = traitlets.Unicode().tag(sync=True)
    stimulus = traitlets.Unicode().tag(sync=True)
    angle = traitlets.Float().tag(sync=True)
    turn = traitlets.Float().tag(sync=True)
    wavelength = traitlets.Float().tag(sync=True)
    contrast = traitlets.Float().tag(sync=True)

    def __init__(
        self,
        mode: str = GABOR,
        *,
        stimulus: str = "grating",
        angle: float = 0,
        turn: float = 30,
        wavelength: float = 8,
        contrast: float = 1,
        photograph: str = "camera",
    ) -> None:
        given = dict(locals())
        names = ("mode", "stimulus", *LIMITS)
        one_of("photograph", photograph, PHOTOGRAPHS)
        super().__init__(
            pixels=small_photograph(photograph, SIZE).numpy().tobytes(),
            size=SIZE,
            credit=credit(photograph),
            **{name: _checked(name, given[name]) for name in names},
        )

    @traitlets.validate("mode", "stimulus", *LIMITS)
    def _check_assignment(self, proposal: Any) -> Any:
        return _checked(proposal["trait"].name, proposal["value"])

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
            return np.frombuffer(self.pixels, dtype=np.uint8).reshape(self.size, self.size) / 255
        return oriented.pattern(self.stimulus, self.turn, self.size)

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
        photograph = f" {self.credit}" if self.stimulus == "photograph" else ""
        return (
            f"{self.settings()}. The strength of the response is {self.strength():.3f}. Over all angles of "
            f"the filter it is largest at {oriented.ANGLES[best]} degrees, {curve[best]:.3f}, and least at "
            f"{oriented.ANGLES[least]} degrees, {curve[least]:.3f}.{photograph}"
        )

    def static_twin(self) -> Figure:
        """Return a figure with picture, filter, response and tuning curve, or with the edge and its gradient.

        Returns:
            A figure for ``figures.show``.
        """
        # matplotlib comes only with the twin.
        from cnnlab.explorers import orientation_twin

        if self.mode == GRADIENT:
            return orientation_twin.draw_edge(self.picture(), self.gradient(), self.turn, self.contrast)
        return orientation_twin.draw_gabor(
            self.picture(), self.angle, self.wavelength, self.tuning(), self.strength(), self.stimulus
        )


def _checked(name: str, value: Any) -> Any:
    if name in LIMITS:
        return number_between(name, value, *LIMITS[name])
    return one_of(name, value, MODES if name == "mode" else STIMULI)
