"""Formulas that wait for a script to set them: TeX in the text of a page that loads MathJax or KaTeX.

A page that was fetched and not run, or saved by a program without scripts, has them so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString

from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import every, words_of

_SCRIPTS = frozenset({"script"})
_SETTERS = re.compile(r"mathjax|katex|renderMathInElement", re.IGNORECASE)
_DOLLARS_TOLD = re.compile(r"""(?:\[|left\s*:)\s*['"]\$['"]""")
"""How a page says that one dollar, too, stands before and behind a formula: in the order of MathJax, and of KaTeX."""
_BACKSLASHES = r"(?s)\\\((?P<line>.+?)\\\)|\\\[(?P<block>.+?)\\\]|\$\$(?P<dollars>.+?)\$\$"
_ENVIRONMENTS = r"|(?P<named>\\begin\{(?P<name>(?:equation|align|gather|multline|eqnarray)\*?)\}.+?\\end\{(?P=name)\})"
_DOLLAR = r"|(?<![\\$\w])\$(?P<dollar>[^\s$](?:[^$]*[^\s$\\])?)\$(?![\w$])"
_DELIMITED = re.compile(_BACKSLASHES + _ENVIRONMENTS)
_WITH_DOLLAR = re.compile(_BACKSLASHES + _ENVIRONMENTS + _DOLLAR)
_LEFT_ALONE = frozenset(
    ("script", "style", "pre", "code", "textarea", "noscript", "title", "math", "template", "option")
)
_IGNORED = re.compile(r"(?:^|\s)(?:tex2jax_ignore|mathjax_ignore|no-mathjax|nokatex)(?:$|\s)")


class Unset(NamedTuple):
    """A piece of text: words as they stand, or a formula by its TeX, in the line or as a block."""

    written: str
    tex: str = ""
    display: bool = False


def unset_formulas(soup: BeautifulSoup) -> Iterator[tuple[NavigableString, list[Unset]]]:
    """The strings of the page in which formulas wait, each with its pieces in order."""
    # Few pages have such a text, and to look through all of them, and through scripts, takes long.
    said = soup.get_text()
    if "\\" not in said and said.count("$") < 2:
        return
    waiting = [each for each in words_of(soup) if ("\\" in each or each.count("$") > 1) and _is_read(each)]
    if not waiting:
        return
    told = [f"{attribute(each, 'src')} {each.get_text()}" for each in every(soup, _SCRIPTS)]
    if not any(map(_SETTERS.search, told)):
        return
    delimited = _WITH_DOLLAR if any(map(_DOLLARS_TOLD.search, told)) else _DELIMITED
    for string in waiting:
        pieces = list(_pieces(str(string), delimited))
        if any(each.tex for each in pieces):
            yield string, pieces


def _is_read(string: NavigableString) -> bool:
    """Whether the programs look for formulas where the string stands."""
    if isinstance(string, PreformattedString):
        return False
    return not any(each.name in _LEFT_ALONE or _IGNORED.search(attribute(each, "class")) for each in string.parents)


def _pieces(text: str, delimited: re.Pattern[str]) -> Iterator[Unset]:
    at = 0
    for found in delimited.finditer(text):
        if found.start() > at:
            yield Unset(text[at : found.start()])
        kind = found.lastgroup if found.lastgroup != "name" else "named"
        yield Unset(found[0], found[kind or 0].strip(), kind in ("block", "dollars", "named"))
        at = found.end()
    if text[at:]:
        yield Unset(text[at:])
