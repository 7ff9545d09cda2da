"""Formulas as markup: a drawing where the result has one, else MathML and, for engines without it, a line of text."""

from __future__ import annotations

from markupsafe import Markup

from exporter.model import Formula
from exporter.model.mathml import NAMESPACE, cleaned
from exporter.writers.xhtml.context import RenderContext
from exporter.writers.xhtml.markup import element, empty, joined


def formula(node: Formula, context: RenderContext) -> Markup:
    """A formula in its line, or on one of its own."""
    kind = "formula display" if node.display else "formula"
    words = node.alt or node.tex
    drawing = context.formula_source(node)
    if drawing is not None:
        picture = empty("img", class_="formula", src=drawing.address, alt=words, style=drawing.style)
        return element("span", picture, class_=kind, role="math")
    mathml = cleaned(node.mathml)
    if not mathml:
        return element("span", words, class_=kind, role="math")
    return element(
        "span",
        joined([_math(mathml, words, node.display), element("span", words, class_="formula-words")]),
        class_=kind,
    )


def _math(mathml: str, words: str, display: bool) -> Markup:
    """Clean MathML with what it says of itself: how it stands, and its words."""
    opening = element("math", xmlns=NAMESPACE, display="block" if display else None, alttext=words)
    inside = mathml.partition(">")[2]
    return Markup(str(opening).removesuffix("</math>") + inside)
