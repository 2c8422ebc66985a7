"""What every explorer says of its settings, what it takes for them, and what it refuses in one sentence."""

import inspect
import re

import numpy as np
import pytest
import torch
from torch import nn
from traitlets import TraitError

from cnnlab import explorers
from cnnlab.explorers.kit.limits import Flag, Number, OneOf
from tests.layer_lists import lenet

IMAGES = torch.rand(10, 1, 28, 28, generator=torch.Generator().manual_seed(1))
CURVES = {"plain": {1: [2.0, 1.0], 0.1: [2.0, 1.5]}, "batch norm": {0.1: [2, 1], 1: [2, float("nan")]}}
ARMS = [(kind, batch_norm) for kind in ("residual", "plain") for batch_norm in (True, False)]
NORMS = {(depth, *arm): [0.5, 0.25] for depth in (8, 20) for arm in ARMS}
SEEDS = {"frozen": {1: [40.0, 45], 5: [60, 61]}, "from scratch": {5: [50, 55], 1: []}}
NEEDED = {
    "CueMixer": {
        "networks": {"dense": nn.Sequential(nn.Flatten(), nn.Linear(3 * 32 * 32, 3))},
        "pairs": [("heart", "dots"), ("ring", "grid")],
        "shapes": ("disc", "ring", "heart"),
        "textures": ("stripes", "dots", "grid"),
    },
    "DrawDigit": {"model": lenet()},
    "ExamplesCurve": {"accuracies": SEEDS, "pictures": torch.zeros(3, 5, 1, 28, 28)},
    "FeatureMaps": {"model": lenet(), "images": IMAGES},
    "GradientFlow": {"norms": NORMS},
    "LearningRate": {"curves": CURVES},
}
DENSE = NEEDED["CueMixer"]["networks"]["dense"]
SEVEN = [[(0.3, 0.2), (0.7, 0.2), (0.4, 0.8)]]
CONV, MAX, POOL = {"kind": "conv", "kernel_size": 3}, {"kind": "max pool"}, {"kind": "pool"}
SEQUENCES = "two sequences"
KINDS = [kind for kind in explorers.__all__ if kind != "Explorer"]


def made(kind, **settings):
    """An explorer with these settings, and a network where it needs one."""
    return getattr(explorers, kind)(**NEEDED.get(kind, {}) | settings)


def rows_of(table):
    """Each row with the name of its explorer."""
    return [(kind, *row) for kind, rows in table.items() for row in rows]


SIZES = "input 5, kernel 3, stride 2, padding 0, dilation 1, groups 1, channels 4 to 4, step 1"
DILATED = CONV | {"padding": 1, "dilation": 2}
# Besides the examples in the help.
SAID = {
    "Arithmetic": [
        ({"stride": 2}, SIZES),
        (
            {"transposed": True, "stride": 2, "output_padding": 1},
            f"transposed, output_padding 1, {SIZES}",
        ),
    ],
    "CueMixer": [({"pair": 1, "step": 10}, "dense; ring with grid, conflict")],
    "ExamplesCurve": [
        ({"examples": 5, "shown": ["from scratch"]}, "from scratch; 5 examples a class"),
        ({"shown": []}, "no arm; 1 example a class"),
    ],
    "DrawDigit": [
        ({"strokes": SEVEN}, "28 x 28 pixels, 10 classes, 1 stroke"),
        ({}, "28 x 28 pixels, 10 classes, nothing drawn"),
    ],
    "FeatureMaps": [
        (
            {"labels": range(10), "names": "abcdefghij", "picture": 3, "index": 4},
            "picture 3 (d), layer 1 Conv2d (c1), map 4",
        )
    ],
    "GradientFlow": [
        ({"depth": 20, "batch_norm": False}, "depths 8, 20; depth 20, residual without batch norm")
    ],
    "Orientation": [
        ({"mode": "gradient of an edge"}, "gradient of an edge turned by 30 degrees, contrast 1"),
        ({"stimulus": "photograph"}, "Gabor filter at 0 degrees, wavelength 8, on a photograph"),
    ],
    "ReceptiveField": [
        ({"layers": [POOL, DILATED]}, "pool 2/2, conv 3, padding 1, dilation 2; input 16, layer 1, unit 4")
    ],
    "ResnetTable": [
        (
            {"kinds": ["basic"] * 3 + ["bottleneck"], "stride_in": "1x1", "input_size": 64, "stage": 4},
            "own, 2 + 2 + 2 + 2 blocks of basic, basic, basic, bottleneck, stride in 1x1, input 64, stage 4",
        )
    ],
    "Sliding": [
        ({"flip": False, "t": -1}, "two boxes, cross-correlation, shift -1"),
        (
            {"pair": "box and Gaussian", "sigma_g": 0.2},
            "box and Gaussian, sigma_g 0.2, convolution, shift -3",
        ),
        ({"pair": SEQUENCES, "g": [1]}, "two sequences f = [1, 0, -1], g = [1], convolution, shift 0"),
    ],
}


@pytest.mark.parametrize(("kind", "settings", "words"), rows_of(SAID))
def test_repr_states_the_settings(kind, settings, words):
    assert repr(made(kind, **settings)) == f"{kind} explorer: {words}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_notebook_stores_the_repr_as_text(kind):
    explorer = made(kind)
    assert explorer._repr_mimebundle_()[0]["text/plain"] == repr(explorer)
    assert repr(explorer) == repr(made(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_the_state_fits_into_a_notebook(kind):
    state = made(kind).get_state()
    sizes = [len(value) * 4 // 3 if isinstance(value, bytes) else len(str(value)) for value in state.values()]
    assert max(sizes) < 50_000
    assert sum(sizes) < 300_000


@pytest.mark.parametrize("kind", [kind for kind, given in NEEDED.items() if "model" in given])
def test_the_network_is_left_as_it_is(kind):
    network = lenet().train()
    before = {name: value.clone() for name, value in network.state_dict().items()}
    made(kind, model=network)
    assert all(part.training and not part._forward_hooks for part in network.modules())
    assert all(value.dtype == torch.float32 for value in network.state_dict().values())
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())


@pytest.mark.parametrize("form", [np.array, torch.tensor, tuple])
@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("KernelGrid", "image", [[7.0, 1, 2], [3, 4, 5], [6, 7, 8]]),
        ("KernelPlayground", "kernel", np.eye(5).tolist()),
        ("PoolingShift", "row", [float(cell % 3) for cell in range(16)]),
        ("Sliding", "g", [1.0, 2]),
    ],
)
def test_every_kind_of_numbers_is_taken(kind, name, value, form):
    assert getattr(made(kind, **{name: form(value)}), name) == value


LIMITED = [
    (kind, name, trait.limit)
    for kind in KINDS
    for name, trait in getattr(explorers, kind)._arguments().items()
    if isinstance(trait.limit, (Number, OneOf, Flag))
]


def beyond(limit):
    """Values that a limit refuses."""
    if isinstance(limit, Number):
        return limit.low - 1, limit.high + 1, float("nan"), True, "1"
    return ("other", True) if isinstance(limit, OneOf) else ("yes", 1)


@pytest.mark.parametrize(("kind", "name", "limit"), LIMITED)
def test_a_setting_keeps_to_its_limit_at_the_start_and_later(kind, name, limit):
    explorer = made(kind)
    before = explorer.get_state()
    for value in beyond(limit):
        with pytest.raises((TypeError, ValueError), match=f"^{name} must be "):
            made(kind, **{name: value})
        with pytest.raises((TypeError, ValueError), match=f"^{name} must be "):
            setattr(explorer, name, value)
    assert explorer.get_state() == before


@pytest.mark.parametrize(("kind", "name", "limit"), LIMITED)
def test_the_help_tells_the_limit_of_a_setting(kind, name, limit):
    words = inspect.getdoc(getattr(explorers, kind))
    (told,) = re.findall(rf"^    {name}: .*(?:\n {{8}}.*)*", words, re.MULTILINE)
    if name == "output_padding":
        assert "less than its" in told
    elif isinstance(limit, Number):
        assert f"{limit.low:g} to {limit.high:g}" in told
    else:
        assert all(str(option) in told for option in getattr(limit, "options", [True]))


WRONG = {
    "Arithmetic": [
        ({"stride": 2, "output_padding": 1}, ValueError, "output_padding must be 0 unless transposed, got 1"),
        (
            {"transposed": True, "output_padding": 1},
            ValueError,
            "output_padding must be less than stride 1 or dilation 1, got 1",
        ),
    ],
    "CueMixer": [
        ({"networks": [DENSE]}, TypeError, "networks must be a mapping, got list"),
        ({"networks": {}}, ValueError, "the number of networks must be from 1 to 2, got 0"),
        ({"networks": {"a": 3}}, TypeError, "network 'a' must be a torch module, got int"),
        (
            {"networks": {"a": nn.Flatten()}},
            ValueError,
            r"networks must give finite logits \(21, 3\), got others of shape \(21, 3072\)",
        ),
        ({"shapes": "ab"}, ValueError, "the number of shapes must be from 3 to 12, got 2"),
        ({"textures": ["dots"]}, ValueError, "textures must be one for each of 3 shapes, got 1"),
        ({"pairs": 3}, TypeError, r"pairs must be a sequence of \(shape, texture\), got 3"),
        ({"pairs": ["ab"]}, TypeError, r"pairs must be a sequence of \(shape, texture\), got \['ab'\]"),
        ({"pairs": []}, ValueError, "the number of pairs must be from 1 to 4, got 0"),
        ({"pairs": [("star", "dots")]}, ValueError, "each pair's shape must be one of .*, got 'star'"),
        ({"pairs": [("ring", "noise")]}, ValueError, "each pair's texture must be one of .*, got 'noise'"),
        ({"pairs": [("ring", "dots")]}, ValueError, "pairs must be in conflict, got 'ring' with its own .*"),
        ({"size": 65}, ValueError, "size must be from 16 to 64, got 65"),
        ({"std": 0}, ValueError, "std must be between 1e-06 and 1e[+]06, got 0"),
        ({"seed": -1}, ValueError, "seed must be zero or positive, got -1"),
        ({"ranges": 1}, TypeError, "ranges must be data.Ranges, got 1"),
        ({"pair": 2}, ValueError, "pair must be from 0 to 1, got 2"),
    ],
    "DrawDigit": [
        ({"model": nn.Linear(64, 10)}, TypeError, "model must be an nn.Sequential, got Linear"),
        ({"size": 7}, ValueError, "size must be from 8 to 64, got 7"),
        ({"std": 0}, ValueError, "std must be between 1e-06 and 1e[+]06, got 0"),
        ({"mean": "a"}, TypeError, "mean must be a number, got 'a'"),
        ({"classes": ["a"]}, ValueError, "classes must be 10 names, one for each output, got 1"),
        ({"centre": 1}, TypeError, "centre must be True or False, got 1"),
        ({"box": 2}, ValueError, "box must be between 3.33333 and 28, got 2"),
        ({"pen": 0}, ValueError, "pen must be between 0.5 and 14, got 0"),
        ({"edge": 0}, ValueError, "edge must be between 0.1 and 14, got 0"),
        ({"strokes": [[(0, 2)]]}, ValueError, "each number of strokes must be between 0 and 1, got 2"),
        ({"strokes": [[(0, 1, 1)]]}, ValueError, r"strokes must each be points \(x, y\), got others"),
        ({"strokes": [[]]}, ValueError, r"strokes must each be points \(x, y\), got others"),
        ({"strokes": [[(0, 1)] * 2001]}, ValueError, "strokes must have at most 2000 points, got 2001"),
    ],
    "ExamplesCurve": [
        ({"accuracies": [1]}, TypeError, "accuracies must be a mapping, got list"),
        ({"accuracies": {}}, ValueError, "the number of arms must be from 1 to 6, got 0"),
        ({"accuracies": {"a": [1]}}, TypeError, "accuracies of 'a' must be a mapping, got list"),
        ({"accuracies": {"a": {1: [2]}}}, ValueError, "the number of numbers of examples .* 2 to 8, got 1"),
        ({"accuracies": {"a": {0: [2]}}}, ValueError, "each number of examples must be from 1 .*, got 0"),
        ({"accuracies": {"a": {"1": [2]}}}, TypeError, "each number of examples .* integer, got '1'"),
        ({"accuracies": {"a": {1: 2, 2: []}}}, TypeError, "accuracies of 'a' must be a sequence .*, got 2"),
        (
            {"accuracies": {"a": {1: [101], 2: []}}},
            ValueError,
            "each number of accuracies of 'a' must be between 0 and 100, got 101",
        ),
        (
            {"accuracies": {"a": {1: [1, 2], 2: [3]}}},
            ValueError,
            r"accuracies must have as many seeds for every arm, got \[1, 2\]",
        ),
        ({"pictures": [1]}, TypeError, "pictures must be a tensor, got list"),
        (
            {"pictures": torch.zeros(3, 5, 2, 8, 8)},
            ValueError,
            r"pictures must have shape .*, got \(3, 5, .*",
        ),
        (
            {"pictures": torch.zeros(3, 0, 1, 8, 8)},
            ValueError,
            r"pictures must have shape .*, got \(3, 0, .*",
        ),
        ({"pictures": torch.zeros(11, 1, 1, 8, 8)}, ValueError, "the number of classes .* 2 to 10, got 11"),
        ({"pictures": torch.full((3, 1, 1, 8, 8), 2.0)}, ValueError, r"pictures .* in \[0, 1\], got others"),
        ({"classes": ["a"]}, ValueError, "classes must be 3 names, one for each class, got 1"),
        ({"examples": 2}, ValueError, "examples must be one of 1, 5, got 2"),
        ({"shown": ["b"]}, ValueError, "shown must be one of 'frozen', 'from scratch', got 'b'"),
        ({"shown": "frozen"}, TypeError, "shown must be a sequence of names, got 'frozen'"),
    ],
    "FeatureMaps": [
        ({"model": 3}, TypeError, "model must be a torch module, got int"),
        ({"model": nn.Flatten()}, ValueError, "model must have a module that returns maps, got none"),
        ({"images": [1]}, TypeError, "images must be a tensor, got list"),
        ({"images": torch.zeros(1, 28, 28)}, ValueError, r"images must have shape .*, got \(1, 28, 28\)"),
        ({"images": torch.zeros(1, 2, 8, 8)}, ValueError, r"images must have shape .*, got \(1, 2, 8, 8\)"),
        ({"images": torch.zeros(0, 1, 8, 8)}, ValueError, r"images must have shape .*, got \(0, 1, 8, 8\)"),
        ({"images": torch.zeros(11, 1, 8, 8)}, ValueError, "the number of images .* from 1 to 10, got 11"),
        ({"images": IMAGES * torch.nan}, ValueError, "images must hold finite numbers, got others"),
        ({"labels": [1]}, ValueError, "labels must be one for each of 10 images, got 1"),
        ({"labels": range(10), "names": "ab"}, ValueError, "each label must be from 0 to 1, got 2"),
        ({"picture": 10}, ValueError, "picture must be from 0 to 9, got 10"),
        ({"layer": 8}, ValueError, "layer must be from 0 to 7, got 8"),
        ({"index": 6}, ValueError, "index must be from 0 to 5, got 6"),
        ({"index": 0.5}, TypeError, "index must be an integer, got 0.5"),
    ],
    "GradientFlow": [
        ({"norms": []}, TypeError, "norms must be a mapping, got list"),
        ({"norms": {}}, ValueError, "the number of depths must be from 1 to 8, got 0"),
        ({"norms": {8: [1, 2]}}, TypeError, r"each key of norms must be \(depth, kind, batch_norm\), got 8"),
        ({"norms": {(0, "plain", True): [1, 2]}}, ValueError, "each depth must be from 1 to 10000, got 0"),
        ({"norms": {(8, "dense", True): [1, 2]}}, ValueError, "each kind must be one of .*, got 'dense'"),
        ({"norms": {(8, "plain", 1): [1, 2]}}, TypeError, "each batch_norm must be True or False, got 1"),
        ({"norms": {(8, "plain", True): [1]}}, ValueError, "the number of norms of .* from 2 to 200, got 1"),
        ({"norms": {(8, "plain", True): [-1, 2]}}, ValueError, "norms of .* must be at least 0, got -1.0"),
        ({"norms": {(8, "plain", True): [1, np.nan]}}, ValueError, "norms of .* finite numbers, got nan"),
        (
            {"norms": {(8, "plain", True): [1, 2]}},
            ValueError,
            r"norms must have all four arms of every depth, got none for \(8, 'residual', True\)",
        ),
        (
            {"norms": {(depth, *arm): [1] * 200 for depth in range(1, 8) for arm in ARMS}},
            ValueError,
            "norms must be at most 4000 in all, got 5600",
        ),
        ({"depth": 9}, ValueError, "depth must be one of 8, 20, got 9"),
    ],
    "KernelGrid": [
        ({"image": 5}, TypeError, "image must be rows of numbers, got 5"),
        ({"image": [5]}, TypeError, "each row of image must be a sequence of numbers, got 5"),
        ({"image": []}, ValueError, r"image must have 1 to 8 rows of 1 to 8 numbers, got \[\]"),
        ({"image": [[1] * 9]}, ValueError, r"image must have 1 to 8 rows of 1 to 8 numbers, got .*"),
        ({"image": [[1, 2], [3]]}, ValueError, r"image must have rows of equal length, got \[2, 1\]"),
        ({"kernel": [[1] * 6]}, ValueError, r"kernel must have 1 to 5 rows of 1 to 5 numbers, got .*"),
        ({"kernel": [["a"]]}, TypeError, "each row of kernel must hold numbers, got 'a'"),
        ({"kernel": [[100]]}, ValueError, "each number of kernel must be between -99 and 99, got 100"),
        ({"image": [[1, 2, 3]]}, ValueError, "kernel must fit the padded image 1 x 3, got 3 x 3"),
        ({"image": [[1, 2]] * 3}, ValueError, "kernel must fit the padded image 3 x 2, got 3 x 3"),
        ({"row": 3}, ValueError, "row must be from 0 to 2, got 3"),
        ({"column": True}, TypeError, "column must be an integer, got True"),
    ],
    "KernelPlayground": [
        ({"preset": "magic"}, ValueError, "preset must be one of .*, got 'magic'"),
        ({"photograph": "cat"}, ValueError, "photograph must be one of .*, got 'cat'"),
        ({"kernel": [[1]]}, ValueError, "kernel must be 3 x 3 or 5 x 5, got 1 x 1"),
        ({"kernel": [[1e4] * 3] * 3}, ValueError, "each number of kernel must be .*, got 10000"),
    ],
    "LearningRate": [
        ({"curves": [CURVES]}, TypeError, "curves must be a mapping, got list"),
        ({"curves": {}}, ValueError, "the number of arms must be from 1 to 3, got 0"),
        ({"curves": {"a": [1]}}, TypeError, "curves of 'a' must be a mapping, got list"),
        ({"curves": {"a": {1: [2]}}}, ValueError, "the number of rates of 'a' must be from 2 to 12, got 1"),
        ({"curves": {"a": {"1": [2], 2: [2]}}}, TypeError, "rates of 'a' must hold numbers, got '1'"),
        ({"curves": {"a": {0: [2], 1: [2]}}}, ValueError, "rates of 'a' must be positive and finite, got .*"),
        ({"curves": {"a": {1: 2, 3: [2]}}}, TypeError, "losses of 'a' must be a sequence .*, got 2"),
        ({"curves": {"a": {1: [], 3: [2]}}}, ValueError, r"losses of 'a' must be one or more .*, got \[\]"),
        ({"curves": {"a": {1: [-1], 3: [2]}}}, ValueError, r"losses of 'a' .* at least 0, got \[-1.0\]"),
        ({"curves": CURVES | {"a": {1: [2], 3: [2]}}}, ValueError, "curves must have the rates .* for 'a'"),
        ({"curves": {"a": {1: [1] * 4000, 2: [1]}}}, ValueError, "curves .* at most 4000 .*, got 4001"),
        ({"curves": {"a": {1: [0], 2: [np.nan]}}}, ValueError, "curves must have a loss .*, got none"),
        ({"rate": 0.5}, ValueError, "rate must be one of 0.1, 1.0, got 0.5"),
    ],
    "NetworkBuilder": [
        ({"layers": 3}, TypeError, "layers must be a sequence of mappings, got 3"),
        ({"layers": []}, ValueError, "the number of layers must be from 1 to 30, got 0"),
        ({"layers": ["conv"]}, TypeError, "each layer must be a mapping, got 'conv'"),
        ({"layers": [{"kind": "dense"}]}, ValueError, "kind must be one of .*, got 'dense'"),
        ({"layers": [{"p": 0.5}]}, ValueError, "kind must be one of .*, got None"),
        ({"layers": [CONV | {"groups": 2}]}, ValueError, "conv must have no other .*, got 'groups'"),
        ({"layers": [CONV | {"out_channels": 0}]}, ValueError, "out_channels must be from 1 to 512, got 0"),
        ({"layers": [{"kind": "dropout", "p": 1}]}, ValueError, "p must be between 0 and 0.9, got 1"),
        ({"layers": [MAX | {"padding": 2}]}, ValueError, "padding of a pool .* half its kernel, 1, got 2"),
        ({"input_size": 28}, TypeError, r"input_size must be \(C, H, W\), got 28"),
        ({"input_size": (1, 0, 3)}, ValueError, "each number of input_size must be from 1 to 256, got 0"),
        ({"budget": 0}, ValueError, "budget must be from 1 to 1000000000, got 0"),
        ({"layer": 6}, ValueError, "layer must be from 1 to 5, got 6"),
    ],
    "Orientation": [
        ({"photograph": "cat"}, ValueError, "photograph must be one of .*, got 'cat'"),
    ],
    "PoolingShift": [
        ({"row": [1] * 15}, ValueError, "row must have 16 numbers, got 15"),
        ({"row": [10] * 16}, ValueError, "each number of row must be between 0 and 9, got 10"),
    ],
    "ReceptiveField": [
        ({"layers": [CONV] * 9}, ValueError, "the number of layers must be from 1 to 8, got 9"),
        ({"layers": [{"kind": "ReLU"}]}, ValueError, "kind must be one of 'conv', 'pool', got 'ReLU'"),
        ({"layers": [CONV | {"stride": 0}]}, ValueError, "stride must be from 1 to 9, got 0"),
        ({"layers": [POOL | {"padding": 2}]}, ValueError, "padding of a pool .* half its kernel, 1, got 2"),
        ({"layer": 5}, ValueError, "layer must be from 1 to 4, got 5"),
        ({"unit": 14}, ValueError, "unit must be from 0 to 13, got 14"),
    ],
    "ResnetTable": [
        ({"blocks": 2}, TypeError, "blocks must be a sequence of 4, got 2"),
        ({"blocks": [2, 2]}, ValueError, "blocks must be 4, one for each stage, got 2"),
        ({"blocks": [2, 2, 2, 37]}, ValueError, "each of blocks must be from 1 to 36, got 37"),
        ({"blocks": [2, 2, 2, 0.5]}, TypeError, "each of blocks must be an integer, got 0.5"),
        ({"kinds": "deep"}, ValueError, "each of kinds must be one of 'basic', 'bottleneck', got 'deep'"),
        ({"kinds": ["basic"]}, ValueError, "kinds must be 4, one for each stage, got 1"),
    ],
    "Sliding": [
        ({"t": 9}, ValueError, "t must be between -3 and 3, got 9"),
        ({"t": float("nan")}, ValueError, "t must be between -3 and 3, got nan"),
        ({"t": "0"}, TypeError, "t must be a number, got '0'"),
        ({"pair": SEQUENCES, "t": 5}, ValueError, "t must be between 0 and 4, got 5"),
        ({"pair": SEQUENCES, "t": 0.5}, ValueError, "t must be whole for two sequences, got 0.5"),
        ({"f": []}, ValueError, "f must have 1 to 6 numbers, got 0"),
        ({"g": 7}, TypeError, "g must be a sequence of numbers, got 7"),
        ({"g": range(7)}, ValueError, "g must have 1 to 6 numbers, got 7"),
        ({"f": ["1"]}, TypeError, "f must hold numbers, got '1'"),
        ({"f": [float("inf")]}, ValueError, "f must hold finite numbers, got inf"),
        ({"f": [10]}, ValueError, "each number of f must be between -9 and 9, got 10"),
    ],
}


@pytest.mark.parametrize(("kind", "settings", "error", "sentence"), rows_of(WRONG))
def test_wrong_arguments_give_one_sentence(kind, settings, error, sentence):
    with pytest.raises(error, match=f"^{sentence}$"):
        made(kind, **settings)


ASSIGNED = {
    "Arithmetic": [("step", 9), ("output_padding", 1)],
    "CueMixer": [("step", 21), ("step", 0.5), ("pair", 2), ("pair", -1), ("pair", "0")],
    "DrawDigit": [("strokes", [[[0.0, 3.0]]]), ("down", "x")],
    "ExamplesCurve": [("examples", 2), ("examples", True), ("shown", ["b"]), ("shown", 1)],
    "FeatureMaps": [("picture", 10), ("layer", -1), ("index", "2")],
    "GradientFlow": [("depth", 9), ("depth", True), ("shortcut", 1)],
    "KernelGrid": [("kernel", [[1] * 5] * 5 + [[1]]), ("image", [[1]]), ("row", 3), ("shown", 10)],
    "KernelPlayground": [("kernel", [[1.0]])],
    "LearningRate": [("rate", 0.2), ("rate", "1"), ("rate", True)],
    "NetworkBuilder": [("layers", [{"kind": "x"}]), ("input_size", [1, 2]), ("layer", "2"), ("budget", -1)],
    "PoolingShift": [("row", [1.0])],
    "ReceptiveField": [("layers", []), ("layer", 5), ("unit", 14), ("layers", "conv")],
    "ResnetTable": [("blocks", [1, 2]), ("kinds", 3), ("stage", 5), ("stride_in", "7x7")],
    "Sliding": [("t", 4), ("f", [10]), ("visited", [-3, 4]), ("visited", [0.0])],
}
# Where the sentence is about another setting.
OTHERS = {
    ("KernelGrid", "image"): "kernel must fit",
    ("NetworkBuilder", "layers"): "kind must be",
    ("DrawDigit", "down"): "'down' trait",
    ("Sliding", "visited"): "t must be between -3 and 3, got 4|visited must be the first and the last shift",
}


@pytest.mark.parametrize(("kind", "name", "value"), rows_of(ASSIGNED))
def test_wrong_assignments_change_nothing(kind, name, value):
    explorer = made(kind)
    before = explorer.get_state()
    with pytest.raises((TypeError, ValueError, TraitError), match=OTHERS.get((kind, name), f"{name} must")):
        setattr(explorer, name, value)
    assert explorer.get_state() == before
