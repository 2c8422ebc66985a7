"""Which names a code cell binds in the notebook, which it needs, and which only a solution binds."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator

from nbformat import NotebookNode

from cnnlab.notebooks import files

SOLUTION = "solution"

_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def parse(cell: NotebookNode) -> ast.Module:
    """Return a code cell's statements.

    Raises:
        ValueError: it is not plain Python.
    """
    try:
        symtable.symtable(cell.source, "cell", "exec")  # finds what the grammar alone lets through
        return ast.parse(cell.source)
    except SyntaxError as error:
        raise ValueError(f"cell {cell.id} must hold plain Python, got {error.msg}") from None


def bound(tree: ast.AST) -> list[str]:
    """Return the names that statements leave in the notebook, each once, in order.

    Imports, functions, classes, assignments, ``:=`` (out of a comprehension too) and the targets of ``for``,
    ``with`` and ``match`` bind; ``del`` takes a name away. What is local to a function, class or
    comprehension does not leak, nor does the name of a caught exception. ``x += 1`` needs ``x`` and makes
    none.

    Example:
        >>> bound(ast.parse("a = b = [i for i in range(3) if (last := i)]; a += 1; del b"))
        ['a', 'last']
    """
    names: dict[str, None] = {}
    for name, kind in _touched(tree):
        if kind == "binds":
            names[name] = None
        elif kind == "deletes":
            names.pop(name, None)
    return list(names)


def needed(tree: ast.Module) -> set[str]:
    """Return the names of the notebook that statements read, change or delete, those in functions too.

    A name that is local to a function, class or comprehension is not the notebook's.

    Example:
        >>> sorted(needed(ast.parse("f = lambda x: x + z; total += 1")))
        ['total', 'z']
    """
    table = symtable.symtable(ast.unparse(tree), "cell", "exec")
    return set(_read(table)) | {name for name, kind in _touched(tree) if kind != "binds"}


def only_in_solutions(notebook: NotebookNode) -> set[str]:
    """Return the names that cells tagged ``solution`` bind and no other cell does.

    In a student copy they are placeholders at best: only the cell that checks them may need them.

    Args:
        notebook: the solved one.

    Raises:
        ValueError: a code cell is not plain Python.
    """
    solved: set[str] = set()
    given: set[str] = set()
    for cell in files.code_cells(notebook):
        (solved if SOLUTION in files.tags(cell) else given).update(bound(parse(cell)))
    return solved - given


def _touched(tree: ast.AST, within_comprehension: bool = False) -> Iterator[tuple[str, str]]:
    """Yield names with what happens to them: "binds", "changes" (``+=``) or "deletes"."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Definition):
            yield node.name, "binds"
        elif isinstance(node, ast.Lambda) or (isinstance(node, ast.AnnAssign) and node.value is None):
            continue
        elif isinstance(node, ast.NamedExpr):
            yield from _touched(node.value, within_comprehension)
            yield node.target.id, "binds"
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, "changes"
            yield from _touched(node.value, within_comprehension)
        else:
            yield from _itself(node, within_comprehension)
            yield from _touched(node, within_comprehension or isinstance(node, _Comprehension))
            if isinstance(node, ast.ExceptHandler) and node.name:
                yield node.name, "deletes"


def _itself(node: ast.AST, within_comprehension: bool) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.alias) and node.name != "*":
        yield (node.asname or node.name).split(".")[0], "binds"
    elif isinstance(node, ast.MatchAs | ast.MatchStar) and node.name:
        yield node.name, "binds"
    elif isinstance(node, ast.MatchMapping) and node.rest:
        yield node.rest, "binds"
    elif isinstance(node, ast.Name) and not within_comprehension:
        if isinstance(node.ctx, ast.Store):
            yield node.id, "binds"
        elif isinstance(node.ctx, ast.Del):
            yield node.id, "deletes"


def _read(table: symtable.SymbolTable) -> Iterator[str]:
    whole = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (whole or symbol.is_global()):
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _read(inner)
