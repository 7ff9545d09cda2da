"""Notes: each is taken from where the page keeps it and set where its mark stands, before the page is read any further.

Pages keep notes in lists at their end, in boxes that open at a click, in attributes, beside the text, or as paragraphs that
begin with a number or a star. :data:`FINDERS` knows one way each; what none of them finds stays as it stands on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import TypeGuard

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement
from msgspec import Struct

from exporter.model import Article, Note
from exporter.model.walk import walk
from exporter.readers.article.notes.bodies import blocks_in, take_marks_off, text_in
from exporter.readers.article.notes.finders import Finder, Found, held_in_attributes, linked, places_of, within_the_line
from exporter.readers.article.notes.marks import is_mark, outermost
from exporter.readers.article.notes.unlinked import is_heading_of_notes, numbered_alike, starred
from exporter.readers.dom.elements import HEADINGS
from exporter.readers.dom.search import holds
from exporter.readers.lexicon.folding import fold
from exporter.readers.segments.elements import segment_of
from exporter.readers.segments.inlines import NoteMark
from exporter.readers.segments.rule import Rule, Search, settle_by
from exporter.readers.segments.segment import Segment

FINDERS: tuple[Finder, ...] = (linked, within_the_line, held_in_attributes, numbered_alike, starred)
"""The ways, in the order in which they are tried: what one has found the next does not see."""


def lift_notes(soup: BeautifulSoup, base_url: str) -> list[Segment]:
    """Sets every note of the page at its mark; the segments tell what was taken from where.

    One segment a note, whose ``inlines`` are the note, and one for all numbers, ways back and headings that stood for notes.
    """
    lifting = _Lifting(base_url)
    for find in FINDERS:
        lifting.lift(find(soup))
    return lifting.segments()


def settle_notes(page: Iterable[Segment], article: Article) -> None:
    """Marks the notes that stand in the article as such. The others belong to something that was left out."""
    placed = [node for node in walk(article) if isinstance(node, Note)]
    for segment in page:
        settle_by(RULES, _Placed(segment, placed), segment)


class _Placed(Struct, frozen=True):
    """A segment, and the notes that stand in the article."""

    segment: Segment
    notes: list[Note]


MARKS: Search[list[Segment]] = Search("note-mark", iter)
"""The numbers, ways back and headings of notes are replaced by the result's own."""

RULES: tuple[Rule[_Placed], ...] = (
    Rule(
        "note", lambda each: each.segment.kind == "note" and any(n in each.notes for n in each.segment.inlines), "note"
    ),
)
"""What a note that was taken from its place is in the end."""


class _Lifting:
    """Notes on their way from their places to their marks."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._lifted: list[Segment] = []
        self._opened: dict[int, Segment] = {}
        self._scraps: list[str] = []
        self._where = ""

    def segments(self) -> list[Segment]:
        """What was taken from the page: the notes, then the marks and headings that are printed by their numbers now."""
        text = fold(" ".join(self._scraps))
        return [*self._lifted, *MARKS.decide([Segment("note", text, where=self._where)] if text else [])]

    def lift(self, found: list[Found]) -> None:
        """Sets a mark for each note, takes the notes' nodes from the page, then reads them, the last first."""
        leading = [places_of(each.mark) for each in found]
        # All marks are set before any note is taken out: a note's mark may stand in another note.
        marks = [self._marked(each) for each in found]
        keys = [id(each.nodes[0]) if each.nodes else id(each) for each in found]
        back_to: dict[int, set[str]] = {}
        for key, places in zip(keys, leading, strict=True):
            back_to.setdefault(key, set()).update(places)
        bodies: dict[int, Tag] = {}
        for key, each in zip(keys, found, strict=True):
            if key not in bodies:
                bodies[key] = self._taken(each, back_to[key]) if each.nodes else _parsed(each.written)
        notes: dict[int, Note] = {}
        for key, mark in reversed(list(zip(keys, marks, strict=True))):  # a note may hold marks of later ones
            if key not in notes:
                notes[key] = Note(blocks_in(bodies[key].children, self._base_url))
            mark.note = notes[key]
        for key, segment in self._opened.items():
            segment.inlines = (notes[key],)
        self._lifted.extend(self._opened.values())
        self._opened = {}

    def _marked(self, found: Found) -> NoteMark:
        """Our mark in place of the page's; words that a note belongs to stay, and the mark stands behind them."""
        mark = NoteMark()
        self._where = self._where or segment_of("note", found.mark, "").where
        for double in found.doubles:
            self._scrap(double)
        if found.nodes and found.mark is found.nodes[0]:
            found.mark.insert_before(mark)
        elif is_mark(found.mark.get_text()):
            outer = outermost(found.mark)
            outer.insert_before(mark)
            self._scrap(outer)
        else:
            found.mark.insert_after(mark)
            if found.mark.name == "a":
                found.mark.unwrap()
        self._close_up(mark)
        return mark

    def _scrap(self, tag: Tag) -> None:
        self._scraps.append(tag.get_text())
        tag.extract()

    def _close_up(self, mark: NoteMark) -> None:
        """Takes away what stood between the word and its mark, or around the mark: spaces, brackets, commas between marks."""
        before, after = mark.previous_sibling, mark.next_sibling
        if is_string(before) and is_string(after):
            opening, closing = _OPENING.search(before), _CLOSING.match(after)
            if opening and closing:
                self._scraps.append(opening[0] + closing[0])
                before = _replaced(before, before[: opening.start()])
                after = _replaced(after, after[closing.end() :])
        if is_string(before) and before.strip() and (after is None or not _begins_with_letter(after)):
            before = _replaced(before, before.rstrip(" \n\t\r\u00a0"))
        if is_string(before) and isinstance(before.previous_sibling, NoteMark) and _SEPARATORS.fullmatch(before):
            self._scraps.append(before)
            before.extract()

    def _taken(self, found: Found, back_to: set[str]) -> Tag:
        """The note's nodes taken out of the page into an element, and its number and ways back out of the nodes."""
        first = next((node for node in found.nodes if isinstance(node, Tag)), found.mark)
        segment = segment_of("note", first, "")
        around = list({id(node.parent): node.parent for node in found.nodes if node.parent is not None}.values())
        above = found.nodes[0].find_previous_sibling()
        body = Tag(name="div")
        key = id(found.nodes[0])
        # Moved, not copied: what stays behind would be read as a paragraph once more.
        for node in found.nodes:
            body.append(node.extract())
        self._scraps.extend(take_marks_off(body, found.sign, back_to))
        segment.text = fold(" ".join(text_in([node]) for node in body.children))
        self._sweep_heading(above)
        still_there = [self._sweep(parent) for parent in around]
        segment.element = still_there[0]
        if segment.text:
            self._opened[key] = segment
        return body

    def _sweep(self, parent: Tag) -> Tag:
        """Takes away what held the notes when none is left in it, with its heading and the rule above it; what still stands."""
        while parent.parent is not None and parent.name not in _KEPT_EMPTY and not holds(parent, _SHOWN):
            rest = parent.get_text().strip()
            if rest and not is_heading_of_notes(parent):
                break
            above, before = parent.parent, parent.find_previous_sibling()
            self._scrap(parent)
            self._sweep_heading(before)
            parent = above
        return parent

    def _sweep_heading(self, heading: PageElement | None) -> None:
        """Takes away the heading over notes, and the rule above them, when nothing is left below but another heading."""
        while isinstance(heading, Tag) and (heading.name in ("hr", "br") or is_heading_of_notes(heading)):
            following = next((each for each in heading.next_siblings if _says_something(each)), None)
            if following is not None and not (isinstance(following, Tag) and holds_heading(following)):
                return
            gone, heading = heading, heading.find_previous_sibling()
            self._scrap(gone)


_OPENING = re.compile(r"[\[(（［【]\s*$")
_CLOSING = re.compile(r"\s*[\])）］】]")
_SEPARATORS = re.compile(r"[\s\u00a0,;·/–-]+")
_KEPT_EMPTY = frozenset({"body", "html", "main", "article", "td", "th"})
_SHOWN = frozenset({"img", "picture", "video", "iframe", "svg", "math", "audio", "note-mark"})


def is_string(node: PageElement | None) -> TypeGuard[NavigableString]:
    """Whether the node is a string of the page."""
    return isinstance(node, NavigableString)


def _says_something(node: PageElement) -> bool:
    return bool(node.get_text().strip() or holds(node, _SHOWN)) if isinstance(node, Tag) else bool(str(node).strip())


def holds_heading(tag: Tag) -> bool:
    """Whether an element is a heading or holds one."""
    return tag.name in HEADINGS or holds(tag, frozenset(HEADINGS))


def _replaced(old: NavigableString, text: str) -> NavigableString | None:
    fresh = NavigableString(text)
    old.replace_with(fresh)
    return fresh


def _begins_with_letter(node: PageElement) -> bool:
    return (node.get_text() if isinstance(node, Tag) else str(node))[:1].isalnum()


def _parsed(written: str) -> Tag:
    """The words of a note that an attribute holds, as text or as markup, in an element."""
    # The tag is what lxml puts around bare text itself; with it, Beautiful Soup does not warn of a text like a file's name.
    inside = BeautifulSoup(written if "<" in written else f"<body>{escape(written.lstrip())}", "lxml")
    return inside.body or inside
