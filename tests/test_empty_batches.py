"""An empty batch gives an empty result, and gradients, of every public operation on batches."""

import pytest
import torch

from cnnlab import augmentation, convolution, filters, pooling

WEIGHT, ROWS = torch.ones(6, 2, 3, 3), torch.ones(6, 2, 3)
PLACES = {count: torch.zeros(count, 4, 3, 3, dtype=torch.int64) for count in (0, 2)}


def layer(images):
    return convolution.LocallyConnected2d(4, 2, (9, 10), 3).to(images.dtype)(images)


def slid(name, methods, weight):
    """A convolution by each of its methods, which strides and pads."""
    operation = getattr(convolution, name)
    return {
        f"convolution.{name}, {method}": lambda x, method=method: operation(
            x, weight.to(x), method=method, stride=2, padding=1, groups=2
        )
        for method in methods
    }


OPERATIONS = {
    **slid("cross_correlate2d", convolution.METHODS_2D, WEIGHT),
    **slid("convolve2d", convolution.METHODS_2D, WEIGHT),
    "convolution.conv_transpose2d": lambda x: convolution.conv_transpose2d(
        x, x.new_ones(4, 3, 3, 3), stride=2, groups=2
    ),
    "convolution.input_gradient2d": lambda x: convolution.input_gradient2d(
        x, x.new_ones(4, 3, 3, 3), (11, 12)
    ),
    "convolution.locally_connected2d": lambda x: convolution.locally_connected2d(
        x, x.new_ones(2, 7, 8, 4, 3, 3)
    ),
    "convolution.LocallyConnected2d": layer,
    "pooling.max_pool2d": lambda x: pooling.max_pool2d(x, 3, stride=2, padding=1),
    "pooling.avg_pool2d": lambda x: pooling.avg_pool2d(x, 3, ceil_mode=True),
    "pooling.lp_pool2d": lambda x: pooling.lp_pool2d(x, 3),
    "pooling.adaptive_max_pool2d": lambda x: pooling.adaptive_max_pool2d(x, (4, None)),
    "pooling.adaptive_avg_pool2d": lambda x: pooling.adaptive_avg_pool2d(x, 4),
    "pooling.global_max_pool2d": pooling.global_max_pool2d,
    "pooling.global_avg_pool2d": pooling.global_avg_pool2d,
    **{
        f"pooling.blur_pool2d, {mode}": lambda x, mode=mode: pooling.blur_pool2d(x, padding_mode=mode)
        for mode in pooling.PADDING_MODES
    },
    "pooling.BlurPool2d": pooling.BlurPool2d(),
    "pooling.max_blur_pool2d": pooling.max_blur_pool2d,
    "pooling.max_pool2d_gradient": lambda x: pooling.max_pool2d_gradient(
        x[..., :3, :3], PLACES[len(x)], (9, 9)
    ),
    "pooling.avg_pool2d_gradient": lambda x: pooling.avg_pool2d_gradient(x, (19, 21), 3, stride=2),
    "filters.pad": lambda x: filters.pad(x, 4),
    "filters.gaussian": lambda x: filters.gaussian(x, 2),
    "filters.box": lambda x: filters.box(x, 5),
    "filters.unsharp_mask": lambda x: filters.unsharp_mask(x, 2),
    "filters.laplacian": filters.laplacian,
    "filters.laplacian_of_gaussian": lambda x: filters.laplacian_of_gaussian(x, 2),
    "filters.gabor": lambda x: filters.gabor(x, 0.2)[0],
    "filters.cross_correlate": lambda x: filters.cross_correlate(x, torch.ones(11, 12)),
    "filters.convolve": lambda x: filters.convolve(x, torch.ones(3, 2)),
    "filters.sobel": filters.sobel,
    "filters.prewitt": filters.prewitt,
    "filters.roberts": filters.roberts,
    "filters.gradient": lambda x: filters.gradient(x).magnitude,
    "filters.Gradient": lambda x: filters.Gradient(x, x).direction,
    "filters.gaussian_noise": lambda x: filters.gaussian_noise(x, 0.1),
    "filters.salt_and_pepper": lambda x: filters.salt_and_pepper(x, 0.1),
    "filters.mosaic": lambda x: filters.mosaic(x[:, :3]),
    "filters.demosaic": lambda x: filters.demosaic(x[:, :1]),
    "filters.canny": filters.canny,
    "filters.non_maximum_suppression": lambda x: filters.non_maximum_suppression(filters.gradient(x)),
    "filters.double_threshold": lambda x: filters.double_threshold(x, 0.1, 0.2)[1],
    "filters.hysteresis": lambda x: filters.hysteresis(x > 0.3, x > 0.6),
    "augmentation.Compose": augmentation.Compose(
        [augmentation.RandomShift(2), augmentation.RandomRotation((-9, 9))]
    ),
    "augmentation.RandomAffine": augmentation.RandomAffine((-9, 9), (-9, 9), (0.5, 2), 2.0),
    "augmentation.RandomCrop": augmentation.RandomCrop(5, padding=1),
    "augmentation.RandomErasing": augmentation.RandomErasing(),
    "augmentation.RandomFlip": augmentation.RandomFlip(),
    "augmentation.RandomPatchShuffle": augmentation.RandomPatchShuffle((3, 5)),
    "augmentation.RandomRotation": augmentation.RandomRotation((-9, 9)),
    "augmentation.RandomShear": augmentation.RandomShear((-9, 9)),
    "augmentation.RandomShift": augmentation.RandomShift(2),
    "augmentation.RandomZoom": augmentation.RandomZoom((0.5, 2)),
}
SIGNALS = {
    **slid("cross_correlate1d", convolution.METHODS, ROWS),
    **slid("convolve1d", convolution.METHODS, ROWS),
}
# They take no batch, or make one number of it for each weight.
NO_BATCH = {"convolution.toeplitz1d", "filters.bayer_masks", "augmentation.Augmentation"}
SUMS = {"convolution.weight_gradient2d"}


def test_every_public_operation_is_here():
    public = {
        f"{package.__name__.removeprefix('cnnlab.')}.{name}"
        for package in (convolution, pooling, filters, augmentation)
        for name in package.__all__
        if callable(getattr(package, name))
    }
    assert {name.split(",")[0] for name in OPERATIONS | SIGNALS} | NO_BATCH | SUMS == public


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
@pytest.mark.parametrize("name", OPERATIONS | SIGNALS)
def test_an_empty_batch_gives_an_empty_result(name, dtype):
    operation = (OPERATIONS | SIGNALS)[name]
    shape = (4, 9) if name in SIGNALS else (4, 9, 10)
    two = operation(torch.rand(2, *shape).to(dtype))
    images = torch.empty(0, *shape, dtype=dtype, requires_grad=True)
    none = operation(images)
    assert none.shape == (0, *two.shape[1:])
    assert none.dtype == two.dtype
    if two.is_floating_point() and none.requires_grad:
        none.sum().backward()
        assert images.grad.shape == images.shape


def test_an_empty_batch_has_gradients_of_zero_for_the_weights():
    images, gradient = torch.empty(0, 4, 9, 9), torch.empty(0, 6, 7, 7)
    result = convolution.weight_gradient2d(images, gradient, 3, groups=2)
    assert torch.equal(result, torch.zeros(6, 2, 3, 3))


@pytest.mark.parametrize("kind", ["RandomCrop", "RandomErasing", "RandomFlip", "RandomShift"])
def test_an_empty_batch_of_whole_numbers_gives_one_too(kind):
    result = OPERATIONS[f"augmentation.{kind}"](torch.empty(0, 4, 9, 10, dtype=torch.uint8))
    assert (len(result), result.dtype) == (0, torch.uint8)
