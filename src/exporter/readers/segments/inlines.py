"""From the inside of a paragraph on the page to inline nodes of the model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString
from msgspec.structs import replace

from exporter.model import (
    Code,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Note,
    Ruby,
    SmallCaps,
    Span,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from exporter.model.walk import plain, walk
from exporter.readers.dom.elements import attribute
from exporter.readers.dom.formulas import FormulaMark
from exporter.readers.dom.search import above, every
from exporter.readers.dom.tree import Element
from exporter.readers.lexicon.folding import fold
from exporter.readers.segments.directions import own_direction, own_language
from exporter.sources.urls import is_plain, joined, linkable


class NoteMark(Element):
    """An element that stands on the page for the mark of a note and holds the note itself."""

    note: Note

    def __init__(self) -> None:
        super().__init__(name="note-mark")


Wrap = Callable[[tuple[Inline, ...]], Inline]

MAX_DEPTH = 40
"""Inline elements nested deeper than this give their words to the one above."""

_WRAPS: dict[str, Wrap] = {
    "strong": Strong,
    "b": Strong,
    "em": Emphasis,
    "i": Emphasis,
    "cite": Emphasis,
    "dfn": Emphasis,
    "var": Emphasis,
    "sup": Superscript,
    "sub": Subscript,
}
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_SILENT = frozenset(
    {"script", "style", "template", "noscript", "wbr", "svg", "math", "button", "input", "select", "textarea"}
)
_SPACES = re.compile(r"[\t\n\r\f\v][ \t\n\r\f\v]*| [ \t\n\r\f\v]+")
"""White space that is more than one space."""
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_CALLED_BOLD = frozenset(
    {"strong", "bold", "font-bold", "font-weight-bold", "text-bold", "is-bold", "fw-bold", "fw-bolder"}
)
"""Classes that make a ``span`` bold in the sheets of many sites."""
_ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_SMALL_CAPS = re.compile(r"font-variant(?:-caps)?\s*:\s*small-caps", re.IGNORECASE)


def convert(nodes: Iterable[PageElement], base_url: str = "") -> tuple[Inline, ...]:
    """The inline nodes of the page's ``nodes``: white space folded, ends trimmed, neighbours of one kind joined."""
    return tidy(_convert(nodes, base_url, 0))


def _convert(nodes: Iterable[PageElement], base_url: str, depth: int) -> list[Inline]:
    made: list[Inline] = []
    for node in nodes:
        if isinstance(node, Tag):
            made.extend(_element(node, base_url, depth))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString) and node:
            made.append(Text(str(node)))
    return made


def _element(tag: Tag, base_url: str, depth: int) -> list[Inline]:
    name = tag.name
    if name in _SILENT:
        return []
    if isinstance(tag, NoteMark):
        return [tag.note]
    if isinstance(tag, FormulaMark):
        return [tag.formula]
    if name == "ruby":
        return _ruby(tag, base_url, depth)
    if name == "br":
        return [LineBreak()]
    if depth >= MAX_DEPTH:
        words = tag.get_text()
        return [Text(words)] if words else []
    if name in _CODE:
        return [Code(tag.get_text())] if tag.get_text().strip() else []
    inside = _convert(tag.children, base_url, depth + 1)
    if not inside:
        return []
    for wrap in _wraps(tag, base_url):
        inside = [wrap(tuple(inside))]
    return inside


def _ruby(tag: Tag, base_url: str, depth: int) -> list[Inline]:
    """Words with their readings, pair by pair (HTML, 4.5.10): what stands before an ``rt`` is its base."""
    made: list[Inline] = []
    base: list[PageElement] = []
    for node in _ruby_parts(tag):
        if isinstance(node, Tag) and node.name == "rt":
            children = tidy(_convert(base, base_url, depth + 1))
            reading = tidy(_convert(node.children, base_url, depth + 1))
            if children and reading:
                made.append(Ruby(children, reading))
            else:
                made.extend((*children, *reading))
            base = []
        else:
            base.append(node)
    return [*made, *_convert(base, base_url, depth + 1)]


def _ruby_parts(tag: Tag) -> list[PageElement]:
    """What stands in a ``ruby`` in the order of base and reading, without the brackets for browsers that set none.

    A bracket that was never closed has taken the reading in: saved pages leave its end tag out.
    """
    bases, readings = every(tag, frozenset({"rb"})), every(tag, frozenset({"rt"}))
    if len(bases) > 1 and len(bases) == len(readings) and not _alternate(tag):
        return [part for pair in zip(bases, readings, strict=True) for part in pair]
    parts: list[PageElement] = []
    for node in tag.children:
        if isinstance(node, Tag) and node.name in ("rp", "rtc", "rbc"):
            parts.extend(each for each in _ruby_parts(node) if isinstance(each, Tag))
        else:
            parts.append(node)
    return parts


def readings_in(inlines: tuple[Inline, ...]) -> str:
    """What stands above the words as their reading."""
    nodes = (node for each in inlines if type(each) is not Text for node in walk(each))
    return " ".join(plain(node.reading) for node in nodes if isinstance(node, Ruby))


def _alternate(tag: Tag) -> bool:
    names = [each.name for each in every(tag, frozenset({"rb", "rt"}))]
    return names == ["rb", "rt"] * (len(names) // 2)


def _wraps(tag: Tag, base_url: str) -> list[Wrap]:
    name = tag.name
    if name == "a":
        return [_link(tag, base_url)] if tag.get("href") and not _leads_to_itself(tag) else []
    if name in _WRAPS:
        return [*([] if _unset(tag) else [_WRAPS[name]]), *_foreign(tag)]
    return [*_styled(tag), *_foreign(tag)]


def _leads_to_itself(tag: Tag) -> bool:
    """Whether the link is a heading's handle, by which it is linked to from elsewhere."""
    return attribute(tag, "href").startswith("#") and above(tag, "h1", "h2", "h3", "h4", "h5", "h6") is not None


def _link(tag: Tag, base_url: str) -> Wrap:
    href = absolute(attribute(tag, "href"), base_url)
    return lambda children: Link(children, href)


def absolute(href: str, base_url: str) -> str:
    """``href`` as an absolute http, https or mailto address; ``""`` when it is none of these or leads nowhere outside."""
    href = href.strip()
    return href if is_plain(href) else linkable(joined(base_url, href))


def _unset(tag: Tag) -> bool:
    style = attribute(tag, "style")
    return bool(style) and (
        "font-weight: normal" in style or "font-weight:normal" in style or "font-weight: 400" in style
    )


def _styled(tag: Tag) -> list[Wrap]:
    style = attribute(tag, "style")
    called = tag.name == "span" and not _CALLED_BOLD.isdisjoint(attribute(tag, "class").split())
    if not style and not called:
        return []
    wraps: list[Wrap] = []
    if called or _BOLD.search(style):
        wraps.append(Strong)
    if _ITALIC.search(style):
        wraps.append(Emphasis)
    if _SMALL_CAPS.search(style):
        wraps.append(SmallCaps)
    return wraps


def _foreign(tag: Tag) -> list[Wrap]:
    """A span for words in quotation marks of the browser's, of another language, or of another direction."""
    if tag.name not in _SPANS or (not tag.attrs and tag.name not in ("q", "bdi")):
        return []
    language, direction = own_language(tag), own_direction(tag)
    quoted, override = tag.name == "q", tag.name == "bdo" and direction is not None
    if not (language or direction or quoted):
        return []
    return [lambda children: Span(children, language or None, direction, override, quoted)]


_SPANS = frozenset(
    {"span", "i", "em", "b", "strong", "cite", "dfn", "q", "font", "bdo", "bdi", "abbr", "mark", "small"}
)
"""Elements that may say in which language or direction their words run."""


# ------------------------------------------------------------------------------------------------------------------ tidying


def tidy(nodes: Iterable[Inline]) -> tuple[Inline, ...]:
    """``nodes`` with white space folded across all of them, none at the ends or around line breaks, nothing empty."""
    folded, _ = _fold(tuple(nodes), True)
    return _trim_end(_join(folded))


def _fold(nodes: tuple[Inline, ...], after_space: bool) -> tuple[list[Inline], bool]:
    made: list[Inline] = []
    for node in nodes:
        match node:
            case Text(text):
                text = _SPACES.sub(" ", text)
                text = text[1:] if after_space and text.startswith(" ") else text
                if text:
                    made.append(Text(text))
                    after_space = text.endswith((" ", "\u00a0"))
            case LineBreak():
                made.append(node)
                after_space = True
            case Emphasis() | Strong() | Superscript() | Subscript() | SmallCaps() | Link() | Span() | Ruby():
                inside, after_space = _fold(node.children, after_space)
                made.extend(_rewrapped(node, inside))
            case _:
                made.append(node)
                after_space = False
    return made, after_space


def _rewrapped(node: Inline, inside: list[Inline]) -> list[Inline]:
    """``node`` around ``inside``, with a space at either end set outside of it and nothing wrapped around white space alone."""
    children = _join(inside)
    lead, children = _outer_space(children, 0)
    trail, children = _outer_space(children, -1)
    if not children:
        return [*lead, *trail]
    return [*lead, _with(node, children), *trail]


def _outer_space(children: tuple[Inline, ...], end: int) -> tuple[list[Inline], tuple[Inline, ...]]:
    edge = children[end] if children else None
    if not isinstance(edge, Text | LineBreak):
        return [], children
    if isinstance(edge, LineBreak):
        rest = children[1:] if end == 0 else children[:-1]
        return [edge], rest
    kept = edge.text.lstrip(" ") if end == 0 else edge.text.rstrip(" ")
    if kept == edge.text:
        return [], children
    middle: tuple[Inline, ...] = (Text(kept),) if kept else ()
    rest = middle + children[1:] if end == 0 else children[:-1] + middle
    return [Text(" ")], rest


def _with(node: Inline, children: tuple[Inline, ...]) -> Inline:
    match node:
        case Link(href=href):
            return Link(children, href)
        case Span() | Ruby():
            return replace(node, children=children)
        case Emphasis() | Strong() | Superscript() | Subscript() | SmallCaps():
            return type(node)(children)
        case _:
            return node


def _join(nodes: Iterable[Inline]) -> tuple[Inline, ...]:
    return tuple(node for kind, alike in groupby(nodes, type) for node in _joined(kind, tuple(alike)))


def _joined(kind: type[Inline], alike: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Joins neighbours of one kind into one node. All in one pass: there may be thousands of texts."""
    if len(alike) == 1:
        return alike
    if kind is Text:
        return (Text(_SPACES.sub(" ", plain(alike))),)
    if kind is Strong or kind is Emphasis:
        return (_with(alike[0], _join(child for node in alike for child in getattr(node, "children", ()))),)
    return alike


_EDGE = " \u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u3000\ufeff"


def _trim_end(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
    made = list(nodes)
    while made and (isinstance(made[-1], LineBreak) or (isinstance(made[-1], Text) and not made[-1].text.strip(_EDGE))):
        made.pop()
    while made and (isinstance(made[0], LineBreak) or (isinstance(made[0], Text) and not made[0].text.strip(_EDGE))):
        made.pop(0)
    if made and isinstance(made[-1], Text):
        made[-1] = Text(made[-1].text.rstrip(_EDGE))
    if made and isinstance(made[0], Text):
        made[0] = Text(made[0].text.lstrip(_EDGE))
    return tuple(made)


def lines(nodes: tuple[Inline, ...]) -> list[tuple[Inline, ...]]:
    """``nodes`` cut at their line breaks; wrappers around a break are closed before it and opened again after it."""
    rows: list[list[Inline]] = [[]]
    for node in nodes:
        parts = _cut(node)
        rows[-1].extend(parts[0])
        rows.extend(list(part) for part in parts[1:])
    return [tidy(row) for row in rows]


def is_broken(nodes: Iterable[Inline]) -> bool:
    """Whether a line break stands among the nodes or inside of one."""
    return any(
        type(node) is LineBreak or (type(node) is not Text and is_broken(getattr(node, "children", ())))
        for node in nodes
    )


def _cut(node: Inline) -> list[list[Inline]]:
    match node:
        case LineBreak():
            return [[], []]
        case Emphasis() | Strong() | Superscript() | Subscript() | SmallCaps() | Link() | Span() | Ruby():
            rows: list[list[Inline]] = [[]]
            for child in node.children:
                parts = _cut(child)
                rows[-1].extend(parts[0])
                rows.extend(parts[1:])
            return [[_with(node, tuple(row))] if row else [] for row in rows]
        case _:
            return [[node]]


def parted(inlines: tuple[Inline, ...]) -> str:
    """The words of a byline with a line break around each link: who is linked ends where the link ends."""
    return re.sub(r"[^\S\n]+", " ", "".join(_parted(inlines))).strip()


def _parted(inlines: tuple[Inline, ...]) -> Iterator[str]:
    for node in inlines:
        inside = getattr(node, "children", ())
        if isinstance(node, LineBreak):
            yield "\n"
        elif isinstance(node, Link):
            yield f"\n{fold(plain(inside))}\n"
        elif inside:
            yield from _parted(inside)
        else:
            yield plain((node,))
