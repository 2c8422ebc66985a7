"""Logistic regression at its minimum; scikit-learn is the judge."""

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from cnnlab import transfer


def drawn(rows=60, columns=8, classes=3, dtype=torch.float64):
    """Features of very different sizes; their first ones tell the classes apart, not without mistakes."""
    draw = torch.Generator().manual_seed(0)
    targets = torch.arange(rows) % classes
    made = torch.randn(rows, columns, generator=draw, dtype=torch.float64)
    made[:, :classes] += torch.nn.functional.one_hot(targets, classes)
    return (made * torch.logspace(-3, 3, columns) + 5).to(dtype), targets


@pytest.mark.parametrize("weight_decay", [1e-5, 0.01, 1.0])
@pytest.mark.parametrize("size", [(60, 8), (12, 40)])
def test_it_is_scikit_learns_regression_of_standardised_features(size, weight_decay):
    features, targets = drawn(*size)
    scaled = StandardScaler().fit_transform(features.numpy())
    judge = LogisticRegression(C=1 / (len(targets) * weight_decay), tol=1e-10, max_iter=100_000)
    judge.fit(scaled, targets.numpy())
    with torch.no_grad():
        found = transfer.linear_probe(features, targets, 3, weight_decay)(features).softmax(1)
    np.testing.assert_allclose(found.numpy(), judge.predict_proba(scaled), atol=1e-5)


def test_its_size_and_place_do_not_matter():
    features, targets = drawn()
    plain, moved = features, 1000 * features - 7
    with torch.no_grad():
        results = [transfer.linear_probe(these, targets, 3, 0.01)(these) for these in (plain, moved)]
    torch.testing.assert_close(*results, atol=1e-5, rtol=1e-5)


def test_half_way_between_two_points_both_classes_are_as_probable():
    probe = transfer.linear_probe(torch.tensor([[1.0], [3.0]]), torch.tensor([1, 0]), 2, 0.1)
    left, middle, right = probe(torch.tensor([[1.0], [2.0], [3.0]])).softmax(1)[:, 0].tolist()
    assert left < 0.5 < right
    assert middle == pytest.approx(0.5)


def test_what_is_alike_in_all_rows_has_no_weight():
    features, targets = drawn()
    features[:, 5] = 0.1
    probe = transfer.linear_probe(features, targets, 3, 0.01)
    assert probe.weight[:, 5].abs().max() < 1e-9
    without = features[:, [0, 1, 2, 3, 4, 6, 7]]
    expected = transfer.linear_probe(without, targets, 3, 0.01)
    torch.testing.assert_close(probe(features), expected(without), atol=1e-6, rtol=1e-6)


@pytest.mark.parametrize("dtype", [torch.float16, torch.float32, torch.float64])
def test_the_layer_takes_the_features_as_they_are(dtype):
    features, targets = drawn(dtype=dtype)
    probe = transfer.linear_probe(features, targets, 3, 0.01)
    assert probe.weight.dtype == dtype
    assert (probe(features).argmax(1) == targets).float().mean() > 0.6


def test_nothing_around_it_matters_and_nothing_is_drawn():
    features, targets = drawn(dtype=torch.float32)
    state, expected = torch.get_rng_state(), transfer.linear_probe(features, targets, 3, 0.01).weight
    for around in (torch.inference_mode(), torch.no_grad(), torch.autocast("cpu", torch.bfloat16)):
        with around:
            assert torch.equal(transfer.linear_probe(features, targets, 3, 0.01).weight, expected)
    assert torch.equal(torch.get_rng_state(), state)


X, Y = drawn(6, 3)


@pytest.mark.parametrize(
    ("arguments", "kind", "sentence"),
    [
        (([[1.0]], Y, 3, 0.1), TypeError, "features must be a tensor, got list"),
        ((X, Y.tolist(), 3, 0.1), TypeError, "targets must be a tensor, got list"),
        ((X.long(), Y, 3, 0.1), TypeError, r"features must be floating, got torch.int64"),
        ((X, Y.double(), 3, 0.1), TypeError, r"targets must be integers, got torch.float64"),
        ((X[0], Y, 3, 0.1), ValueError, r"features must have shape \(N, D\) .* got \(3,\)"),
        ((X[:0], Y[:0], 3, 0.1), ValueError, r"without empty axes, got \(0, 3\)"),
        ((X, Y[:4], 3, 0.1), ValueError, r"targets must have shape \(6,\), got \(4,\)"),
        ((X / 0, Y, 3, 0.1), ValueError, "features must be finite, got infinities or NaN"),
        ((X, Y, 2, 0.1), ValueError, "targets must be 0 to 1, got 2"),
        ((X, Y - 1, 3, 0.1), ValueError, "targets must be 0 to 2, got -1"),
        ((X, Y, 4, 0.1), ValueError, "targets must have each of 4 classes, got none of class 3"),
        ((X, Y, 3, 0), ValueError, "weight_decay must be positive and finite, got 0"),
        ((X, Y, 0, 0.1), ValueError, "num_classes must be positive, got 0"),
    ],
)
def test_wrong_arguments_are_refused(arguments, kind, sentence):
    with pytest.raises(kind, match=sentence):
        transfer.linear_probe(*arguments)


def test_a_minimum_too_far_away_is_refused(monkeypatch):
    monkeypatch.setattr("cnnlab.transfer.probing.STEPS", 2)
    with pytest.raises(ValueError, match=r"weight_decay must be large enough .* in 2 steps, got 1e-05"):
        transfer.linear_probe(*drawn(), 3, 1e-5)
