"""Ways in which pages keep their notes: each function finds those of one way, and takes nothing away yet."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement
from msgspec import Struct, field

from exporter.readers.article.notes.bodies import LONGEST_NOTE, Nodes, body_of, refers_back, text_in
from exporter.readers.article.notes.marks import Anchors, bare, is_mark, names_note, near, reference_of, refers
from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import above, elements, every, holds
from exporter.readers.lexicon.vocabulary import cues, named

LONGEST_WORDS = 80
"""Characters: words that a note belongs to and that lead to it, in place of a mark."""
_MARKING = frozenset({"a", "button", "sup", "label", "span", "abbr", "cite"})
LINES = frozenset({"p", "li", "dd", "td", "blockquote", "figcaption", "span", "div", "h1", "h2", "h3", "h4"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NO_NOTES = frozenset({"h1", "h2", "h3", "form", "nav", "article", "iframe"})
_TEXTS = (
    *("data-footnote-content", "data-footnote", "data-note", "data-note-content", "data-sidenote", "data-annotation"),
    *("data-bigfoot-footnote", "data-littlefoot-footnote", "data-content", "data-bs-content", "data-tippy-content"),
    *("data-tooltip", "data-tooltip-content", "data-original-title", "data-bs-original-title", "data-definition"),
    *("data-text", "data-tip", "data-popover", "data-title", "title"),
)
"""Attributes in which a mark holds its note."""
_HOLDING = frozenset(_TEXTS)
_LEAST_TEXT = 12
"""Characters: less in an attribute is a number or a hint what the mark does."""


class Found(Struct):
    """A note that was found: its mark; its nodes, or its text in an attribute; what else stands for the mark."""

    mark: Tag
    nodes: Nodes = field(default_factory=list)
    written: str = ""
    doubles: list[Tag] = field(default_factory=list)

    @property
    def sign(self) -> str:
        """The mark as the page prints it, ``""`` where the words of the note stand without one."""
        if not self.nodes or self.mark is not self.nodes[0]:
            return self.mark.get_text()
        return next((each.get_text() for each in self.doubles if is_mark(each.get_text())), "")


Finder = Callable[[BeautifulSoup], list[Found]]


# ---------------------------------------------------------------------------------------------------------- marks that lead


def linked(soup: BeautifulSoup) -> list[Found]:
    """A mark that leads to an element further down the page, or names it as what explains the mark."""
    candidates = [tag for tag in every(soup, _MARKING) if refers(tag) and _may_lead(tag)]
    if not candidates:
        return []
    anchors = Anchors(soup)
    leading = [(tag, target) for tag in candidates if (target := _target_of(tag, anchors)) is not None]
    targets = {id(target): target for _, target in leading}
    bodies: dict[int, Nodes] = {}
    found: list[Found] = []
    for tag, target in leading:
        nodes = bodies.setdefault(id(target), body_of(target, targets))
        if _is_note(nodes) and _are_joined(tag, target, nodes):
            found.append(Found(tag, nodes))
    return found


def _may_lead(tag: Tag) -> bool:
    if tag.name == "a" and "#" in attribute(tag, "href"):
        return len(tag.get_text()) <= LONGEST_WORDS
    if not reference_of(tag):
        return False
    return is_mark(tag.get_text()) and (is_raised(tag) or _is_named(tag))


def _target_of(tag: Tag, anchors: Anchors) -> Tag | None:
    target = anchors.target(tag)
    if target is None or not anchors.follows(tag, target) or target.name in _HEADINGS:
        return None
    return None if above(tag, "nav", "menu") else target


def _is_note(nodes: Nodes) -> bool:
    text = text_in(nodes)
    if not bare(text) or len(text) > LONGEST_NOTE:
        return False
    return not any(isinstance(node, Tag) and (node.name in _NO_NOTES or holds(node, _NO_NOTES)) for node in nodes)


def _are_joined(tag: Tag, target: Tag, nodes: Nodes) -> bool:
    """Whether something besides the link says that the mark is one and its target a note."""
    names = any(names_note(each) for each in near(target))
    back_to = places_of(tag)
    back = any(refers_back(link, back_to) for node in nodes for link in _links_in(node))
    if not is_mark(tag.get_text()):
        return back and (names or _is_named(tag))
    if names or back:
        return True
    if not is_raised(tag) and not _is_named(tag):
        return False
    return _is_numbered(nodes, bare(tag.get_text())) or target.name == "li"


def is_raised(tag: Tag) -> bool:
    """Whether the element is set as a superscript, or all of it stands in one or holds one."""
    return tag.name == "sup" or above(tag, "sup") is not None or holds(tag, frozenset({"sup"}))


def _is_named(tag: Tag) -> bool:
    return any(names_note(each) for each in near(tag, 2))


def _links_in(node: PageElement) -> list[Tag]:
    if not isinstance(node, Tag):
        return []
    return [each for each in (node, *elements(node)) if each.name in ("a", "button", "th", "td")]


def _is_numbered(nodes: Nodes, mark: str) -> bool:
    """Whether the note begins with its mark."""
    return bool(mark) and re.match(rf"[\s\u00a0\[(^]*{re.escape(mark)}(?!\w)", text_in(nodes)) is not None


def places_of(tag: Tag) -> set[str]:
    """The identifiers of a mark, of what is right around it and of an empty element right in front of it."""
    around = near(tag)
    before = [each.find_previous_sibling() for each in around[:2]]
    found = [
        *around,
        *elements(tag),
        *(each for each in before if isinstance(each, Tag) and not each.get_text().strip()),
    ]
    return {attribute(each, name) for each in found for name in ("id", "name")} - {""}


# -------------------------------------------------------------------------------------------------------- notes in the line


def within_the_line(soup: BeautifulSoup) -> list[Found]:
    """The words of a note stand right behind its mark, in an element that a style sheet sets aside or shows at a click."""
    return [
        found
        for tag in every(soup, _SET_ASIDE)
        if tag.attrs and _is_set_aside(tag) and (found := _beside(tag)) is not None
    ]


_SET_ASIDE = frozenset({"span", "small", "aside", "div", "details", "i", "em", "ins", "q", "dfn"})


def _is_set_aside(tag: Tag) -> bool:
    worn = attribute(tag, "class")
    said = attribute(tag, "role") in ("tooltip", "doc-footnote") or (worn and named(worn, "note_text"))
    if not said and "popover" not in tag.attrs:
        return False
    text = tag.get_text()
    return not is_mark(text) and bool(bare(text)) and len(text) <= LONGEST_NOTE and not holds(tag, _NO_NOTES)


def _beside(tag: Tag) -> Found | None:
    """The note with its marks: what stands right before it and is a mark or a switch. None where it is a box of its own."""
    parent = tag.parent
    if parent is None or parent.name not in LINES or above(tag, "form", "nav"):
        return None
    if named(attribute(parent, "class"), "note_text") or _stand_in_footnotes(parent):
        return None
    marks: list[Tag] = []
    for node in tag.previous_siblings:
        if isinstance(node, Tag) and _is_switch(node):
            marks.append(node)
        elif isinstance(node, NavigableString) and not node.strip():
            continue
        else:
            break
    if not marks and not _stands_in_line(tag):
        return None
    inside = tag.find("summary") if tag.name == "details" else None
    if isinstance(inside, Tag):
        return Found(tag, [tag], doubles=[*marks, inside])
    return Found(tag, [tag], doubles=marks)


def _stand_in_footnotes(tag: Tag) -> bool:
    return any("footnotes" in attribute(each, "class").split() for each in tag.parents)


def _is_switch(tag: Tag) -> bool:
    """Whether an element is a mark, or what shows the note when it is pressed."""
    text = tag.get_text().strip()
    return (
        is_mark(text)
        or (tag.name in ("label", "button", "a") and len(text) < 2)
        or attribute(tag, "type") == "checkbox"
    )


def _stands_in_line(tag: Tag) -> bool:
    """Whether words of a sentence stand right before or behind the element."""
    if tag.name == "div":
        return False
    beside = (tag.previous_sibling, tag.next_sibling)
    return any(isinstance(node, NavigableString) and len(node.strip()) > 1 for node in beside)


# ------------------------------------------------------------------------------------------------------ notes in attributes


def held_in_attributes(soup: BeautifulSoup) -> list[Found]:
    """A mark that holds the words of its note in an attribute, to show them in a box."""
    holding = [tag for tag in every(soup, _MARKING) if tag.attrs and (_holds_text(tag) or _holds_text(tag.parent))]
    return [Found(tag, written=written) for tag in holding if (written := _held(tag))]


def _holds_text(tag: Tag | None) -> bool:
    return tag is not None and not _HOLDING.isdisjoint(tag.attrs)


def _held(tag: Tag) -> str:
    holders = (tag, *near(tag, 2)[1:])
    if not any(map(_holds_text, holders)):
        return ""
    text = tag.get_text()
    if len(text) > LONGEST_WORDS or not text.strip():
        return ""
    held = (attribute(holder, name).strip() for holder in holders for name in _TEXTS if name in holder.attrs)
    written = next((each for each in held if _is_note_text(each) and each != text.strip()), "")
    return written if written and (_is_named(tag) or (is_raised(tag) and is_mark(text))) else ""


def _is_note_text(written: str) -> bool:
    """Whether what an attribute says may be a note."""
    return len(written) >= _LEAST_TEXT and not _is_hint(written)


def _is_hint(written: str) -> bool:
    """Whether an attribute says only what the mark does: "Jump to note 3", "See footnote"; or is no text at all."""
    words = written.casefold().split()
    if len(words) < 3 or written.startswith(("{", "[", "#", "http")):
        return written.isascii()
    return len(words) <= 6 and any(word.strip(".:0123456789#") in cues("note_marks") for word in words)
