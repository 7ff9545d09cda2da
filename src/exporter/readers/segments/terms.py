"""Lists of terms and what they mean, told from talks and sections that a page sets with the same element."""

from __future__ import annotations

from bs4 import Tag

from exporter.readers.dom.search import every

LONGEST_TERM = 60
"""Characters: what is longer is a sentence, a question perhaps."""
LONGEST_MEANING = 300
"""Characters: what is longer is a section, and its term a crosshead."""
_TERMS = frozenset({"dt"})
_MEANINGS = frozenset({"dd"})
_ASKS = ("?", "？", "؟", ";", "՞")


def explains_terms(tag: Tag) -> bool:
    """Whether a ``dl`` has two terms or more, each told once and shortly, and nothing in it asks."""
    terms = [each.get_text(" ", strip=True) for each in every(tag, _TERMS)]
    meanings = [each.get_text(" ", strip=True) for each in every(tag, _MEANINGS)]
    if len(set(terms)) < max(2, len(terms)) or len(meanings) < len(terms):
        return False
    short = all(0 < len(each) <= LONGEST_TERM for each in terms) and all(len(m) <= LONGEST_MEANING for m in meanings)
    return short and not any(each.endswith(_ASKS) for each in (*terms, *meanings))
