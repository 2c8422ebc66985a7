"""Fields and buttons of an explorer as a reader uses them, and the numbers and pictures that it shows."""

import numpy as np

LEVELS = """(canvas) => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]
    .filter((_, i) => i % 4 === 0)"""


def press(explorer, name):
    explorer.get_by_role("button", name=name, exact=True).click()


def type_in(explorer, label, text):
    field = explorer.get_by_label(label, exact=True)
    field.fill(str(text))
    field.press("Enter")


def choose(explorer, label, option):
    explorer.get_by_role("combobox", name=label, exact=True).select_option(option)


def drawn(explorer):
    """The explorer, when what was pressed and typed before has been drawn: two frames later."""
    frames = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    explorer.page.evaluate(frames)
    return explorer


def numbers(explorer, selector):
    """The numbers that drawn things stand for, to full precision."""
    values = "(all) => all.map((node) => Number(node.dataset.value))"
    return drawn(explorer).locator(selector).evaluate_all(values)


def shown(explorer, name):
    """The grey levels 0 to 255 that a picture shows, in reading order."""
    picture = drawn(explorer).get_by_role("group", name=name, exact=True)
    return np.array(picture.locator("canvas").evaluate(LEVELS))


def minus(words):
    """Words of Python with the browser's sign for minus."""
    return words.replace("-", "\N{MINUS SIGN}")
