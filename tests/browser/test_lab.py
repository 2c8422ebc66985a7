"""The explorers in a real JupyterLab: they move by keyboard, Python hears of it and moves them in turn."""

import re
import sys
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from cnnlab.explorers import KernelPlayground

from . import server as servers
from .conftest import make_notebook
from .controls import choose, press, shown, type_in

pytestmark = pytest.mark.browser


def test_keyboard_and_python_move_one_explorer(lab, page):
    """Letters typed in its controls are no commands of Lab, in whose command mode b makes a new cell."""
    notebook = make_notebook(
        lab.folder / "sliding.ipynb",
        "# Sliding",
        "from cnnlab import explorers\nexplorer = explorers.Sliding('two boxes', t=-0.75)\nexplorer",
        "print(explorer)",
        "explorer.t += 0.25",
    )
    outputs = lab.run_all(page, notebook)
    assert outputs[2][0]["text"] == "Sliding explorer: two boxes, convolution, shift -0.75\n"

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
    # The browser hands a setting on when Python has answered the one before: not always before the cell runs.
    printed = {lab.run_cell(page, 2)[0]["text"] for _ in range(5)}
    assert "Sliding explorer: two boxes, convolution, shift -0.25\n" in printed

    lab.run_cell(page, 3)
    expect(explorer).to_contain_text("The shaded product has area 1.000")
    page.get_by_label("Pair").focus()
    for _ in range(2):
        page.keyboard.press("b")
    lab.run_cell(page, 2)
    assert page.locator(".jp-Notebook .jp-Cell").count() == 4


def test_steps_taken_in_the_browser_reach_python_and_back(lab, page):
    notebook = make_notebook(
        lab.folder / "steps.ipynb",
        "from cnnlab import explorers\ngrid = explorers.KernelGrid()\ngrid",
        "sizes = explorers.Arithmetic()\nsizes",
        "stack = explorers.ReceptiveField()\nstack",
        "playground = explorers.KernelPlayground()\nplayground",
        "print(grid.value(), grid.shown, sizes.stride, sizes.shown, stack.layer, len(stack.layers))\n"
        "print(playground)",
        "grid.padding, sizes.stride, stack.input_size = 1, 2, 20",
    )
    lab.run_all(page, notebook)
    kinds = ("KernelGrid", "Arithmetic", "ReceptiveField", "KernelPlayground")
    boxes = [page.get_by_role("group", name=f"{kind} explorer") for kind in kinds]
    grid, sizes, stack, playground = boxes
    expect(grid).to_contain_text("Input 5 × 5, zeros around")
    expect(sizes).to_contain_text("− 1)/2) + 1 = ?.")
    expect(stack.get_by_label("Input size")).to_have_value("20")
    photograph = np.round(KernelPlayground().picture() * 255).ravel()
    assert np.array_equal(shown(playground, "Photograph"), photograph)

    press(grid, "Step")
    type_in(sizes, "Stride", 1)
    press(sizes, "Step")
    stack.get_by_role("button", name="Add a layer").click()
    stack.get_by_role("slider", name="Layer").press("ArrowRight")
    choose(playground, "Kernel", "box 5x5")
    expect(playground).to_contain_text("The weights sum to 25")
    told = lab.run_cell(page, 4)[0]["text"]
    assert told.startswith("14.0 2 1 2 2 5\nKernelPlayground explorer: box 5x5, 5 x 5, divisor 25")


def test_a_stored_explorer_lives_before_any_cell_runs(lab, page):
    """Its scripts and its photograph come from the notebook, for the fresh kernel knows of nothing."""
    source = "from cnnlab import explorers\nexplorers.Orientation(stimulus='photograph')"
    notebook = make_notebook(lab.folder / "stored.ipynb", "# Stored", source, execute=True)
    lab.trust(notebook)
    lab.open(page, notebook)
    explorer = page.get_by_role("group", name="Orientation explorer")
    expect(explorer).to_contain_text("Strength of the response")
    explorer.get_by_role("slider", name="Filter's angle").press("ArrowRight")
    expect(explorer).to_contain_text("The filter stands at 5°")
    expect(explorer).to_contain_text("Photograph: Lav Varshney")


def test_a_failing_cell_is_reported(lab, page):
    notebook = make_notebook(
        lab.folder / "failing.ipynb", "import sys; print('oh', file=sys.stderr)", "1 / 0"
    )
    with pytest.raises(AssertionError, match=r"failing\.ipynb in JupyterLab: .*stderr"):
        lab.run_all(page, notebook)


class FrontDoor(servers.Lab):
    """What ``make lab`` starts, in a copy of the project and for somebody who never used Lab."""

    def __init__(self, project, home):
        port = servers.free_port()
        flags = " ".join([*servers.ACCESS, f"--port={port}"])
        command = ["make", "lab", f"PY='{sys.executable}'", f"LAB_FLAGS={flags}"]
        self._start(home, port, command, cwd=project, env=servers.environment(home) | {"HOME": str(home)})


@pytest.fixture
def front_door(tmp_path):
    root, project, home = Path(__file__).parents[2], tmp_path / "a çopy", tmp_path / "home"
    home.mkdir()
    (project / ".venv").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "constraints.txt", "cnnlab", "notebooks"):
        (project / name).symlink_to(root / name)
    (project / ".venv" / ".installed").touch()
    server = FrontDoor(project, home)
    try:
        server.wait()
        yield server
    finally:
        server.stop()


def test_a_new_reader_sees_the_notebook_and_no_box_before_it(front_door, page):
    page.goto(f"{front_door.url}/?token={servers.TOKEN}")
    expect(page.locator(".jp-Notebook .jp-Cell").first).to_contain_text("00 Start here", timeout=60_000)
    page.evaluate("window.jupyterapp.restored")
    page.wait_for_timeout(2_000)
    assert page.locator(".jp-Dialog, .Toastify__toast").all_inner_texts() == []
