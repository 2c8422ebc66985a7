"""A real Chromium whose every request is watched, and JupyterLab servers."""

import functools

import nbformat
import pytest
from nbclient import NotebookClient
from playwright.sync_api import Error, sync_playwright

from cnnlab.notebooks import html
from tests import chromium as browsers
from tests.notebooks.build import code, markdown, notebook, save, showing

from .server import Lab

INSIDE = ("http://127.0.0.1:", "ws://127.0.0.1:", "file:", "data:", "blob:", "about:")


@pytest.fixture(scope="session")
def chromium():
    """The browser; without one these tests are skipped."""
    with sync_playwright() as playwright:
        try:
            browser = browsers.launch(playwright)
        except Error as error:
            pytest.skip(f"no Chromium starts here: {error.message.splitlines()[0]}")
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium):
    """A function that opens a page; at the end no request may have left this machine.

    Its options are those of ``Browser.new_context``. The page has a list ``errors`` of what its console
    called an error.
    """
    contexts, outside = [], []

    def allow_inside(route):
        if route.request.url.startswith(INSIDE):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    def open_page(**options):
        context = chromium.new_context(**{"viewport": {"width": 1200, "height": 900}} | options)
        contexts.append(context)
        context.route("**/*", allow_inside)
        page = context.new_page()
        page.errors = []
        page.on("console", lambda message: message.type == "error" and page.errors.append(message.text))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("websocket", lambda socket: socket.url.startswith(INSIDE) or outside.append(socket.url))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not outside, f"requests left this machine: {outside}"


@pytest.fixture
def page(new_page):
    """One page of a desktop's size."""
    return new_page()


@pytest.fixture(scope="session")
def page_of(tmp_path_factory):
    """A function that exports a page of the explorers that a function makes, and returns its address."""

    @functools.cache
    def export(make):
        folder = tmp_path_factory.mktemp("explorer")
        made = make()
        cells, metadata = showing(*(made if isinstance(made, tuple) else (made,)))
        return html.to_html(save(folder / "a.ipynb", *cells, **metadata), folder / "a.html").as_uri()

    return export


@pytest.fixture
def offline(new_page):
    """A function that opens a page of this address without a network; its console must hold no error."""
    pages = []

    def open_page(address, **options):
        page = new_page(offline=True, **options)
        pages.append(page)
        page.goto(address)
        page.locator(".cnnlab-explorer").first.wait_for()
        return page

    yield open_page
    assert [page.errors for page in pages] == [[] for _ in pages]


@pytest.fixture
def visit(offline, page_of):
    """A function that opens the page of the explorers that a function makes, and gives them."""
    return lambda make, **options: offline(page_of(make), **options).locator(".cnnlab-explorer")


def opened(make):
    """A fixture: the explorer that a function makes, on a page of its own."""

    @pytest.fixture
    def explorer(visit):
        return visit(make)

    return explorer


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """JupyterLab over a folder of its own, in which each test writes notebooks of other names."""
    server = Lab(tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("jupyter"))
    server.wait()
    yield server
    server.stop()


def make_notebook(path, *sources, execute=False):
    """Write a notebook of these cells: Markdown where a source starts with "#", code elsewhere.

    A source may be a pair of the text and a tag.
    """
    cells = []
    for number, source in enumerate(sources):
        text, *tags = source if isinstance(source, tuple) else (source,)
        options = {"id": f"cell{number}", "tags": tags}
        cells.append(markdown(text, **options) if text.startswith("#") else code(text, count=None, **options))
    made = notebook(*cells)
    if execute:
        NotebookClient(made, timeout=120, kernel_name="python3").execute()
    nbformat.write(made, path)
    return path
