"""Faces beside what somebody says: the same small picture again and again is nobody's photo."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import above, every, rename

_STANDS_IN = re.compile(r"transparent|placeholder|blank|spacer|pixel|lazy|loading|1x1|data:image/gif", re.IGNORECASE)
OFTEN = 3
"""Places at which a small picture stands from which on it is a face beside words."""
SMALL = 200
"""Pixels of the side of such a picture, where the page declares them."""

LONGEST_NAME = 4
"""Words of a caption that is the name of who speaks."""
SPEAKER = "data-avatar-of"
"""Attribute that a box gets whose face the page names in its alternative text, and nowhere else."""


def name_avatars(soup: BeautifulSoup) -> None:
    """Calls the pictures avatars that stand beside words again and again, as those of a chat or of speech balloons do."""
    placed: dict[str, list[Tag]] = {}
    for img in every(soup, frozenset({"img"})):
        source = _addresses(img)
        if source and not source.startswith("data:image/svg") and above(img, "figcaption") is None:
            placed.setdefault(source, []).append(img)
    for found in placed.values():
        if len(found) >= OFTEN and all(map(_is_small, found)) and sum(map(_stands_by_words, found)) >= OFTEN:
            for img in found:
                img["class"] = f"{attribute(img, 'class')} avatar"
                _free_name(img)
                _name_box(img)


def _free_name(img: Tag) -> None:
    """Makes of a caption that is a name, below a face, a line by itself: it says who speaks and nothing of a picture."""
    figure = above(img, "figure")
    caption = figure.find("figcaption") if figure is not None else None
    if (
        figure is not None
        and caption is not None
        and 0 < len(caption.get_text(" ", strip=True).split()) <= LONGEST_NAME
    ):
        rename(figure, "div")
        rename(caption, "p")


def _name_box(img: Tag) -> None:
    """Tells the box of words beside a face whose it is, where its words do not say so."""
    name = " ".join(attribute(img, "alt").split())
    box = next((box for box in list(img.parents)[:4] if box.get_text(strip=True)), None)
    if box is not None and 0 < len(name.split()) <= LONGEST_NAME and name not in " ".join(box.get_text(" ").split()):
        box[SPEAKER] = name


def _addresses(img: Tag) -> str:
    """All that the element says of where its picture is: many wait for a script under one and the same stand-in."""
    return " ".join(attribute(img, name) for name in img.attrs if name.endswith(("src", "srcset", "original")))


def _is_small(img: Tag) -> bool:
    if above(img, "picture") is not None or _STANDS_IN.search(attribute(img, "src")):
        return False
    sides = [int(side) for name in ("width", "height") if (side := attribute(img, name).removesuffix("px")).isdigit()]
    waits = any(name.startswith("data-") for name in img.attrs)
    return max(sides) <= SMALL if sides else not waits


def _stands_by_words(img: Tag) -> bool:
    """Whether one of the boxes near around the picture holds words of its own, and no other picture."""
    for box in list(img.parents)[:4]:
        if len(box.find_all("img", limit=2)) > 1:
            return False
        if box.get_text(strip=True):
            return box.name not in ("body", "main", "article")
    return False
