"""How a talk sounds: words in which somebody says I, is addressed, asks or begins to answer, by language (``grammar.toml``)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from msgspec import Struct

from exporter.readers.lexicon.vocabulary import either
from exporter.runtime.compiled import table

_INDIAN = re.compile("[\u0900-\u0dff]")
_LETTERS = rf"(?:[^\W\d_]+|{_INDIAN.pattern}+)+"
"""Letters, and signs that Indian scripts write around them."""
_WORD = re.compile(rf"{_LETTERS}(?:['\u200c]{_LETTERS})?")
_WORD_OF_OTHERS = re.compile(r"[^\W\d_]+(?:['\u200c][^\W\d_]+)?")
"""The same for texts without these signs, found in half the time."""
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])\s+|(?<=[。？！؟।])\s*")
_SIGNS = " .!?…。？！؟।:\"'“”„«»‘’()[]–—―-*·•▶▷►"
"""What may stand around a sentence."""
_LONGEST_THAI = 160
"""Characters: a longer text in Thai tells, whatever word it ends in."""
_END_OF_JAPANESE = 8
"""Characters at the end of a text in which a Japanese question ends."""
_LIKE = {"nb": "no", "nn": "no", "ms": "id", "bs": "hr", "sh": "hr"}
"""Languages that are told by the words of another."""


class Cues(Struct, frozen=True):
    """Words, endings of words, and characters looked for in scripts that put no spaces between words."""

    words: frozenset[str]
    endings: tuple[str, ...]
    characters: tuple[str, ...]


def uses_person(text: str, kind: str, language: str = "") -> bool:
    """Whether the text holds a word of ``kind`` ("first", "second", "asking"), in ``language`` (BCP 47; "" for any)."""
    cues = _cues(kind, _known(kind, language))
    if any(each in text for each in cues.characters):
        return True
    said = _words_of(text)
    # Most words end like no cue and hold no apostrophe: they need no closer look.
    return not cues.words.isdisjoint(said) or any(_is_cue(word, cues) for word in said if cues.endings or "'" in word)


@lru_cache(maxsize=256)
def _words_of(text: str) -> frozenset[str]:
    word = _WORD if _INDIAN.search(text) else _WORD_OF_OTHERS
    return frozenset(word.findall(text.replace("’", "'").casefold()))


def replies(text: str, language: str = "") -> bool:
    """Whether the text begins as an answer does: "Yes", "Of course", "I think"."""
    cues = _cues("reply", _known("reply", language))
    folded = text.replace("’", "'").casefold().lstrip("\"'“”„«»-–—― ")
    if folded.startswith(cues.characters):
        return True
    found = _WORD.findall(folded[:40])[:3]
    return any(" ".join(found[:size]) in cues.words for size in range(1, len(found) + 1))


def requests(text: str, language: str = "") -> bool:
    """Whether its last sentence asks for something without a question: "Tell us about the worst one."."""
    begins, ends = _request_words(_known("request", language))
    folded = text.replace("’", "'").casefold().rstrip(_SIGNS)
    last = _SENTENCE_ENDS.split(folded)[-1].lstrip(_SIGNS)
    if folded.endswith(ends):
        return True
    cue = next((cue for cue in begins if last.startswith(cue)), "")
    return bool(cue) and (_unspaced(cue) or not last[len(cue) : len(cue) + 1].isalpha())


def asks_unsigned(text: str) -> bool:
    """Whether the text asks without a question mark, as Thai does with a word at either end, and Japanese before a full stop.

    Japanese may also name what it asks for and stop: "次の予定は。".
    """
    if "\u0e00" <= text[:1] <= "\u0e7f":
        return len(text) <= _LONGEST_THAI and bool(_thai().search(text))
    last = text[-_END_OF_JAPANESE:]
    return any(word in last for word in _tables()["unsigned"]["ja"]) and bool(_japanese().search(last))


@cache
def _thai() -> re.Pattern[str]:
    asking, before, behind = (
        either(_tables()[kind]["th"]) for kind in ("unsigned", "before_unsigned", "behind_unsigned")
    )
    return re.compile(rf"^{before}?{asking}|{asking}(?:\s?{behind})*$")


@cache
def _japanese() -> re.Pattern[str]:  # wide ranges are slow to compile, and most pages have no use for this one
    return re.compile(rf"[\u3040-\u30ff\u4e00-\u9fff]{either(_tables()['unsigned']['ja'])}[。」』）\s]*$")


@cache
def _request_words(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that a request begins with and those that it ends in; of an unknown language those of all."""
    table = _tables()["request"]
    found = table[language] if language else [word for words in table.values() for word in words]
    begins = tuple(word for word in found if not word.startswith("-"))
    return begins, tuple(word[1:] for word in found if word.startswith("-"))


def _is_cue(word: str, cues: Cues) -> bool:
    if word in cues.words or word.endswith(cues.endings):
        return True
    head, elided, _ = word.partition("'")
    return bool(elided) and (head in cues.words or f"{head}'" in cues.words)


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return table("exporter.readers.lexicon", "grammar.toml")


def _known(kind: str, language: str) -> str:
    primary = language.split("-", maxsplit=1)[0].casefold()
    primary = _LIKE.get(primary, primary)
    return primary if primary in _tables()[kind] else ""


@cache
def _cues(kind: str, language: str) -> Cues:
    """The cues of one language; for "" those of all, less the endings, which mean other things elsewhere."""
    table = _tables()[kind]
    found = table[language] if language else [word for words in table.values() for word in words]
    endings = tuple(word[1:] for word in found if word.startswith("-")) if language else ()
    characters = tuple(word for word in found if _unspaced(word))
    return Cues(frozenset(word for word in found if not word.startswith("-")), endings, characters)


def _unspaced(word: str) -> bool:
    return any(
        "\u0e00" <= each <= "\u0eff"  # Thai, Lao
        or "\u1000" <= each <= "\u109f"  # Burmese
        or "\u1780" <= each <= "\u17ff"  # Khmer
        or "\u3040" <= each <= "\u30ff"
        or "\u3400" <= each <= "\u9fff"
        for each in word
    )
