"""How far a device may be from the CPU in float64: every bound of these tests stands here."""

import torch

ERROR = {torch.float64: 1e-12, torch.float32: 1e-5, torch.float16: 1e-2, torch.bfloat16: 1e-2}
"""Largest error by dtype, times the largest magnitude of the reference or 1: the course's contract."""

TF32_PRODUCT = 2**-9
"""Largest error of matrix products in TF32, times the sum of the magnitudes of what is added up.

TF32 keeps 10 of float32's 23 bits behind the point. A tensor core may cut the others off instead of rounding,
so that each factor is too small by up to 2**-10 of itself, and a product by up to 2**-9. Sums are in float32.
Products of either sign may cancel, their errors do not: hence magnitudes, not the size of the result.
"""

TF32_NETWORK = ERROR[torch.float16]
"""The same through several layers, as ``ERROR``: TF32 keeps as many bits as float16."""

PAINTED = 1e-3
"""Largest error of generated pictures, which are painted in float32 whatever their dtype: as documented."""

TRAINED = {
    "float64": 1e-10,
    "float32": 1e-5,
    "float32, TF32": 1e-2,
    "float16": 1e-2,
    "bfloat16": 1e-1,
}
"""Distance of weights after five steps from the reference, as a share of how far training moved that.

Each step starts from the errors of those before, and AdamW divides a gradient by its own size, so that the
smallest gradients, of which rounding leaves least, move their weights as far as the others. On a CPU, or with
TF32's bits cut off there, distances are a third (bfloat16) to a twentieth of these. Losses have them too.
"""


def within(result, reference, bound):
    """Raise AssertionError where two tensors differ by more than a number or tensor ``bound``."""
    difference = (result.double() - reference.double()).abs()
    # What is infinite or not a number must be so in both.
    same = (result.double() == reference.double()) | (result.isnan() & reference.isnan())
    wrong = ~(same | (difference <= bound))
    if wrong.any():
        worst = (difference / torch.as_tensor(bound, dtype=torch.float64))[wrong].max()
        raise AssertionError(f"{int(wrong.sum())} of {wrong.numel()} wrong, by up to {worst:.3g} bounds")


def of_largest(error, reference):
    """Return ``error`` times the largest magnitude of the reference, or 1."""
    return error * max(1.0, reference.double().abs().max().item() if reference.numel() else 0.0)
