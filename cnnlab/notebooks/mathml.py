"""Formulas as MathML, which browsers draw and screen readers read without a script."""

from __future__ import annotations

import re

from latex2mathml.converter import convert

# Browsers space what stands in <mo> as an operator, which infinity and a function's name are not; the star
# of a convolution is the centred one.
MENDED = (
    (re.compile(r"<mo>&#x0221E;</mo>"), "<mi>&#x0221E;</mi>"),
    (re.compile(r"<mo>&#x0002A;</mo>"), "<mo>&#x02217;</mo>"),
    (re.compile(r"<mo>([A-Za-z]{2,})</mo>(?=<mo stretchy=\"false\">&#x00028;)"), r"<mi>\1</mi>"),
    (re.compile(r"<mo>([A-Za-z]{2,})</mo>"), r'<mo lspace="0.167em" rspace="0.167em">\1</mo>'),
    # "log x" in a row; under a limit or beside an index the name is a part of its own.
    (
        re.compile(r"(?<!sub>)(?<!sup>)(?<!over>)(?<!under>)(?<!frac>)(<mi>[a-z]{2,}</mi>)(?=<m[insfro])"),
        r'\1<mspace width="0.167em" />',
    ),
)
# Of those that set lines below each other the converter knows one.
SAME_ENVIRONMENT = re.compile(r"\\(begin|end)\{(?:aligned|equation\*?|gathered)\}")


def to_mathml(latex: str, *, block: bool = False) -> str:
    r"""Return a formula as a MathML element.

    Args:
        latex: the formula without its dollar signs.
        block: whether it stands on a line of its own.

    Returns:
        One ``<math>`` element.

    Raises:
        ValueError: the formula is not valid, or uses a command that cannot be converted.

    Example:
        >>> "<msub><mi>x</mi><mn>1</mn></msub>" in to_mathml("x_1")
        True
    """
    braces = re.sub(r"\\[{}]", "", latex)
    if braces.count("{") != braces.count("}"):
        raise ValueError(f"formula must close every brace, got {latex.strip()}")
    try:
        known = SAME_ENVIRONMENT.sub(r"\\\1{align*}", latex.strip())
        element = convert(known, display="block" if block else "inline")
    except Exception as error:
        # The converter's own errors carry no message, only a telling class name.
        raise ValueError(
            f"formula must be valid LaTeX, got {latex.strip()} ({type(error).__name__})"
        ) from None
    if strange := re.search(r"\\[A-Za-z]+|(?<=>)&(?=<)", element):
        raise ValueError(f"formula must use known commands, got {strange[0]} in {latex.strip()}")
    for pattern, better in MENDED:
        element = pattern.sub(better, element)
    return element
