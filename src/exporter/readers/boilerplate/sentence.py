"""Whether an inline element is part of a sentence: then what its class is called tells nothing."""

from __future__ import annotations

from collections.abc import Iterable

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import holds
from exporter.readers.lexicon.vocabulary import cues, named, words

PHRASING = frozenset(
    """a abbr acronym b bdi bdo big cite data del dfn em font i ins label mark output q s small span strike strong sub sup
    time tt u var""".split()  # noqa: SIM905 -- a list of names is easier to read unquoted
)
"""Elements that lie in a line of text (HTML, 3.2.5.2.5), less pictures, controls and code."""
LEAST_BESIDE = 40
"""Characters beside an element by which a line of a bare ``div`` is a sentence."""

LONGEST = 200
"""Characters: an element with more is a box that opens over the text, wherever it stands."""

_BOXED = frozenset({"img", "div", "p", "ul", "section", "aside", "input", "svg"})
_PRESSED = ("button", "menuitem", "tab", "switch")
_DRAWN = frozenset({"btn", "button", "cta"})
_SENTENCES = frozenset({"p", "li", "dd", "dt", "td", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})
_ABOUT = ("byline", "dateline", "share", "author", "tags", "controls", "credit")
"""Kinds of name of a line that tells of the article."""
_KINDS = ("share", "newsletter", "navigation", "account", "advert", "controls", "comments", "related", "hidden")


def in_sentence(tag: Tag, inside: str = "") -> bool:
    """Whether words of the same sentence stand beside an inline element.

    ``inside`` is the kind of box around it. In a caption, and in a line that tells of the article (a byline, a date), what
    stands at either end may be a control all the same.
    """
    text = " ".join(tag.get_text(" ").split())
    block, before, after = _beside(tag)
    if not (before or after) or len(text) > LONGEST or holds(tag, _BOXED):
        return False
    if before and after:
        return True
    if text.strip(" :.…!|»«>-").casefold() in cues("furniture_lines") or inside == "figure" or _is_about(block):
        return False
    return block.name in _SENTENCES or len(before + after) >= LEAST_BESIDE


def goes_on(tag: Tag) -> bool:
    """Whether a sentence goes on behind an inline element that does not begin it: words before, a small letter behind."""
    _, before, after = _beside(tag)
    return bool(before) and after[:1].islower()


def is_label(tag: Tag) -> bool:
    """Whether a colon and words follow right behind an inline element: it names who says them."""
    following = tag.next_sibling
    text = str(following).lstrip() if isinstance(following, NavigableString) else ""
    return text[:1] in (":", "：") and len(text) > 2


def _is_about(block: Tag) -> bool:
    names = f"{attribute(block, 'class')} {attribute(block, 'id')}"
    return any(named(names, kind) for kind in _ABOUT)


def _beside(tag: Tag) -> tuple[Tag, str, str]:
    """The block around an inline element, and the words before and after the element in its line."""
    before, after = "", ""
    block = tag
    while block.parent is not None and (block is tag or block.name in PHRASING):
        before = _words(block.previous_siblings) + before
        after = after + _words(block.next_siblings)
        block = block.parent
    return block, before, after


def _words(siblings: Iterable[PageElement]) -> str:
    """The letters and digits of siblings up to a line break or block, without elements named as no part of a sentence."""
    found = ""
    for node in siblings:
        if isinstance(node, Tag):
            if node.name not in PHRASING:
                break
            found += "" if _is_apart(node) else node.get_text()
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            found += str(node)
    return "".join(each for each in found if each.isalnum())


def _is_apart(tag: Tag) -> bool:
    names = attribute(tag, "class")
    if attribute(tag, "role") in _PRESSED or not _DRAWN.isdisjoint(words(names).split()):
        return True
    return bool(names) and any(named(names, kind) for kind in _KINDS)
