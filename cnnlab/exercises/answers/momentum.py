"""Answers to the exercise on momentum, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from cnnlab.exercises.exercise import Wrong


def _by_torch(w: Tensor, v: Tensor, g: Tensor, lr: float, m: float) -> tuple[Tensor, Tensor]:
    v = m * v + g
    return w - lr * v, v


def _by_copies(w: Tensor, v: Tensor, g: Tensor, lr: float, m: float) -> list[Tensor]:
    weight, velocity = w.clone(), v.clone()
    velocity.mul_(m).add_(g)
    weight.sub_(velocity, alpha=lr)
    return [weight, velocity]


def _by_lists(w: Tensor, v: Tensor, g: Tensor, lr: float, m: float) -> Any:
    pairs = zip(w.flatten().tolist(), v.flatten().tolist(), g.flatten().tolist(), strict=True)
    moved = [(x - lr * (m * y + z), m * y + z) for x, y, z in pairs]
    return torch.tensor(moved).T.reshape(2, *w.shape)


def _by_numpy(w: Tensor, v: Tensor, g: Tensor, lr: float, m: float) -> Any:
    velocity = np.add(np.multiply(m, v.numpy()), g.numpy())
    return np.stack([w.numpy() - lr * velocity, velocity])


def _by_lerp(w: Tensor, v: Tensor, g: Tensor, lr: float, m: float) -> Tensor:
    velocity = torch.add(g, v, alpha=m)
    return torch.stack([torch.sub(w, velocity, alpha=lr), velocity])


MOMENTUM_RIGHT: tuple[Any, ...] = (_by_torch, _by_copies, _by_lists, _by_numpy, _by_lerp)


def _two(weight: Any, velocity: Any) -> tuple[Any, Any]:
    return weight, velocity


def _nesterov(w: Tensor, v: Tensor, g: Tensor, lr: float, m: float) -> tuple[Any, Any]:
    v = m * v + g
    return w - lr * (g + m * v), v


def _older(w: Tensor, v: Tensor, g: Tensor, lr: float, m: float) -> tuple[Any, Any]:
    v = m * v - lr * g
    return w + v, v


def _damped(w: Tensor, v: Tensor, g: Tensor, lr: float, m: float) -> tuple[Any, Any]:
    v = torch.lerp(g, v, m)
    return w - lr * v, v


def _in_place(w: Tensor, v: Tensor, g: Tensor, lr: float, m: float) -> tuple[Any, Any]:
    v *= m
    v += g
    return w - lr * v, v


def _one_by_one(w: Tensor, v: Tensor, g: Tensor, lr: float, m: float) -> tuple[float, float]:
    velocity = m * float(v) + float(g)
    return float(w) - lr * velocity, velocity


MOMENTUM_WRONG = (
    Wrong(_older, "older convention"),
    Wrong(lambda w, v, g, lr, m: _two(w - (m * v + lr * g), m * v + lr * g), "older convention"),
    Wrong(lambda w, v, g, lr, m: _by_torch(w, v, lr * g, lr, m), "learning rate twice"),
    Wrong(_nesterov, "Nesterov"),
    Wrong(lambda w, v, g, lr, m: _two(w - lr * v, m * v + g), "old velocity"),
    Wrong(lambda w, v, g, lr, m: _two(w - lr * v * m, v * m + g), "old velocity"),
    Wrong(lambda w, v, g, lr, m: _two(_by_torch(w, v, g, lr, m)[0], v), "old velocity handed back"),
    Wrong(lambda w, v, g, lr, m: _by_torch(w, v, g, -lr, m), "uphill"),
    Wrong(lambda w, v, g, lr, m: _by_torch(w, v, -g, lr, m), "gradient taken away"),
    Wrong(lambda w, v, g, lr, m: _by_torch(w, v, -g, -lr, m), "sign in the velocity"),
    Wrong(lambda w, v, g, lr, m: _by_torch(w, -v, g, lr, m), "velocity taken away"),
    Wrong(_damped, "damped"),
    Wrong(lambda w, v, g, lr, m: _two(w - lr * g, m * v + g), "no momentum"),
    Wrong(lambda w, v, g, lr, m: _two(w - lr * g, g), "no momentum"),
    Wrong(lambda w, v, g, lr, m: _by_torch(w, v, g, lr, 1), "not slowed"),
    Wrong(lambda w, v, g, lr, m: _by_torch(w, v, m * g, lr, 1), "momentum on the gradient"),
    Wrong(lambda w, v, g, lr, m: _by_torch(w, v, m * g, lr, m), "momentum on both"),
    Wrong(lambda w, v, g, lr, m: _by_torch(w, v, g, m, lr), "roles of the two"),
    Wrong(lambda w, v, g, lr, m: _two(w - (m * v + g), m * v + g), "no learning rate"),
    Wrong(lambda w, v, g, lr, m: w - lr * (m * v + g), "only the weight"),
    Wrong(lambda w, v, g, lr, m: m * v + g, "only the velocity"),
    Wrong(lambda w, v, g, lr, m: _by_torch(w, v, g, lr, m)[::-1], "swapped"),
    Wrong(lambda w, v, g, lr, m: _by_torch(0 * w, v, g, -lr, m), "only the step"),
    Wrong(lambda w, v, g, lr, m: _by_torch(0 * w, v, g, lr, m), "only the step"),
    Wrong(lambda w, v, g, lr, m: _two(w, m * v + g), "weight unmoved"),
    Wrong(_one_by_one, "items of a tensor"),
    Wrong(lambda w, v, g, lr, m: _two(w, v), "wrong values"),
    Wrong(_in_place, "changed its input"),
    Wrong(lambda w, v, g, lr: _by_torch(w, v, g, lr, 0.9), "arguments"),
    Wrong(lambda w, v, g, lr, m: (*_by_torch(w, v, g, lr, m), g), "wrong shape"),
    Wrong(lambda w, v, g, lr, m: print(_by_torch(w, v, g, lr, m)), "nothing"),
    Wrong(lambda w, v, g, lr, m: {"weight": w, "velocity": v}, "wrong type"),
)
