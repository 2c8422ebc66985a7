"""The commands behind the Makefile: ``python -m cnnlab COMMAND [NOTEBOOK ...]``, and those on data."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from cnnlab.data import DataError, cards, fetch, listing, state
from cnnlab.data.readme import with_cards
from cnnlab.notebooks import costs, evidence, files, html, lint, outputs, runner, student, workspace

BUILD = Path("build")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 when all went well, 1 when not."""
    parser = argparse.ArgumentParser(prog="python -m cnnlab", description="Work on the course's notebooks.")
    parser.add_argument("command", choices=sorted([*COMMANDS, *ON_DATA]))
    names = "beginning of a notebook's file name, such as 01; for data the name of a set, such as mnist"
    parser.add_argument("names", nargs="*", metavar="NAME", help=names)
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command in ON_DATA:
            return ON_DATA[chosen.command](chosen.names)
        return COMMANDS[chosen.command](files.find(chosen.names))
    except (ValueError, DataError, runner.NotebookError) as error:
        print(error, file=sys.stderr)
        return 1


def run(paths: list[Path]) -> int:
    """Execute each notebook and leave readable HTML in build/html; go on after a failure."""
    folder, done, failures = BUILD / "html", [], []
    for path in paths:
        try:
            # A bar inside a cell would stay in the page, stopped at nought.
            notebook, measurement = runner.execute(path, environment=runner.STRICT)
        except runner.NotebookError as error:
            failures.append(str(error))
            continue
        files.write(notebook, BUILD / "executed" / path.name)
        html.to_html(BUILD / "executed" / path.name, folder / f"{path.stem}.html")
        done.append(folder / f"{path.stem}.html")
        print(f"{path.name}: {measurement.seconds:.0f} s, {measurement.gigabytes:.1f} GB")
    html.write_index([BUILD / "executed" / f"{page.stem}.ipynb" for page in done], folder)
    print("\n".join(failures) if failures else f"Read the course: {folder}/index.html")
    return bool(failures)


def store_outputs(paths: list[Path]) -> int:
    """Execute each notebook, store what changed and rewrite the cost cards that no longer fit."""
    for path in paths:
        notebook, measurement = outputs.rerun(path)
        costs.update_card(notebook, measurement)
        changed = files.write(notebook, path)
        print(f"{path.name}: {'stored' if changed else 'unchanged'}, {measurement.seconds:.0f} s")
    _write_cost_tables()
    return 0


def _write_cost_tables() -> None:
    everything = files.find()
    readme = Path("README.md")
    text = readme.read_text(encoding="utf-8")
    files.write_whole(readme, costs.replace_table(text, costs.table(everything, "notebooks/")).encode())
    for path in everything:
        notebook = files.read(path)
        for cell in notebook.cells:
            if cell.cell_type == "markdown" and costs.BEGIN in cell.source:
                cell.source = costs.replace_table(cell.source, costs.table(everything, ""))
        files.write(notebook, path)


def report_costs(paths: list[Path]) -> int:
    """Measure each notebook alone and report what is more than 1.5 times its cost card."""
    findings = []
    for path in paths:
        _, measurement = runner.execute(path, environment=runner.QUICK)
        print(f"{path.name}: {measurement.seconds:.1f} s, {measurement.gigabytes:.2f} GB")
        findings += costs.exceeded(path, measurement, factor=1.5)
    print("\n".join(findings) or "every cost card holds")
    return bool(findings)


def check_notebooks(paths: list[Path]) -> int:
    """Print what the notebooks' rules find."""
    findings = lint.lint_course(paths)
    print("\n".join(findings) or f"{len(paths)} notebooks keep every rule")
    return bool(findings)


def gather_evidence(paths: list[Path]) -> int:
    """Run each lesson's sweeps and notebook with ten seeds and record what its claims measured."""
    for path in paths:
        # First: a notebook may draw what they gave.
        for name, found in evidence.gather_sweeps(path):
            evidence.store_sweep(path, name, found)
            print(f"{path.name}: sweep {name} measured {len(found['claims'])} claims")
    for path, found in evidence.gather(paths).items():
        evidence.store(path, found)
        print(f"{path.name}: {len(found['claims'])} claims measured with seeds {found['seeds']}")
    return 0


def check_evidence(paths: list[Path]) -> int:
    """Run sweeps and notebooks with three of the stored seeds and report what moved and left the range."""
    findings: list[str] = []
    for path, found in evidence.gather(paths, evidence.CHECK_SEEDS).items():
        for _, sweep in evidence.gather_sweeps(path, evidence.CHECK_SEEDS):
            found["claims"] |= sweep["claims"]
        print("\n".join([path.name, *sorted(evidence.compare(found), reverse=True)]))
        findings += evidence.leaves(found)
    print("\n".join(findings) or "every claim holds")
    return bool(findings)


def write_student(paths: list[Path]) -> int:
    """Write student copies to build/student."""
    for target in student.write_student_copies(paths, BUILD / "student"):
        print(target)
    return 0


def deliver_course(paths: list[Path]) -> int:
    """Bring the reader's working copy up to date."""
    print("\n".join(workspace.deliver(paths, Path("work"))), end="")
    return 0


def deliver_student(paths: list[Path]) -> int:
    """Bring the student's working copy up to date, solutions taken out."""
    copies = student.write_student_copies(paths, BUILD / "student")
    print("\n".join(workspace.deliver(copies, Path("work/student"))), end="")
    return 0


def bring_data(names: list[str]) -> int:
    """List every data set, or download and verify those that are named."""
    for name in names:
        folder = fetch(name)
        print(f"{name}: {state(cards()[name])}, in {folder / cards()[name].place}")
    if not names:
        print(listing())
    return 0


def write_data_readme(names: list[str]) -> int:
    """Write data/README.md from the cards of all sets."""
    if names:
        raise ValueError(f"data-readme must be called without names, got {names[0]!r}")
    readme = Path("data/README.md")
    files.write_whole(readme, with_cards(readme.read_text(encoding="utf-8")).encode())
    return 0


COMMANDS: dict[str, Callable[[list[Path]], int]] = {
    "run": run,
    "outputs": store_outputs,
    "costs": report_costs,
    "lint": check_notebooks,
    "evidence": gather_evidence,
    "check-evidence": check_evidence,
    "student": write_student,
    "work": deliver_course,
    "work-student": deliver_student,
}
ON_DATA: dict[str, Callable[[list[str]], int]] = {"data": bring_data, "data-readme": write_data_readme}

if __name__ == "__main__":
    sys.exit(main())
