"""Breaks a paragraph as a whole: of all ways to break it, takes the one with the fewest faults.

The renderer fills line after line and never looks back, so that a long word at one line's end tears a hole into it. Here the
paragraph's lines are weighed together, after Knuth and Plass ("Breaking Paragraphs into Lines", 1981), with their demerits
where nothing else is said. Nothing here knows the renderer; lengths are in any unit.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from math import inf

from msgspec import Struct

Part = tuple[float, float]
"""Where a word may be divided: the width of its letters up to there, and the same with the hyphen."""

Start = tuple[int, int]
"""Where a line begins: the number of a chunk, and how many of its parts stand on the line before."""


class Chunk(Struct, frozen=True):
    """The text between two places at which a line may end.

    ``after`` is the width of the space after it, 0 where there is none; ``spaces`` how many there are inside it, at which no
    line ends; ``letters`` how many letters it has.
    """

    width: float
    after: float
    spaces: int
    letters: int


class Text(Struct, frozen=True):
    """A paragraph to be broken.

    ``parts`` gives the places at which a chunk may be divided, ``space`` is what a space is reckoned to be wide.
    """

    chunks: Sequence[Chunk]
    parts: Callable[[int], Sequence[Part]]
    space: float


class Manner(Struct, frozen=True):
    """How lines are judged.

    ``stretch`` and ``shrink`` are how much a space may give, in parts of its width, before that counts as bad as 100; shrunk
    further it never is. ``ragged`` is the empty part of a line that counts as bad as 100 where lines are not justified, 0
    where they are. ``hyphen`` is what a divided word costs, ``least`` how much of a line is filled at least.
    """

    stretch: float = 0.5
    shrink: float = 0.2
    ragged: float = 0.0
    hyphen: float = 50.0
    least: float = 0.75


JUSTIFIED = Manner()
RAGGED = Manner(shrink=0.0, ragged=0.16, hyphen=140.0, least=0.6)

SHORT = 6
"""Letters of a word that does not stand alone on the last line."""

MOST_GIVEN, MOST_EMPTY = 1.0, 0.25
"""Beyond so much of a space's width added to it, or so much of a line empty, there is a hole."""

LINE = 10.0
"""What a line costs by itself."""

ROW = (0.0, 0.0, 1e4, 1e7)
"""What divided words in a row cost beyond the hyphen: none, one, two, three and more."""

HOLE = 2e6
"""What a line costs whose spaces are more than doubled, or a quarter of which is empty."""

STUB = 1e7
"""What a last line costs that is one short word, or the rest of a divided one."""

OVERFULL = 1e12
"""What a line costs that is longer than its measure."""

WORST = 1e4
"""Worse than so bad is no line."""


class Line(Struct, frozen=True):
    """A line of the result: where it begins, how wide it is before its spaces give, and the space after its last word."""

    start: Start
    width: float
    after: float


class Lines(Struct, frozen=True):
    """The lines of a paragraph, and what they cost together: from :data:`HOLE` on one of them has a fault."""

    lines: list[Line]
    cost: float


class Filled(Struct, frozen=True):
    """A line that is filled as far as it goes.

    ``start`` is where it begins. As long as it is less than ``spare`` that it leaves empty, nothing more goes into it;
    ``zoned``: and as long as that is too little to divide a word for.
    """

    start: Start
    spare: float
    zoned: bool


class _Way(Struct):
    """The cheapest way to reach a place: its cost, the place before it, the lines so far, the width of its last line."""

    cost: float
    before: Start
    lines: int
    width: float
    divided: int


class _End(Struct, frozen=True):
    """One possible end of a line: its place, the line's width, and the number of spaces that may give."""

    place: Start
    width: float
    spaces: int


def broken(
    text: Text, measure: Callable[[int], float], manner: Manner = JUSTIFIED, more: int = 0, alike: int = 0
) -> Lines:
    """The lines of a paragraph; none where it has no words, or cannot be set with ``more`` lines than are best.

    ``measure`` gives the width of a line by its number, from 0; from number ``alike`` on they are all of one width.
    """
    place = (len(text.chunks), 0)
    # With so many lines before it, two ways to a place are rivals: the rest of the paragraph is the same for both.
    ways = _Search(text, measure, manner, inf if more else max(1, alike)).ways(place)
    ends = ways[place]
    count = min(ends, key=lambda each: ends[each].cost) + more
    if count not in ends:
        return Lines([], inf)
    cost, lines = ends[count].cost, []
    while place != (0, 0):
        way = ways[place][count]
        lines.append(Line(way.before, way.width, 0.0 if place[1] else text.chunks[place[0] - 1].after))
        place, count = way.before, way.lines
    return Lines(lines[::-1], cost)


def filled(text: Text, measure: Callable[[int], float], zone: float) -> list[Filled]:
    """Lines that are filled one after the other; none where that makes a fault: a hole, a ladder, a short word at the end.

    A word is divided where more than ``zone`` of the line, in parts of its width, would stay empty.
    """
    start, row = (0, 0), 0
    lines: list[Filled] = []
    while True:
        full = measure(len(lines))
        end, width, spare, zoned = _filled(text, start, full, zone)
        lines.append(Filled(start, spare, zoned))
        if end[0] == len(text.chunks):
            return [] if _is_stub(text, start) else lines
        row = row + 1 if end[1] else 0
        if end <= start or width < (1 - MOST_EMPTY) * full or row >= len(ROW) - 1:
            return []
        start = end


def _filled(text: Text, start: Start, full: float, zone: float) -> tuple[Start, float, float, bool]:
    """The end of a line that is filled as far as possible, its width, and what may be spare of it (:class:`Filled`)."""
    number, part = start
    begin = width = -text.parts(number)[part - 1][0] if part else 0.0
    while number < len(text.chunks) and width + text.chunks[number].width <= full:
        width += text.chunks[number].width + text.chunks[number].after
        number += 1
    after = text.chunks[number - 1].after if width > begin else 0.0
    if number == len(text.chunks):
        return (number, 0), width - after, 0.0, False
    following = after + text.chunks[number].width
    if full - (width - after) <= zone * full:
        return (number, 0), width - after, following, True
    parts = text.parts(number)
    fits = [each for each, (_, hyphened) in enumerate(parts, 1) if width + hyphened <= full]
    if fits and (number, fits[-1]) > start:
        return (number, fits[-1]), width + parts[fits[-1] - 1][1], 0.0, False
    return (number, 0), width - after, min([following, *(after + hyphened for _, hyphened in parts)]), False


def _is_stub(text: Text, start: Start) -> bool:
    """Whether a last line that begins there is one short word, or the rest of a divided one."""
    last = len(text.chunks) - 1
    return start[0] == last and last > 0 and (start[1] > 0 or text.chunks[last].letters <= SHORT)


class _Search:
    """The search, front to back: from each place that is reached to each place at which its line may end."""

    def __init__(self, text: Text, measure: Callable[[int], float], manner: Manner, counted: float) -> None:
        self.text, self.measure, self.manner, self.counted = text, measure, manner, counted
        self.places, self.spaces = [0.0], [0]
        for chunk in text.chunks:
            self.places.append(self.places[-1] + chunk.width + chunk.after)
            self.spaces.append(self.spaces[-1] + chunk.spaces + bool(chunk.after))

    def ways(self, end: Start) -> dict[Start, dict[int, _Way]]:
        """Each place at which a line may begin → number of lines before it, as far as they count → the cheapest way there."""
        ways: dict[Start, dict[int, _Way]] = {(0, 0): {0: _Way(0.0, (0, 0), 0, 0.0, 0)}}
        queue = [(0, 0)]
        while queue[0] != end:
            start = heapq.heappop(queue)
            ends: dict[float, list[_End]] = {}
            for lines, way in ways[start].items():
                measure = self.measure(lines)
                if measure not in ends:
                    ends[measure] = list(self._ends(start, measure))
                count = int(min(lines + 1, self.counted))
                for each in ends[measure]:
                    there = ways.get(each.place)
                    if there is None:
                        there = ways[each.place] = {}
                        heapq.heappush(queue, each.place)
                    cost, divided = self._cost(start, way, each, measure)
                    known = there.get(count)
                    if known is None or cost < known.cost:
                        there[count] = _Way(cost, start, lines, each.width, divided)
        return ways

    def _cost(self, start: Start, way: _Way, end: _End, measure: float) -> tuple[float, int]:
        """The cost of ending a line there, and the number of successive lines that then end in a divided word."""
        divided = way.divided + 1 if end.place[1] else 0
        cost = way.cost + ROW[min(divided, 3)] + (self.manner.hyphen**2 if divided else 0.0)
        last = end.place[0] == len(self.text.chunks)
        return cost + (self._last(start, end, measure) if last else self._demerits(end, measure)), divided

    def _ends(self, start: Start, measure: float) -> Iterator[_End]:
        """All ends that leave a line neither too full nor too empty; where there are none, the nearest one."""
        number, part = start
        begin = self.places[number] + (self.text.parts(number)[part - 1][0] if part else 0.0)
        least, room = measure * self.manner.least, self.text.space * self.manner.shrink
        nearest = _End((number + 1, 0), self.places[number] + self.text.chunks[number].width - begin, 0)
        found = False
        for each in range(number, len(self.text.chunks)):
            chunk = self.text.chunks[each]
            width = self.places[each] + chunk.width - begin
            spaces = self.spaces[each] - self.spaces[number] + chunk.spaces
            most = measure + spaces * room
            if width >= least:
                for end in self._inside(each, begin, spaces, start):
                    if least <= end.width <= most:
                        found = True
                        yield end
            if width > most:
                break
            nearest = _End((each + 1, 0), width, spaces)
            if width >= least or each + 1 == len(self.text.chunks):
                found = True
                yield nearest
        if not found:
            yield nearest

    def _inside(self, number: int, begin: float, spaces: int, start: Start) -> Iterator[_End]:
        """The ends inside a word."""
        for part, (_, hyphened) in enumerate(self.text.parts(number), 1):
            if (number, part) > start:
                yield _End((number, part), self.places[number] + hyphened - begin, spaces)

    def _demerits(self, end: _End, measure: float) -> float:
        gap = measure - end.width
        give = gap / (max(end.spaces, 0.01) * self.text.space)
        if give < -self.manner.shrink:
            return OVERFULL
        if self.manner.ragged:
            bad, hole = gap / measure / self.manner.ragged, gap / measure > MOST_EMPTY
        else:
            bad, hole = give / (self.manner.stretch if gap > 0 else -self.manner.shrink), give > MOST_GIVEN
        return (LINE + min(WORST, 100 * bad**3)) ** 2 + (HOLE if hole else 0.0)

    def _last(self, start: Start, end: _End, measure: float) -> float:
        stub = _is_stub(self.text, start)
        return (STUB if stub else 0.0) + (LINE**2 if end.width <= measure else self._demerits(end, measure))
