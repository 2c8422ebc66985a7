"""What a network that was handed back is and does, whatever its parameters are at the start.

Its parameters are counted as they are, but to run it they are replaced by drawn ones: so nothing depends on
how it was initialised, and it stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.func import functional_call
from torch.nn.parameter import is_lazy
from torch.overrides import TorchFunctionMode

from cnnlab.exercises.placeholder import YOUR_TURN
from cnnlab.exercises.values import RefusedError, refuse_absent, type_name
from cnnlab.geometry import stored_numbers

MOST_DRAWS = 24
_NOISE = 1e-5
_PICTURES = 4
Drawn = dict[str, Tensor]


class Network:
    """A network and the pictures to try it on.

    Args:
        value: what was handed back.
        shape: (N, C, H, W) of the pictures.

    Attributes:
        module: the network itself.
        pictures: drawn, of the dtype and on the device of its parameters.
        parameters: how many numbers it has; what parameters share counts once.

    Raises:
        RefusedError: the value is no network.
    """

    def __init__(self, value: Any, shape: tuple[int, int, int, int]) -> None:
        refuse_absent(value)
        if not issubclass(type(value), nn.Module):
            raise RefusedError("not a network", f"a value of type {type_name(value)}")
        self.module: nn.Module = value
        self._draws = torch.Generator().manual_seed(0)
        self.like = next(self.module.parameters(), torch.zeros(0))
        self.pictures = self.draw(shape)
        if any(map(is_lazy, self.module.parameters())):
            self.module(self.pictures)
        self.parameters = stored_numbers(self.module.parameters())

    def draw(self, shape: tuple[int, ...]) -> Tensor:
        """Return normal numbers of the dtype and on the device of the parameters."""
        numbers = torch.randn(shape, generator=self._draws, dtype=torch.float64)
        return numbers.to(self.like.dtype).to(self.like.device)

    def drawn(self, positive: bool = False) -> Drawn:
        """Return new parameters by name, such that a signal keeps about its size."""
        drawn = {}
        for name, old in self.module.named_parameters():
            numbers = self.draw(tuple(old.shape))
            inputs = old[:1].numel() if old.ndim > 1 else 4
            drawn[name] = numbers.abs() / inputs if positive else numbers / inputs**0.5
        return drawn

    def outputs(self, drawn: Drawn, pictures: Tensor) -> Tensor:
        """Return what the network makes of pictures, with these parameters instead of its own.

        Raises:
            RefusedError: no tensor of numbers.
        """
        made = functional_call(self.module, drawn, (pictures,))
        if made is YOUR_TURN:
            raise RefusedError("your turn")
        if made is None:
            raise RefusedError("nothing", "None from the network's forward")
        if not isinstance(made, Tensor):
            raise RefusedError("not a network", f"a value of type {type_name(made)} from the network")
        if not made.is_floating_point():
            raise RefusedError("not a network", f"a tensor of {made.dtype} from the network")
        return made

    def shape(self) -> tuple[int, int, int]:
        """Return dimensions, rows and numbers a row of the outputs: of a single picture's if they differ."""
        was_training = self.module.training
        with torch.no_grad():
            outputs = self.outputs({}, self.pictures)
            self.module.eval()  # a normalisation that is in training may refuse a single picture
            one = self.outputs({}, self.pictures[:1])
        self.module.train(was_training)
        shape = outputs.shape if one.shape == (1, *outputs.shape[1:]) else one.shape
        rows, *each = shape or (0,)
        return len(shape), rows, torch.Size(each).numel()

    def idle(self) -> int:
        """Return how many parameters never change an output, or are not trained.

        One that a ReLU silences for some weights and pictures works for others: only one whose gradient
        is 0 in every draw, or no more than rounding beside the largest of all, is idle. In every second
        draw all is positive, so that no ReLU is silent.
        """
        trained = {name: old for name, old in self.module.named_parameters() if old.requires_grad}
        silent = {name: torch.ones_like(old, dtype=torch.bool) for name, old in trained.items()}
        for draw in range(MOST_DRAWS):
            sizes = {name: one.abs() for name, one in self._gradients(positive=draw % 2 == 0).items()}
            noise = _NOISE * max((float(size.max()) for size in sizes.values() if size.numel()), default=0.0)
            for name in silent.keys() & sizes.keys():
                silent[name] &= sizes[name] <= noise
            if not any(map(torch.any, silent.values())):
                break
        frozen = self.parameters - stored_numbers(trained.values())
        return frozen + sum(int(places.sum()) for places in silent.values())

    def _gradients(self, positive: bool) -> Drawn:
        """Return the gradient of a random sum of the outputs; no entry where there is none."""
        drawn = {name: value.requires_grad_() for name, value in self.drawn(positive).items()}
        pictures = self.draw((_PICTURES, *self.pictures.shape[1:]))
        outputs = self.outputs(drawn, pictures.abs() if positive else pictures)
        if not drawn or not outputs.requires_grad:
            return {}
        score = (outputs * self.draw(tuple(outputs.shape))).sum()
        gradients = torch.autograd.grad(score, list(drawn.values()), allow_unused=True)
        return {name: one for name, one in zip(drawn, gradients, strict=True) if one is not None}

    def convolutions(self) -> int:
        """Return how many convolutions one picture meets, from layers or from ``F.conv2d``."""
        return len(self.met({}).results)

    def met(self, drawn: Drawn, place: int | None = None, instead: Tensor | None = None) -> Convolutions:
        """Return the convolutions that the pictures meet, with these parameters instead of the network's own.

        Args:
            drawn: parameters by name.
            place: which convolution, in the order of calls, hands on another result; None for none.
            instead: what it hands on.
        """
        with torch.no_grad(), Convolutions(place, instead) as convolutions:
            self.outputs(drawn, self.pictures)
        return convolutions


class Convolutions(TorchFunctionMode):
    """Keeps what each convolution is given and makes, and hands on another result of one of them.

    Args:
        place: which convolution that is, in the order of calls; None for none.
        instead: what is handed on.

    Attributes:
        inputs, results: of each convolution that was called, in order.
    """

    def __init__(self, place: int | None = None, instead: Tensor | None = None) -> None:
        super().__init__()
        self.place, self.instead = place, instead
        self.inputs: list[Tensor] = []
        self.results: list[Tensor] = []

    def __torch_function__(
        self, function: Callable[..., Any], types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        """Return what the function makes, or what is handed on in its place."""
        result = function(*args, **(kwargs or {}))
        if not getattr(function, "__name__", "").startswith("conv"):
            return result
        self.inputs.append(args[0] if args else (kwargs or {})["input"])
        self.results.append(result)
        return self.instead if len(self.inputs) - 1 == self.place else result


def counted(parameters: float, wanted: int) -> str:
    """Return how many parameters there are, and how far off that is.

    Example:
        >>> counted(19_999, 20_000), counted(2_000, 2_000)
        ('19,999 parameters (1 too few)', '2,000 parameters')
    """
    off = int(parameters) - wanted
    words = f" ({abs(off):,} too {'many' if off > 0 else 'few'})" if off else ""
    return f"{int(parameters):,} parameters{words}"


def mapped(shape: tuple[int, ...], dimensions: float, rows: float, each: float) -> str:
    """Return what pictures of a shape become: the shape of the outputs, or how many numbers there are.

    Example:
        >>> mapped((2, 1, 28, 28), 2, 2, 10)
        '(2, 1, 28, 28) to (2, 10)'
    """
    if dimensions == 2:
        return f"{shape} to ({int(rows)}, {int(each)})"
    return f"{shape} to {int(rows)} x {int(each)} numbers, dimensions: {int(dimensions)}"


def close(got: Tensor, wanted: Tensor) -> bool:
    """Return whether two tensors are equal up to the rounding of a few layers.

    Example:
        >>> close(torch.tensor([1.0]), torch.tensor([1.00001])), close(torch.zeros(1), torch.ones(1))
        (True, False)
    """
    largest = max(float(wanted.abs().max()), 1e-30)
    return float((got - wanted).abs().max()) <= float(torch.finfo(got.dtype).eps) ** 0.5 * largest
