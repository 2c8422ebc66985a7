"""What all explorers share: their scripts once a notebook, limits told to the browser, and a folder each."""

import inspect

import pytest

from cnnlab import explorers
from cnnlab.explorers import Arithmetic, Explorer, KernelPlayground, Orientation, Sliding
from cnnlab.explorers.kit.limits import WORDS
from cnnlab.explorers.kit.scripts import Script, once


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
