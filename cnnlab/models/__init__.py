"""The networks of the course, each a function named for its architecture that returns it untrained.

All are chains of named layers, ``Classifier``. Those that torchvision has too take its weights with
``load_state_dict``. ``geometry.layer_table(network, input_shape)`` says where parameters and work are.
"""

from cnnlab.models.alexnet import alexnet, alexnet_2012
from cnnlab.models.bitmaps import digit_bitmaps
from cnnlab.models.classifier import Classifier, draw_as_he
from cnnlab.models.globally_pooled import globally_pooled_cnn
from cnnlab.models.lenet import C3_CONNECTIONS, lenet5, lenet5_1998
from cnnlab.models.lenet_layers import ChannelScale, ScaledTanh, SquaredDistances, subsampling
from cnnlab.models.mlp import mlp
from cnnlab.models.partial_convolution import PartialConv2d
from cnnlab.models.residual_blocks import (
    BasicBlock,
    Bottleneck,
    DenseLayer,
    HighwayBlock,
    ZeroPaddedShortcut,
    start_as_identity,
)
from cnnlab.models.resnet import (
    cifar_densenet,
    cifar_resnet,
    resnet18,
    resnet34,
    resnet50,
    resnet101,
    resnet152,
)
from cnnlab.models.resnet_stages import resnet_stages
from cnnlab.models.small import small_alexnet, small_vgg
from cnnlab.models.vgg import vgg11, vgg13, vgg16, vgg19

__all__ = [
    "C3_CONNECTIONS",
    "BasicBlock",
    "Bottleneck",
    "ChannelScale",
    "Classifier",
    "DenseLayer",
    "HighwayBlock",
    "PartialConv2d",
    "ScaledTanh",
    "SquaredDistances",
    "ZeroPaddedShortcut",
    "alexnet",
    "alexnet_2012",
    "cifar_densenet",
    "cifar_resnet",
    "digit_bitmaps",
    "draw_as_he",
    "globally_pooled_cnn",
    "lenet5",
    "lenet5_1998",
    "mlp",
    "resnet18",
    "resnet34",
    "resnet50",
    "resnet101",
    "resnet152",
    "resnet_stages",
    "small_alexnet",
    "small_vgg",
    "start_as_identity",
    "subsampling",
    "vgg11",
    "vgg13",
    "vgg16",
    "vgg19",
]
