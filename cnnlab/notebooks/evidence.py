"""Ten seeds of every measured claim: run a notebook again and again, and keep what its claims measured."""

from __future__ import annotations

import ast
import hashlib
import json
import math
import multiprocessing
import re
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import stdev
from typing import Any

from nbformat import NotebookNode
from tqdm.auto import tqdm

from cnnlab import claims
from cnnlab.notebooks import files, prose, sweeps
from cnnlab.notebooks.runner import QUICK, execute
from cnnlab.notebooks.sweeps import LESSONS, WORKERS

SEEDS = tuple(range(10))
CHECK_SEEDS = SEEDS[:3]


def gather(paths: Sequence[Path], seeds: Sequence[int] = SEEDS) -> dict[Path, dict[str, Any]]:
    """Return for each notebook what its measured claims gave for each seed, and a hash of its code.

    Args:
        paths: the notebooks.
        seeds: seeds to run each with, two runs at a time.

    Returns:
        ``{path: {"code": hash, "seeds": [...], "claims": {id: [value for each seed]}}}``.

    Raises:
        NotebookError: a cell failed.
    """
    jobs = [(path, seed) for path in paths for seed in seeds]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(WORKERS, mp_context=context) as pool:
        runs = list(tqdm(pool.map(_measure, *zip(*jobs, strict=True)), total=len(jobs), unit="run"))
    found = {}
    for number, path in enumerate(paths):
        own = runs[number * len(seeds) : (number + 1) * len(seeds)]
        values = {id: [run[id] for run in own] for id in sorted(own[0])}
        found[path] = {"code": code_hash(files.read(path)), "seeds": list(seeds), "claims": values}
    return found


def gather_sweeps(path: Path, seeds: Sequence[int] = SEEDS) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what each sweep of a notebook's lesson gave, by its function's name, when it is finished.

    Args:
        path: the notebook.
        seeds: seeds to run each with; with all of them a sweep whose evidence is fresh is not run again.
    """
    topic = _topic(path)
    for name in sweeps.codes(topic):
        if tuple(seeds) == SEEDS and sweeps.fresh(topic, name, seeds):
            print(f"sweep {topic}.{name}: unchanged, not run again (to run it, delete it in evidence.json)")
        else:
            yield name, sweeps.gather(topic, name, seeds)


def store(path: Path, found: dict[str, Any]) -> None:
    """Write a notebook's evidence into its lesson's folder; nothing where it measured nothing."""
    if found["claims"]:
        _update(path, found)


def store_sweep(path: Path, name: str, found: dict[str, Any]) -> None:
    """Write the evidence of one sweep beside that of the notebook and of the others."""
    _update(path, {"sweeps": _stored(path).get("sweeps", {}) | {name: found}})


def _topic(path: Path) -> str:
    return files.topic(files.read(path))


def _stored(path: Path) -> dict[str, Any]:
    target = LESSONS / _topic(path) / "evidence.json"
    return json.loads(target.read_text(encoding="utf-8")) if target.is_file() else {}


def _update(path: Path, new: dict[str, Any]) -> None:
    record, current = _stored(path) | new, sweeps.codes(_topic(path))
    record["sweeps"] = {name: run for name, run in record.get("sweeps", {}).items() if name in current}
    ordered = {part: record[part] for part in ("code", "seeds", "claims", "sweeps") if record.get(part)}
    text = json.dumps(ordered, indent=1)
    text = re.sub(r"\[[^][{}]*]", lambda numbers: json.dumps(json.loads(numbers[0])), text)  # on one line
    files.write_whole(LESSONS / _topic(path) / "evidence.json", f"{text}\n".encode())


def compare(found: dict[str, Any]) -> Iterator[str]:
    """Yield a sentence for each claim that moved against the stored seeds, the number of deviations first.

    Args:
        found: what :func:`gather` returned for a notebook, with some of the stored seeds.
    """
    for id, values in found["claims"].items():
        claim = claims.find(id)
        pairs = list(zip(values, claim.seeds, strict=False))
        moved = max((abs(new - old) for new, old in pairs), default=0.0)
        if moved:
            spread = stdev(claim.seeds) or float("nan")
            outside = [value for value in values if not min(claim.seeds) <= value <= max(claim.seeds)]
            left = f"; outside the seeds: {', '.join(f'{value:g}' for value in outside)}" if outside else ""
            yield f"{moved / spread:6.2f} deviations  {id}{left}"


def leaves(found: dict[str, Any]) -> Iterator[str]:
    """Yield a sentence for each value that a run of the notebook would refuse."""
    for id, values in found["claims"].items():
        low, high = claims.tolerance(claims.find(id))
        for value in values:
            if not low <= value <= high:
                yield f"claim {id} must lie in {low:g} to {high:g}, got {value:g}"


def findings(notebook: NotebookNode) -> Iterator[str]:
    """Yield what is wrong with the evidence of a notebook's measured claims: lint prints it."""
    topic = files.topic(notebook)
    needed = [claim for claim in claims.ledger().values() if claim.topic == topic and claim.needs_seeds]
    recorded = claims.evidence(topic)
    swept = {id for run in recorded.get("sweeps", {}).values() for id in run["claims"]}
    live = {claim.id for claim in needed} - swept
    if live:
        if recorded.get("code") != code_hash(notebook):
            yield "evidence must be that of the notebook's code cells: make evidence"
        if recorded.get("seeds") != list(SEEDS):
            yield f"evidence must have the seeds 0 to {SEEDS[-1]}, got {recorded.get('seeds')}"
    yield from sweeps.findings(topic)
    yield from _wrongly_shown(notebook, swept)
    for id in sorted((recorded.get("claims", {}).keys() - live) | (swept - {claim.id for claim in needed})):
        yield f"evidence must be of measured claims, got {id}"
    for claim in needed:
        if len(claim.seeds) != len(SEEDS):
            yield f"claim {claim.id} must have {len(SEEDS)} seeds, got {len(claim.seeds)}"
        elif not all(type(value) in (int, float) and math.isfinite(value) for value in claim.seeds):
            yield f"claim {claim.id} must have a number for each seed, got {list(claim.seeds)}"
        else:
            yield from claims.faults(claim)


def _wrongly_shown(notebook: NotebookNode, swept: set[str]) -> Iterator[str]:
    """A sweep is shown by ``claims.ran``, what a cell computes by ``claims.check``."""
    source = "\n".join(cell.source for cell in files.code_cells(notebook))
    for id in sorted(set(prose.asked(source, ["ran"])) - swept):
        yield f"claim {id} is shown as run beforehand, so a function of sweep.py must return it, got none"
    for id in sorted(set(prose.asked(source, ["check"])) & swept):
        yield f"claim {id} is a sweep's, so its live arm must be a claim of its own, got a check"


def code_hash(notebook: NotebookNode) -> str:
    """Return a hash of the code that can change a measured number.

    Left out are solutions, cells that only draw, checks of exercises and explorers, captions and alt texts,
    comments and layout.
    """
    digest = hashlib.sha256()
    for cell in files.code_cells(notebook):
        beside = {"solution", "fold"} & set(files.tags(cell))
        if not (beside or "exercises.check(" in cell.source or "explorers." in cell.source):
            digest.update(_without_words(cell.source).encode())
    return digest.hexdigest()


def _without_words(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            node.keywords = [word for word in node.keywords if word.arg not in prose.WORDS]
    return ast.unparse(tree)


def _measure(path: Path, seed: int) -> dict[str, float]:
    """Run a notebook once and return what its measured claims gave."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "claims.jsonl"
        # A claim must not stop the run that is to show what it can be.
        asked = {"CNNLAB_SEED": str(seed), "CNNLAB_CLAIMS_LOG": str(log), "CNNLAB_CLAIMS": "collect"}
        execute(path, environment=QUICK | asked | {"OMP_NUM_THREADS": "1"}, bar=False)
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    entries = [json.loads(line) for line in lines]
    topic = files.topic(files.read(path))
    return {
        entry["id"]: float(f"{entry['value']:.6g}")
        for entry in entries
        if claims.find(entry["id"]).needs_seeds and claims.find(entry["id"]).topic == topic
    }
