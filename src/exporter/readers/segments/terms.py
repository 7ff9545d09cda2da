"""Lists of terms and what they mean, told from talks and sections that a page sets with the same element."""

from __future__ import annotations

from bs4 import Tag

from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import elements, every, holds
from exporter.readers.lexicon.vocabulary import cues, named

LONGEST_TERM = 60
"""Characters: what is longer is a sentence, a question perhaps."""
LONGEST_MEANING = 300
"""Characters: what is longer is a section, and its term a crosshead."""
_OF_HEAD = ("byline", "dateline", "author", "tags", "share")
"""Kinds of name of lists that tell of the article and are no part of it."""
_TERMS = frozenset({"dt"})
_TIMES = frozenset({"time"})
_MEANINGS = frozenset({"dd"})
_ASKS = ("?", "？", "؟", ";", "՞")


def explains_terms(tag: Tag) -> bool:
    """Whether a ``dl`` has two terms or more, each told once and shortly, and nothing in it asks or tells of the article."""
    terms = [each.get_text(" ", strip=True) for each in every(tag, _TERMS)]
    meanings = [each.get_text(" ", strip=True) for each in every(tag, _MEANINGS)]
    if len(set(terms)) < max(2, len(terms)) or len(meanings) * 2 < len(terms) or _tells_of_article(tag, terms):
        return False
    if any(each.endswith(_ASKS) for each in (*terms, *meanings)):
        return False
    return all(0 < len(each) <= LONGEST_TERM for each in terms) and all(len(m) <= LONGEST_MEANING for m in meanings)


def _tells_of_article(tag: Tag, terms: list[str]) -> bool:
    """Whether the list names authors, a date, tags."""
    if holds(tag, _TIMES) or any(each.strip(" :：").casefold() in cues("byline") for each in terms):
        return True
    return any(named(attribute(each, "class"), kind) for each in (tag, *elements(tag)) for kind in _OF_HEAD)
