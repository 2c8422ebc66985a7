"""Execute notebooks and measure what they take."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from tqdm.auto import tqdm

from cnnlab.notebooks import files

CELL_SECONDS = 120
FULL_CELL_SECONDS = 6 * 3600
QUICK = {"CNNLAB_SCALE": "quick", "CNNLAB_DEVICE": "cpu", "CNNLAB_PROGRESS": "off"}


@dataclass(frozen=True)
class Measurement:
    """What one execution took.

    Attributes:
        seconds: from starting the kernel to the last output.
        gigabytes: peak resident memory of the kernel, in 10^9 bytes.
    """

    seconds: float
    gigabytes: float


class NotebookError(RuntimeError):
    """A cell raised, ran too long or killed its kernel."""


def execute(
    path: Path, *, environment: Mapping[str, str] | None = None, bar: bool = True
) -> tuple[NotebookNode, Measurement]:
    """Run a notebook from top to bottom in a fresh kernel and return it with its cost.

    Args:
        path: the notebook; the file is not changed.
        environment: variables added to the kernel's environment.
        bar: whether to show a progress bar, one step a code cell.

    Returns:
        The executed notebook, with widget state; seconds and peak memory.

    Raises:
        ValueError: ``path`` is no notebook.
        NotebookError: a cell failed; the message names the notebook and what the cell raised.
    """
    notebook = files.read(path)
    total = len(files.code_cells(notebook))
    with tqdm(total=total, desc=path.stem, unit="cell", disable=not bar) as progress:
        client = NotebookClient(
            notebook,
            timeout=FULL_CELL_SECONDS if os.environ.get("CNNLAB_SCALE") == "full" else CELL_SECONDS,
            kernel_name="python3",
            record_timing=False,
            # ipykernel warns at every start that its TCP ports, on 127.0.0.1, are not encrypted.
            extra_arguments=["--IPKernelApp.log_level=40"],
            resources={"metadata": {"path": str(path.parent)}},
            on_cell_executed=lambda **_: progress.update(),
        )
        started = time.monotonic()
        with _kernel_environment(environment or {}), _peak_memory(client) as peak:
            _run(client, path)
    return notebook, Measurement(time.monotonic() - started, peak[0] / 1e9)


def _run(client: NotebookClient, path: Path) -> None:
    try:
        client.execute()
    except CellExecutionError as error:
        raise NotebookError(f"{path.name}: a cell raised {error.ename}: {error.evalue}\n{error}") from None
    except CellTimeoutError:
        raise NotebookError(f"{path.name}: a cell took more than {client.timeout} s") from None
    except DeadKernelError:
        raise NotebookError(f"{path.name}: the kernel died; was there too little memory?") from None


@contextmanager
def _kernel_environment(extra: Mapping[str, str]) -> Iterator[None]:
    """Lend ``extra`` to this process: nbclient's kernel inherits the process's environment."""
    before = {name: os.environ.get(name) for name in extra}
    os.environ.update(extra)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


@contextmanager
def _peak_memory(client: NotebookClient) -> Iterator[list[int]]:
    """Watch the kernel's resident memory ten times a second; the list's one item is the peak in bytes."""
    peak, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            process_id = getattr(getattr(client.km, "provisioner", None), "pid", None)
            try:
                peak[0] = max(peak[0], psutil.Process(process_id).memory_info().rss if process_id else 0)
            except psutil.NoSuchProcess:
                continue

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()
