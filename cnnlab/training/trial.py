"""Whatever will run is tried before the first step."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from cnnlab.data.batches import Batch
from cnnlab.training import fitting, resolved
from cnnlab.training.untouched import untouched
from cnnlab.training.weights import set_modes

if TYPE_CHECKING:
    from cnnlab.training.state import State


def rehearse(state: State) -> None:
    """Find out all that training needs to know of model and examples, and leave them as they were.

    Sets ``labelled``, ``channels_last``, and the losses of the state.

    Raises:
        ValueError: model, examples and options do not fit each other.
    """
    options, device, model = state.options, state.device, state.model
    shares = [
        state.processes.share(part) for part in state.train.plan(state.train.indices, options.batch_size)
    ]
    with untouched(model, device):
        batch = fitting.first_batch("train", state.train, shares[0], device)
        if options.augment is not None:
            generator = torch.Generator(device).manual_seed(0)
            with torch.no_grad():
                changed = fitting.attempt("augment must take a batch", options.augment, batch[0], generator)
            batch = changed, batch[1]
        state.labelled = resolved.check_fit(model, state.train, state.test, options, device, batch)
    state.criterion = options.loss or fitting.default_loss(state.labelled, options.label_smoothing)
    state.test_criterion = options.loss or fitting.default_loss(state.labelled)
    last = len(shares[state.steps_per_epoch - 1])
    state.channels_last = _layout(state, batch, sorted({len(shares[0]), last}, reverse=True))


def _layout(state: State, batch: Batch, sizes: Sequence[int]) -> bool:
    """Try batches of the sizes that will come; return whether channels can lie last in memory."""
    wanted = resolved.channels_last(state.options, state.model, state.device)
    if wanted and state.options.channels_last == "auto":
        # A model that calls view on its maps cannot have them so.
        with contextlib.suppress(ValueError):
            _try_sizes(state, batch, sizes, channels_last=True)
            return True
        wanted = False
    _try_sizes(state, batch, sizes, channels_last=wanted)
    return wanted


def _try_sizes(state: State, batch: Batch, sizes: Sequence[int], *, channels_last: bool) -> None:
    if channels_last:
        state.model.to(memory_format=torch.channels_last)
    try:
        for size in sizes:
            with untouched(state.model, state.device):
                set_modes(state.modes)
                _try(state, batch[0][:size], batch[1][:size], channels_last)
    finally:
        if channels_last:
            state.model.to(memory_format=torch.contiguous_format)


def _try(state: State, inputs: Tensor, targets: Tensor, channels_last: bool) -> None:
    """Go forward and backward once, in train mode."""
    if channels_last and inputs.ndim == 4:
        inputs = inputs.contiguous(memory_format=torch.channels_last)
    examples = f"{len(inputs)} example{'s' * (len(inputs) > 1)}"
    rule = f"model must train on a batch of {examples}, as will come"
    if len(inputs) < state.options.batch_size:
        rule += " at the end of an epoch (drop_last=True leaves it out)"
    with resolved.autocast(state.options, state.device):
        outputs = fitting.attempt(rule, state.model, inputs)
        fitting.warn_of_softmax(outputs, state.criterion)
        error = fitting.check_loss("train", state.criterion, outputs, targets)
    if not any(weight.requires_grad for weight in state.model.parameters()):
        raise ValueError("model must have weights that want gradients, got none")
    fitting.attempt(rule, error.backward)


def check_weights(model: nn.Module) -> None:
    """Refuse weights that autograd cannot work with.

    Raises:
        ValueError: they were made under ``torch.inference_mode()``.
    """
    if any(weight.is_inference() for weight in model.parameters()):
        raise ValueError("model must be made outside of torch.inference_mode(), got weights made inside")
