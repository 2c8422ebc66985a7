"""Numbers in prose: each is a checked claim, or it is not stated."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from nbformat import NotebookNode

from cnnlab.claims import Claim, ledger, quote, quoted_numbers, shown
from cnnlab.claims.entries import flatten
from cnnlab.notebooks import files
from cnnlab.notebooks.costs import BEGIN, CARD, END

LINK = re.compile(r"\[([^\]]*)\]\(#claim:([\w.-]+)(~mean)?\)")
ASKED = ("check", "ran", "recorded")
# Arguments of a drawing that are words about it.
WORDS = {"caption", "alt"}
# What may hold any number: code, formulas, addresses, link targets, our own cost tables, raw tags.
EXEMPT = [
    re.compile(r"```.*?```", re.DOTALL),
    re.compile(r"`[^`]*`"),
    re.compile(r"\$\$.*?\$\$", re.DOTALL),
    re.compile(r"\$[^$]+\$"),
    re.compile(rf"{BEGIN}.*?{END}", re.DOTALL),
    re.compile(r"<[^>]+>"),
    re.compile(r"\]\([^)]*\)"),
    re.compile(r"https?://\S+"),
]
YEAR = re.compile(r"(?<![\d.,])(?:1[89]\d\d|20[0-3]\d)(?![\d%]|[.,]\d)")
NUMBER = re.compile(r"\d+(?:,\d{3})+|\d+\.\d+|\d+\s*%|\d{3,}")


def links(notebook: NotebookNode) -> list[tuple[str, str, str]]:
    """Return every claim link in the markdown cells: the text shown, its id, "mean" or ""."""
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    found = [link for source in sources for link in LINK.findall(source)]
    return [(text, id, form.removeprefix("~")) for text, id, form in found]


def write_numbers(notebook: NotebookNode) -> None:
    """Write into each link to a measured claim what the seeds gave."""

    def written(link: re.Match[str]) -> str:
        text, id, form = link[1], link[2], link[3] or ""
        if id in ledger() and ledger()[id].kind == "measured":
            text = quote(ledger()[id], form.removeprefix("~"))
        return f"[{text}](#claim:{id}{form})"

    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = LINK.sub(written, cell.source)


def wrong_links(notebook: NotebookNode, ledger: Mapping[str, Claim]) -> Iterator[str]:
    """Yield a sentence for each link whose claim is unknown, or whose numbers are not the claim's."""
    checked = checked_claims(notebook, ledger)
    for text, id, form in links(notebook):
        if id not in ledger:
            yield f"prose must link to claims in the ledger, got #claim:{id}"
        elif (rule := _misquoted(text, ledger[id], form)) is not None:
            yield f"prose must quote claim {id} as {rule}, got {text!r}"
        elif ledger[id].kind != "recorded" and id not in checked:
            yield f"prose must quote only claims that a cell of the notebook checks, got {id}"


def _misquoted(text: str, claim: Claim, form: str) -> str | None:
    """Return what the text of a link should be, or None where it is so."""
    if claim.kind == "measured":
        return None if text == quote(claim, form) else repr(quote(claim, form))
    numbers = flatten(claim.value if claim.kind == "exact" else claim.recorded)
    return None if quoted_numbers(text) == numbers and not form else str(numbers)


def bare_numbers(notebook: NotebookNode) -> Iterator[str]:
    """Yield a sentence for each number in prose, captions and alt texts that should be a claim.

    Bare decimals, percentages and integers of 100 and more are refused outside code, formulas, sources and
    years.
    """
    for cell in notebook.cells:
        for text in _texts(cell):
            for number in _numbers(text):
                line = next((line for line in text.splitlines() if number in line), text)
                yield f"prose must quote numbers as claims, got {number!r} in {line.strip()[:80]!r}"


def asked(source: str, functions: Sequence[str] = ASKED) -> list[str]:
    """Return the ids that a cell's code calls these functions of ``claims`` with, in order.

    Example:
        >>> asked("claims.check('a.b', 3); claims.ran('a.c')")
        ['a.b', 'a.c']
    """
    return re.findall(rf"claims\.(?:{'|'.join(functions)})\(\s*[\"']([\w.-]+)", source)


def checked_claims(notebook: NotebookNode, ledger: Mapping[str, Claim]) -> set[str]:
    """Return the claims that executed code cells check: their stored outputs show each one's result."""
    found = set()
    for cell in files.code_cells(notebook):
        output = "".join(str(output.get("text", "")) + str(output.get("data", {})) for output in cell.outputs)
        if cell.execution_count:
            found |= {id for id in asked(cell.source) if id in ledger and shown(ledger[id]) in output}
    return found


def _texts(cell: NotebookNode) -> list[str]:
    if cell.cell_type == "markdown":
        heading = cell.source.lstrip("# ").lower()
        return [] if CARD in files.tags(cell) or heading.startswith("sources") else [cell.source]
    try:
        tree = ast.parse(cell.source)
    except SyntaxError:
        return []
    words = [node for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg in WORDS]
    parts = [part for word in words for part in ast.walk(word.value) if isinstance(part, ast.Constant)]
    return [part.value for part in parts if isinstance(part.value, str)]


def _numbers(text: str) -> list[str]:
    text = LINK.sub(" ", text)
    for pattern in EXEMPT:
        text = pattern.sub(" ", text)
    return NUMBER.findall(YEAR.sub(" ", text))
