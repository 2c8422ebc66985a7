"""Looking into a network: which part of the picture an output sees, measured by gradients."""

from cnnlab.inspection.effective import effective_receptive_field, effective_size, field_deviation
from cnnlab.inspection.measured import measured_receptive_field

__all__ = ["effective_receptive_field", "effective_size", "field_deviation", "measured_receptive_field"]
