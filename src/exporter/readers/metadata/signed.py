"""Authors whom a page names neither in JSON-LD nor by a meta element of theirs: on a network's card, behind a link to them."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from exporter.readers.dom.elements import attribute
from exporter.readers.lexicon.folding import fold
from exporter.readers.lexicon.names import people_in
from exporter.readers.lexicon.vocabulary import cues, named

ELSEWHERE = frozenset(["nav", "aside", "footer"])
"""Elements beside the article."""
MOST_MARKED = 20
"""Elements marked as an author that are looked at: a list of comments has hundreds."""


def labelled(declared: dict[str, list[str]]) -> Iterator[str]:
    """What stands beside "Written by" on the card that a network shows of the page."""
    for place in ("1", "2", "3"):
        label = next(iter(declared.get(f"twitter:label{place}", ())), "").strip(" :").casefold()
        if label in cues("byline") | cues("card_byline"):
            yield from declared.get(f"twitter:data{place}", ())[:1]


def linked_authors(leading: list[Tag]) -> Iterator[str]:
    """The words of links to an author's page (HTML, 4.6.7.2), not those in boxes beside the article."""
    for tag in leading[:MOST_MARKED]:
        name = fold(tag.get_text(" "))
        around = " ".join(attribute(parent, "class") for parent in list(tag.parents)[:6])
        beside = any(parent.name in ELSEWHERE for parent in tag.parents) or named(around, "comments")
        if 0 < len(name) <= 60 and not beside and not named(around, "related") and people_in(name):
            yield name
