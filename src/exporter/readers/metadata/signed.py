"""Authors whom a page names neither in JSON-LD nor by a meta element of theirs: on a network's card, behind a link to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import every, holds
from exporter.readers.lexicon.folding import fold, fold_name
from exporter.readers.lexicon.names import is_full_name, people_in
from exporter.readers.lexicon.vocabulary import cues, either, named

_AUTHOR_PAGE = re.compile(rf"/{either(cues('author_paths'))}/(?P<slug>[^/?#]*)|[?&]author=", re.IGNORECASE)
_SLUG = re.compile(r"[a-z]{2,}(?:-[a-z]+){1,3}")
_FACE_OF = re.compile(rf"^{either(cues('portraits'))} {either(cues('portrait_of'))} ", re.IGNORECASE)

ELSEWHERE = frozenset(["nav", "aside", "footer"])
"""Elements beside the article."""
_PICTURES = frozenset({"img"})
_CARDS = frozenset({"vcard", "h-card"})
_NAMES = frozenset({"fn", "p-name"})
_NAMING = frozenset({"a", "span", "b", "strong", "div", "p", "h3", "h4"})
"""Elements in which the name stands on such a card."""
MOST_MARKED = 20
"""Elements marked as an author that are looked at: a list of comments has hundreds."""


def labelled(declared: dict[str, list[str]]) -> Iterator[str]:
    """What stands beside "Written by" on the card that a network shows of the page."""
    for place in ("1", "2", "3"):
        label = next(iter(declared.get(f"twitter:label{place}", ())), "").strip(" :").casefold()
        if label in cues("byline") | cues("card_byline"):
            yield from declared.get(f"twitter:data{place}", ())[:1]


def leads_to_author(address: str) -> bool:
    """Whether a link leads to the page of somebody who writes: "/author/ann-lee/"."""
    return _AUTHOR_PAGE.search(address) is not None


def linked_authors(leading: list[Tag]) -> Iterator[str]:
    """The words of links to an author's page (HTML, 4.6.7.2), not those in boxes beside the article."""
    for tag in leading[:MOST_MARKED]:
        name = fold(tag.get_text(" "))
        if 0 < len(name) <= 60 and not _stands_elsewhere(tag) and people_in(name):
            yield name


def carded_authors(cards: list[Tag]) -> Iterator[str]:
    """The names on cards that microformats call the author's (h-entry's ``p-author``, hAtom's ``author vcard``)."""
    for tag in cards[:MOST_MARKED]:
        named_by = next((each for each in every(tag, _NAMING) if not _NAMES.isdisjoint(classes(each))), tag)
        name = fold(named_by.get_text(" "))
        if 0 < len(name) <= 60 and not _stands_elsewhere(tag) and people_in(name):
            yield name


def is_author_card(tag: Tag) -> bool:
    """Whether a class of microformats says that an element is the card of who wrote."""
    if "author" not in attribute(tag, "class"):
        return False
    worn = classes(tag)
    return "p-author" in worn or ("author" in worn and not _CARDS.isdisjoint(worn))


def classes(tag: Tag) -> set[str]:
    """The classes of an element."""
    return set(attribute(tag, "class").split())


def _stands_elsewhere(tag: Tag) -> bool:
    around = " ".join(attribute(parent, "class") for parent in list(tag.parents)[:6])
    boxes = {parent.name for parent in tag.parents}
    # An article's own footer says who wrote it.
    beside = not boxes.isdisjoint(ELSEWHERE - {"footer"} if "article" in boxes else ELSEWHERE)
    return beside or named(around, "comments") or named(around, "related")


def face_of_author(soup: BeautifulSoup) -> str:
    """The only author whom a linked face alone names: by its words for those who cannot see it, or by where it leads."""
    found: dict[str, str] = {}
    for tag in every(soup, frozenset({"a"})):
        led = _AUTHOR_PAGE.search(attribute(tag, "href"))
        if led and holds(tag, _PICTURES) and not tag.get_text(strip=True) and not _stands_elsewhere(tag):
            told = (
                attribute(each, name)
                for each in (*every(tag, _PICTURES), tag)
                for name in ("alt", "aria-label", "title")
            )
            slug = led["slug"] or ""
            spelt = slug.replace("-", " ").title() if _SLUG.fullmatch(slug) else ""
            name = next((bare for each in (*told, spelt) if is_full_name(bare := _FACE_OF.sub("", fold(each)))), "")
            found.setdefault(fold_name(name), name)
    return found.popitem()[1] if len(found) == 1 else ""
