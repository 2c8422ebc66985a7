"""Interactive explorers: pictures that the reader moves, drawn in the browser, alive without a kernel.

Each has a folder of its own: ``explorers.KernelGrid`` is found in ``kernel_grid/widget.py``; no list has it.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

from cnnlab.explorers.kit.explorer import Explorer

_FOLDERS = {
    "".join(word.capitalize() for word in path.parent.name.split("_")): path.parent.name
    for path in sorted(Path(__file__).parent.glob("*/widget.py"))
}

__all__ = ["Explorer", *_FOLDERS]


def __getattr__(name: str) -> Any:
    if name not in _FOLDERS:
        raise AttributeError(f"cnnlab.explorers must have one of {', '.join(_FOLDERS)}, got {name!r}")
    return getattr(import_module(f"{__name__}.{_FOLDERS[name]}.widget"), name)


def __dir__() -> list[str]:
    return __all__
