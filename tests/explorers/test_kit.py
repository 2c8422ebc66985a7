"""What all explorers share: their scripts once a notebook, limits told to the browser, and a folder each."""

import inspect
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cnnlab
from cnnlab import explorers
from cnnlab.explorers import Arithmetic, Explorer, KernelPlayground, Orientation, Sliding
from cnnlab.explorers.kit.limits import WORDS
from cnnlab.explorers.kit.scripts import Script, once

WIDGET = '''"""The TinyOne explorer: a number."""

from cnnlab.explorers.kit.explorer import Explorer
from cnnlab.explorers.kit.limits import Setting, Whole


class TinyOne(Explorer):
    """An explorer of a number.

    Args:
        number: 0 to 9.
    """

    number = Setting(Whole(0, 9), 1)

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        return f"number {self.number}"
'''
TWIN = '''"""The TinyOne explorer on paper."""

from matplotlib.figure import Figure

from cnnlab import figures
from cnnlab.explorers.tiny_one.widget import TinyOne


def draw(explorer: TinyOne) -> Figure:
    """Return a figure with the number in its title.

    Args:
        explorer: with the settings to draw.
    """
    fig, ax = figures.subplots()
    ax.set(title=str(explorer.number))
    return fig
'''
INDEX = """// A number.
import { addNumber, keepDrawing, makeFrame } from "../kit/frame.js";

export const half = (number) => number / 2;

function render({ model, el }) {
  const frame = makeFrame({ model, el, name: "TinyOne explorer", plotLabel: "Nothing", hint: "" });
  addNumber(frame, { trait: "number", label: "Number" });
  return keepDrawing(frame, () => frame.say([`Half of it is ${half(model.get("number"))}.`]));
}

export default { render };
"""
USE = """
from cnnlab import explorers
tiny = explorers.TinyOne(4)
print(tiny, tiny.static_twin().axes[0].get_title(), "TinyOne" in dir(explorers))
print([script.name for script in tiny.scripts], tiny.limits["number"])
"""


def test_settings_reach_the_browser_and_nothing_else_does():
    state = Sliding().get_state()
    public = {name for name in state if not name.startswith("_")}
    own = {"pair", "t", "flip", "sigma_f", "sigma_g", "f", "g", "visited"}
    assert public - {"layout", "tabbable", "tooltip"} == own | {"entry", "scripts", "limits"}
    assert "widget_manager" in state["_esm"]
    assert len(state["_esm"]) < 2_000


def test_scripts_ask_nothing_of_the_network():
    texts = [script.text for script in Sliding().scripts] + [Sliding()._esm]
    assert "http" not in "".join(texts).replace("http://www.w3.org/2000/svg", "")


def test_explorers_refer_to_the_same_scripts_and_photographs():
    first, second = Orientation(), Orientation(angle=45)
    assert first.scripts == second.scripts
    assert first.photo is second.photo
    assert first.photo is not KernelPlayground().photo
    shared = {script.name for script in first.scripts} & {script.name for script in Sliding().scripts}
    assert shared >= {"kit/style.css", "kit/frame.js", "kit/limits.js", "kit/numbers.js"}


def test_a_closed_script_is_replaced():
    text = {"name": "a.js", "text": "export default 1;"}
    first = once(Script, **text)
    assert once(Script, **text) is first
    first.close()
    assert once(Script, **text).comm is not None


def test_the_browser_is_told_limits_and_their_words():
    limits = Arithmetic().limits
    assert limits["stride"] == {"min": 1, "max": 4, "step": 1}
    assert limits["groups"] == {"options": [1, 2, 4]}
    assert limits["words"] == WORDS


@pytest.mark.parametrize("method", ["settings", "describe"])
def test_an_explorer_must_say_what_it_shows(method):
    with pytest.raises(NotImplementedError):
        getattr(Explorer, method)(Sliding())


def test_help_and_errors_name_the_arguments():
    assert str(inspect.signature(explorers.PoolingShift)).endswith("shift=0, window=2, stride=2)")
    assert str(inspect.signature(Orientation)).endswith("contrast=1, *, photograph: 'str' = 'camera')")
    with pytest.raises(TypeError, match=r"^Sliding must be given pair, t, .*, got \['speed'\]$"):
        Sliding(speed=2)
    with pytest.raises(TypeError, match=r"^PoolingShift must be given row, shift, window, stride, got .*$"):
        explorers.PoolingShift([1] * 16, 0, 2, 2, 2)


def test_an_unknown_explorer_is_named():
    with pytest.raises(AttributeError, match=r"must have one of Arithmetic, .*, got 'Nothing'"):
        _ = explorers.Nothing


def test_a_folder_is_all_that_a_new_explorer_needs(tmp_path):
    package = Path(cnnlab.__file__).parent
    shutil.copytree(package, tmp_path / "cnnlab", ignore=shutil.ignore_patterns("__pycache__"))
    folder = tmp_path / "cnnlab" / "explorers" / "tiny_one"
    folder.mkdir()
    for name, text in {"__init__": "", "widget": WIDGET, "twin": TWIN}.items():
        (folder / f"{name}.py").write_text(text)
    (folder / "index.js").write_text(INDEX)
    done = subprocess.run(
        [sys.executable, "-c", USE], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    first, second = done.stdout.splitlines()
    assert first == "TinyOne explorer: number 4 4 True"
    names = ["kit/style.css", "tiny_one/index.js", "kit/frame.js", "kit/limits.js", "kit/numbers.js"]
    assert second == f"{names} {{'min': 0, 'max': 9, 'step': 1}}"
    settings = package.parent / "pyproject.toml"
    lint = [sys.executable, "-m", "ruff", "check", "--config", str(settings), str(folder)]
    assert subprocess.run(lint, cwd=tmp_path, capture_output=True, check=False).returncode == 0
