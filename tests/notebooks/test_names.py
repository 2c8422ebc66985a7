import ast

import pytest

from cnnlab.notebooks import lint, names, student
from tests.notebooks.build import code, notebook


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("import a.b, c as d\nfrom e import f as g, h\nfrom i import *", "a d g h"),
        ("def f(x):\n    y = x\nasync def g(): pass\nclass C:\n    z = 1", "f g C"),
        ("a, (b, *c) = d = 1", "a b c d"),
        ("a: int = 1\nb: int", "a"),
        ("a[0] = 1\nb.c = 2", ""),
        ("a += 1", ""),
        ("print(a := 1)\n[(b := i) for i in c]", "a b"),
        ("[i for i in range(3)]\n{i: j for i, j in a}\nsorted(a, key=lambda k: (k := 1))", ""),
        ("for i, j in a:\n    k = 1\nelse:\n    m = 1", "i j k m"),
        ("with open(a) as b, c() as (d, e): f = 1", "b d e f"),
        ("try:\n    a = 1\nexcept OSError as error:\n    b = error", "a b"),
        ("match a:\n    case {'b': b, **c}: pass\n    case [d, *e]: pass", "b c d e"),
        ("a = b = 1\ndel a\nif b:\n    del b", ""),
        ("a = 1\ndel a\na = 2", "a"),
        ("del a[0], b.c", ""),
    ],
)
def test_what_a_cell_leaves_in_the_notebook(source, left):
    assert set(names.bound(ast.parse(source))) == set(left.split())


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("a = b\nc.d = e[f]", "b c e f"),
        ("a += b", "a b"),
        ("del a", "a"),
        ("def f(a, b=c):\n    d = a + e\n    return d", "c e"),
        ("def f():\n    a += 1\n    del b", ""),
        ("class A(B):\n    c = 1\n    d = c + e", "B e"),
        ("[a * b for a in c]\nlambda d: d + e", "b c e"),
        ("def f():\n    a = 1\n    def g():\n        return a + b", "b"),
        ("f'{a:{b}}'", "a b"),
    ],
)
def test_what_a_cell_needs_of_the_notebook(source, wanted):
    assert names.needed(ast.parse(source)) == set(wanted.split())


def test_names_only_in_solutions_are_those_that_no_other_cell_binds():
    solved = notebook(
        code("import math\ngiven = 1\nboth = 2\ndef helper(inner): local = 1", id="a"),
        code("both = 3\nanswer = [i for i in range(3)]\ndef f(x): return x", id="b", tags=["solution"]),
        code("class C: pass\nwith open('x') as file: text = file", id="c", tags=["solution"]),
        code("answer += [3]", id="d"),
    )
    assert names.only_in_solutions(solved) == {"answer", "f", "C", "file", "text"}


@pytest.mark.parametrize("source", ["x = = 1", "%time x", "def f():\n    global a\n    nonlocal a"])
def test_what_is_no_plain_python_is_named(source):
    with pytest.raises(ValueError, match=r"^cell bad must hold plain Python, got ."):
        names.only_in_solutions(notebook(code(source, id="bad")))


SOLVED = code("total = [i for i in range(3)]", id="solved", tags=["solution"])
IMPORTS = code("from cnnlab import exercises", id="imports")


@pytest.mark.parametrize(
    ("source", "needs"),
    [
        ("print(total)", True),
        ("total += [3]", True),
        ("del total", True),
        ("def f():\n    return total", True),
        ("def f(total):\n    return total", False),
        ("print([total for total in range(3)])", False),
        ("for i in range(3): print(i)", False),
    ],
)
def test_lint_and_the_student_copy_agree_on_who_needs_a_solution(source, needs):
    solved = notebook(IMPORTS, SOLVED, code(source, id="later"))
    found = [f"cell later must not need {'total'!r}, got it only from a solution cell"] if needs else []
    assert list(lint._needs_solutions(solved)) == found
    loop = code("for total in range(3): pass", id="solved", tags=["solution"])
    left = student.student_copy(notebook(IMPORTS, loop, code(source, id="later"))).cells[1].source
    assert (left == "total = exercises.YOUR_TURN  # your answer here") == needs
