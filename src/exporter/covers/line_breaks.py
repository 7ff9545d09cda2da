"""Display type by the customs of its language: where its lines may break, and how it is written in capitals."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from msgspec import Struct

from exporter.language import primary
from exporter.typography.hyphenation import SOFT_HYPHEN, with_soft_hyphens
from exporter.typography.phrases import phrases_of

LONGEST_PHRASE = 12
"""Characters of Japanese that stay together on one line at most."""

LONGEST_WORD = 18
"""Letters of a word that is never divided on a cover."""

_FIRST_OF_EAST = "\u2e80"
_EAST = (
    "\u2e80-\u303f\u3040-\u30ff\u31c0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff"
)
_OPENING = "「『（【〈《〔［｛“‘"
_TRAILING = "、。，．・：；？！」』）】〉》〕］｝”’…‥ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々ゝゞ〜"
_HIRAGANA = re.compile("[\u3041-\u309f]")


class Piece(Struct, frozen=True):
    """A stretch of text that stays on one line: whether a space stands before it, and a hyphen behind it at the end."""

    text: str
    spaced: bool
    hyphenated: bool = False

    @property
    def drawn(self) -> str:
        """The piece as it is drawn at a line's end."""
        return self.text + "-" * self.hyphenated


def pieces(text: str, *, finest: bool = False) -> tuple[Piece, ...]:
    """``text`` between the places where a line may break: words, phrases or characters.

    Phrases stand in Japanese and Thai, characters in Chinese. The ``finest`` pieces are characters of Japanese, too. A word
    ends at each of its soft hyphens (:func:`divided`).
    """
    return tuple(
        Piece(piece.removesuffix(SOFT_HYPHEN), number == 0 and at > 0, piece.endswith(SOFT_HYPHEN))
        for at, word in enumerate(text.split(" "))
        for number, piece in enumerate(_parted(word, finest))
    )


def divided(text: str, language: str) -> str:
    """``text`` with soft hyphens in its long words, where the language has patterns to divide them."""
    return with_soft_hyphens(text, language, LONGEST_WORD)


def _parted(word: str, finest: bool) -> list[str]:
    if "\u0e01" <= max(word, default="") <= "\u0e7f":
        return list(phrases_of(word))
    if max(word, default="") < _FIRST_OF_EAST or not _eastern().search(word):
        return re.findall(f"[^{SOFT_HYPHEN}]+{SOFT_HYPHEN}?", word) or [word]
    if finest or not _HIRAGANA.search(word):
        return _square().findall(word)
    return [piece for phrase in phrases_of(word) for piece in _shorter(phrase)]


def _shorter(phrase: str) -> list[str]:
    """A phrase whole; a long one in its words, as far as the kinds of its letters show them, or in its characters."""
    if len(phrase) <= LONGEST_PHRASE:
        return [phrase]
    parts = [found for found in _phrase().findall(phrase) if found]
    return [piece for each in parts for piece in ([each] if len(each) <= LONGEST_PHRASE else _square().findall(each))]


# Wide ranges are slow to compile, and most covers have no use for them.


@cache
def _eastern() -> re.Pattern[str]:
    return re.compile(f"[{_EAST}]")


@cache
def _square() -> re.Pattern[str]:
    """Single characters, each with the marks that cling to it; words of any other script stay whole."""
    return re.compile(f"[{_OPENING}]*(?:[{_EAST}]|[^{_EAST}\\s{_OPENING}{_TRAILING}]+)[{_TRAILING}]*|\\S+")


@cache
def _phrase() -> re.Pattern[str]:
    """A word of Japanese with the syllables behind it."""
    return re.compile(
        f"[{_OPENING}]*(?:[\u30a0-\u30ff]+|[^\u3041-\u309f\u30a0-\u30ff{_OPENING}{_TRAILING}]+)?[\u3041-\u309fー]*[{_TRAILING}]*"
    )


def joined(row: tuple[Piece, ...]) -> str:
    """The pieces as one line, with its hyphen."""
    return "".join(" " * (piece.spaced and at > 0) + piece.text for at, piece in enumerate(row)) + _hyphen(row)


def _hyphen(row: tuple[Piece, ...]) -> str:
    return "-" if row and row[-1].hyphenated else ""


_DIPHTHONG = re.compile("([ΑΕΗΟΥαεηου])[\u0300\u0301\u0342]([ΙΥιυ])(?!\u0308)")
_ACCENT = re.compile("([Ͱ-Ͽ])[\u0300\u0301\u0313\u0314\u0342]+")
_ALONE = re.compile(r"(?<!\w)ή(?!\w)")


def capitals(text: str, language: str) -> str:
    """``text`` in capitals: Greek without accents, as Greek prints them (but for a lone Ή), Turkish with its two letters I."""
    match primary(language):
        case "el":
            return "Ή".join(_bare(part).upper() for part in _ALONE.split(text))
        case "tr" | "az":
            return text.replace("i", "İ").upper()
        case _:
            return text.upper()


def _bare(text: str) -> str:
    """Greek without its accents. Where an accent kept two vowels apart, a diaeresis does."""
    apart = _DIPHTHONG.sub("\\1\\2\u0308", unicodedata.normalize("NFD", text))
    while (bare := _ACCENT.sub("\\1", apart)) != apart:
        apart = bare
    return unicodedata.normalize("NFC", bare)
