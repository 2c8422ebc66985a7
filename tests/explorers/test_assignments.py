"""A wrong assignment raises and changes nothing, whichever explorer it is."""

import pytest

from cnnlab import explorers

WRONG = {
    "Arithmetic": [("step", 9), ("stride", 5), ("groups", 8), ("output_padding", 1), ("padding", -1)],
    "KernelGrid": [
        ("kernel", [[1] * 5] * 5 + [[1]]),
        ("image", [[1]]),
        ("stride", 0),
        ("row", 3),
        ("shown", 10),
        ("operation", 1),
    ],
    "KernelPlayground": [("kernel", [[1.0]]), ("divisor", 0), ("border", 3)],
    "NetworkBuilder": [("layers", [{"kind": "x"}]), ("input_size", [1, 2]), ("layer", "2"), ("budget", -1)],
    "Orientation": [("angle", 200), ("mode", "x"), ("turn", "a")],
    "PoolingShift": [("row", [1.0]), ("shift", -1), ("stride", "2")],
    "ReceptiveField": [("layers", []), ("input_size", 0), ("layer", 5), ("unit", 14), ("layers", "conv")],
    "Sliding": [("pair", "two cats"), ("t", 4), ("sigma_f", 2), ("f", [10]), ("flip", "yes")],
}
SAID = {("KernelGrid", "image"): "kernel must fit", ("NetworkBuilder", "layers"): "kind must be"}


@pytest.mark.parametrize(
    ("kind", "name", "value"), [(kind, *pair) for kind, pairs in WRONG.items() for pair in pairs]
)
def test_wrong_assignments_change_nothing(kind, name, value):
    explorer = getattr(explorers, kind)()
    before = explorer.get_state()
    with pytest.raises((TypeError, ValueError), match=SAID.get((kind, name), f"{name} must")):
        setattr(explorer, name, value)
    assert explorer.get_state() == before
