"""Elements of one line that only a style sheet sets apart: "Ann Lee" and "Senior reporter" with nothing between them."""

from __future__ import annotations

import re

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from exporter.readers.dom.elements import HEADINGS, attribute
from exporter.readers.dom.search import above, every
from exporter.readers.dom.tree import PageSoup
from exporter.readers.lexicon.folding import fold
from exporter.readers.lexicon.names import is_full_name, role_behind
from exporter.readers.lexicon.vocabulary import named

_INLINE = frozenset({"span", "a", "time", "strong", "b", "em", "i", "small", "label", "cite", "bdi", "abbr", "address"})
_BARE = frozenset({"span", "a", "time"})
"""Those that set no type of their own, so that none of them begins inside a word."""
_ADDRESS = re.compile(r"\S+@\S+\.\w+")
_YEAR = re.compile(r"(?:19|20)\d\d")
LONGEST_LINE = 200
"""Characters of a line in which elements are looked at."""


def part_glued(soup: PageSoup) -> None:
    """Sets a break between such elements in a line that names who wrote or when, a space in other short lines of elements."""
    for tag in every(soup, _INLINE):
        following = tag.next_sibling
        if following is None or tag.parent is None:
            continue
        if type(following) is NavigableString and following[:1].isspace():
            continue  # as most are
        before, behind = tag.get_text()[-2:], following.get_text()[:2]
        if not before or not behind or before[-1].isspace() or behind[0].isspace():
            continue
        if _names_makers(tag):
            if _may_part(tag, following, before, behind):
                tag.insert_after(soup.new_tag("br"))
        elif isinstance(following, Tag):
            facts = _are_facts(tag, following)
            if (facts or _begins_anew(following, before, behind)) and _is_line_of_elements(tag.parent):
                tag.insert_after(soup.new_tag("br") if facts else NavigableString(" "))


def _names_makers(tag: Tag) -> bool:
    """Whether the element stands in a box that is called a byline or a date."""
    return any(
        named(attribute(box, "class"), "byline") or named(attribute(box, "class"), "dateline")
        for box in list(tag.parents)[:2]
    )


def _may_part(tag: Tag, following: PageElement, before: str, behind: str) -> bool:
    """Whether two words meet there, and not the initial of a word and its rest, or a word and its ending."""
    if not (before[-1].isalnum() or before[-1] in ").") or not behind[0].isalnum() or len(tag.get_text().strip()) < 2:
        return False
    said = following.get_text().strip() if isinstance(following, Tag) else ""
    apart = _ADDRESS.fullmatch(said) is not None or (bool(said) and role_behind(said))
    return apart or _changes_case(before, behind) or (isinstance(following, Tag) and not behind[0].islower())


def _are_facts(tag: Tag, following: Tag) -> bool:
    """Whether two elements of a line are facts of their own: several words and a date, or two names that are links."""
    if tag.name not in _BARE or following.name not in _BARE:
        return False
    one, other = fold(tag.get_text()), fold(following.get_text())
    if " " not in one or " " not in other or len(one) + len(other) > LONGEST_LINE:
        return False
    linked = tag.name == following.name == "a"
    told = is_full_name(one) and is_full_name(other) if linked else _YEAR.search(one + other) is not None
    return told and above(tag, *HEADINGS) is None


def _begins_anew(following: Tag, before: str, behind: str) -> bool:
    uncased = before[-1].isalpha() and before[-1].lower() == before[-1].upper() and behind[0].isalnum()
    return _changes_case(before, behind) or (uncased and any(map(str.isdigit, following.get_text())))


def _changes_case(before: str, behind: str) -> bool:
    """Whether a capital or a figure stands right behind a small letter: the beginning of another word."""
    behind_year = len(before) == 2 and before.isdigit() and behind[0].isupper()
    return behind_year or (
        (before[-1].islower() or before[-1] in ").") and (behind[0].isupper() or behind[0].isdigit())
    )


def _is_line_of_elements(box: Tag) -> bool:
    """Whether an element holds nothing but elements, and few words."""
    bare = any(type(each) is NavigableString and each.strip() for each in box.contents)
    return not bare and len(box.get_text()) <= LONGEST_LINE
