"""Replaces pictures that stand for letters: an emoji, the initial of a paragraph, a sign in a sentence."""

from __future__ import annotations

import unicodedata

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import every
from exporter.readers.lexicon.vocabulary import words

_PICTURES = frozenset({"img", "svg"})
_INITIALS = frozenset({"initial", "dropcap", "lettrine", "initiale", "initialbuchstabe", "capitular", "capolettera"})
_LONGEST_SIGN = 12
"""Characters of the alternative text of a sign."""


def spell_out(soup: BeautifulSoup) -> None:
    """Replaces every picture that stands for letters in a sentence by those letters."""
    for img in every(soup, _PICTURES):
        alt = _told(img).strip()
        if alt and (_is_emoji(img, alt) or _is_initial(img, alt)):
            img.replace_with(NavigableString(alt))


def _told(picture: Tag) -> str:
    """What a picture says to those who cannot see it; a drawing has a label or a title (SVG 2, 5.7) in place of a text."""
    if picture.name == "img":
        return attribute(picture, "alt")
    titles = (each.get_text() for each in picture.contents if isinstance(each, Tag) and each.name == "title")
    return attribute(picture, "aria-label") or next(titles, "")


def _is_emoji(img: Tag, alt: str) -> bool:
    """A picture whose alternative text is signs only, or that is called an emoji or a smiley."""
    signs = all(unicodedata.category(each)[0] in "SMC" or each in "\u200d\ufe0f\u20e3#*0123456789" for each in alt)
    named = not {"emoji", "smiley", "smilie", "emoticon"}.isdisjoint(words(attribute(img, "class")).split())
    return len(alt) <= _LONGEST_SIGN and ((signs and not alt.isascii()) or (named and " " not in alt))


def _is_initial(img: Tag, alt: str) -> bool:
    """A picture of one letter right before the rest of its word."""
    if len(alt) > 2 or not alt[-1].isalpha():
        return False
    following = _next_text(img)
    called = not _INITIALS.isdisjoint(words(f"{attribute(img, 'class')} {attribute(img, 'id')}").split())
    return following[:1].islower() or (called and following[:1].isalpha())


def _next_text(img: Tag) -> str:
    """The text right behind the picture; inline elements around nothing but the picture are passed."""
    node: PageElement = img
    while (
        node.next_sibling is None
        and isinstance(node.parent, Tag)
        and node.parent.name in ("span", "b", "strong", "a", "em")
    ):
        node = node.parent
    following = node.next_sibling
    return following.get_text() if isinstance(following, Tag) else str(following or "")
