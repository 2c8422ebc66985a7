"""The explorer in a real JupyterLab: it moves by keyboard, and Python hears of it."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import make_notebook

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebooks")
    make_notebook(
        folder / "sliding.ipynb",
        "# Sliding",
        "from cnnlab import explorers\nexplorer = explorers.Sliding('two boxes', t=-0.5)\nexplorer",
        "print(explorer)",
    )
    return folder


def test_explorer_moves_by_keyboard_and_python_hears_of_it(lab, page, folder):
    server = lab(folder)
    outputs = server.run_all(page, "sliding.ipynb")
    assert outputs[2][0]["text"] == "Sliding explorer: two boxes, convolution, shift -0.5\n"

    explorer = page.get_by_role("group", name="Sliding explorer")
    picture = explorer.get_by_role("img")
    before = picture.inner_html()
    slider = explorer.get_by_role("slider", name="Shift t")
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")

    expect(explorer).to_contain_text("The shaded product has area 0.750 = (f * g)(−0.25).")
    expect(picture).to_have_attribute("aria-label", re.compile("area 0.750"))
    assert picture.inner_html() != before
    assert server.run_cell(page, 2)[0]["text"] == "Sliding explorer: two boxes, convolution, shift -0.25\n"


def test_letters_typed_in_a_control_are_not_commands_of_lab(lab, page, folder):
    lab(folder).run_all(page, "sliding.ipynb")
    page.get_by_label("Pair").focus()
    for _ in range(2):
        page.keyboard.press("b")  # in Lab's command mode: a new cell below
    page.wait_for_timeout(300)
    assert page.locator(".jp-Notebook .jp-Cell").count() == 3


def test_python_moves_the_picture(lab, page, folder):
    make_notebook(
        folder / "python.ipynb",
        "from cnnlab import explorers\nexplorer = explorers.Sliding('two sequences', t=0)\nexplorer",
        "explorer.t = 3",
    )
    lab(folder).run_all(page, "python.ipynb")
    expect(page.get_by_role("group", name="Sliding explorer")).to_contain_text("= −1")


def test_a_failing_cell_is_reported(lab, page, folder):
    make_notebook(folder / "failing.ipynb", "import sys; print('oh', file=sys.stderr)", "1 / 0")
    with pytest.raises(AssertionError, match=r"failing\.ipynb in JupyterLab: .*stderr"):
        lab(folder).run_all(page, "failing.ipynb")
