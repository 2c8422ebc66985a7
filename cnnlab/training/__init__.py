"""Training: one loop for every model of the course.

``fit`` trains, ``evaluate`` measures, and ``History`` says what happened. A ``Hook`` acts at the moments of
training: ``GradientNorms`` and ``ActivationNorms`` measure, ``AdversarialBatches`` attacks and
``AlternatingFlip`` mirrors. ``recipes`` has the options of whole trainings on CIFAR-10.
"""

from cnnlab.training import recipes
from cnnlab.training.adversarial import AdversarialBatches
from cnnlab.training.errors import CheckpointError, DivergenceError, TrainingError
from cnnlab.training.evaluation import Evaluation, evaluate
from cnnlab.training.fit import fit
from cnnlab.training.flipping import AlternatingFlip
from cnnlab.training.history import History
from cnnlab.training.hooks import Hook
from cnnlab.training.norms import ActivationNorms, GradientNorms
from cnnlab.training.schedules import SCHEDULES, Schedule

__all__ = [
    "SCHEDULES",
    "ActivationNorms",
    "AdversarialBatches",
    "AlternatingFlip",
    "CheckpointError",
    "DivergenceError",
    "Evaluation",
    "GradientNorms",
    "History",
    "Hook",
    "Schedule",
    "TrainingError",
    "evaluate",
    "fit",
    "recipes",
]
