"""A kernel that slides over a grid gives what torch's conv2d gives."""

import numpy as np
import pytest
import torch

from cnnlab.explorers.grid import slide_kernel, sliding_kernel
from cnnlab.explorers.kernel_grid import IMAGE, KERNEL


def by_torch(image, kernel, operation, **options):
    image, kernel = (torch.tensor(np.asarray(matrix, dtype=float))[None, None] for matrix in (image, kernel))
    kernel = kernel.flip(2, 3) if operation == "convolution" else kernel
    return torch.nn.functional.conv2d(image, kernel, **options)[0, 0].numpy()


@pytest.mark.parametrize("operation", ["cross-correlation", "convolution"])
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("size", [(1, 1), (2, 3), (3, 2), (5, 4)])
def test_the_output_is_torchs(operation, stride, padding, size):
    image = np.random.default_rng(0).normal(size=(6, 5))
    kernel = np.random.default_rng(1).normal(size=size)
    found = slide_kernel(image, kernel, operation=operation, stride=stride, padding=padding)
    assert found == pytest.approx(by_torch(image, kernel, operation, stride=stride, padding=padding))


def test_the_decks_image_gives_the_decks_table():
    assert slide_kernel(IMAGE, KERNEL).tolist() == [[12, 12, 17], [10, 17, 19], [9, 6, 14]]
    strided = slide_kernel(IMAGE, KERNEL, stride=2, padding=1)
    assert strided.tolist() == [[6, 17, 3], [8, 17, 13], [6, 4, 4]]


def test_a_convolution_turns_the_kernel():
    assert sliding_kernel([[1, 2], [3, 4]], "convolution").tolist() == [[4, 3], [2, 1]]
