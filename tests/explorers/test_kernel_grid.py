"""The KernelGrid explorer slides as torch does, starts with one output, and has a twin on paper."""

import numpy as np
import pytest
import torch

from cnnlab.explorers import KernelGrid


def test_outputs_up_to_the_present_one_are_filled_in_at_the_start():
    assert KernelGrid().shown == 1
    assert "is 12, the output at row 0, column 0. 1 of 9 outputs are filled in." in KernelGrid().describe()
    assert KernelGrid(row=1, column=1).shown == 5


def test_moving_on_fills_in_and_moving_back_empties_nothing():
    explorer = KernelGrid()
    explorer.column = 2
    explorer.row = 1
    explorer.row = explorer.column = 0
    assert explorer.shown == 6


@pytest.mark.parametrize(
    ("name", "value"),
    [("operation", "convolution"), ("stride", 2), ("padding", 1), ("kernel", [[1, 2], [3, 4]])],
)
def test_another_shape_or_operation_starts_anew(name, value):
    explorer = KernelGrid(row=2, column=2)
    setattr(explorer, name, value)
    assert (explorer.row, explorer.column, explorer.shown) == (0, 0, 1)


def test_another_number_keeps_the_place():
    explorer = KernelGrid(row=2, column=2)
    explorer.kernel = np.ones((3, 3)).tolist()
    assert (explorer.row, explorer.column, explorer.shown) == (2, 2, 9)
    assert explorer.value() == 12


def by_torch(image, kernel, operation, **options):
    image, kernel = (torch.tensor(matrix)[None, None] for matrix in (image, kernel))
    kernel = kernel.flip(2, 3) if operation == "convolution" else kernel
    return torch.nn.functional.conv2d(image, kernel, **options)[0, 0].numpy()


@pytest.mark.parametrize("operation", ["cross-correlation", "convolution"])
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("size", [(1, 1), (2, 3), (5, 4)])
def test_the_output_is_torchs(operation, stride, padding, size):
    image, kernel = (np.random.default_rng(0).normal(size=shape) for shape in ((6, 5), size))
    options = {"stride": stride, "padding": padding}
    found = KernelGrid(image, kernel, operation=operation, **options).output()
    np.testing.assert_allclose(found, by_torch(image, kernel, operation, **options), atol=1e-8)


def test_the_decks_image_gives_the_decks_table():
    assert KernelGrid().output() == [[12, 12, 17], [10, 17, 19], [9, 6, 14]]
    assert KernelGrid(stride=2, padding=1).output() == [[6, 17, 3], [8, 17, 13], [6, 4, 4]]


def test_decimals_are_summed_without_noise():
    assert KernelGrid([[0.1, 0.2]], [[1, 1]]).output() == [[0.3]]


@pytest.mark.parametrize("operation", ["cross-correlation", "convolution"])
def test_twin_holds_image_kernel_and_the_whole_output(operation, twin):
    explorer = KernelGrid(operation=operation, padding=1, stride=2)
    padded, kernel, output = (ax.images[0].get_array() for ax in twin(explorer).axes)
    assert padded.shape == (7, 7)
    turned = np.rot90(explorer.kernel, 2)
    assert kernel.tolist() == (turned.tolist() if operation == "convolution" else explorer.kernel)
    assert output.tolist() == explorer.output()


def test_one_pixel_has_a_twin(twin):
    assert twin(KernelGrid([[1]], [[2]])).axes[2].images[0].get_array().tolist() == [[2]]
