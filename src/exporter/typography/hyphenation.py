"""Where the words of a language may be divided, by the patterns that Pyphen keeps; long words of display type marked there.

Pyphen parses all patterns of a language before the first word is divided: .06 CPU seconds for English, half a second for
German, for a few hundred words. Here a language's file is only cut into lines, each line under its letters; a pattern is
parsed when a word asks for it. The patterns and their results are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from exporter.runtime.threads import alone

SOFT_HYPHEN = "\u00ad"

_PARTS = re.compile(r"(\d?)(\D?)")
_NO_PATTERN = re.compile(rb"\n(?:[%#]|(?:COMPOUND)?(?:LEFT|RIGHT)HYPHENMIN).*")
"""A comment, or how many letters stand before and after a hyphen at least."""

_OTHER_TAGS = {"no": "nb", "in": "id", "mo": "ro", "sh": "sr-Latn"}
"""Old and collective tags of languages → those that the patterns are kept under (IANA's registry of language subtags)."""

LEAST = 4
"""Letters on either side of a hyphen in display type: no less shows what the word is."""

Pattern = tuple[int, tuple[int, ...]]


class Patterns(dict[str, Any]):
    """Letters → a pattern, as Pyphen keeps them: where its numbers begin, and the numbers between the letters.

    A value is the line of the file until it is asked for.
    """

    def get(self, letters: str, default: Any = None) -> Any:
        """The pattern of these letters; ``default`` when there is none."""
        found = super().get(letters)
        if isinstance(found, str):
            found = self[letters] = _parsed(found)
        return default if found is None else found


def _parsed(line: str) -> Pattern | None:
    numbers = [int(number or 0) for number, _ in _PARTS.findall(line)]
    if not any(numbers):
        return None
    start = next(place for place, number in enumerate(numbers) if number)
    end = len(numbers) - next(place for place, number in enumerate(reversed(numbers)) if number)
    return start, tuple(numbers[start:end])


def language_of(tag: str | None) -> str | None:
    """The language whose patterns divide words of the language ``tag``; None where there are none."""
    import pyphen

    name, *rest = (tag or "").replace("_", "-").split("-")
    found = pyphen.language_fallback("-".join([_OTHER_TAGS.get(name.lower(), name), *rest])) if name else None
    return str(found) if found else None


def divisions_of(word: str, language: str, left: int, right: int) -> Iterator[tuple[str, str]]:
    """A word divided at each place where it may be, the last first: as its first part is spelt before a hyphen, and the rest.

    ``left`` and ``right`` are how many letters stand before and after it at least. Left out are divisions whose second part
    would be spelt otherwise: nothing could draw it.
    """
    import pyphen

    for spelt, rest in pyphen.Pyphen(lang=language, left=left, right=right).iterate(word):
        if rest and word.endswith(rest):
            yield spelt, rest


def with_soft_hyphens(text: str, tag: str, longest: int) -> str:
    """The text with soft hyphens in words of more than ``longest`` letters, where the language ``tag`` has patterns."""
    if max(map(len, text.split()), default=0) <= longest:  # most texts, and to look for long words takes longer
        return text
    long_word = _long_word(longest)
    language = language_of(tag) if long_word.search(text) else None
    return long_word.sub(lambda found: _marked(found[0], language), text) if language else text


@cache
def _long_word(longest: int) -> re.Pattern[str]:
    return re.compile(rf"[^\W\d_]{{{longest + 1},}}")


def _marked(word: str, language: str) -> str:
    prepare(language)
    divisions = divisions_of(word, language, LEAST, LEAST)
    ends = sorted(len(spelt) for spelt, rest in divisions if spelt + rest == word)
    return SOFT_HYPHEN.join(word[start:end] for start, end in zip([0, *ends], [*ends, len(word)], strict=True))


MOST_PATTERNS = 150_000
"""Patterns of all languages together, 35 MiB, beyond which those of other languages are let go before the next article."""
MOST_WORDS = 50_000
"""Words whose places are remembered, 15 MiB."""


def prepare(language: str) -> None:
    """Makes the language's patterns known to Pyphen, unless they are, or are of a kind that only Pyphen can read.

    Pyphen itself keeps every language and every word that it was ever asked for.
    """
    import pyphen

    if alone():
        _let_go(pyphen.hdcache)
    path = pyphen.LANGUAGES.get(language_of(language) or "")
    if path is None or path in pyphen.hdcache:
        return
    patterns = patterns_of(path)
    if patterns:
        dictionary = pyphen.HyphDict.__new__(pyphen.HyphDict)
        dictionary.patterns, dictionary.cache = patterns, {}
        dictionary.maxlen = max(map(len, patterns))
        pyphen.hdcache[path] = dictionary


def _let_go(known: dict[Path, Any]) -> None:
    if sum(len(each.patterns) for each in known.values()) > MOST_PATTERNS:
        known.clear()
    if sum(len(each.cache) for each in known.values()) > MOST_WORDS:
        for each in known.values():
            each.cache.clear()


def patterns_of(path: Path) -> Patterns | None:
    """The lines of a pattern file; None when it holds alternative spellings or escapes."""
    encoding, _, content = path.read_bytes().partition(b"\n")
    # Patterns with escapes, or that respell a word, are left to Pyphen's own parser.
    if b"^^" in content or (b"/" in content and b"=" in content):
        return None
    name = encoding.decode("ascii").strip()
    name = "cp1251" if name.lower() == "microsoft-cp1251" else name
    # All lines at once: a call for each of tens of thousands of patterns would cost what this saves.
    patterns = _NO_PATTERN.sub(b"", b"\n" + content)
    lines = patterns.decode(name).split()
    letters = patterns.translate(None, b"0123456789").decode(name).split()
    if len(letters) != len(lines):  # a line of numbers alone
        return None
    return Patterns({key: line for key, line in zip(letters, lines, strict=True) if key != line})
