"""The exercise of notebook 07 on local response normalisation."""

from __future__ import annotations

from cnnlab.exercises.answers import local_response as answers
from cnnlab.exercises.exercise import Exercise, Hint
from cnnlab.exercises.local_response_mistakes import MISTAKES, normalised

LOCAL_RESPONSE = Exercise(
    name="alexnet.local_response",
    prompt="Write a function of x (C, H, W): local response normalisation as in 2012, over 5 channels.",
    cases=(
        {"x": [[[100, 0]], [[0, 200]], [[0, 100]], [[300, 50]]]},
        {
            "x": [
                [[90, -120, 40], [10, 75, -60]],
                [[200, 30, -80], [-55, 110, 20]],
                [[-70, 150, 60], [95, -25, 130]],
                [[45, -35, 170], [-140, 65, 85]],
                [[160, 80, -15], [50, -100, 105]],
                [[-30, 115, 70], [180, 35, -90]],
                [[125, -65, 25], [-45, 155, 145]],
            ]
        },
        {"x": [[[120, -80], [0, 300]]]},
        {"x": [[[60]], [[-150]]]},
        {"x": [[[10, 250]], [[20, -100]], [[-30, 50]], [[40, 75]], [[50, 125]], [[60, -175]]]},
    ),
    reference=normalised,
    mistakes=MISTAKES,
    hints=(
        Hint(
            "index outside",
            "An index left the channels: at the ends there are fewer neighbours, max(0, c - 2) to c + 2.",
            ("IndexError",),
        ),
    ),
    right=answers.LOCAL_RESPONSE_RIGHT,
    wrong=answers.LOCAL_RESPONSE_WRONG,
)
