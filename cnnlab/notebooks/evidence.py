"""Several seeds of every band: run a notebook again and again, and keep what its claims measured."""

from __future__ import annotations

import ast
import hashlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from cnnlab import claims
from cnnlab.notebooks import files
from cnnlab.notebooks.runner import QUICK, execute

SEEDS = (0, 1, 2, 3, 4)
PACKAGE = Path(__file__).parents[1]
# What only draws, asks or runs cannot change a measured number.
PRESENTATION = {"figures", "explorers", "exercises", "notebooks", "claims"}


def gather(path: Path, seeds: Sequence[int] = SEEDS) -> dict:
    """Return what a notebook's band claims measured for each seed, with a hash of what they depend on.

    Args:
        path: the notebook.
        seeds: seeds to run it with.

    Returns:
        ``{"sources": hash, "seeds": [...], "claims": {id: [value for each seed]}}``.
    """
    values: dict[str, list[float]] = {}
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "claims.jsonl"
            # A band must not stop the run that is to show how wide it has to be.
            asked = {"CNNLAB_SEED": str(seed), "CNNLAB_CLAIMS_LOG": str(log), "CNNLAB_CLAIMS": "collect"}
            execute(path, environment=QUICK | asked)
            for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else []:
                entry = json.loads(line)
                if claims.find(entry["id"]).kind == "band":
                    values.setdefault(entry["id"], []).append(entry["value"])
    return {"sources": sources_hash(path), "seeds": list(seeds), "claims": values}


def sources_hash(path: Path) -> str:
    """Return a hash of a notebook's code and of every module of the package that its numbers depend on."""
    notebook = files.read(path)
    code = "\n".join(cell.source for cell in files.code_cells(notebook))
    digest = hashlib.sha256(code.encode())
    for module in sorted(_modules(code)):
        digest.update(module.read_bytes())
    return digest.hexdigest()


def _modules(code: str) -> set[Path]:
    """Files of cnnlab that ``code`` imports, directly or through others, without what only presents."""
    found: set[Path] = set()
    waiting = _imported(code)
    while waiting:
        name = waiting.pop()
        parts = name.split(".")[1:]
        if not parts or parts[0] in PRESENTATION:
            continue
        base = PACKAGE.joinpath(*parts)
        for candidate in (base.with_suffix(".py"), *sorted(base.glob("*.py"))):
            if candidate.is_file() and candidate not in found:
                found.add(candidate)
                waiting |= _imported(candidate.read_text(encoding="utf-8"))
    return found


def _imported(code: str) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "cnnlab":
            names |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names if alias.name.split(".")[0] == "cnnlab"}
    return names
