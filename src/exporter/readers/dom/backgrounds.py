"""Photos that a page shows as the background of an empty element."""

from __future__ import annotations

import re
from itertools import islice

from bs4 import BeautifulSoup, Tag

from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import above, elements, holds, rename
from exporter.readers.lexicon.vocabulary import named

_DRAWN = re.compile(r"background(?:-image)?\s*:[^;]*?url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
_PICTURES = frozenset({"img", "video", "iframe"})
_EMPTY = frozenset({"div", "span", "a", "i"})


def show_backgrounds(soup: BeautifulSoup) -> None:
    """Makes pictures of the empty elements that show one as their background."""
    for tag in elements(soup):
        style = attribute(tag, "style") if "style" in tag.attrs else ""
        drawn = _DRAWN.search(style) if "background" in style and tag.name != "img" else None
        if drawn and _stands_for_picture(tag):
            rename(tag, "img")
            tag["src"], tag["alt"] = drawn[1].strip(), attribute(tag, "aria-label")


def _stands_for_picture(tag: Tag) -> bool:
    """An empty element that is called a picture, or that is all of a figure beside its caption."""
    if tag.name not in _EMPTY or tag.get_text(strip=True) or holds(tag, _PICTURES | {"svg"}):
        return False
    if attribute(tag, "role") == "img":
        return True
    figure = above(tag, "figure") or _box_with_caption(tag)
    return figure is not None and not holds(figure, _PICTURES)


def _box_with_caption(tag: Tag) -> Tag | None:
    """The box around an element that is called a picture, where it has a caption beside it."""
    if not named(attribute(tag, "class"), "picture"):
        return None
    for box in islice(tag.parents, 3):
        if box.get_text(strip=True):
            return box if any(named(attribute(each, "class"), "caption") for each in elements(box)) else None
    return None
