"""What marks a note in the text and what tells that an element belongs to a note, whatever markup a page uses for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from urllib.parse import unquote, urldefrag

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString, Script, Stylesheet, TemplateString

from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import elements, strings
from exporter.readers.lexicon.vocabulary import cues, named

LONGEST_MARK = 24
"""Characters: what is longer is no mark but words that a note belongs to."""
REFERENCES = (
    "href",
    "data-href",
    "aria-describedby",
    "aria-controls",
    "aria-details",
    "data-target",
    "for",
    "popovertarget",
)
"""Attributes in which a mark names the element of its note, the likeliest first."""
_REFERRING = frozenset(REFERENCES)
_CALLED = ("onclick", "onkeypress")
"""Attributes in which a mark calls a script with the identifier."""
_MAY_REFER = _REFERRING.union(_CALLED)
_NAMING = ("class", "id", "name", "rel", "role", "epub:type", "data-type", "data-component-name", "rev")
_NOTE_ATTRIBUTES = (
    "data-footnote-ref",
    "data-fn",
    "data-footnote",
    "data-mfn",
    "data-footnote-backref",
    "data-sidenote",
)
_SIGN = re.compile(
    r"(?:(?!0)\d{1,3}|[ivxlcdm]{1,7}|[a-z]{1,2}|[*＊†‡§¶‖#※+]{1,4}|[¹²³⁰⁴-⁹]{1,3}|[\u2460-\u2473]|[一二三四五六七八九十]{1,3})?",
    re.IGNORECASE,
)
_BRACKETS = " \t\r\n\u00a0[](){}<>.:,;（）［］〔〕【】〈〉^"
_QUOTED_WORD = re.compile(r"['\"]#?([^'\"\s]+)['\"]")
_UNSHOWN = (PreformattedString, Script, Stylesheet, TemplateString)
_ARROWS = re.compile(r"[\s\u00a0\[\](){}|.·:]*[↩↵⏎⤴⤶↑⇑⇧⬆▲△←⇐⟵🔙^˄⌃⮌][\ufe0e\ufe0f]?[\s\u00a0\[\](){}|.·:]*")


def bare(text: str) -> str:
    """A mark's text without brackets, stops and white space around it: ``1`` of ``[1]``."""
    return text.strip(_BRACKETS).strip()


@lru_cache(maxsize=4096)
def is_mark(text: str) -> bool:
    """Whether a text has the form of a mark: a number, letter or sign, a word such as "note", or one with a number."""
    if len(text.strip()) > LONGEST_MARK:
        return False
    words = bare(text).casefold().split()
    while words and words[0].strip(".:-") in cues("note_marks"):
        words = words[1:]
        if not words:
            return True
    sign = " ".join(words).strip(_BRACKETS)
    for word in cues("note_marks"):  # scripts without spaces write word and number as one: 注1
        sign = sign.removeprefix(word) if not word.isascii() else sign
    return bool(text.strip()) and _SIGN.fullmatch(sign) is not None and (bool(sign) or bool(words))


def is_arrow(text: str) -> bool:
    """Whether a text is nothing but an arrow that leads back."""
    return _ARROWS.fullmatch(text) is not None


def names_note(tag: Tag) -> bool:
    """Whether the element's own names say that it is of a note: class, id, role, relation."""
    if any(tag.has_attr(name) for name in _NOTE_ATTRIBUTES):
        return True
    places = f"{attribute(tag, 'id')} {attribute(tag, 'name') if tag.name == 'a' else ''}"
    names = " ".join(attribute(tag, name) for name in _NAMING if tag.has_attr(name))
    return named(names, "note") or named(places, "note_place")


def near(tag: Tag, depth: int = 3) -> list[Tag]:
    """The element and those around it, at most ``depth`` in all, the nearest first."""
    found: list[Tag] = []
    current: Tag | None = tag
    while current is not None and len(found) < depth and current.name not in ("body", "main", "article", "[document]"):
        found.append(current)
        current = current.parent
    return found


def refers(tag: Tag) -> bool:
    """Whether the element has an attribute by which it may refer to another at all."""
    return not _MAY_REFER.isdisjoint(tag.attrs)


def reference_of(tag: Tag) -> list[str]:
    """The identifiers that the element refers to, the likeliest first; of an address only what stands behind its ``#``."""
    found: list[str] = []
    for name in REFERENCES:
        if name not in tag.attrs:
            continue
        value = attribute(tag, name)
        if name in ("href", "data-href", "data-target"):
            found.extend(filter(None, [unquote(urldefrag(value).fragment)]) if "#" in value else [])
        else:
            found.extend(value.split())
    for name in _CALLED:
        if name in tag.attrs:
            found.extend(_QUOTED_WORD.findall(attribute(tag, name)))
    return found


class Anchors:
    """Every element of a page by the identifiers that links lead to, and the place of each in the order of the page."""

    def __init__(self, root: Tag) -> None:
        self._tags = list(elements(root))
        self._held: dict[str, Tag] = {}
        for tag in self._tags:
            if "id" in tag.attrs:
                self._held.setdefault(attribute(tag, "id"), tag)
            if tag.name == "a" and "name" in tag.attrs:
                self._held.setdefault(attribute(tag, "name"), tag)

    @cached_property
    def order(self) -> dict[int, int]:
        """Identity of an element → its place. On most pages no link leads to an element of the page, and none asks."""
        return {id(tag): place for place, tag in enumerate(self._tags)}

    def target(self, tag: Tag) -> Tag | None:
        """The element that ``tag`` refers to, if it is on the page and not around the reference itself."""
        for name in reference_of(tag):
            for spelled in (name, f"user-content-{name}"):
                found = self._held.get(spelled)
                if found is not None and found is not tag and all(each is not found for each in tag.parents):
                    return found
        return None

    def follows(self, tag: Tag, other: Tag) -> bool:
        """Whether ``other`` begins behind ``tag``."""
        return self.order.get(id(other), -1) > self.order.get(id(tag), -1)


def outermost(mark: Tag) -> Tag:
    """The element that holds the mark and nothing but it and its brackets: the ``sup`` around a link."""
    text = bare(mark.get_text())
    while (
        mark.parent is not None
        and mark.parent.name in ("sup", "span", "a", "small", "b", "strong", "em", "i", "cite", "label", "u", "font")
        and bare(mark.parent.get_text()) == text
    ):
        mark = mark.parent
    return mark


def shown_strings(node: PageElement) -> Iterator[NavigableString]:
    """The strings in a node that are shown, in the order of the page."""
    nodes = strings(node) if isinstance(node, Tag) else (node,)
    return (each for each in nodes if isinstance(each, NavigableString) and not isinstance(each, _UNSHOWN))
