"""Looking into a network: what an output sees, measured by gradients, and what shifting a picture does."""

from cnnlab.inspection.effective import effective_receptive_field, effective_size, field_deviation
from cnnlab.inspection.measured import measured_receptive_field
from cnnlab.inspection.shifts import shift_consistency, shift_images, shifted_predictions

__all__ = [
    "effective_receptive_field",
    "effective_size",
    "field_deviation",
    "measured_receptive_field",
    "shift_consistency",
    "shift_images",
    "shifted_predictions",
]
