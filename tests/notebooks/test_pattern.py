"""Each rule of the second pattern fails and passes on a small notebook that keeps them all."""

import copy

import nbformat
import pytest

from cnnlab.claims import ledger, shown
from cnnlab.exercises.registry import find
from cnnlab.notebooks import lint, pattern
from tests.notebooks.build import code, markdown, notebook, save, stream

EXERCISES = ("conv1d.by_hand", "conv1d.delay", "conv1d.lengths", "conv1d.derivative")
PICTURE = nbformat.v4.new_output(
    "display_data", data={"image/png": "AAAA"}, metadata={"image/png": {"alt": "A line."}}
)
CLAIM = "conv1d.lecture_example"
IMPORTS = """import torch

import cnnlab
from cnnlab import claims, exercises, explorers, figures"""
DRAWN = """fig, ax = figures.subplots()
ax.plot([1, 2])
figures.show(fig, caption="A line.", alt="A line.")"""
HIDDEN = {"source_hidden": True}
LESSON = """def running_sum(values):
    total = 0
    sums = []
    for value in values:
        total += value
        sums.append(total)
    return sums"""


def exercise(number):
    """The three cells of the exercise with that number."""
    name = EXERCISES[number - 1]
    return [
        markdown(f"**Exercise {number}.** {find(name).task}", id=f"ex{number}"),
        code(f"answer{number} = {number}", id=f"ex{number}-solved", tags=["solution"], jupyter=HIDDEN),
        code(f'exercises.check("{name}", answer{number})', id=f"ex{number}-check"),
    ]


def prediction(number, question):
    answer = code(f"print({number})", id=f"answer{number}", tags=["hide-output"], outputs=[stream("1\n")])
    answer.metadata["jupyter"] = {"outputs_hidden": True}
    answer.metadata["slideshow"] = {"slide_type": "fragment"}
    return [markdown(f"*Predict.* {question}", id=f"ask{number}"), answer]


def lecture(topic="conv1d", claim=CLAIM, value="[0, 1, 2, -1, -2]"):
    """Return a notebook that keeps every rule, those of all notebooks too."""
    checked = code(f'claims.check("{claim}", {value})', id="claim")
    checked.outputs = [stream(shown(ledger()[claim]))] if claim in ledger() else []
    twin = "figures.show(explorers.Sliding().static_twin(), caption='The same.', alt='The same.')"
    cells = [
        markdown("# Sums\n\nWhat is a sum?", id="title", cnnlab={"notes": "Ask the room."}),
        markdown("**You will learn** to add. **You need** nothing.", id="need"),
        markdown("about 5 s", id="cost", tags=["cost-card"]),
        code(IMPORTS, id="imports"),
        code("lab = cnnlab.start(seed=0)", id="start", outputs=[stream("scale quick, seed 0\n")]),
        code("sizes = lab.choose(quick={'n': 3}, full={'n': 9})", id="sizes"),
        markdown("## 1. A picture", id="s1"),
        code(DRAWN, id="draw", outputs=[PICTURE]),
        markdown("A sum is $a + b$.", id="formula"),
        *exercise(1),
        markdown("## 2. By hand", id="s2"),
        code(LESSON, id="lesson"),
        code("kernel = torch.ones(sizes['n'])", id="kernel"),
        *prediction(1, "How large is the sum?"),
        *exercise(2),
        markdown("## 3. By moving", id="s3"),
        code("explorers.Sliding()", id="explorer"),
        code(twin, id="twin", outputs=[PICTURE]),
        *prediction(2, "Which sum is larger?"),
        *exercise(3),
        markdown("## 4. Measured", id="s4"),
        *prediction(3, "Does the sum shrink?"),
        code("import time\n\nseconds = time.perf_counter()\nassert seconds > 0", id="timed"),
        checked,
        markdown(f"It gave [{value.strip('[]')}](#claim:{claim}).", id="quoted"),
        *exercise(4),
        markdown("## What we saw\n\nSums.", id="saw"),
        markdown("## Common misconceptions\n\nNone.", id="misconceptions"),
        markdown("## Sources\n\nNone.", id="sources"),
    ]
    cell_named(cells, "timed").metadata["tags"] = ["nbval-ignore-output"]
    count = 0
    for cell in cells:
        cell.metadata.setdefault("slideshow", {"slide_type": "-" if cell.cell_type == "code" else "slide"})
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
    return notebook(*cells, cnnlab={"topic": topic, "pattern": 2})


def cell_named(cells, id):
    return next(cell for cell in cells if cell.id == id)


def after(id, *new):
    """Return a change that lays cells behind another."""

    def change(lesson):
        place = lesson.cells.index(cell_named(lesson.cells, id)) + 1
        lesson.cells[place:place] = copy.deepcopy(list(new))

    return change


def bound(text):
    """Return a change that binds a name in the third section."""
    return after("explorer", code(text, id="anew"))


def without(*ids):
    def change(lesson):
        lesson.cells = [cell for cell in lesson.cells if cell.id not in ids]

    return change


def moved(number, id):
    """Return a change that moves an exercise behind a cell."""

    def change(lesson):
        three = [cell for cell in lesson.cells if cell.id.split("-")[0] == f"ex{number}"]
        without(*(cell.id for cell in three))(lesson)
        after(id, *three)(lesson)

    return change


def source(id, text):
    def change(lesson):
        cell_named(lesson.cells, id).source = text

    return change


def tagged(id, *tags):
    def change(lesson):
        cell_named(lesson.cells, id).metadata["tags"] = list(tags)

    return change


def together(*changes):
    def change(lesson):
        for each in changes:
            each(lesson)

    return change


def no_formula(lesson):
    for cell in lesson.cells:
        cell.source = cell.source.replace("$", "")


def several(count, text, make=markdown):
    return [make(text, id=f"more{number}") for number in range(count)]


@pytest.fixture(scope="module")
def good():
    return lecture()


def found(good, change):
    lesson = copy.deepcopy(good)
    change(lesson)
    return list(pattern.findings(lesson))


def test_a_small_notebook_keeps_every_rule(tmp_path, good):
    assert lint.lint(save(tmp_path / "99_sums.ipynb", *good.cells, **good.metadata)) == []


def test_a_prediction_may_close_its_code_and_its_reason(tmp_path, good):
    lesson = copy.deepcopy(good)
    cell_named(lesson.cells, "answer1").metadata.jupyter["source_hidden"] = True
    after("answer1", markdown("<details>Why</details>", id="why", slideshow={"slide_type": "fragment"}))(
        lesson
    )
    assert lint.lint(save(tmp_path / "99_sums.ipynb", *lesson.cells, **lesson.metadata)) == []


def test_the_first_pattern_is_not_bound(good):
    lesson = notebook(*good.cells[:3], cnnlab={"topic": "conv1d"})
    assert list(pattern.findings(lesson)) == []
    lesson.metadata.cnnlab.pattern = 2
    assert list(pattern.findings(lesson)) != []


def test_an_unknown_pattern_is_named():
    assert list(pattern.findings(notebook(cnnlab={"pattern": 3}))) == [
        "metadata cnnlab.pattern must be 2 or left out, got 3"
    ]


def test_lint_asks_the_rules(tmp_path, good):
    lesson = copy.deepcopy(good)
    without("draw", "twin")(lesson)
    path = save(tmp_path / "99_sums.ipynb", *lesson.cells, **lesson.metadata)
    assert any(line.startswith("99_sums.ipynb: cell formula has a formula") for line in lint.lint(path))


CELLS, CODE, SECTIONS = len(lecture().cells), len([c for c in lecture().cells if c.cell_type == "code"]), 4
WORDS = pattern.words(lecture())

# The one sentence that says so, and what breaks a rule.
BREAKS = {
    "the notebook must have at most 80 cells, got 81": after("quoted", *several(81 - CELLS, "")),
    "the notebook must have at most 45 cells of code, got 46": after(
        "quoted", *several(46 - CODE, "x = 1", code)
    ),
    f"the notebook must have at most 2600 words, got {WORDS - 8 + 3002}": source(
        "need", "**You need** " + "word " * 3000
    ),
    "the notebook must have at most 10 pictures, got 11": after(
        "answer2", *[code("1", id=f"p{number}", outputs=[PICTURE]) for number in range(9)]
    ),
    "the notebook must have at most 9 sections, got 10": after("quoted", *several(10 - SECTIONS, "## More")),
    "code that only draws must be shorter than the lesson's 25 lines, got 32": source(
        "draw", "fig, ax = figures.subplots()\n" + "ax.plot([1])\n" * 30
    ),
    "cell anew must not bind 'kernel' anew, which section '2. By hand' bound, "
    "got 'kernel = torch.zeros(3)'": bound("kernel = torch.zeros(3)"),
    "cell anew must not bind 'sizes' anew, which the start bound, got \"with open('x') as sizes:\"": bound(
        "with open('x') as sizes: pass"
    ),
    "cell anew must not bind 'torch' anew, which the start bound, got 'def torch():'": bound(
        "def torch(): pass"
    ),
    "exercises must stand between the sections, got a section headed '4. Exercises'": source(
        "s4", "## 4. Exercises"
    ),
    "the notebook must have at least 4 exercises, got 3": without("ex4-check"),
    "section '3. By moving' must have at most 2 exercises, got 3": together(
        moved(2, "s3"), after("s3", code('exercises.check("lenet.x", 1)', id="x"))
    ),
    "cell ex2-check checks the first exercise, which must stand in the first third of the lesson's 37 cells, "
    "got number 17": moved(1, "explorer"),
    "at most half of the exercises may stand in the last third, got 3 of 4": together(
        moved(2, "ex3-check"), after("answer2", *several(4, ""))
    ),
    "the notebook must have 3 to 6 predictions, got 2": without("ask1", "answer1"),
    "the notebook must have 3 to 6 predictions, got 7": after(
        "explorer", *[cell for n in range(4, 8) for cell in prediction(n, f"Is sum number {n} the same?")]
    ),
    "each prediction must be worded for its own question, got 'how large is the sum?' 2 times": source(
        "ask2", "*Predict.* How large is the sum?"
    ),
    "cell again must be closed with cell answer1 before it, got two answers": after(
        "answer1", code("1", id="again", tags=["hide-output"])
    ),
    "cell answer1 is closed, so a prompt must stand in the cell before, got none": without("ask1"),
    "cell claim checks a claim, so its output must not be ignored, got 'nbval-ignore-output'": tagged(
        "claim", "nbval-ignore-output"
    ),
    "cell timed is ignored, so it must assert what matters itself, got no assert": source(
        "timed", "seconds = 1"
    ),
    "cell draw describes a trained result by its structure, so it or the next code cell must check a claim, "
    "got none": source("draw", "figures.show(figures.plot(1), describe='structure')"),
    "cell title has a formula, so a picture must stand before it, got none": source(
        "title", "# Sums\n\nWhat is $a + b$?"
    ),
    "the notebook must show a picture early, got none": together(without("draw", "twin"), no_formula),
    "cell sizes chooses an experiment's size, so it must be visible, got 'fold'": tagged("sizes", "fold"),
    "prose must quote what an experiment gave, got no link to a claim": source("quoted", "It gave five."),
}


@pytest.mark.parametrize("sentence", BREAKS)
def test_each_broken_rule_is_found_and_no_other(good, sentence):
    assert found(good, BREAKS[sentence]) == [sentence]


PASSES = {
    "eighty cells": after("quoted", *several(80 - CELLS, "")),
    "forty-five cells of code": after("quoted", *several(45 - CODE, "x = 1", code)),
    "words in code, formulas and the cost card": together(
        source("cost", "word " * 3000), source("formula", f"`{'word ' * 3000}` ${'a ' * 3000}$")
    ),
    "nine sections": after("quoted", *several(9 - SECTIONS, "## More")),
    "the same again": bound("kernel = torch.ones(sizes['n'])"),
    "the same import": bound("from cnnlab import claims"),
    "anew in its section": after("kernel", code("kernel = torch.zeros(3)", id="anew")),
    "loop variables": bound("for kernel in []: pass\n[kernel for kernel in [1]]"),
    "figures": bound("fig, ax = figures.subplots()"),
    "in place": bound("kernel += 1\nkernel[0] = 1"),
    "deleted before": bound("del kernel\nkernel = torch.zeros(3)"),
    "local names": bound("def f(kernel): sizes = 1"),
    "an answer in the text": together(
        without("answer1"), after("ask1", markdown("<details>Both</details>", id="both"))
    ),
    "a hidden twin": tagged("twin", "hide-output"),
    "a structure and its claim": source("claim", f'claims.check("{CLAIM}", f(describe="structure"))'),
    "a twin's structure": source("twin", "figures.show(explorers.X().static_twin(), describe='structure')"),
}


@pytest.mark.parametrize("change", PASSES.values(), ids=PASSES)
def test_what_a_rule_allows_passes(good, change):
    assert found(good, change) == []


@pytest.mark.parametrize(
    ("text", "tags", "expected"),
    [
        ("import torch\nx = 1", [], (0, 1)),
        ("x = 1\ny = 2", ["fold"], (2, 0)),
        ("fig, ax = figures.subplots()\nax.plot(x)\nplt.show()", [], (3, 0)),
        ("fig, axes = figures.subplots(2)\nfor a, b in zip(axes, x):\n    a.plot(b)", [], (3, 0)),
        ("for a in x:\n    b = a + 1\n    ax.plot(b)", [], (0, 3)),
        ("if x:\n    ax.plot(x)\nelse:\n    ax.bar(x)", [], (4, 0)),
        ("def draw(ax, x):\n    ax.plot(x)\n    return ax", [], (3, 0)),
        ("ax.lines[0].alpha = 1\naxes[0].set(\n    title=1,\n)", [], (4, 0)),
        ("x = figures.pictures(y)\nprint(x)", [], (0, 2)),
    ],
)
def test_lines_that_only_draw_are_counted_apart(text, tags, expected):
    assert pattern.lines_of_code(notebook(code(text, tags=tags))) == expected


def test_sections_are_cut_at_the_headings_of_the_second_level():
    one = markdown("## 1. A\n\n### Not this\n\n```\n## Nor this\n```", id="one")
    two = markdown("## B\n\n## C", id="two")
    found = pattern.sections(notebook(code("x", id="x"), one, two))
    assert [(part.number, part.heading, [cell.id for cell in part.cells]) for part in found] == [
        (0, "", ["x"]),
        (1, "1. A", ["one"]),
        (2, "B", []),
        (3, "C", ["two"]),
    ]
