"""Formulas of a page, whichever program set them: each becomes one element that holds what the formula says.

That stands in its MathML or in its TeX source, never in the spans and shapes that draw it: these say ``f=dk`` for a fraction.
:data:`MEANINGS` knows where each program keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from exporter.model import Formula
from exporter.model.mathml import cleaned, words_of
from exporter.readers.dom.elements import attribute
from exporter.readers.dom.formulas.unset import unset_formulas
from exporter.readers.dom.search import elements, every
from exporter.readers.dom.tree import Element

LONGEST_TEX = 5000
_TEX_ATTRIBUTES = ("data-latex", "data-tex", "data-expr", "data-formula", "alttext", "data-math")
_SPOKEN = ("data-semantic-speech-none", "data-semantic-speech", "aria-label", "data-spoken")
_DISPLAYS = re.compile(
    r"(?:^|[\s_-])(?:katex-display|MathJax_Display|MathJax_SVG_Display|mwe-math-element-block|math-display)(?:$|\s)"
)
_DRAWN = re.compile(
    r"(?:^|\s)(?:katex|katex-display|MathJax|MathJax_Display|MathJax_SVG|MathJax_SVG_Display|MathJax_CHTML|mjx-chtml"
    r"|mwe-math-element|mwe-math-element-inline|mwe-math-element-block)(?:$|\s)"
)
_IN_DRAWN = ("katex", "MathJax", "mjx-", "mwe-")
"""Letters of which some stand in each of these classes: most elements need no closer look."""
_PREVIEW = re.compile(r"(?:^|\s)(?:MathJax_Preview|MJX_Assistive_MathML|MathJax_ProcessedSection)(?:$|\s)")
_PICTURES = re.compile(
    r"(?:^|[\s_-])(?:latex|mathtex|tex|mwe-math-fallback-image\w*|wp-katex-eq|ql-img-\w+-formula|mimetex)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"math/(?:tex|mml|asciimath)", re.IGNORECASE)
_INNER_DOLLAR = re.compile(r"(?<!\\)\$")
_STYLE_WRAP = re.compile(r"^\{\\(?:display|text)style\s*(.*)\}$", re.DOTALL)


class FormulaMark(Element):
    """An element that stands on the page for a formula and holds it."""

    formula: Formula

    def __init__(self) -> None:
        super().__init__(name="formula-mark")


_CANDIDATES = frozenset({"math", "mjx-container", "tex-math", "script", "img", "span", "div", "p"})


def mark_formulas(soup: BeautifulSoup) -> str:
    """Puts a mark in the place of each formula of the page; returns the text of the drawings that the marks replace."""
    scraps: list[str] = []
    for tag in [each for each in every(soup, _CANDIDATES) if _is_candidate(each)]:
        if not any(each is soup for each in tag.parents):  # it went with the formula that it was a part of
            continue
        formula = _formula(tag)
        if formula is None:
            continue
        mark = FormulaMark()
        mark.formula = formula
        place = _whole(tag)
        scraps.extend(_visible(place))
        place.replace_with(mark)
        scraps.extend(_take_doubles(mark))
    scraps.extend(_mark_unset(soup))
    return " ".join(scraps)


def _mark_unset(soup: BeautifulSoup) -> Iterator[str]:
    """Puts a mark in the place of each formula that no script has set yet; the TeX that stood there."""
    for string, pieces in unset_formulas(soup):
        for piece in pieces:
            tex = _tex(piece.tex)
            if not tex:
                string.insert_before(NavigableString(piece.written))
                continue
            mathml = _from_tex(tex)
            mark = FormulaMark()
            mark.formula = Formula(mathml, tex, words_of(mathml) if mathml else tex, piece.display)
            string.insert_before(mark)
            yield piece.written
        string.extract()


def _is_candidate(tag: Tag) -> bool:
    if tag.name in ("math", "mjx-container", "tex-math"):
        return True
    if tag.name == "script":
        return _SCRIPT.search(_said(tag, "type")) is not None
    if tag.name == "img":
        return bool(_said(tag, "alt")) and _PICTURES.search(_said(tag, "class")) is not None
    worn = attribute(tag, "class") if tag.name in ("span", "div", "p") else ""
    return any(map(worn.__contains__, _IN_DRAWN)) and _DRAWN.search(worn.strip()) is not None


def _said(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return (value if isinstance(value, str) else " ".join(value)).strip() if value is not None else ""


def _whole(tag: Tag) -> Tag:
    """The outermost element that is there for this formula alone."""
    while tag.parent is not None and _is_candidate(tag.parent) and tag.parent.name != "p":
        tag = tag.parent
    return tag


def _take_doubles(mark: FormulaMark) -> Iterator[str]:
    """Takes away what programs leave beside a formula: a preview before it, its source in a script behind it."""
    for beside in (mark.previous_sibling, mark.next_sibling):
        if isinstance(beside, Tag) and (
            _PREVIEW.search(_said(beside, "class")) or _SCRIPT.search(_said(beside, "type"))
        ):
            yield from _visible(beside)
            beside.extract()


def _visible(tag: Tag) -> list[str]:
    """The text of what draws a formula; MathML and scripts are not shown beside it."""
    strings = [each for each in tag.strings if not any(up.name in ("math", "script") for up in each.parents)]
    return [each for each in strings if each.strip()]


# ------------------------------------------------------------------------------------------------------------- what it says


def _formula(tag: Tag) -> Formula | None:
    """The formula that the element stands for, with as much as the page knows of it; None where that is nothing."""
    place = _whole(tag)
    around = [place, *elements(place)]
    mathml = next((made for each in MEANINGS for source in each(around) if (made := cleaned(source))), "")
    tex = next((each for each in _sources(place, around) if each), "")
    mathml = mathml or _from_tex(tex)
    spoken = next((said for each in around for name in _SPOKEN if (said := _said(each, name))), "")
    words = spoken if spoken and spoken != tex else words_of(mathml) if mathml else tex
    if not (mathml or tex):
        return None
    return Formula(mathml, tex, words, _is_display(place, around))


def _native(around: list[Tag]) -> Iterator[str]:
    """MathML of the page itself, which screen readers are given."""
    return (_as_xml(each) for each in around if each.name == "math")


def _in_attributes(around: list[Tag]) -> Iterator[str]:
    """MathML that MathJax 2 keeps in an attribute."""
    return (_said(each, "data-mathml").replace("&nbsp;", "\u00a0") for each in around if each.has_attr("data-mathml"))


def _in_scripts(around: list[Tag]) -> Iterator[str]:
    """MathML that the page gives to MathJax in a script."""
    return (each.get_text() for each in around if each.name == "script" and "mml" in _said(each, "type"))


MEANINGS: tuple[Callable[[list[Tag]], Iterator[str]], ...] = (_native, _in_attributes, _in_scripts)
"""Where MathML stands, the likeliest place first."""


def _as_xml(tag: Tag) -> str:
    return tag.decode(formatter="minimal")


def _sources(place: Tag, around: list[Tag]) -> Iterator[str]:
    """TeX sources of the formula, the likeliest first."""
    for each in around:
        if each.name == "annotation" and "tex" in _said(each, "encoding").lower():
            yield _tex(each.get_text())
    beside = [place.next_sibling, place.previous_sibling]
    for node in (*around, *beside):
        if isinstance(node, Tag) and node.name == "script" and "math/tex" in _said(node, "type"):
            yield _tex(node.get_text())
    for each in around:
        yield from (_tex(_said(each, name)) for name in _TEX_ATTRIBUTES if each.has_attr(name))
        if each.name == "img":
            yield _tex(_said(each, "alt"))
        if each.name == "tex-math":
            yield _tex(each.get_text())


def _tex(written: str) -> str:
    """TeX without what only says how large it is set, and without dollars around it."""
    text = written.strip()
    found = _STYLE_WRAP.match(text)
    text = (found[1] if found else text).strip()
    for opening, closing in (("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")):
        if text.startswith(opening) and text.endswith(closing) and len(text) > len(opening) + len(closing):
            text = text[len(opening) : -len(closing)].strip()
    return text if len(text) <= LONGEST_TEX else ""


def _from_tex(tex: str) -> str:
    """MathML made of TeX, where the page has none; ``""`` where it would be drawn wrong.

    A command that is not known would be drawn by its name, and mathematics inside words with its dollars: latex2mathml 3 knows
    neither.
    """
    if not tex or _INNER_DOLLAR.search(tex):
        return ""
    from latex2mathml.converter import convert

    try:
        made = cleaned(convert(tex))
    except Exception:  # noqa: BLE001 - whatever a library of TeX stumbles over, the source stays as it is
        return ""
    return "" if "\\" in made else made


def _is_display(place: Tag, around: list[Tag]) -> bool:
    if any(_DISPLAYS.search(_said(each, "class")) for each in (place, *around)):
        return True
    return any(
        _said(each, "display") in ("block", "true") or "mode=display" in _said(each, "type").replace(" ", "")
        for each in around
        if each.name in ("math", "mjx-container", "script")
    )
