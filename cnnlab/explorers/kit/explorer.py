"""The base of all explorers: settings in Python, computing and drawing in JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

import anywidget
import traitlets
from ipywidgets import widget_serialization

from cnnlab.explorers.kit.limits import WORDS, Limit, Setting
from cnnlab.explorers.kit.scripts import Script, scripts

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Explorer(anywidget.AnyWidget):
    """A picture with controls that lives in the browser.

    A subclass stands in ``widget.py`` of a folder of its own. It gives traits that hold its settings, those
    with limits as ``Setting``, and the two methods below; ``index.js`` beside it is an ES module that ends
    with ``export default { render }``, and ``draw(explorer)`` in ``twin.py`` draws it on paper. The browser
    computes and draws from the traits alone, so that the explorer also moves in exported HTML.
    """

    # A notebook stores this small text for each explorer, the files of `scripts` once.
    # Sentences about the settings, which the browser says too.
    words: ClassVar[Mapping[str, str]] = WORDS
    # Limits of what lies within a setting, or of one whose range depends on others.
    inner_limits: ClassVar[Mapping[str, Limit]] = {}

    entry = traitlets.Unicode().tag(sync=True)
    scripts = traitlets.List(traitlets.Instance(Script)).tag(sync=True, **widget_serialization)
    limits = traitlets.Dict().tag(sync=True)

    def __init__(self, **settings: Any) -> None:
        entry = f"{self._folder()}/index.js"
        traits = self.traits().items()
        limits = {name: trait.limit for name, trait in traits if isinstance(trait, Setting)}
        sent = {name: limit.sent() for name, limit in (limits | dict(self.inner_limits)).items()}
        super().__init__(
            entry=entry, scripts=scripts(entry), limits={"words": dict(self.words), **sent}, **settings
        )

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
