"""One element as a segment: its place, style and links; paragraphs parted by line breaks; embeds."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import Tag
from bs4.element import NavigableString, PageElement, RubyParenthesisString, RubyTextString

from exporter.model import Inline, LineBreak, Link, Text
from exporter.model.walk import plain, walk
from exporter.readers.dom.elements import HEADINGS, attribute
from exporter.readers.dom.formulas import FormulaMark
from exporter.readers.dom.images import unfit
from exporter.readers.dom.search import holds
from exporter.readers.dom.tree import remembered
from exporter.readers.lexicon.folding import fold
from exporter.readers.lexicon.vocabulary import words
from exporter.readers.segments.inlines import NoteMark, is_broken, lines
from exporter.readers.segments.segment import Dress, Kind, Segment, text_of

INLINE = frozenset({"span", "a", "strong", "b", "em", "i", "font", "u", "small", "abbr", "label"})
"""Elements that lie in a line whatever they hold: what is a block inside of them parts the line, they do not."""
LINES_OF_TYPE = re.compile(r"^[\s*\u2022\u00b7+~_\-\u2013\u2014#=\u2217\u2042\u25cf\u25a0\u25c6.]{1,20}$")
"""A line drawn with characters: three asterisks, a row of dashes."""
_NAMING = ("class", "id", "itemprop", "data-component", "data-qa", "data-testid", "data-hook")
"""Attributes in which pages name what an element is."""
_NAMES = frozenset(_NAMING)
_SHOWN = (NavigableString, RubyTextString, RubyParenthesisString)
_READINGS = frozenset({"rt", "rp"})
_DRESSING = ("class", "style", "align", "color", "face", "size")


def anchor(img: Tag) -> Segment:
    """A segment that stands for a picture element inside a figure; left out at once when it is no photo."""
    segment = segment_of("anchor", img, "")
    reason = unfit(img)
    if reason:
        segment.leave_out(reason)
    return segment


def segment_of(kind: Kind, tag: Tag, text: str, inlines: tuple[Inline, ...] = ()) -> Segment:
    """A segment of ``kind`` with its place, its names and its links."""
    return Segment(
        kind,
        text,
        inlines,
        element=tag,
        where=_place(tag),
        names=_near_names(tag),
        links=_linked(inlines),
    )


def _place(tag: Tag) -> str:
    names = attribute(tag, "id") or attribute(tag, "class").split(" ")[0]
    line = f":{tag.sourceline}" if tag.sourceline else ""
    return f"{tag.name}{'.' + names if names else ''}{line}"


@remembered
def names_of(tag: Tag) -> str:
    """The class, id and marked property of the element, as the page writes them."""
    if _NAMES.isdisjoint(tag.attrs):
        return ""
    return " ".join(filter(None, [attribute(tag, name) for name in _NAMING if name in tag.attrs]))


def _near_names(tag: Tag) -> str:
    """The words of the element's names and of the two elements around it."""
    found = []
    current: Tag | None = tag
    for _ in range(3):
        if current is None or current.name in ("body", "html", "main", "article", "[document]"):
            break
        found.append(words(names_of(current)).strip())
        current = current.parent
    return " ".join(filter(None, found))


def _linked(inlines: tuple[Inline, ...]) -> int:
    nodes = (node for each in inlines if type(each) is not Text for node in walk(each))
    return sum(len(plain(node.children)) for node in nodes if isinstance(node, Link))


def shown_text(tag: Tag) -> str:
    """All words of an element, white space folded, with the readings that stand above Chinese characters."""
    return fold(tag.get_text(" ", types=_SHOWN) if holds(tag, _READINGS) else tag.get_text(" "))


def has_words(run: list[PageElement]) -> bool:
    """Whether any of the nodes holds more than white space: words or a formula."""
    for each in run:
        words = each.get_text() if isinstance(each, Tag) else str(each)
        if words and not words.isspace():
            return True
    return any(map(_holds_formula, run))


def _holds_formula(node: PageElement) -> bool:
    return isinstance(node, Tag) and (isinstance(node, FormulaMark) or holds(node, frozenset({"formula-mark"})))


def only_element(run: list[PageElement]) -> Tag | None:
    """The one element that holds all words of the run, if there is one: its names are those of the paragraph."""
    found = [each for each in run if has_words([each])]
    return found[0] if len(found) == 1 and isinstance(found[0], Tag) else None


def heading_of(owner: Tag) -> Tag | None:
    """The heading that ``owner`` is or stands in, at most a few elements up."""
    current: Tag | None = owner
    for _ in range(6):
        if current is None:
            return None
        if current.name in HEADINGS:
            return current
        if current.name in ("p", "li", "td", "body", "article", "section"):
            return None
        current = current.parent
    return None


def paragraphs_in(inlines: tuple[Inline, ...]) -> list[tuple[Inline, ...]]:
    """The words, parted at two line breaks in a row, by which some pages make paragraphs."""
    if not is_broken(inlines):
        return [inlines]
    rows = lines(inlines)
    parts: list[list[tuple[Inline, ...]]] = [[]]
    for row in rows:
        if row and LINES_OF_TYPE.match(text_of(row)):
            parts.extend([[row], []])
        elif row:
            parts[-1].append(row)
        elif parts[-1]:
            parts.append([])
    return [_with_breaks(part) for part in parts if part]


def _with_breaks(rows: list[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    made: list[Inline] = []
    for row in rows:
        if made:
            made.append(LineBreak())
        made.extend(row)
    return tuple(made)


def dress_of(owner: Tag, run: list[PageElement], inlines: tuple[Inline, ...]) -> Dress:
    """How the paragraph looks, as far as markup tells: element, names, styles, and those of a wrapper around all of it."""
    parts: list[str] = []
    inner = _worded(run)
    while len(inner) == 1 and isinstance(inner[0], Tag):
        only = inner[0]
        parts += [only.name, *_attire(only)]
        inner = _worded(only.children)
    return Dress((owner.name, *_attire(owner)), tuple(parts))


def _worded(nodes: Iterable[PageElement]) -> list[PageElement]:
    """Those of the nodes that are elements or words; the mark of a note changes nothing in how a paragraph looks."""
    return [each for each in nodes if (not isinstance(each, NoteMark) if isinstance(each, Tag) else str(each).strip())]


def _attire(tag: Tag) -> list[str]:
    worn = [attribute(tag, name) for name in _DRESSING if tag.has_attr(name)]
    typed = [f"{name}={attribute(tag, name)}" for name in sorted(tag.attrs) if name.startswith("data-type")]
    return worn + typed
