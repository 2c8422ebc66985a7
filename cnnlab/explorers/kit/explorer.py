"""The base of all explorers: settings in Python, computing and drawing in JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Any, ClassVar

import anywidget
import traitlets
from ipywidgets import widget_serialization

from cnnlab.explorers.kit.limits import WORDS, Limit, Setting
from cnnlab.explorers.kit.scripts import Script, read_source, scripts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

VARIABLE = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)


class Explorer(anywidget.AnyWidget):
    """A picture with controls that lives in the browser.

    A subclass stands in ``widget.py`` of a folder of its own. It gives traits that hold its state, its
    arguments in their order as ``Setting``, and the two methods below. Beside it ``index.js`` is an ES module
    that ends with ``export default { render }``, and ``draw`` in ``twin.py`` draws it on paper. The browser
    computes and draws from the traits alone, so that the explorer also moves in exported HTML.
    """

    # A notebook stores this small text for each explorer, the files of `scripts` once.
    _esm = read_source("kit/loader.js")

    # Sentences about the settings, which the browser says too.
    words: ClassVar[Mapping[str, str]] = WORDS
    # Limits of what lies within a setting, or of one whose range depends on others.
    inner_limits: ClassVar[Mapping[str, Limit]] = {}

    entry = traitlets.Unicode().tag(sync=True)
    scripts = traitlets.List(traitlets.Instance(Script)).tag(sync=True, **widget_serialization)
    limits = traitlets.Dict().tag(sync=True)

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.__signature__ = _signature(cls)

    def __init__(self, *given: Any, **settings: Any) -> None:
        arguments = self._arguments()
        defaults = {name: trait.default_value for name, trait in arguments.items()}
        chosen = dict(zip(arguments, given, strict=False)) | settings
        if len(given) > len(arguments) or not all(map(self.has_trait, chosen)):
            names = ", ".join(arguments)
            raise TypeError(f"{type(self).__name__} must be given {names}, got {[*given, *settings]}")
        limits = {name: trait.limit for name, trait in arguments.items()} | dict(self.inner_limits)
        sent = {"words": dict(self.words)} | {name: limit.sent() for name, limit in limits.items()}
        entry = f"{self._folder()}/index.js"
        super().__init__(entry=entry, scripts=scripts(entry), limits=sent, **(defaults | chosen))
        self._watch()

    def _watch(self) -> None:
        """Observe settings; those given at the start are no change."""

    @classmethod
    def _arguments(cls) -> dict[str, Setting]:
        return {name: trait for name, trait in vars(cls).items() if isinstance(trait, Setting)}

    @classmethod
    def _folder(cls) -> str:
        return cls.__module__.split(".")[-2]

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        raise NotImplementedError

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        raise NotImplementedError

    def static_twin(self) -> Figure:
        """Return a figure, for ``figures.show``, that says on paper what the explorer says on the screen."""
        # matplotlib comes only with the twin.
        return import_module(f"cnnlab.explorers.{self._folder()}.twin").draw(self)

    def __repr__(self) -> str:
        """Return the kind of explorer and its settings: no memory address, for nbval compares this text."""
        return f"{type(self).__name__} explorer: {self.settings()}"


def _signature(kind: type[Explorer]) -> Signature:
    """What a reader is shown who asks for help: the settings in place of ``*given`` and ``**settings``."""
    own = list(signature(kind.__init__).parameters.values())[1:]
    named = [parameter for parameter in own if parameter.kind not in VARIABLE]
    by_place = own[0].kind == Parameter.VAR_POSITIONAL
    place = Parameter.POSITIONAL_OR_KEYWORD if by_place else Parameter.KEYWORD_ONLY
    if own[-1].kind == Parameter.VAR_KEYWORD:
        settings = kind._arguments().items()
        named += [Parameter(name, place, default=trait.default_value) for name, trait in settings]
    return Signature(sorted(named, key=lambda parameter: parameter.kind))
