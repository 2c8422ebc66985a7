"""Training: one loop for every model of the course.

``fit`` trains, ``evaluate`` measures, and ``History`` says what happened.
"""

from cnnlab.training.errors import CheckpointError, DivergenceError, TrainingError
from cnnlab.training.evaluation import Evaluation, evaluate
from cnnlab.training.fit import fit
from cnnlab.training.history import History
from cnnlab.training.schedules import SCHEDULES, Schedule

__all__ = [
    "SCHEDULES",
    "CheckpointError",
    "DivergenceError",
    "Evaluation",
    "History",
    "Schedule",
    "TrainingError",
    "evaluate",
    "fit",
]
