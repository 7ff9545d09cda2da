"""The line of names and date between headline and text, which systems call a footer, an author's box or a bar of controls."""

from __future__ import annotations

from bs4 import Tag

from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import holds
from exporter.readers.lexicon.vocabulary import WORDS, Cue, named

FIRST_HEADING = frozenset({"h1"})
LONGEST_LINE = 200
"""Characters of such a line."""
MOST_ABOVE = 600
"""Characters of headline, deck and lines between them, such a line included."""
_TELLS = Cue("byline", rf"(?<!\w){WORDS}(?!\w)|(?<!\d)(?:19|20)\d\d(?!\d)", needed=False)
"""What such a line has: a word that leads to names, or a year."""
_LEADS = Cue("byline", rf"(?<!\w){WORDS}(?!\w)")

Sizes = dict[int, tuple[int, int, int]]


def stands_below_headline(tag: Tag, sizes: Sizes) -> bool:
    """Whether an element stands below the headline, says who wrote or when, and the text follows.

    What is called a footer may say anything there: no page ends above its text.
    ``sizes`` are the characters of each element's text, in links, in prose.
    """
    text, _, prose = sizes[id(tag)]
    called = named(f"{attribute(tag, 'class')} {attribute(tag, 'id')}", "footing")
    if not called and (prose or not 0 < text <= LONGEST_LINE or not _TELLS.search(tag.get_text(" "))):
        return False
    above = 0 if called else text
    for around in (tag, *tag.parents):
        for before in (each for each in around.previous_siblings if isinstance(each, Tag)):
            above += sizes[id(before)][0]
            if _heads(before):
                return above <= min(MOST_ABOVE, _behind(tag, sizes))
    return False


def leads_to_names(tag: Tag) -> bool:
    """Whether an element has a word that leads to names: "by"."""
    return _LEADS.search(tag.get_text(" ")) is not None


def _behind(tag: Tag, sizes: Sizes) -> int:
    """Characters of the page behind an element."""
    following = (each for around in (tag, *tag.parents) for each in around.next_siblings)
    return sum(sizes[id(each)][0] for each in following if isinstance(each, Tag))


def _heads(tag: Tag) -> bool:
    return tag.name == "h1" or holds(tag, FIRST_HEADING)
