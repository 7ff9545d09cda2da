"""Hyphenation patterns, read as they are needed.

Pyphen parses all patterns of a language before the first word is divided: .06 CPU seconds for English, half a second for
German, for a few hundred words. Here a language's file is only cut into lines, each line under its letters; a pattern is
parsed when a word asks for it. The patterns and their results are the same.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_DIGITS = {ord(digit): None for digit in "0123456789"}
_PARTS = re.compile(r"(\d?)(\D?)")
_NOT_PATTERNS = ("%", "#", "LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUNDLEFTHYPHENMIN", "COMPOUNDRIGHTHYPHENMIN")

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


def prepare(language: str) -> None:
    """Makes the language's patterns known to Pyphen, unless they are, or are of a kind that only Pyphen can read."""
    import pyphen

    name = pyphen.language_fallback(language)
    path = pyphen.LANGUAGES.get(name)
    if path is None or path in pyphen.hdcache:
        return
    patterns = patterns_of(path)
    if patterns:
        dictionary = pyphen.HyphDict.__new__(pyphen.HyphDict)
        dictionary.patterns, dictionary.cache = patterns, {}
        dictionary.maxlen = max(map(len, patterns))
        pyphen.hdcache[path] = dictionary


def patterns_of(path: Path) -> Patterns | None:
    """The lines of a pattern file; None when it holds alternative spellings or escapes."""
    content = path.read_bytes()
    encoding, _, rest = content.partition(b"\n")
    name = encoding.decode("ascii").strip()
    text = rest.decode("cp1251" if name.lower() == "microsoft-cp1251" else name)
    if "^^" in text or ("/" in text and "=" in text):
        return None
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line and not line.startswith(_NOT_PATTERNS)]
    letters = "\n".join(lines).translate(_DIGITS).split("\n")
    return Patterns((key, line) for key, line in zip(letters, lines, strict=True) if key != line)
