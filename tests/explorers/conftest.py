"""Explorers on paper."""

import matplotlib.pyplot as plt
import pytest

from cnnlab import figures


@pytest.fixture
def twin():
    """A function that draws an explorer on paper; the same settings must be described alike."""

    def draw(explorer):
        fig = explorer.static_twin()
        fig.draw_without_rendering()
        assert figures.describe(fig) == figures.describe(explorer.static_twin())
        return fig

    yield draw
    plt.close("all")
