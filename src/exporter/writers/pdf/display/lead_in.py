"""The lead-in: the first words beside an initial in small capitals, which lead from the large letter to the text."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from msgspec.structs import replace

from exporter.model import Article, Block, Figure, Paragraph, SmallCaps, Text

LEAST, MOST = 9, 30
"""Letters of a lead-in."""

LEANING = 3
"""Letters of a word that leans on the next: a lead-in does not end with one, if it can end elsewhere."""

_WORD = re.compile(r"\S+")
_PAUSES = frozenset(",;:.!?…–—")


def with_lead_in(article: Article) -> Article:
    """The article with its first words in small capitals, as they stand beside an initial."""
    place = "introduction" if article.introduction else "body"
    blocks: tuple[Block, ...] = getattr(article, place)
    at = next((at for at, each in enumerate(blocks) if not isinstance(each, Figure)), None)
    first = blocks[at] if at is not None else None
    if at is None or not isinstance(first, Paragraph):
        return article
    led = _led(first)
    return replace(article, **{place: (*blocks[:at], led, *blocks[at + 1 :])}) if led is not first else article


def _led(paragraph: Paragraph) -> Paragraph:
    first = paragraph.children[0] if paragraph.children else None
    end = _end(first.text) if isinstance(first, Text) else 0
    if not isinstance(first, Text) or not end:
        return paragraph
    words, rest = first.text[:end], first.text[end:]
    return replace(paragraph, children=(SmallCaps((Text(words),)), Text(rest), *paragraph.children[1:]))


def _end(text: str) -> int:
    """Where the lead-in ends: at a pause, else behind a word that does not lean on the next; 0 where there is to be none.

    It parts no name: words with capitals that follow one another stay together. Only Latin letters have small capitals in
    every face.
    """
    ends = []
    words = list(_WORD.finditer(text[: MOST * 2]))
    for word, following in pairwise(words):
        named = _is_name(word.group()) and _is_name(following.group()) and word is not words[0]
        if word.end() > MOST or not _is_latin(word.group()):
            break
        if word.end() >= LEAST and not named:
            ends.append(word)
    best = next((each for each in ends if each.group()[-1] in _PAUSES), None)
    best = best or next((each for each in ends if len(each.group()) > LEANING), None) or (ends[0] if ends else None)
    return best.end() if best else 0


def _is_name(word: str) -> bool:
    return word[:1].isupper()


def _is_latin(word: str) -> bool:
    return all(unicodedata.name(each, "").startswith("LATIN") for each in word if each.isalpha())
