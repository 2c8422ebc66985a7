"""Formulas become MathML that reads like the formula, or one sentence says why not."""

import xml.etree.ElementTree as ElementTree

import pytest

from cnnlab.notebooks.mathml import to_mathml

SPACE = "{http://www.w3.org/1998/Math/MathML}"


def tree(latex, **options):
    return ElementTree.fromstring(to_mathml(latex, **options))


def read(element):
    return " ".join(text for text in element.itertext())


def test_fraction_sum_and_integral_keep_their_structure():
    assert len(tree(r"\frac{1}{k^2}").find(f".//{SPACE}mfrac")) == 2
    assert read(tree(r"\sum_{k=0}^{m-1} a_k", block=True).find(f".//{SPACE}munderover")) == "∑ k = 0 m − 1"
    assert read(tree(r"\int_{-\infty}^{\infty} f", block=True).find(f".//{SPACE}msubsup")) == "∫ − ∞ ∞"


@pytest.mark.parametrize(("block", "display"), [(False, "inline"), (True, "block")])
def test_display_is_chosen(block, display):
    assert tree("x", block=block).get("display") == display


def test_infinity_and_names_are_not_spaced_as_operators():
    assert tree(r"\infty").find(f".//{SPACE}mi").text == "∞"
    assert tree(r"\operatorname{softmax}(z)").find(f".//{SPACE}mi").text == "softmax"
    assert tree(r"\operatorname{softmax} x").find(f".//{SPACE}mo").get("rspace") == "0.167em"
    assert "log</mi><mspace" in to_mathml(r"\log x")
    assert len(tree(r"\log_2 x").find(f".//{SPACE}msub")) == 2


def test_star_of_a_convolution_is_the_centred_one():
    assert read(tree("f * g")) == "f ∗ g"


@pytest.mark.parametrize("name", ["aligned", "align*", "equation", "gathered"])
def test_lines_of_an_environment_become_rows(name):
    latex = rf"\begin{{{name}}}a &= b\\ c &= d\end{{{name}}}"
    assert len(list(tree(latex, block=True).iter(f"{SPACE}mtr"))) == 2


def test_less_than_is_safe_in_html():
    assert "&#x0003C;" in to_mathml("a < b")


@pytest.mark.parametrize(
    ("latex", "sentence"),
    [
        (r"\nonsense{x}", r"formula must use known commands, got \\nonsense in \\nonsense{x}"),
        ("a & b", "formula must use known commands, got & in a & b"),
        (r"\frac{1", r"formula must close every brace, got \\frac{1"),
        (r"\left( x", r"formula must be valid LaTeX, got \\left\( x"),
    ],
)
def test_what_cannot_be_converted_is_named(latex, sentence):
    with pytest.raises(ValueError, match=sentence):
        to_mathml(latex)


def test_written_braces_need_no_partner():
    assert read(tree(r"\{ x")) == "{ x"
