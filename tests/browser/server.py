"""JupyterLab servers for tests: each with its own settings, stopped with all its kernels."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

import nbformat
from nbformat.sign import NotebookNotary

TOKEN = "browser-tests"
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    # Every cell stays in the page, also those out of sight.
    "notebook-extension/tracker": {"windowingMode": "none"},
}
ACCESS = [
    "--no-browser",
    "--allow-root",
    "--ServerApp.port_retries=0",
    f"--IdentityProvider.token={TOKEN}",
    "--LabApp.expose_app_in_browser=True",
]
OPTIONS = [
    *ACCESS,
    "--ip=127.0.0.1",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
]
# The page says "idle" before its kernel is there, and Run All then does nothing: so ask the application.
KERNEL_IS_READY = """async () => {
    const panel = window.jupyterapp.shell.currentWidget;
    await panel.context.ready;
    await panel.sessionContext.ready;
    await panel.sessionContext.session.kernel.info;
}"""
EXECUTE = """async ([command, seconds]) => await Promise.race([
    window.jupyterapp.commands.execute(command),
    new Promise((_, refuse) => setTimeout(() => refuse(`${command} took over ${seconds} s`), seconds * 1000)),
])"""
OUTPUTS = """() => window.jupyterapp.shell.currentWidget.content.widgets.map(
    (cell) => cell.model.type === 'code' ? cell.model.outputs.toJSON() : [])"""
ACTIVATE = "(index) => { window.jupyterapp.shell.currentWidget.content.activeCellIndex = index; }"


class Lab:
    """A running JupyterLab over one folder, as a reader has it."""

    def __init__(self, folder, home):
        self.folder = folder
        for name, values in SETTINGS.items():
            path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values))
        self._visits = 0
        self._home = home
        port = free_port()
        options = [*OPTIONS, f"--port={port}", f"--ServerApp.root_dir={folder}"]
        self._start(home, port, [sys.executable, "-m", "jupyterlab", *options], env=environment(home))

    def _start(self, home, port, command, **options):
        self.url = f"http://127.0.0.1:{port}"
        self._log = home / "lab.log"
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True, **options
            )

    def wait(self, seconds=90):
        """Return once the server answers."""
        deadline = time.monotonic() + seconds
        while True:
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"JupyterLab did not start:\n{self._log.read_text()}")
            try:
                return self._ask("GET", "/api")
            except OSError:
                time.sleep(0.2)

    def trust(self, path):
        """Sign a notebook as ``jupyter trust`` does, so that what it stores is shown."""
        notary = NotebookNotary(data_dir=environment(self._home)["JUPYTER_DATA_DIR"])
        notary.sign(nbformat.read(path, as_version=4))

    def open(self, page, path):
        """Open a notebook with a fresh kernel, and run nothing."""
        self._stop_kernels()  # the memory of the last notebook
        name = path.relative_to(self.folder).as_posix()
        # A workspace of its own: Lab would open the notebooks of the last visit beside this one.
        self._visits += 1
        page.goto(f"{self.url}/lab/workspaces/visit{self._visits}/tree/{quote(name)}?token={TOKEN}")
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        page.evaluate(KERNEL_IS_READY)

    def run_all(self, page, path, seconds=180):
        """Open a notebook, run all its cells and return each cell's outputs as JSON; none may have failed."""
        self.open(page, path)
        all_ran = page.evaluate(EXECUTE, ["notebook:run-all-cells", seconds])
        outputs = page.evaluate(OUTPUTS)
        failed = [output for cell in outputs for output in cell if _is_failure(output)]
        assert not failed, f"{path.name} in JupyterLab: {failed}"
        assert all_ran, f"{path.name} in JupyterLab: not every cell ran"
        return outputs

    def run_cell(self, page, index, seconds=60):
        """Run one cell of the open notebook again and return its outputs."""
        page.evaluate(ACTIVATE, index)
        page.evaluate(EXECUTE, ["notebook:run-cell", seconds])
        return page.evaluate(OUTPUTS)[index]

    def stop(self):
        """Stop every kernel, then the server; kill it if it does not go."""
        try:
            self._stop_kernels()
            self._ask("POST", "/api/shutdown")
            self._process.wait(20)
        except (OSError, subprocess.TimeoutExpired):
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)

    def _stop_kernels(self):
        for kernel in self._ask("GET", "/api/kernels"):
            self._ask("DELETE", f"/api/kernels/{kernel['id']}")

    def _ask(self, method, path):
        headers = {"Authorization": f"token {TOKEN}"}
        request = urllib.request.Request(self.url + path, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=10) as reply:
            text = reply.read()
        return json.loads(text) if text and method == "GET" else None


def _is_failure(output):
    return output["output_type"] == "error" or output.get("name") == "stderr"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(home: Path):
    """The reader's own settings must not change what is tested, nor the tests change them.

    A reader sees progress bars, so they may not write to stderr either.
    """
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    inherited = {name: value for name, value in os.environ.items() if name != "CNNLAB_PROGRESS"}
    return inherited | {name: str(home / folder) for name, folder in folders.items()}
