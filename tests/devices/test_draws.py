"""What draws at random draws other numbers on another device: the draw is taken over, the rest must agree."""

import pytest
import torch

from cnnlab import augmentation, filters
from tests.devices.bounds import ERROR, of_largest, within
from tests.devices.cases import DTYPES, draw
from tests.devices.table_of_the_rest import COPYING, MIXING, PICTURES

IMAGES = draw(2, 3, 35, 37, seed=1)
each_dtype = pytest.mark.parametrize("dtype", DTYPES)


def seeded(device):
    return torch.Generator(device).manual_seed(5)


@each_dtype
def test_gaussian_noise_is_its_draw_times_the_deviation(device, dtype):
    images = IMAGES.to(dtype)
    noisy = filters.gaussian_noise(images.to(device), 0.25, generator=seeded(device))
    drawn = torch.randn(IMAGES.shape, generator=seeded(device), dtype=dtype, device=device)
    expected = images.double() + 0.25 * drawn.cpu().double()
    assert (noisy.device.type, noisy.dtype) == (device.type, dtype)
    within(noisy.cpu(), expected, of_largest(ERROR[dtype], expected))
    assert abs(drawn.double().std().item() - 1) < 0.1


@each_dtype
def test_salt_and_pepper_replace_what_their_draw_hits(device, dtype):
    images, generator = IMAGES.to(dtype), seeded(device)
    result = filters.salt_and_pepper(images.to(device), 0.3, salt=0.25, generator=seeded(device))
    hit, white = (torch.rand(IMAGES.shape, generator=generator, device=device).cpu() for _ in range(2))
    expected = torch.where(hit < 0.3, (white < 0.25).to(dtype), images)
    assert (result.device.type, result.dtype) == (device.type, dtype)
    assert torch.equal(result.cpu(), expected)
    assert abs((hit < 0.3).double().mean().item() - 0.3) < 0.05


@each_dtype
@pytest.mark.parametrize(("name", "options"), (COPYING | MIXING).items())
def test_an_augmentation_draws_on_the_device_what_the_cpu_would_apply(device, name, options, dtype):
    augment, images = getattr(augmentation, name)(**options), PICTURES.to(dtype)
    result = augment(images.to(device), seeded(device))
    parameters = augment.draw(len(images), tuple(images.shape[2:]), seeded(device))
    assert (result.device.type, parameters.device.type) == (device.type, device.type)
    expected = augment.apply(images.double(), parameters.cpu())
    within(result.cpu(), expected, 0.0 if name in COPYING else of_largest(ERROR[dtype], expected))
