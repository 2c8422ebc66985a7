"""Shape bias: how often a model goes by shape where shape and texture name different things.

``count`` shows a model pictures with the shape of one thing and the texture of another, and returns its
``Decisions``. ``IMAGENET_CLASSES`` says which of ImageNet's 1,000 classes each of 16 categories has.
"""

from cnnlab.shape_bias.chance import BeyondChance, beyond_chance
from cnnlab.shape_bias.counting import count
from cnnlab.shape_bias.decisions import Decisions
from cnnlab.shape_bias.imagenet import IMAGENET_CLASSES

__all__ = ["IMAGENET_CLASSES", "BeyondChance", "Decisions", "beyond_chance", "count"]
