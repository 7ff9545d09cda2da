"""Spaces that no line may break at, and the narrow ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.typography.runs import Edit, Line
from exporter.typography.usage import NARROW, NO_BREAK, Usage

_SPACES = "[ \u00a0\u2009\u202f]*"

_THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\w)")
_INITIAL = re.compile(r"(?<![\w.])(?:[^\W\d_]\.)*([^\W\d_])\. (?=([^\W\d_]))")
_DATE_IN_FIGURES = re.compile(r"(?<![\w.,:])\d{1,2}\. \d{1,2}\. (?=\d{4}(?!\w))")
_TALL = re.compile(r"(?<=\S) (?=[?!;:»][?!]*(?:\s|\Z))")
_DASH = re.compile(r"(?<=[^\s–—]) (?=[–—](?:\s|\Z))")
_ELLIPSIS = re.compile(r"(?<=[^\W_]) (?=…(?:\s|\Z))")
_APART = re.compile(" [–—…?!;:»]")
"""A mark after a space: what all three are about."""
_NUMBER = re.compile(r" [\dIVXLCDM]")
"""A number after a space, in figures or, as it seems, in Roman ones."""

_FEW_WORDS = 6
_SHORT_WORD = 7
_SHORT_PAIR = 18
"""A paragraph of so many words keeps its last two together when the last has no more characters and both no more."""

_DISPLAY_PAIR = 28
"""In large type the last two stay together whatever the last, as long as both have no more characters."""

_LAST = re.compile(r"(\S+) (\S+)\Z")


def inside_quotes(line: Line) -> Iterator[Edit]:
    """The space that a language wants inside its outer marks: French."""
    for usage in line.usages:
        space = usage.typography.quote_space
        if not space or not usage.quotes:
            continue
        opening, closing = usage.quotes[:2]
        yield from _instead(line, usage, rf"{opening}{_SPACES}(?=[^\s{closing}])", opening + space)
        yield from _instead(line, usage, rf"(?<=[^\s{opening}]){_SPACES}{closing}", space + closing)


def before_punctuation(line: Line) -> Iterator[Edit]:
    """The space before tall marks: French again. In front of a colon only where it ends a word, not in 10:30."""
    for usage in line.usages:
        for mark, space in usage.typography.space_before.items():
            ends = r"(?=\s|\Z|[»”\"’)])" if mark == ":" else ""
            pattern = rf"(?<=[\w»”’\")%…]){_SPACES}{re.escape(mark)}{ends}"
            yield from _instead(line, usage, pattern, space + mark)


def _instead(line: Line, usage: Usage, pattern: str, text: str) -> Iterator[Edit]:
    for found in re.finditer(pattern, line.text):
        if line.usage_at(found.start()) is usage and found[0] != text:
            yield Edit(found.start(), found.end(), text)


def in_numbers(line: Line) -> Iterator[Edit]:
    """Narrow spaces between thousands where the author has put spaces."""
    for found in _THOUSANDS.finditer(line.text) if line.has_figures else ():
        for place, character in enumerate(found[0], found.start()):
            if character.isspace() and character != NARROW:
                yield Edit(place, place + 1, NARROW)


def of_measures(line: Line) -> Iterator[Edit]:
    """A number and its unit, a word such as "page" and its number."""
    before, behind = line.has_figures, _NUMBER.search(line.text) is not None
    for pattern in ("units",) * before + ("numbers",) * behind:
        for _, found in line.matches(pattern):
            yield Edit(found.end() - 1, found.end(), NO_BREAK)


def of_dates(line: Line) -> Iterator[Edit]:
    """The day and its month, the month and its day or year; 1. 5. 2020."""
    if not line.has_figures:
        return
    for pattern in ("days", "months"):
        for _, found in line.matches(pattern):
            yield Edit(found.end() - 1, found.end(), NO_BREAK)
    for found in _DATE_IN_FIGURES.finditer(line.text):
        for place, character in enumerate(found[0], found.start()):
            if character == " ":
                yield Edit(place, place + 1, NO_BREAK)


def of_names(line: Line) -> Iterator[Edit]:
    """Initials and the name they belong to; a title and its name."""
    for found in _INITIAL.finditer(line.text) if ". " in line.text else ():
        if found[1].isupper() and found[2].isupper():
            yield Edit(found.end() - 1, found.end(), NO_BREAK)
    for _, found in line.matches("names"):
        yield Edit(found.end() - 1, found.end(), NO_BREAK)


def in_abbreviations(line: Line) -> Iterator[Edit]:
    """Abbreviations of several words: z. B., i. e."""
    for usage, found in line.matches("abbreviations"):
        for place, character in enumerate(found[0], found.start()):
            if character == " ":
                yield Edit(place, place + 1, usage.typography.abbreviation_space)


def after_short_words(line: Line) -> Iterator[Edit]:
    """Words of one letter or two that the language does not leave at the end of a line."""
    for _, found in line.matches("short words"):
        yield Edit(found.end() - 1, found.end(), NO_BREAK)


def beside_marks(line: Line) -> Iterator[Edit]:
    """No line begins with a dash that stands between spaces, an ellipsis that ends a thought, a mark after a space."""
    for pattern in (_DASH, _ELLIPSIS, _TALL) if _APART.search(line.text) else ():
        for found in pattern.finditer(line.text):
            yield Edit(found.start(), found.end(), NO_BREAK)


def before_the_last_word(line: Line) -> Iterator[Edit]:
    """The last line of a paragraph holds more than one short word."""
    yield from _held(line, _SHORT_WORD, _SHORT_PAIR)


def before_the_last_word_in_large_type(line: Line) -> Iterator[Edit]:
    """The same for decks and pull quotes, where a word alone is seen from across the room."""
    yield from _held(line, _DISPLAY_PAIR, _DISPLAY_PAIR)


def _held(line: Line, longest: int, both: int) -> Iterator[Edit]:
    tail = line.text[-both - 1 :]  # no more of it: a text without spaces would be searched from each of its letters
    found = _LAST.search(tail)
    if not found or line.text.count(" ") < _FEW_WORDS - 1:
        return
    if len(found[2]) <= longest and len(found[0]) <= both:
        place = len(line.text) - len(tail) + found.end(1)
        yield Edit(place, place + 1, NO_BREAK)
