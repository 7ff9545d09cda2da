"""The words of a note: where they stand on the page, and what of them is the note and not its number or its way back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from exporter.model import Block, BlockQuote, ListBlock, ListEntry, Paragraph, Preformatted
from exporter.readers.article.notes.marks import bare, is_arrow, is_mark, names_note, reference_of, shown_strings
from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import elements, every, holds, stands_in
from exporter.readers.lexicon.vocabulary import cues, named
from exporter.readers.segments.elements import paragraphs_in
from exporter.readers.segments.inlines import convert

LONGEST_NOTE = 6000
"""Characters: what is longer is a part of the article, whatever links lead there."""
LONGEST_LINK_BACK = 60
"""Characters of a link that leads back to the text."""
_ENTRIES = frozenset("p li dd dt td th tr div aside section blockquote details figcaption footer small".split())  # noqa: SIM905
_BLOCKS = _ENTRIES | frozenset("ul ol dl table tbody pre article main body header".split())  # noqa: SIM905
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LEFT_BY_ARROWS = re.compile(r"[\s\u00a0]*(?:\[[\s\u00a0]*\]|\([\s\u00a0]*\)|[↩↵⏎⤴↑⇑⇧▲^][\ufe0e\ufe0f]?)?[\s\u00a0]*$")
_CARET = re.compile(r"[\s\u00a0]*\^+[\s\u00a0]*")
_MARK_END = re.compile(r"^[\s\u00a0]*[.:)\]–—-]?[\s\u00a0]+|^[\s\u00a0]*[.:)\]]")

Nodes = list[PageElement]


def text_in(nodes: Iterable[PageElement]) -> str:
    """The words of page nodes as they stand."""
    return "".join(str(each) for node in nodes for each in shown_strings(node))


def body_of(target: Tag, targets: dict[int, Tag]) -> Nodes:
    """The nodes that are the note which ``target`` begins or is; ``targets`` are the beginnings of all notes by identity."""
    entry = _entry_of(target)
    if entry is not target and not is_mark(_before(target, entry)):
        return [target]
    others = [each for each in _targets_in(entry, targets) if each is not target and each is not entry]
    if others:
        return _until_next(target, entry, targets)
    if entry.name == "dt":
        return [entry, *_definitions(entry)]
    entry = _widened(entry, targets)
    if not bare(entry.get_text()) or is_arrow(entry.get_text()) or _is_lone_number(entry, target):
        return [entry, *_following(entry, targets)]
    return [entry]


def _entry_of(target: Tag) -> Tag:
    """The block that the target is or stands in; of a cell its row."""
    for tag in (target, *target.parents):
        if tag.name in ("td", "th") and tag.parent is not None and tag.parent.name == "tr":
            return tag.parent
        if tag.name in _ENTRIES:
            return tag
        if tag.name in _BLOCKS or tag.name in _HEADINGS:
            break
    return target


def _before(target: Tag, entry: Tag) -> str:
    """The text in front of the target in its block; a mark where there is none."""
    found: list[str] = []
    for node in entry.descendants:
        if node is target:
            break
        if isinstance(node, NavigableString):
            found.append(node)
    return "".join(found).strip() or "1"


def _targets_in(tag: Tag, targets: dict[int, Tag]) -> list[Tag]:
    return [each for each in (tag, *elements(tag)) if id(each) in targets]


def _until_next(target: Tag, entry: Tag, targets: dict[int, Tag]) -> Nodes:
    """Several notes in one block: from the target to the next one."""
    first: PageElement = target
    while first.parent is not None and first.parent is not entry:
        first = first.parent
    nodes: Nodes = [first]
    for node in first.next_siblings:
        if isinstance(node, Tag) and _targets_in(node, targets):
            break
        nodes.append(node)
    return nodes


def _definitions(entry: Tag) -> Nodes:
    found: Nodes = []
    for node in entry.next_siblings:
        if isinstance(node, Tag):
            if node.name != "dd":
                break
            found.append(node)
    return found


def _widened(entry: Tag, targets: dict[int, Tag]) -> Tag:
    """The element around the entry that holds this note and no other: the list entry around a paragraph, a named box."""
    while entry.parent is not None and entry.parent.name in _ENTRIES and entry.name not in ("li", "tr"):
        parent = entry.parent
        wide = parent.name in ("li", "tr", "dd") or (names_note(parent) and not _holds_notes(parent))
        if not wide or len([each for each in _targets_in(parent, targets) if each is not parent]) > 1:
            break
        if len(parent.get_text()) > LONGEST_NOTE or holds(parent, _HEADINGS):
            break
        entry = parent
    return entry


def _holds_notes(tag: Tag) -> bool:
    """Whether an element's name is of many notes: ``footnotes``."""
    return named(f"{attribute(tag, 'class')} {attribute(tag, 'id')} {attribute(tag, 'role')}", "notes")


def _is_lone_number(entry: Tag, target: Tag) -> bool:
    return target is not entry and entry.name not in ("li", "tr") and bare(entry.get_text()) == bare(target.get_text())


def _following(entry: Tag, targets: dict[int, Tag]) -> Nodes:
    """The words behind an anchor of their own: up to the next note, at most one block."""
    found: Nodes = []
    for node in entry.next_siblings:
        if isinstance(node, Tag) and (_targets_in(node, targets) or node.name in _HEADINGS):
            break
        found.append(node)
        if isinstance(node, Tag) and node.name in _BLOCKS and bare(node.get_text()):
            break
    return found if bare(text_in(found)) else []


# ------------------------------------------------------------------------------------------------ what is not of the words


def take_marks_off(body: Tag, sign: str, back_to: set[str]) -> list[str]:
    """Takes the mark in front and the links back to the text (to one of the identifiers ``back_to``) out of a note.

    Returns their texts.
    """
    taken = [_take(link) for link in _links_back(body, back_to)]
    opening = next((each for each in shown_strings(body) if each.strip()), None)
    if opening is not None and any(bare(each) == bare(sign) for each in taken):
        taken.append(_cut_opening(opening, _MARK_END))  # the mark itself was the way back: "1. …" less its number
    taken += [_take_mark(body, sign), _take_arrows(body)]
    return [each for each in taken if each.strip()]


def _take(tag: Tag) -> str:
    """Takes an element away, with what holds nothing else."""
    text = bare(tag.get_text())
    while tag.parent is not None and tag.parent.parent is not None and bare(tag.parent.get_text()) == text:
        tag = tag.parent
    whole = tag.get_text()
    tag.extract()
    return whole


def _links_back(body: Tag, back_to: set[str]) -> list[Tag]:
    found = [link for link in every(body, _LEADING_BACK) if leads_back(link, back_to)]
    return [link for link in found if not any(stands_in(link, other) for other in found)]


_LEADING_BACK = frozenset({"a", "button", "th", "td", "sup", "span"})


def refers_back(link: Tag, back_to: set[str]) -> bool:
    """Whether a link in a note leads to its mark."""
    return any(each in back_to for each in reference_of(link)) and len(link.get_text().strip()) <= LONGEST_LINK_BACK


def leads_back(link: Tag, back_to: set[str]) -> bool:
    """Whether a link in a note is its way back: by where it leads, by its arrow, its name or its word."""
    text = link.get_text().strip()
    if refers_back(link, back_to):
        return True
    if link.name not in ("a", "button"):
        return False
    if not text or is_arrow(text):
        return "#" in attribute(link, "href") or not link.has_attr("href")
    names = f"{attribute(link, 'class')} {attribute(link, 'role')} {attribute(link, 'rel')}"
    return named(names, "note_back") or ("#" in attribute(link, "href") and bare(text).casefold() in cues("note_back"))


def _take_mark(body: Tag, sign: str) -> str:
    """Takes the mark off the beginning, where the note repeats it; returns what was taken."""
    strings = [each for each in shown_strings(body) if each.strip()]
    if not strings:
        return ""
    first, sign = strings[0], bare(sign)
    if bare(first) == sign or (not bare(first) and len(strings) > 1):
        taken = str(first)
        holder = first.parent
        if holder is not None and holder is not body and bare(holder.get_text()) == bare(first):
            _take(holder)
        else:
            first.extract()
        following = strings[1] if len(strings) > 1 else None
        return taken + (_cut_opening(following, _MARK_END) if following is not None else "")
    repeated = rf"[\s\u00a0]*[\[(^（［]*{re.escape(sign)}(?:[.:)\]）］]+[\s\u00a0\u3000]*|[\s\u00a0\u3000]+)"
    if sign and not sign.isalnum():
        repeated = rf"[\s\u00a0]*{re.escape(sign)}[\s\u00a0]*"
    return (_cut_opening(first, re.compile(repeated)) if sign else "") or _cut_opening(first, _CARET)


def _cut_opening(string: NavigableString, opening: re.Pattern[str]) -> str:
    found = opening.match(string)
    if found is None:
        return ""
    string.replace_with(NavigableString(string[found.end() :]))
    return found[0]


def _take_arrows(body: Tag) -> str:
    """Takes brackets and arrows off the end that a link back has left there."""
    strings = [each for each in shown_strings(body) if each.strip()]
    if not strings or not (left := _LEFT_BY_ARROWS.search(strings[-1])) or not left[0].strip():
        return ""
    strings[-1].replace_with(NavigableString(strings[-1][: left.start()]))
    return left[0]


# ------------------------------------------------------------------------------------------------------- as nodes of the model


def blocks_in(nodes: Iterable[PageElement], base_url: str) -> tuple[Block, ...]:
    """The blocks of a note: paragraphs, lists, quotes; everything else gives its words as paragraphs."""
    made: list[Block] = []
    run: Nodes = []
    for node in nodes:
        if isinstance(node, Tag) and (node.name in _BLOCKS or node.name in _HEADINGS or holds(node, _BLOCKS)):
            made.extend(_paragraphs(run, base_url))
            run = []
            made.extend(_block(node, base_url))
        else:
            run.append(node)
    return (*made, *_paragraphs(run, base_url))


def _paragraphs(run: Nodes, base_url: str) -> list[Block]:
    return [Paragraph(part) for part in paragraphs_in(convert(run, base_url)) if part]


def _block(tag: Tag, base_url: str) -> tuple[Block, ...]:
    inside = list(tag.children)
    if tag.name in ("ul", "ol") and holds(tag, frozenset({"li"})):
        entries = (blocks_in(each.children, base_url) for each in every(tag, frozenset({"li"})) if each.parent is tag)
        found = tuple(ListEntry(each) for each in entries if each)
        return (ListBlock(found, tag.name == "ol"),) if found else ()
    if tag.name == "blockquote":
        quoted = blocks_in(inside, base_url)
        return (BlockQuote(quoted),) if quoted else ()
    if tag.name == "pre":
        return (Preformatted(tag.get_text().strip("\n")),) if tag.get_text().strip() else ()
    return blocks_in(inside, base_url)
