"""Where the browser of the tests is, and how it is started."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

MISSING = (
    "Chromium must be there for the tests in a browser: on Debian or Ubuntu, apt install chromium; "
    "elsewhere .venv/bin/playwright install chromium"
)
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def of_the_system():
    """Return the path of the system's Chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def is_there():
    """Return whether the system or Playwright has a Chromium."""
    if of_the_system():
        return True
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def launch(playwright: Playwright) -> Browser:
    """Start the browser, in its sandbox where it has one.

    Root never has, and an ordinary user has none where the kernel or a container forbids it; the tests open
    nothing but their own pages.

    Raises:
        Error: no Chromium starts.
    """
    options = {"executable_path": of_the_system(), "args": FLAGS}
    if os.geteuid() == 0:
        return playwright.chromium.launch(**options, chromium_sandbox=False)
    try:
        return playwright.chromium.launch(**options, chromium_sandbox=True)
    except Error:
        return playwright.chromium.launch(**options, chromium_sandbox=False)
