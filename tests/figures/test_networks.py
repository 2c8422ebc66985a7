"""Drawings of networks: what is on them, that boxes are to scale, and that no two texts meet."""

from itertools import combinations

import pytest
import torch
from matplotlib.patches import Circle, PathPatch, Polygon, Rectangle
from torch import nn

from cnnlab import figures, models
from cnnlab.geometry import Conv
from tests.refused import refused


def nine_convolutions():
    layers, channels = [], 1
    for stage in range(3):
        for _ in range(3):
            layers += [nn.Conv2d(channels, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU()]
            channels = 16
        layers += [nn.MaxPool2d(2)] if stage < 2 else [nn.Flatten(), nn.Linear(64, 10)]
    return nn.Sequential(*layers)


class Preactivated(nn.Module):
    """Normalization first, and functions instead of modules."""

    def __init__(self):
        super().__init__()
        self.stem, self.bn = nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4)
        self.conv, self.projection = nn.Conv2d(4, 8, 3, stride=2, padding=1), nn.Conv2d(4, 8, 1, stride=2)

    def forward(self, images):
        images = self.stem(images)
        return self.conv(torch.relu(self.bn(images))) + self.projection(images)


NETWORKS = {
    "digits": (nine_convolutions, (1, 8, 8)),
    "digits unfolded": (nine_convolutions, (1, 8, 8)),
    "resnet20": (models.cifar_resnet, (3, 32, 32)),
    "lenet5": (models.lenet5, (1, 32, 32)),
    "resnet50": (models.resnet50, (3, 224, 224)),
    "preactivated": (Preactivated, (3, 8, 8)),
}


def draw(name):
    make, shape = NETWORKS[name]
    with torch.device("meta"):
        return figures.network(make(), shape, fold="unfolded" not in name)


def words(name):
    return [line.strip() for line in figures.describe(draw(name)).splitlines()[1:-1]]


def test_what_is_between_two_weighted_layers_stands_below_the_first():
    assert words("digits") == [
        "input (1, 8, 8)",
        "3 times: 3×3, norm, ReLU (16, 8, 8)",
        "max pool, 2×2 (16, 4, 4)",
        "3 times: 3×3, norm, ReLU (16, 4, 4)",
        "max pool, 2×2 (16, 2, 2)",
        "3 times: 3×3, norm, ReLU (16, 2, 2)",
        "flatten, dense 10",
    ]


def test_blocks_that_are_alike_are_drawn_once_with_their_shortcut():
    first, stem, block, wider, again = words("resnet20")[:5]
    assert (first, stem) == ("input (3, 32, 32)", "3×3, norm, ReLU (16, 32, 32)")
    assert block.startswith("3 times: 3×3, norm, ReLU (16, 32, 32); 3×3, norm (16, 32, 32); +, ReLU")
    assert block.endswith("; shortcut past 2 boxes")
    assert wider.startswith("3×3, stride 2, norm, ReLU (32, 16, 16); ")
    assert wider.endswith("; shortcut (zeros, stride 2) past 2 boxes")
    assert again.startswith("2 times: ")


def test_layers_of_one_output_but_another_kernel_are_not_one():
    chain = [Conv(4, 4, 3, padding=1), Conv(4, 4, 5, padding=2), Conv(4, 4, 5, padding=2)]
    lines = figures.describe(figures.network(chain, (4, 6, 6)), "structure").splitlines()[2:]
    assert [line.strip() for line in lines] == ["3×3 (4, 6, 6)", "2 times: 5×5 (4, 6, 6)"]


def test_without_folding_every_layer_has_its_box():
    assert sum(line == "3×3, norm, ReLU (16, 4, 4)" for line in words("digits unfolded")) == 3


def test_what_a_shortcut_passes_by_stands_below_the_next_convolution():
    assert words("preactivated")[1:] == [
        "3×3 (4, 8, 8)",
        "norm, ReLU, 3×3, stride 2 (8, 4, 4); + (8, 4, 4); shortcut (1×1, stride 2) past 1 boxes",
    ]


def test_heights_are_the_rows_and_widths_the_root_of_the_channels():
    ax = draw("lenet5").axes[0]
    boxes = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    heights, widths = [box.get_height() for box in boxes], [box.get_width() for box in boxes]
    assert [height / heights[0] * 32 for height in heights] == pytest.approx([32, 28, 14, 10, 5, 1, 1, 1])
    assert [(width / widths[0]) ** 2 for width in widths] == pytest.approx([1, 6, 6, 16, 16, 120, 84, 10])
    assert sum(isinstance(patch, Polygon) for patch in ax.patches) == 2 * len(boxes)  # lids and sides


def test_inches_of_the_page_are_the_units_of_the_drawing():
    fig = draw("resnet20")
    ax = fig.axes[0]
    spans = ax.get_xlim()[1] - ax.get_xlim()[0], ax.get_ylim()[1] - ax.get_ylim()[0]
    assert spans == pytest.approx(tuple(fig.get_size_inches()))
    assert ax.get_position().bounds == (0, 0, 1, 1)


def test_each_shortcut_ends_at_its_sum():
    patches = draw("resnet20").axes[0].patches
    sums = {circle.center[0] for circle in patches if isinstance(circle, Circle)}
    ends = {arc.get_path().vertices[-1, 0] for arc in patches if isinstance(arc, PathPatch)}
    assert len(sums) == 5
    assert ends == sums


@pytest.mark.parametrize("name", NETWORKS)
def test_texts_are_of_12_points_within_the_page_and_do_not_meet(name):
    fig = draw(name)
    fig.canvas.draw()
    texts = [text for text in fig.axes[0].texts if text.get_text()]
    boxes = [text.get_window_extent() for text in texts]
    assert {text.get_fontsize() for text in texts} == {12}
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    assert all(fig.bbox.contains(*corner) for box in boxes for corner in (box.p0, box.p1))
    assert fig.get_figwidth() <= 12


def test_a_deep_network_goes_over_several_rows():
    assert draw("resnet50").get_figheight() > 2 * draw("lenet5").get_figheight()


test_wrong_shapes_are_named = refused(
    TypeError, {"input_shape must be (C, H, W), got (8, 8)": lambda: figures.network(nn.ReLU(), (8, 8))}
)


class Product(nn.Module):
    def forward(self, x):
        return x * x


def test_a_network_that_geometry_cannot_read_is_named():
    with pytest.raises(ValueError, match=r"^module must consist of layers this package knows"):
        figures.network(Product(), (1, 8, 8))
