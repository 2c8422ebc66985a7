"""Options are stated once, in a dataclass, and shown wherever somebody looks for them."""

import dataclasses
import inspect
import pydoc

import pytest

from cnnlab import training
from cnnlab.training.options import Options
from tests.training.models import line, linear


def test_a_misspelt_option_is_named_rather_than_what_is_missing_for_it():
    with pytest.raises(TypeError, match="did you mean 'epochs'"):
        training.fit(linear(), line(), epoch=1)
    with pytest.raises(TypeError, match="fit must be given epochs, got none"):
        training.fit(linear(), line())


def test_help_and_editors_see_every_option_with_its_default():
    shown = inspect.signature(training.fit).parameters
    for field in dataclasses.fields(Options):
        assert shown[field.name].kind is inspect.Parameter.KEYWORD_ONLY
        if field.name == "epochs":
            assert shown[field.name].default is inspect.Parameter.empty
        else:
            assert shown[field.name].default == field.default
    assert list(shown)[:3] == ["model", "train", "test"]
    assert "options" not in shown


def test_every_option_is_documented_and_nothing_else_is():
    documented = inspect.getdoc(Options).partition("Args:\n")[2].splitlines()
    names = [line.split(":")[0].strip() for line in documented if line.startswith("    ") and line[4] != " "]
    assert sorted(names) == sorted(field.name for field in dataclasses.fields(Options))
    told = pydoc.render_doc(training.fit, renderer=pydoc.plaintext)
    assert all(f"{name}: " in told for name in names)
    assert "**options:" not in told
