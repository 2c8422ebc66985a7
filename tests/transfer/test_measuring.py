"""What a body makes of pictures."""

import pytest
import torch
from torch import nn
from torch.utils.data import TensorDataset

from cnnlab import data, transfer
from tests.transfer.networks import small


def test_batches_and_gradients_do_not_matter():
    body, images = transfer.cut(small(), 1), torch.rand(5, 1, 6, 6, requires_grad=True)
    whole = transfer.features(body, images)
    assert not whole.requires_grad
    torch.testing.assert_close(transfer.features(body, images, batch_size=2), whole)
    assert transfer.features(body, images[:0]).shape == (0, 16)


def test_examples_come_in_their_order_and_as_training_sees_them():
    body, images, targets = transfer.cut(small(), 1), torch.rand(5, 1, 6, 6), torch.arange(5)
    expected = transfer.features(body, images)
    streamed = data.Streamed(TensorDataset(images, targets))
    torch.testing.assert_close(transfer.features(body, streamed, batch_size=2), expected)
    resident = data.Resident(images / 2 + 0.25, targets, mean=0.25, std=0.5)
    torch.testing.assert_close(transfer.features(body, resident, batch_size=2), expected)


def test_pictures_take_the_bodys_dtype():
    body = transfer.cut(small(), 1).double()
    assert transfer.features(body, torch.rand(2, 1, 6, 6)).dtype == torch.float64


X = torch.zeros(2, 6)
GREY = torch.zeros(2, 1, 6, 6)


class Twice(nn.Module):
    def forward(self, images):
        return images, images


@pytest.mark.parametrize(
    ("body", "images", "options", "kind", "sentence"),
    [
        ("body", torch.zeros(1, 1, 6, 6), {}, TypeError, "body must be a torch module, got str"),
        (nn.Identity(), [1.0], {}, TypeError, "images must be a floating tensor, got list"),
        (nn.Identity(), torch.zeros(1, 1, 6, 6, dtype=torch.uint8), {}, TypeError, "got torch.uint8"),
        (nn.Identity(), data.Streamed(TensorDataset(X, X)), {}, ValueError, r"\(N, C, H, W\), got \(2, 6\)"),
        (nn.Identity(), torch.zeros(6, 6), {}, ValueError, r"shape \(N, C, H, W\), got \(6, 6\)"),
        (nn.Identity(), GREY, {"batch_size": 0}, ValueError, "batch_size must be positive, got 0"),
        (nn.Identity(), GREY, {"pool": 0}, ValueError, "pool must be positive, got 0"),
        (nn.Identity(), GREY, {"pool": 1.5}, TypeError, "pool must be an integer, got 1.5"),
        (nn.Flatten(), GREY, {"pool": 1}, ValueError, r"pool must come with maps .* \(2, 36\)"),
        (nn.Flatten(0), GREY, {}, ValueError, r"one row a picture, 2, got \(72,\)"),
        (Twice(), GREY, {}, ValueError, "one row a picture, 2, got tuple"),
    ],
)  # fmt: skip
def test_features_that_cannot_be_had_are_refused(body, images, options, kind, sentence):
    with pytest.raises(kind, match=sentence):
        transfer.features(body, images, **options)


def test_a_body_that_fails_has_its_modes_back():
    body = small()
    with pytest.raises(RuntimeError):
        transfer.features(body, torch.zeros(1, 5, 6, 6))
    assert all(part.training for part in body.modules())
