import ast
import contextlib
import copy
import json
import re
from pathlib import Path

import nbclient
import nbformat
import pytest

from cnnlab.notebooks import files, student
from tests.notebooks.build import code, markdown, notebook, save, stream

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
IMPORTS = code("from cnnlab import exercises", id="imports")


def stubbed(source, *others):
    cells = [IMPORTS, code(source, id="solved", tags=["solution"]), *others]
    return student.student_copy(notebook(*cells)).cells[1].source


CODE, ANSWER = "exercises.YOUR_TURN  # your code here", "exercises.YOUR_TURN  # your answer here"
FUNCTION = '''
# the trick is to flip
@secret_decorator
def convolve(signal: list, kernel=(1, 2), *rest, mode: str='full') -> list:
    """Return the convolution.

    Args:
        signal: the samples.
    """
    flipped = kernel[::-1]  # flipped
    return [sum(flipped)]
'''
FUNCTION_LEFT = f'''def convolve(signal: list, kernel=(1, 2), *rest, mode: str='full') -> list:
    """Return the convolution.

    Args:
        signal: the samples.
    """
    return {CODE}'''
CLASS = '''
class Block(nn.Module):
    """A residual block."""

    width = 64

    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3)

    def forward(self, x):
        """Return x plus what it has learned."""
        return x + self.conv(x)
'''
CLASS_LEFT = f'''class Block(nn.Module):
    """A residual block."""

    def __init__(self, channels):
        super().__init__()  # your code here

    def forward(self, x):
        """Return x plus what it has learned."""
        return {CODE}'''


@pytest.mark.parametrize(
    ("source", "left"),
    [
        (FUNCTION, FUNCTION_LEFT),
        (CLASS, CLASS_LEFT),
        ("def f(x):\n    return x", f"def f(x):\n    return {CODE}"),
        ("kernel = [0, 0, 0.5]", f"kernel = {ANSWER}"),
        ("kernel: list = [0, 0, 0.5]", f"kernel = {ANSWER}"),
        ("square = lambda x: x * x", f"square = {ANSWER}"),
        ("full, (same, *rest) = 13, (10, 7)", f"full = same = rest = {ANSWER}"),
        ("a = b = 3", f"a = b = {ANSWER}"),
        ("a = 1\na = a + 2", f"a = {ANSWER}"),
        ("a = [i for i in range(3)]", f"a = {ANSWER}"),
        ("print(42)\nassert 1 + 1 == 2\n# 42", ""),
        ("kernel[0] = 5\nkernel.grad = None\nkernel += 1", ""),
        (
            "import math\nfrom torch import nn as n\nx = n",
            f"import math\nfrom torch import nn as n\nx = {ANSWER}",
        ),
    ],
)
def test_signatures_docstrings_names_and_imports_stay_and_the_rest_goes(source, left):
    assert stubbed(source) == left


def test_of_a_loop_only_what_its_check_needs_stays_defined():
    source = "for i in range(3):\n    with open('x') as file:\n        total = i"
    check = code('exercises.check("start.mean", total)', id="check")
    assert stubbed(source, check) == f"total = {ANSWER}"
    assert stubbed(source) == ""


def test_what_other_cells_define_is_not_overwritten_by_a_loop():
    given = code("total = 5", id="given")
    use = code("print(total)", id="use")
    assert stubbed("for i in range(3):\n    total = i", given, use) == ""


def test_outputs_counts_notes_widgets_and_everything_unlisted_goes():
    listed = {
        "tags": ["hide-output"],
        "slideshow": {"slide_type": "slide"},
        "jupyter": {"outputs_hidden": True},
    }
    secret = {"cnnlab": {"notes": "secret"}, "execution": {"secret": "secret"}}
    solved = notebook(
        IMPORTS,
        code("1 + 1", id="plain", outputs=[stream("secret")], **listed, **secret),
        markdown("the answer is secret", id="words", tags=["solution"]),
        widgets={"secret": {}},
        anything="secret",
    )
    result = student.student_copy(solved)
    assert "secret" not in nbformat.writes(result)
    plain = result.cells[1]
    assert (plain.outputs, plain.execution_count, plain.metadata) == ([], None, listed)
    assert result.cells[2].source == "*Your answer here.*"
    assert result.metadata.kernelspec == solved.metadata.kernelspec


def test_the_place_for_an_answer_is_open_where_the_solution_was_folded():
    folded = code("answer = 42", id="solved", tags=["solution"], jupyter={"source_hidden": True})
    (_, copied) = student.student_copy(notebook(IMPORTS, folded)).cells
    assert "source_hidden" not in copied.metadata.get("jupyter", {})


def test_pictures_that_are_shown_stay_and_other_attachments_go():
    shown = markdown("![a curve](attachment:curve.png)", id="shown")
    shown.attachments = {"curve.png": {"image/png": "AAAA"}, "answer.png": {"image/png": "BBBB"}}
    hidden = markdown("see attachment:answer.png", id="hidden", tags=["solution"])
    hidden.attachments = {"answer.png": {"image/png": "BBBB"}}
    result = student.student_copy(notebook(IMPORTS, shown, hidden))
    assert result.cells[1].attachments == {"curve.png": {"image/png": "AAAA"}}
    assert "BBBB" not in nbformat.writes(result)


def test_ids_stay_the_tag_changes_and_the_solved_notebook_is_left_alone():
    solved = notebook(IMPORTS, code("x = 1", id="solved", tags=["nbval-ignore-output", "solution"], count=3))
    before = copy.deepcopy(solved)
    result = student.student_copy(solved)
    assert solved == before
    assert [cell.id for cell in result.cells] == ["imports", "solved"]
    assert files.tags(result.cells[1]) == ["nbval-ignore-output", "exercise"]


def test_a_notebook_without_solutions_needs_no_exercises():
    assert student.student_copy(notebook(code("x = 1"))).cells[0].source == "x = 1"


@pytest.mark.parametrize(
    ("source", "tags", "message"),
    [
        ("x = = 1", ["solution"], "cell a must hold plain Python, got invalid syntax"),
        ("%time x", [], "cell a must hold plain Python, got invalid syntax"),
        ("x = 1", ["solution"], "must import exercises for its solution cell a"),
    ],
)
def test_what_cannot_be_copied_is_refused(source, tags, message):
    with pytest.raises(ValueError, match=message):
        student.student_copy(notebook(code(source, id="a", tags=tags)))


def test_copies_are_written_under_their_own_names(tmp_path):
    names, folder = ["01_a.ipynb", "02_b.ipynb"], tmp_path / "new" / "student"
    solved = [IMPORTS, code("x = 12345", tags=["solution"])]
    sources = [save(tmp_path / name, *solved) for name in names]
    targets = student.write_student_copies(sources, folder)
    assert targets == [folder / name for name in names]
    assert all("12345" not in target.read_text() for target in targets)
    assert all("12345" in source.read_text() for source in sources)


# What is shorter says nothing of itself: "return result", "0.5".
SHORTEST_LINE, SHORTEST_VALUE = 16, 5


def secrets(solved):
    """Return what must not be found in the student copy: lines and values of every solution."""
    found = set()
    for cell in solved.cells:
        if "solution" not in files.tags(cell):
            continue
        if cell.cell_type != "code":
            found.add(cell.source)
            continue
        allowed = ""
        for node in ast.parse(cell.source).body:
            # What may stay: imports, signatures and docstrings.
            if isinstance(node, student.Definition):
                allowed += ast.unparse(student._skeleton(node))
            elif isinstance(node, ast.Import | ast.ImportFrom):
                allowed += ast.unparse(node)
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                found |= values(node.value)
        lines = {line.strip() for line in cell.source.splitlines()}
        lines = {line for line in lines if len(line) >= SHORTEST_LINE}
        found |= {line for line in lines if line not in allowed and normal(line) not in normal(allowed)}
        for output in cell.outputs:
            data = output.get("data", {"text": output.get("text", "")})
            found |= {str(text).strip() for text in data.values() if len(str(text)) > SHORTEST_VALUE}
    return found


def values(node):
    texts = {ast.unparse(node)}
    with contextlib.suppress(ValueError):
        texts.add(repr(ast.literal_eval(node)))
    return {text for text in texts if len(text) >= SHORTEST_VALUE}


def normal(text):
    return re.sub(r"[\s'\"]", "", text)


def leaks(solved, result):
    """Return the secrets of a notebook that its copy still tells, in any cell, output or metadata."""
    whole = json.dumps(result, ensure_ascii=False)
    escaped = {secret: json.dumps(secret, ensure_ascii=False)[1:-1] for secret in secrets(solved)}
    return sorted(secret for secret, text in escaped.items() if text in whole)


def leaky():
    """Return a notebook whose solutions hide in every place where one can hide."""
    solution = '''import math
def area(radius):
    """Return the area of a circle."""
    squared = radius ** 2
    return math.pi * squared  # by Archimedes
answer = (78.5, 12345)
for step in range(987):
    total = step * 31415'''
    shown = {"output_type": "display_data", "metadata": {"note": "squared = radius ** 2"}, "data": {}}
    shown["data"]["text/plain"] = "(78.5, 12345)"
    words = markdown("![sketch](attachment:sketch.png)", id="words", cnnlab={"notes": "(78.5, 12345)"})
    words.attachments = {"other.txt": {"text/plain": "squared = radius ** 2"}}
    essay = markdown("Because the radius is squared twice.", id="essay", tags=["solution"])
    return notebook(
        IMPORTS,
        words,
        code(solution, id="solved", tags=["solution"], outputs=[shown, stream("total 30975190")]),
        code("print(area(5))", id="check", outputs=[stream("(78.5, 12345)")], source_hint="(78.5, 12345)"),
        essay,
        widgets={"state": "squared = radius ** 2"},
    )


def test_the_search_for_leaks_finds_them_all_in_the_solved_notebook():
    assert leaks(leaky(), leaky()) == [
        "(78.5, 12345)",
        "Because the radius is squared twice.",
        "answer = (78.5, 12345)",
        "for step in range(987):",
        "return math.pi * squared  # by Archimedes",
        "squared = radius ** 2",
        "total 30975190",
        "total = step * 31415",
    ]


@pytest.mark.parametrize("place", ["source", "outputs", "metadata", "attachments", "notebook"])
def test_the_search_finds_a_leak_in_any_place(place):
    result = student.student_copy(leaky())
    cell, secret = result.cells[1], "squared = radius ** 2"
    if place == "source":
        cell.source += f"\n{secret}"
    elif place == "outputs":
        result.cells[3].outputs = [stream(secret)]
    elif place == "notebook":
        result.metadata["x"] = secret
    else:
        cell[place] = {"x": {"y": secret}}
    assert leaks(leaky(), result) == [secret]


def test_no_trace_of_a_solution_is_left():
    assert leaks(leaky(), student.student_copy(leaky())) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_trace_is_left_in_the_course_and_every_exercise_waits_for_the_student(path):
    solved = files.read(path)
    result = student.student_copy(solved)
    assert leaks(solved, result) == []
    for cell, copied in zip(solved.cells, result.cells, strict=True):
        if "solution" in files.tags(cell):
            assert "exercises.YOUR_TURN" in copied.source, cell.id


NETWORK = """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = 1
    def forward(self, x):
        return x
print(Net()(1))"""


def test_a_copy_runs_from_top_to_bottom_and_says_whose_turn_it_is():
    solved = {
        "start.mean": ("def mean(signal):\n    return signal.mean()", "mean"),
        "start.shape": ("shape = (8, 3, 32, 48)", "shape"),
        "conv1d.delay": ("with torch.no_grad():\n    kernel = torch.ones(3)", "kernel / kernel.sum()"),
        "conv1d.lengths": (NETWORK, "Net()(torch.ones(3))"),
    }
    cells = [code("import torch\nfrom torch import nn\nfrom cnnlab import exercises", id="imports")]
    for number, (name, (solution, answer)) in enumerate(solved.items()):
        cells.append(code(solution, id=f"solved{number}", tags=["solution"]))
        cells.append(code(f'exercises.check("{name}", {answer})', id=f"check{number}"))
    cells.append(code("for value in mean(3): print(value)\nprint(f'{shape:.2f}')", id="after"))
    result = student.student_copy(notebook(*cells))
    nbclient.NotebookClient(result, timeout=120, kernel_name="python3").execute()
    said = [cell.outputs[0].data["text/plain"] for cell in result.cells if cell.id.startswith("check")]
    assert said == [f"{name}: it is your turn." for name in solved]
    assert result.cells[-1].outputs[0].text == "your turn\n"
