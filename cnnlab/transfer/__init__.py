"""Transfer learning: what a network has learnt is kept, measured, and trained on with a new last layer."""

from cnnlab.transfer.cutting import cut
from cnnlab.transfer.freezing import freeze, unfreeze
from cnnlab.transfer.heads import parameter_groups, replace_head
from cnnlab.transfer.measuring import features
from cnnlab.transfer.permuting import permuted
from cnnlab.transfer.probing import linear_probe

__all__ = [
    "cut",
    "features",
    "freeze",
    "linear_probe",
    "parameter_groups",
    "permuted",
    "replace_head",
    "unfreeze",
]
