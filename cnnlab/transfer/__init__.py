"""Transfer learning: what a network has learnt is kept, measured, and trained on with a new last layer."""

from cnnlab.transfer.cutting import cut
from cnnlab.transfer.freezing import freeze, unfreeze
from cnnlab.transfer.heads import parameter_groups, replace_head
from cnnlab.transfer.measuring import features

__all__ = [
    "cut",
    "features",
    "freeze",
    "parameter_groups",
    "replace_head",
    "unfreeze",
]
