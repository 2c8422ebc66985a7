"""Experiments too slow for their lesson: the functions of ``lessons/<topic>/sweep.py``, ten seeds of each.

A sweep is a public function of that file whose only parameter is ``seed``; it returns a number for each claim
that it measures, by the claim's name in the lesson. Other functions help, and a notebook may import them.
"""

from __future__ import annotations

import ast
import hashlib
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from statistics import fmean
from typing import Any

from tqdm.auto import tqdm

import cnnlab
from cnnlab import claims
from cnnlab.notebooks import names
from cnnlab.notebooks.runner import QUICK, NotebookError

LESSONS = Path("cnnlab/lessons")
# One thread a run, so that two runs side by side do not slow each other.
WORKERS = 2


def codes(topic: str) -> dict[str, str]:
    """Return a hash of the code of each sweep of a lesson, by its function's name.

    In it is all of the file that the function needs, itself or through others; docstrings, comments and
    layout are not.
    """
    path = LESSONS / topic / "sweep.py"
    if not path.is_file():
        return {}
    tree = _Plain().visit(ast.parse(path.read_text(encoding="utf-8")))
    return {
        node.name: hashlib.sha256(ast.unparse(_needed(tree, node.name)).encode()).hexdigest()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and _parameters(node) == ["seed"]
    }


def gather(topic: str, name: str, seeds: Sequence[int]) -> dict[str, Any]:
    """Return what a sweep gave for each seed, a hash of its code, and the processor's seconds for a seed.

    Args:
        topic: the lesson.
        name: the function.
        seeds: seeds to run it with, two at a time, each in a process of its own.

    Returns:
        ``{"code": hash, "seconds": mean, "claims": {id: [value for each seed]}}``.

    Raises:
        NotebookError: it raised.
        ValueError: what it returned is not a number for each of the lesson's claims.
    """
    code = codes(topic)[name]
    pool = ThreadPoolExecutor(WORKERS)
    try:
        runs: list[tuple[float, dict[str, Any]]] = []
        for seconds, values in tqdm(
            pool.map(lambda seed: _run(topic, name, seed), seeds), desc=name, total=len(seeds), unit="seed"
        ):
            # The first seed says it, not the tenth.
            _validate(topic, name, values, runs[0][1] if runs else values)
            runs.append((seconds, values))
    finally:
        pool.shutdown(cancel_futures=True)
    found = {
        f"{topic}.{claim}": [float(f"{values[claim]:.6g}") for _, values in runs]
        for claim in sorted(runs[0][1])
    }
    return {"code": code, "seconds": round(fmean(seconds for seconds, _ in runs), 1), "claims": found}


def fresh(topic: str, name: str, seeds: Sequence[int]) -> bool:
    """Whether the stored evidence is that of the sweep's code, with all seeds."""
    run = claims.evidence(topic).get("sweeps", {}).get(name, {})
    return run.get("code") == codes(topic)[name] and all(len(v) == len(seeds) for v in run["claims"].values())


def findings(topic: str) -> Iterator[str]:
    """Yield what is wrong with the stored evidence of a lesson's sweeps."""
    recorded, current = claims.evidence(topic).get("sweeps", {}), codes(topic)
    for name in sorted(current.keys() | recorded.keys()):
        if name not in current:
            yield f"evidence must be of functions of sweep.py, got that of {name}"
        elif recorded.get(name, {}).get("code") != current[name]:
            yield f"evidence of the sweep {name} must be that of its code: make evidence"
    measured = Counter(id for run in recorded.values() for id in run["claims"])
    for id, count in measured.items():
        if count > 1:
            yield f"claim {id} must be measured by one function of sweep.py, got {count}"


class _Plain(ast.NodeTransformer):
    """Takes docstrings out."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if (
            isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
            and ast.get_docstring(node) is not None
        ):
            node.body = node.body[1:] or [ast.Pass()]
        return node


def _parameters(node: ast.FunctionDef) -> list[str]:
    asked = node.args
    return [argument.arg for argument in [*asked.posonlyargs, *asked.args, *asked.kwonlyargs]]


def _needed(tree: ast.Module, name: str) -> ast.Module:
    """Return the statements that a name needs, directly or through others, and those that bind nothing."""
    wanted, waiting = set[str](), {name}
    while waiting:
        wanted |= waiting
        reached = [node for node in tree.body if wanted & set(names.bound(ast.Module([node], [])))]
        waiting = {used for node in reached for used in names.needed(ast.Module([node], []))} - wanted
    return ast.Module(
        [node for node in tree.body if not (own := set(names.bound(ast.Module([node], [])))) or own & wanted],
        [],
    )


def _run(topic: str, name: str, seed: int) -> tuple[float, dict[str, Any]]:
    """Run one seed in a process of its own, whose threads are set before PyTorch is loaded."""
    environment = os.environ | QUICK | {"OMP_NUM_THREADS": "1", "CNNLAB_SEED": str(seed)}
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "result.json"
        command = [sys.executable, "-m", __name__, topic, name, str(seed), str(target)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotebookError(f"sweep {topic}.{name} with seed {seed} failed:\n{done.stderr.strip()}")
        seconds, values = json.loads(target.read_text(encoding="utf-8"))
    return seconds, values


def _validate(topic: str, name: str, values: Any, first: dict[str, Any]) -> None:
    if not isinstance(values, dict) or not values or values.keys() != first.keys():
        raise ValueError(f"sweep {topic}.{name} must return the same names for every seed, got {values!r}")
    for claim, value in values.items():
        id = f"{topic}.{claim}"
        if id not in claims.ledger() or not claims.ledger()[id].needs_seeds:
            raise ValueError(f"sweep {topic}.{name} must return measured claims of its lesson, got {claim!r}")
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise ValueError(f"sweep {topic}.{name} must return a number for {claim}, got {value!r}")


def _main(topic: str, name: str, seed: str, target: str) -> None:
    cnnlab.start(int(seed))
    began = time.process_time()
    function = getattr(import_module(f"cnnlab.lessons.{topic}.sweep"), name)
    values = function(int(seed))
    # On one thread the processor's time is that of a machine with nothing else to do. Numbers of NumPy and
    # PyTorch become Python's; what is none is shown as it is.
    seconds = time.process_time() - began
    text = json.dumps([seconds, values], default=lambda x: x.item() if hasattr(x, "item") else repr(x))
    Path(target).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _main(*sys.argv[1:])
