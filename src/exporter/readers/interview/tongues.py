"""The language of each part of a page: the page's own, or another in which much of it is written, as a talk may be."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.readers.lexicon.language import guess
from exporter.readers.lexicon.vocabulary import little_words

LEAST_WORDS = 8
"""Words of a text that tell by themselves that it is of another language."""
FEWEST_LITTLE = 0.06
"""Share of little words of the page's language below which such a text is of another."""
LEAST_FOREIGN = 40
"""Words of all such texts from which their language is looked for."""
WITHOUT_LATIN = frozenset({"ar", "be", "bg", "bn", "el", "fa", "he", "hi", "ja", "ko", "mk", "ru", "th", "uk", "zh"})
"""Languages that are not written in Latin letters."""
LOOKED_AT = 200
"""Characters by which the letters of a text are told."""


def languages_of(texts: Sequence[str], language: str) -> list[str]:
    """The language (BCP 47) of each text on a page of ``language``."""
    primary = language.split("-", maxsplit=1)[0]
    parted = [text.casefold().split() for text in texts]
    own = little_words().get(primary, frozenset())
    foreign = [
        text
        for text, words in zip(texts, parted, strict=True)
        if _is_foreign(text, words, own, primary in WITHOUT_LATIN)
    ]
    other = guess(" ".join(foreign)) if sum(len(text.split()) for text in foreign) >= LEAST_FOREIGN else ""
    if other in ("", primary):
        return [language] * len(texts)
    return _told(texts, parted, language, other)


def _told(texts: Sequence[str], parted: list[list[str]], language: str, other: str) -> list[str]:
    """Of two languages that of which each text has more little words; of none, that of the text before it."""
    primary = language.split("-", maxsplit=1)[0]
    words_of = little_words()
    own, others = words_of.get(primary, frozenset()), words_of.get(other, frozenset())
    found, last = [], language
    for text, words in zip(texts, parted, strict=True):
        ahead = sum(word in others for word in words) - sum(word in own for word in words)
        if primary in WITHOUT_LATIN:
            last = other if _is_latin(text) else language
        elif ahead:
            last = other if ahead > 0 else language
        found.append(last)
    return found


def _is_foreign(text: str, words: list[str], own: frozenset[str], without_latin: bool) -> bool:
    if without_latin:
        return _is_latin(text)
    return bool(own) and len(words) >= LEAST_WORDS and sum(word in own for word in words) < len(words) * FEWEST_LITTLE


def _is_latin(text: str) -> bool:
    """Whether most of the letters are Latin."""
    letters = [letter for letter in text[:LOOKED_AT] if letter.isalpha()]
    return sum(map(str.isascii, letters)) * 2 > len(letters)
