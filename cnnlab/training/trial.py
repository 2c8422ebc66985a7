"""Whatever will run is tried before the first step."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from cnnlab.data.batches import Batch
from cnnlab.training import fitting, setting
from cnnlab.training.untouched import untouched
from cnnlab.training.weights import set_modes

if TYPE_CHECKING:
    from cnnlab.training.loop import Loop


def rehearse(loop: Loop) -> None:
    """Find out all that training needs to know of model and examples, and leave them as they were.

    Sets ``labelled``, ``channels_last``, and the losses of the loop.

    Raises:
        ValueError: model, examples and options do not fit each other.
    """
    options, device, model = loop.options, loop.device, loop.model
    shares = [loop.processes.share(part) for part in loop.train.plan(loop.train.indices, options.batch_size)]
    with untouched(model, device):
        batch = fitting.first_batch("train", loop.train, shares[0], device)
        if options.augment is not None:
            generator = torch.Generator(device).manual_seed(0)
            with torch.no_grad():
                changed = fitting.attempt("augment must take a batch", options.augment, batch[0], generator)
            batch = changed, batch[1]
        loop.labelled = setting.check_fit(model, loop.train, loop.test, options, device, batch)
    loop.loss = options.loss or fitting.default_loss(loop.labelled, options.label_smoothing)
    loop.test_loss = options.loss or fitting.default_loss(loop.labelled)
    last = len(shares[loop.steps_per_epoch - 1])
    loop.channels_last = _layout(loop, batch, sorted({len(shares[0]), last}, reverse=True))


def _layout(loop: Loop, batch: Batch, sizes: Sequence[int]) -> bool:
    """Try batches of the sizes that will come; return whether channels can lie last in memory."""
    wanted = setting.channels_last(loop.options, loop.model, loop.device)
    if wanted and loop.options.channels_last == "auto":
        # A model that calls view on its maps cannot have them so.
        with contextlib.suppress(ValueError):
            _try_sizes(loop, batch, sizes, channels_last=True)
            return True
        wanted = False
    _try_sizes(loop, batch, sizes, channels_last=wanted)
    return wanted


def _try_sizes(loop: Loop, batch: Batch, sizes: Sequence[int], *, channels_last: bool) -> None:
    if channels_last:
        loop.model.to(memory_format=torch.channels_last)
    try:
        for size in sizes:
            with untouched(loop.model, loop.device):
                set_modes(loop.modes)
                _try(loop, batch[0][:size], batch[1][:size], channels_last)
    finally:
        if channels_last:
            loop.model.to(memory_format=torch.contiguous_format)


def _try(loop: Loop, inputs: Tensor, targets: Tensor, channels_last: bool) -> None:
    """Go forward and backward once, in train mode."""
    if channels_last and inputs.ndim == 4:
        inputs = inputs.contiguous(memory_format=torch.channels_last)
    examples = f"{len(inputs)} example{'s' * (len(inputs) > 1)}"
    rule = f"model must train on a batch of {examples}, as will come"
    if len(inputs) < loop.options.batch_size:
        rule += " at the end of an epoch (drop_last=True leaves it out)"
    with setting.autocast(loop.options, loop.device):
        outputs = fitting.attempt(rule, loop.model, inputs)
        fitting.warn_of_softmax(outputs, loop.loss)
        error = fitting.check_loss("train", loop.loss, outputs, targets)
    if not any(weight.requires_grad for weight in loop.model.parameters()):
        raise ValueError("model must have weights that want gradients, got none")
    fitting.attempt(rule, error.backward)


def check_weights(model: nn.Module) -> None:
    """Refuse weights that autograd cannot work with.

    Raises:
        ValueError: they were made under ``torch.inference_mode()``.
    """
    if any(weight.is_inference() for weight in model.parameters()):
        raise ValueError("model must be made outside of torch.inference_mode(), got weights made inside")
