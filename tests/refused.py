"""Calls that must be refused, each with one whole sentence."""

import re

import pytest


def refused(error, calls):
    """Return a test: each call raises this error with the whole sentence that is its key."""

    @pytest.mark.parametrize("sentence", calls)
    def test(sentence):
        with pytest.raises(error, match=f"^{re.escape(sentence)}$"):
            calls[sentence]()

    return test
