"""How the numbered lists of a page count."""

from __future__ import annotations

import re
from typing import cast, get_args

from bs4 import Tag

from exporter.model import ListBlock, ListEntry, NumberStyle
from exporter.readers.dom.elements import attribute


def counted(tag: Tag, entries: tuple[ListEntry, ...]) -> ListBlock:
    """A numbered list as its element counts: from where, down or up, in figures or in letters."""
    down = tag.has_attr("reversed")
    start = number_of(tag, "start")
    style = attribute(tag, "type").strip() or _style_of(tag)
    return ListBlock(
        entries,
        ordered=True,
        start=start if start is not None else len(entries) if down else 1,
        reversed=down,
        style=cast(NumberStyle, style) if style in get_args(NumberStyle) else "1",
    )


_NUMBER = re.compile(r"\s*(-?\d{1,6})\b")
_LIST_STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b((?:lower|upper)-(?:alpha|latin|roman))\b", re.IGNORECASE)


def number_of(tag: Tag | None, name: str) -> int | None:
    """The number with which an attribute of an element begins, None where there is none."""
    found = _NUMBER.match(attribute(tag, name)) if tag is not None else None
    return int(found[1]) if found else None


def _style_of(tag: Tag) -> str:
    found = _LIST_STYLE.search(attribute(tag, "style"))
    return _LIST_STYLES[found[1].lower()] if found else ""
