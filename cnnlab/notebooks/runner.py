"""Execute notebooks and measure what they take."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from tqdm.auto import tqdm

from cnnlab.notebooks import files

# A cell above this is a fault of the course; a reader's slower or busier laptop is given time to finish.
CELL_SECONDS = 20
PATIENCE_SECONDS = 300
FULL_PATIENCE_SECONDS = 6 * 3600
# What a laptop without AVX-512 computes with; processors that have nothing else take no notice.
SLOWER_SET = {"ONEDNN_MAX_CPU_ISA": "AVX2", "ATEN_CPU_CAPABILITY": "avx2"}
# What outputs, costs and evidence are measured under.
# A claim that does not hold stops the run: here nobody has changed a cell.
STRICT = {"CNNLAB_PROGRESS": "off", "CNNLAB_CLAIMS": "strict"}
QUICK = STRICT | {"CNNLAB_SCALE": "quick", "CNNLAB_DEVICE": "cpu"} | SLOWER_SET


@dataclass(frozen=True)
class Measurement:
    """What one execution took.

    Attributes:
        seconds: from starting the kernel to the last output.
        gigabytes: peak resident memory of the kernel, in 10^9 bytes.
        cell: the cell that took longest, by its number among the code cells and its first line.
        cell_seconds: how long that one took.
    """

    seconds: float
    gigabytes: float
    cell: str = ""
    cell_seconds: float = 0.0


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
        NotebookError: a cell failed; the message names the notebook, the cell and what it raised.
    """
    notebook = files.read(path)
    cells = _Cells(notebook)
    with tqdm(total=len(cells.names), desc=path.stem, unit="cell", disable=not bar) as progress:

        def step(cell_index: int, **_: Any) -> None:
            cells.stop(cell_index)
            progress.update()

        client = NotebookClient(
            notebook,
            timeout=FULL_PATIENCE_SECONDS if os.environ.get("CNNLAB_SCALE") == "full" else PATIENCE_SECONDS,
            kernel_name="python3",
            record_timing=False,
            # ipykernel warns at every start that its TCP ports, on 127.0.0.1, are not encrypted.
            extra_arguments=["--IPKernelApp.log_level=40"],
            resources={"metadata": {"path": str(path.parent)}},
            on_cell_start=cells.start,
            on_cell_executed=step,
        )
        started = time.monotonic()
        with _peak_memory(client) as peak:
            _run(client, path, cells, os.environ | (environment or {}))
    return notebook, Measurement(time.monotonic() - started, peak[0] / 1e9, *cells.slowest())


class _Cells:
    """The code cells of one run by index: what they are called, and how long they took."""

    def __init__(self, notebook: NotebookNode) -> None:
        code = [(index, cell) for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
        self.names = {index: files.cell_name(number, cell) for number, (index, cell) in enumerate(code)}
        self.current = "before its first cell"
        self._began = 0.0
        self._seconds: dict[str, float] = {}

    def start(self, cell_index: int, **_: Any) -> None:
        self.current = self.names.get(cell_index, self.current)
        self._began = time.monotonic()

    def stop(self, cell_index: int) -> None:
        self._seconds[self.names[cell_index]] = time.monotonic() - self._began

    def slowest(self) -> tuple[str, float]:
        return max(self._seconds.items(), key=lambda item: item[1], default=("", 0.0))


def _run(client: NotebookClient, path: Path, cells: _Cells, environment: Mapping[str, str]) -> None:
    try:
        client.execute(env=environment)
    except CellExecutionError as error:
        complaint = f"raised {error.ename}: {error.evalue}\n{error}"
    except CellTimeoutError:
        complaint = f"took more than {client.timeout} s"
    except DeadKernelError:
        complaint = "killed its kernel; was there too little memory?"
    else:
        return
    raise NotebookError(f"{path.name}, {cells.current} {complaint}")


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
