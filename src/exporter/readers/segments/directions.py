"""In which language and which direction an element's words run, where the page says so."""

from __future__ import annotations

import unicodedata
from typing import cast

from bs4 import Tag

from exporter.model import Direction

_STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_WHOLE_PAGE = frozenset({"html", "body", "[document]"})


def _said(tag: Tag, name: str) -> str:
    return str(tag.get(name) or "").strip()


def own_direction(tag: Tag) -> Direction | None:
    """The direction that the element itself is given; ``auto`` by its first letter of one (HTML, 3.2.6.4)."""
    said = _said(tag, "dir").lower()
    if said in ("ltr", "rtl"):
        return cast(Direction, said)
    if said == "auto" or (tag.name == "bdi" and not said):
        return first_strong(tag.get_text())
    return None


def first_strong(text: str) -> Direction | None:
    """The direction of the first letter that has one (Unicode Bidirectional Algorithm, P2)."""
    return next((_STRONG[kind] for each in text if (kind := unicodedata.bidirectional(each)) in _STRONG), None)


def own_language(tag: Tag) -> str:
    """The language that the element itself is given, ``""`` for none."""
    return _said(tag, "lang") or _said(tag, "xml:lang")


def ways_of(tag: Tag) -> tuple[str, Direction | None]:
    """Language and direction of an element, its own or those around it, but not the whole page's."""
    language, direction = "", None
    for each in (tag, *tag.parents):
        if each.name in _WHOLE_PAGE or (language and direction):
            break
        if "lang" in each.attrs or "xml:lang" in each.attrs:
            language = language or own_language(each)
        if "dir" in each.attrs:
            direction = direction or own_direction(each)
    return language, direction
