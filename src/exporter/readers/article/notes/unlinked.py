"""Notes that nothing on the page links to their marks: numbered lists, and paragraphs that begin with a number or a star."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeGuard

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from exporter.readers.article.notes.bodies import LONGEST_NOTE, Nodes, text_in
from exporter.readers.article.notes.finders import LINES, Found
from exporter.readers.article.notes.marks import bare, near, outermost
from exporter.readers.dom.elements import HEADINGS, attribute
from exporter.readers.dom.search import every, holds, last_before, words_of
from exporter.readers.lexicon.vocabulary import cues, named
from exporter.readers.segments.elements import names_of


def numbered_alike(soup: BeautifulSoup) -> list[Found]:
    """Notes that nothing but their number joins to their marks: a list under "Notes", or paragraphs that begin with one."""
    found: list[Found] = []
    before: PageElement | None = None
    for entries in list(_lists(soup)):
        marks = _marks_for([number for number, _ in entries], before, entries[0][1][0], soup)
        if marks:
            found.extend(Found(mark, nodes) for mark, (_, nodes) in zip(marks, entries, strict=True))
            before = entries[-1][1][-1]
    return found


_LINES_IN_BOXES = LINES - {"span"}
Entries = list[tuple[str, Nodes]]
"""The notes of a list: each with its number and the nodes that hold it."""


def _lists(soup: BeautifulSoup) -> Iterator[Entries]:
    """The lists of notes on the page, each entry with its number."""
    for tag in every(soup, frozenset({"ol"})):
        if _is_under_notes(tag) or named(names_of(tag), "notes"):
            entries = tag.find_all("li", recursive=False)
            start = attribute(tag, "start")
            first = int(start) if start.isdecimal() and len(start) < 5 else 1
            if entries:
                yield [(str(number), [each]) for number, each in enumerate(entries, first)]
    run: Entries = []
    for tag in every(soup, frozenset({"p", "li", "div"})):
        if tag.name == "div" and holds(tag, _LINES_IN_BOXES):
            continue
        numbered = _numbered(tag)
        if numbered and (not run or int(numbered[0][0]) == int(run[-1][0]) + 1):
            run.extend(numbered)
        elif run and (numbered or tag.get_text().strip()):
            yield run
            run = numbered
    if run:
        yield run


def _numbered(tag: Tag) -> Entries:
    """The notes in a paragraph: one, or one a line where every line begins with a number."""
    opening = next((text[0] for each in words_of(tag) if (text := each.strip())), "")
    # Most paragraphs begin with a letter, and need no closer look.
    if not (opening.isdecimal() or opening in _OPENINGS or holds(tag, _RAISED)):
        return []
    rows: list[Nodes] = [[]]
    for node in tag.children:
        if isinstance(node, Tag) and node.name == "br":
            rows.append([])
        else:
            rows[-1].append(node)
    rows = [row for row in rows if text_in(row).strip()]
    if not rows or not _number_of(rows[0], tag):
        return []
    numbers = [_number_of(row, tag) for row in rows]
    if sum(map(bool, numbers)) < 2:
        return [(numbers[0], [tag])]
    notes: Entries = []
    for number, row in zip(numbers, rows, strict=True):
        if number:
            notes.append((number, row))
        else:
            notes[-1][1].extend(row)
    return notes


def _is_under_notes(tag: Tag) -> bool:
    """Whether the element right before the list, or before what holds it, is a heading such as "Notes"."""
    for each in near(tag):
        before = each.find_previous_sibling()
        while isinstance(before, Tag) and not before.get_text().strip():
            before = before.find_previous_sibling()
        if isinstance(before, Tag):
            return is_heading_of_notes(before)
    return False


def is_heading_of_notes(tag: Tag) -> bool:
    """Whether an element holds nothing but the words over a list of notes."""
    text = tag.get_text(" ").strip(" \n\t:.[]()*")
    return len(text) < 60 and " ".join(text.casefold().split()) in cues("note_headings")


_RAISED = frozenset({"sup"})
_OPENINGS = frozenset("([⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SHORTEST = 4
"""Characters of a note with its number."""
_NUMBER = re.compile(r"\s*(?:\[(\d{1,3})\]|\((\d{1,3})\)|([⁰¹²³⁴-⁹]{1,3}))\s*(?=\S)")
_STOPPED_NUMBER = re.compile(r"\s*(\d{1,3})(?:[.)]\s|\s)\s*(?=\S)")


def _number_of(row: Nodes, tag: Tag) -> str:
    """The number in front of a line of the paragraph ``tag`` that may be a note, ``""`` where there is none."""
    text = text_in(row)
    if len(text) > LONGEST_NOTE or len(text) < _SHORTEST:
        return ""
    first = next((each for each in row if isinstance(each, Tag) or str(each).strip()), None)
    if isinstance(first, Tag) and (first.name == "sup" or holds(first, frozenset({"sup"}))):
        number = bare((first if first.name == "sup" else first.find("sup") or first).get_text())
        return number if number.isdecimal() and len(number) < 4 and number != bare(text) else ""
    if opening := _NUMBER.match(text):
        return bare(opening[0]).translate(_RAISED_DIGITS)
    if (opening := _STOPPED_NUMBER.match(text)) and any(_under(tag)):
        return opening[1]
    return ""


_MAY_HEAD = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "p"})


def _under(tag: Tag) -> Iterator[bool]:
    """Whether the paragraph stands in a list of notes, or behind the heading of one."""
    yield any(named(names_of(each), "notes") for each in near(tag)[1:])
    before = last_before(tag, _MAY_HEAD)
    steps = 0
    while isinstance(before, Tag) and steps < 40:
        if is_heading_of_notes(before):
            yield True
            return
        if before.name in HEADINGS:
            return
        before = last_before(before, _MAY_HEAD)
        steps += 1


def _marks_for(numbers: list[str], before: PageElement | None, first: PageElement, soup: BeautifulSoup) -> list[Tag]:
    """The marks of the numbers, in the order of the page behind the last list (``before``) and in front of the first note.

    None at all where one is missing.
    """
    raised = _raised_numbers(before, first, soup)
    return _in_order(numbers, raised) or _in_order(numbers, _set_apart(_NUMBERS, before, first, soup))


def _in_order(signs: list[str], places: list[Tag]) -> list[Tag]:
    marks: list[Tag] = []
    behind = -1
    for sign in signs:
        place = next((at for at, tag in enumerate(places) if at > behind and _plain_sign(tag) == sign), -1)
        if place < 0:
            return []
        behind = place
        marks.append(places[place])
    return marks


def _plain_sign(tag: Tag) -> str:
    return bare(tag.get_text()).translate(_RAISED_DIGITS)


def _raised_numbers(before: PageElement | None, first: PageElement, soup: BeautifulSoup) -> list[Tag]:
    """Every raised or linked and bracketed number before the element."""
    found: list[Tag] = []
    for node in _between(before, first, soup):
        if isinstance(node, Tag) and node.name in ("sup", "a") and len(node.get_text()) < 8:
            bracketed = node.name == "sup" or node.get_text().strip().startswith(("[", "("))
            inside = bool(found) and any(each is found[-1] for each in node.parents)
            if bracketed and bare(node.get_text()).isdecimal() and not _begins(outermost(node)) and not inside:
                found.append(node)
    return found


_NUMBERS = re.compile(r"\[\d{1,3}\]|(?<!\bm)(?<!\b[cdk]m)(?<=[^\W\d_]|[.,;:!?…\"'”’»)])[⁰¹²³⁴-⁹]{1,3}")
"""A number in brackets or raised, and no square metre."""
_SIGNS = re.compile(r"(?:(?<=[\w.,;:!?…\"'”’»)\]])|^)(?:\*{1,3}|＊{1,3}|†{1,2}|‡{1,2})(?![\w*＊†‡])")


def _set_apart(
    signs: re.Pattern[str], before: PageElement | None, first: PageElement, soup: BeautifulSoup
) -> list[Tag]:
    """Marks in the running text before the element, each set in an element of its own, which changes nothing else."""
    nodes = _between(before, first, soup)
    strings = [node for node in nodes if _is_running(node) and signs.search(node)]
    return [mark for string in strings for mark in _split(string, signs, soup)]


def _is_running(node: PageElement) -> TypeGuard[NavigableString]:
    return isinstance(node, NavigableString) and node.__class__ is NavigableString


def _between(before: PageElement | None, first: PageElement, soup: BeautifulSoup) -> list[PageElement]:
    """What stands behind one element (None: the page's beginning) and before another."""
    found: list[PageElement] = []
    for node in before.next_elements if before is not None else soup.descendants:
        if node is first:
            break
        found.append(node)
    return found


def _split(string: NavigableString, signs: re.Pattern[str], soup: BeautifulSoup) -> list[Tag]:
    marks: list[Tag] = []
    parts: list[PageElement] = []
    last = 0
    for sign in signs.finditer(string):
        if not string[: sign.start()].strip() and not _follows_words(string):
            continue
        mark = soup.new_tag("span")
        mark.string = sign[0]
        parts += [NavigableString(string[last : sign.start()]), mark]
        marks.append(mark)
        last = sign.end()
    if marks:
        string.replace_with(*parts, NavigableString(string[last:]))
    return marks


def _follows_words(string: NavigableString) -> bool:
    before = string.previous_sibling or (string.parent.previous_sibling if string.parent is not None else None)
    return (isinstance(before, Tag) and before.name in _IN_LINE and bool(before.get_text().strip())) or (
        isinstance(before, NavigableString) and bool(before.strip())
    )


_IN_LINE = frozenset({"a", "em", "i", "b", "strong", "span", "cite", "q", "u", "small", "abbr", "code"})


def _begins(tag: Tag) -> bool:
    """Whether nothing stands before the element in its parent: a note's own number."""
    return not any(isinstance(each, Tag) or str(each).strip() for each in tag.previous_siblings)


_STARS = ("*", "＊", "†", "‡")
_STARRED = re.compile(r"\s*([*＊†‡]{1,3})(?![*＊†‡])\s*(?=\S)")


def starred(soup: BeautifulSoup) -> list[Found]:
    """A paragraph that begins with a star or a dagger, of which one other stands in the text before."""
    entries: dict[str, list[Tag]] = {}
    for tag in every(soup, frozenset({"p", "small", "div"})):
        if not (tag.name == "div" and holds(tag, _LINES_IN_BOXES)):
            text = tag.get_text()
            if not text.lstrip().startswith(_STARS):
                continue
            opening = _STARRED.match(text) if 8 <= len(text) <= LONGEST_NOTE // 6 else None
            if opening and any(letter.isalpha() for letter in text) and not text.rstrip().endswith(opening[1]):
                entries.setdefault(opening[1], []).append(tag)
    found: list[Found] = []
    places = _set_apart(_SIGNS, None, list(entries.values())[-1][0], soup) if entries else []
    for sign, notes in entries.items():
        marks = [mark for mark in places if mark.get_text() == sign]
        if len(marks) == len(notes):
            found.extend(Found(mark, [note]) for mark, note in zip(marks, notes, strict=True))
    return found
