"""The networks of the course and their layers, all with the same weights on either device."""

import torch

from cnnlab import models
from tests.devices.cases import Case, draw

DIGITS = draw(3, 1, 32, 32, seed=11)
PICTURES = draw(2, 3, 32, 32, seed=12)
MAPS = draw(2, 6, 9, 9, seed=13)
# Through several layers the halves round more often than one operation's bound allows.
THROUGH_LAYERS = (torch.float32, torch.float64)


def built(make, images, *arguments, **options):
    """The output of a module whose weights are drawn on the CPU."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(5)
        module = make(*arguments, **options)
    return module.eval().to(images)(images)


def layer(name, images, *arguments, products=None):
    return Case(
        f"models.{name}",
        (images,),
        through=lambda make, images: built(make, images, *arguments),
        products=products,
    )


def before_distances(make, images):
    """The features of the network of 1998: beside the squares of the drawn digits their errors vanish."""
    return built(lambda: make()[:-1], images)


def whole(name, images, variant="", *, gradients, through=built, **options):
    """A whole network; gradients only where no kink is, on whose side rounding decides."""
    return Case(
        f"models.{name}",
        (images,),
        options,
        variant,
        through=through,
        products="network",
        gradients=gradients,
        dtypes=THROUGH_LAYERS,
    )


CASES = [
    layer("ScaledTanh", MAPS),
    layer("ChannelScale", MAPS, 6),
    layer("subsampling", MAPS, 6),
    layer("PartialConv2d", MAPS, 6, models.C3_CONNECTIONS, 5, products="network"),
    layer("SquaredDistances", draw(4, 84, seed=14), models.digit_bitmaps().flatten(1)),
    whole("lenet5", DIGITS, gradients=True),
    whole("lenet5", DIGITS, "ReLU and maximum", gradients=False, activation="relu", pooling="max"),
    whole("lenet5_1998", DIGITS, gradients=True, through=before_distances),
    whole("mlp", DIGITS, gradients=True, activation="sigmoid"),
    whole("globally_pooled_cnn", DIGITS, gradients=False),
    whole("small_alexnet", PICTURES, gradients=False),
    whole("small_vgg", PICTURES, gradients=False, batch_norm=True),
    layer("ZeroPaddedShortcut", MAPS, 6, 9, 2),
    layer("HighwayBlock", MAPS, 6, 8, products="network"),
    layer("DenseLayer", MAPS, 6, 4, products="network"),
    whole("BasicBlock", MAPS, gradients=False, in_channels=6, out_channels=8),
    whole("Bottleneck", MAPS, gradients=False, in_channels=6, width=2),
    whole("cifar_resnet", PICTURES, gradients=False, depth=8, width=4),
    whole(
        "cifar_resnet", PICTURES, "pre-activation", gradients=False, depth=8, width=4, kind="pre-activation"
    ),
    whole("cifar_densenet", PICTURES, gradients=False, depth=7),
    layer("ResidualLayer", MAPS, 6, products="network"),
    layer("Mirrored", MAPS, torch.nn.Flatten()),
    whole("fast_resnet", PICTURES, gradients=False, width=4),
]
