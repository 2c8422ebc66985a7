"""The exercises of notebook 03: image filtering."""

from __future__ import annotations

from cnnlab.exercises.gradient_magnitude import GRADIENT_MAGNITUDE
from cnnlab.exercises.median import MEDIAN
from cnnlab.exercises.non_maximum import NON_MAXIMUM
from cnnlab.exercises.orientation import ORIENTATION
from cnnlab.exercises.sharpening import SHARPEN

EXERCISES = (SHARPEN, ORIENTATION, GRADIENT_MAGNITUDE, MEDIAN, NON_MAXIMUM)
