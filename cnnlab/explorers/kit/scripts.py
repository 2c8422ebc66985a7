"""The explorers' files for the browser: each is stored once a notebook, however many explorers need it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, TypeVar

import ipywidgets
import traitlets

IMPORT = re.compile(r'^import .* from "(\.[^"]*)";$', re.MULTILINE)
STYLE = "kit/style.css"
Shared = TypeVar("Shared", bound=ipywidgets.Widget)


class Script(ipywidgets.Widget):
    """A file of JavaScript, or the style sheet, as explorers refer to it."""

    name = traitlets.Unicode().tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)


_known: dict[tuple[Any, ...], Any] = {}


def once(kind: type[Shared], **traits: Any) -> Shared:
    """Return the widget of this kind with these traits: one for all explorers that refer to it.

    Args:
        kind: a widget without a view.
        **traits: its traits.
    """
    key = (kind, *traits.values())
    # Whoever closes all widgets closes these too.
    if key not in _known or _known[key].comm is None:
        _known[key] = kind(**traits)
    return _known[key]


@cache
def read_source(name: str) -> str:
    """Return the text of a file of this package without indentation, comments and empty lines.

    Notebooks store it, so a fifth less counts.

    Args:
        name: such as "kit/frame.js".
    """
    text = resources.files("cnnlab.explorers").joinpath(name).read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def scripts(entry: str) -> list[Script]:
    """Return the style sheet, a module and all that it imports, directly or through others.

    Args:
        entry: such as "arithmetic/index.js".

    Example:
        >>> [script.name for script in scripts("kit/packed.js")]
        ['kit/style.css', 'kit/packed.js']
    """
    names = dict.fromkeys([STYLE, *_imported(entry)])
    return [once(Script, name=name, text=read_source(name)) for name in names]


def _imported(name: str) -> Iterator[str]:
    yield name
    for path in IMPORT.findall(read_source(name)):
        yield from _imported(posixpath.normpath(posixpath.join(posixpath.dirname(name), path)))
