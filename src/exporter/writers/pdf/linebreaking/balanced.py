"""Breaks large type into as few lines as possible, of equal length, and where the sense allows it.

Headlines, decks and questions are read at a glance: a word alone on the last line is seen from across the room. Of all ways
to break such a text into the fewest lines, this takes the one whose lines are most equal, end where the thought pauses, and
hold more than one word. Nothing here knows the renderer; lengths are in any unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from math import inf

from msgspec import Struct

from exporter.typography.phrases import phrases_of
from exporter.writers.pdf.linebreaking.optimal import Chunk, Line

MOST_LINES = 12
"""A text of more lines is a paragraph, and is broken as one."""

_WEAK = 3
"""A word of no more letters in lower case (of, the, und, que) does not end a line well."""

_WEAK_END, _PAUSE, _ALONE, _ALONE_AT_LAST = 0.2, -0.05, 0.3, 0.6
"""What a line costs that ends in a weak word, where the thought does, or is one word; one a fifth too short costs .04."""

_TORN, _PERHAPS_TORN = 0.15, 0.05
"""What a line costs that ends inside a word of a script without spaces, or perhaps does."""

_INSIDE_WORD = re.compile("[一-鿿々ぁ-ゟ][ぁ-ゟ]|[ァ-ヿ][ァ-ヿ]")
"""Hiragana end the word that a kanji or other hiragana began; katakana make one of their own."""

_PERHAPS_INSIDE = re.compile("[一-鿿々]{2}")

_PAUSES = ",;:.?!…—–»”’)、。，：；？！」』）،؛؟"


class Words(Struct, frozen=True):
    """A text to be broken: its chunks, and what each says, for the sense of the breaks."""

    chunks: Sequence[Chunk]
    spoken: Sequence[str]

    @property
    def phrases(self) -> frozenset[int] | None:
        """How many letters stand before the beginning of each phrase of Japanese; None in other languages."""
        phrases = phrases_of("".join(self.spoken))
        return frozenset(accumulate(map(len, phrases))) if len(phrases) > 1 else None


class Balanced(Struct, frozen=True):
    """The lines as the numbers of the chunks they begin with, how wide each is, and what their breaks cost."""

    starts: tuple[int, ...]
    widths: tuple[float, ...]
    cost: float

    def lines(self, words: Words) -> list[Line]:
        """The same as lines of a paragraph."""
        ends = [*self.starts[1:], len(words.chunks)]
        return [
            Line((start, 0), width, words.chunks[end - 1].after)
            for start, end, width in zip(self.starts, ends, self.widths, strict=True)
        ]


def balanced(words: Words, measure: float, more: int = 0) -> Balanced | None:
    """The best lines within ``measure``, ``more`` than the fewest; None where a word is too wide, or lines are too many."""
    chunks = words.chunks
    count = _fewest(chunks, measure) + more
    if not chunks or not 0 < count <= min(MOST_LINES, len(chunks)) or max(each.width for each in chunks) > measure:
        return None
    ideal = (sum(each.width + each.after for each in chunks) - chunks[-1].after) / count
    return (
        _best(words, measure, count, ideal) if ideal > 0 else None
    )  # letters that no font has are no wider than nothing


def _fewest(chunks: Sequence[Chunk], measure: float) -> int:
    """The number of lines when each is filled as far as possible."""
    count, free = 0, -1.0
    for chunk in chunks:
        if chunk.width > free:
            count, free = count + 1, measure
        free -= chunk.width + chunk.after
    return count


def _best(words: Words, measure: float, count: int, ideal: float) -> Balanced | None:
    """The cheapest way to set all chunks in so many lines, found front to back."""
    total = len(words.chunks)
    phrases, before = words.phrases, [0, *accumulate(map(len, words.spoken))]
    ways: list[dict[int, Balanced]] = [{0: Balanced((), (), 0.0)}]
    for number in range(count):
        reached: dict[int, Balanced] = {}
        for start, way in ways[-1].items():
            for end, width in _ends(words.chunks, start, measure):
                if (end == total) != (number == count - 1):
                    continue
                cost = way.cost + ((width - ideal) / ideal) ** 2 + _sense(words, start, end)
                if phrases and end < total:
                    cost += 0.0 if before[end] in phrases else _TORN
                if cost < (reached[end].cost if end in reached else inf):
                    reached[end] = Balanced((*way.starts, start), (*way.widths, width), cost)
        ways.append(reached)
    return ways[-1].get(total)


def _ends(chunks: Sequence[Chunk], start: int, measure: float) -> list[tuple[int, float]]:
    """The chunks before which a line may end that begins with ``start``, and how wide it is then."""
    ends, width = [], 0.0
    for number in range(start, len(chunks)):
        if width + chunks[number].width > measure:
            break
        ends.append((number + 1, width + chunks[number].width))
        width += chunks[number].width + chunks[number].after
    return ends


def _sense(words: Words, start: int, end: int) -> float:
    """The cost of a break by the sense of the words around it."""
    last, is_last = words.spoken[end - 1].strip(), end == len(words.chunks)
    spaced = any(each.after for each in words.chunks[max(0, start - 1) : end])
    cost = 0.0
    if end - start == 1 and spaced and len(words.chunks) > 2:  # of two words each may stand alone
        cost += _ALONE_AT_LAST if is_last else _ALONE
    if is_last:
        return cost
    if last[-1:] in _PAUSES:
        return cost + _PAUSE
    if len(last) <= _WEAK and last.islower():
        return cost + _WEAK_END
    return cost + _torn(last[-1:] + words.spoken[end][:1])


def _torn(around: str) -> float:
    """The cost of ending a line between these two letters."""
    if _INSIDE_WORD.fullmatch(around):
        return _TORN
    return _PERHAPS_TORN if _PERHAPS_INSIDE.fullmatch(around) else 0.0
