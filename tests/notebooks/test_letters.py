"""One letter, one meaning: notebooks of the second pattern use the letters of the table in 00."""

import re

from cnnlab.notebooks import files, pattern
from tests.notebooks.build import markdown, notebook

CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+)\$", re.DOTALL)
WORD = re.compile(r"\\(?:text|mathrm|operatorname|texttt|begin|end)\*?\{[^}]*\}")
GREEK = re.compile(
    r"\\(?:var)?(?:alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|rho|sigma|tau|"
    r"upsilon|phi|chi|psi|omega|partial|nabla)$",
    re.IGNORECASE,
)
# Mathematics has its own.
EVERYWHERE = {"e", r"\pi"}


def formulas(text):
    return ["".join(parts) for parts in FORMULA.findall(CODE.sub(" ", text))]


def letters(formula):
    """Return the letters of a formula, without words and names of functions."""
    found = set(re.findall(r"\\[A-Za-z]+|[A-Za-z]", WORD.sub(" ", formula)))
    return {letter for letter in found if not letter.startswith("\\") or GREEK.match(letter)}


def table():
    """Return the first column of the table of letters, row by row."""
    (start,) = files.find(["00"])
    (cell,) = [cell for cell in files.read(start).cells if cell.source.startswith("## 6. Letters and words")]
    rows = [line.split("|")[1].strip() for line in cell.source.splitlines() if line.startswith("|")]
    return rows[2:]


def strange(book):
    """Return the letters in a notebook's formulas that the table does not list."""
    listed = EVERYWHERE.union(*(letters(formula) for row in table() for formula in formulas(row)))
    texts = [cell.source for cell in book.cells if cell.cell_type == "markdown"]
    used = set().union(*(letters(formula) for text in texts for formula in formulas(text)))
    return used - listed


def test_a_letter_stands_once_in_the_table():
    plain = [part.strip() for row in table() for formula in formulas(row) for part in formula.split(",")]
    single = [part for part in plain if re.fullmatch(r"\\?[A-Za-z]+", part)]
    assert len(single) == len(set(single)) > 30


def test_notebooks_of_the_second_pattern_use_the_tables_letters():
    books = {path.name: files.read(path) for path in files.find()}
    second = {name: book for name, book in books.items() if pattern.number(book) == pattern.SECOND}
    assert {name: found for name, book in second.items() if (found := strange(book))} == {}


def test_a_strange_letter_is_found():
    normalised = (
        r"$$y = \gamma\,\frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta, \qquad \text{for all}$$"
    )
    known = markdown(normalised + r" $C_{\text{in}}$, $\mathrm{d}t$, $e^{-\pi}$, `$Q$`", id="known")
    assert strange(notebook(known)) == set()
    assert strange(notebook(known, markdown(r"$Q + \epsilon$ and $$\alpha_i$$"))) == {
        "Q",
        r"\epsilon",
        r"\alpha",
    }
