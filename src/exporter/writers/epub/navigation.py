"""Navigation: table of contents, landmarks, and the NCX for older readers.

Crossheads are nested by their levels, two deep, since few reading systems show more than three levels; each question stands
below the crosshead before it, wherever on the page that was.
Long questions are named by the one that they end in, or cut where the thought pauses; a run of quick-fire has one line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from unicodedata import east_asian_width

from msgspec import Struct

from exporter.writers.xhtml.numbering import Heading

LONGEST = 90
"""Letters of a line of the contents, those twice as wide counted twice."""

DEEPEST = 2
"""Levels of crossheads that are told apart."""

LEAST = 0.5
"""The part of it that a line keeps at least where it is cut at a pause."""

_SENTENCE = re.compile(r"(?<=[.!?…؟])[\"”’»«“)\]]*\s+|(?<=[。！？])")
_PAUSE = re.compile(r"[,;:–—،؛、；：，]\s?|\s[–—-]\s")


class Entry(Struct, frozen=True):
    """One line of the contents, and the lines below it. ``place`` counts from 1 through the whole contents."""

    title: str
    href: str
    place: int
    entries: tuple[Entry, ...] = ()

    @property
    def key(self) -> str:
        """The entry's id in the NCX."""
        return f"point-{self.place}"


class Spot(Struct, frozen=True):
    """A place with a name: ``kind`` is its epub:type where it is a landmark, else empty. It stands in the spine."""

    title: str
    href: str
    kind: str = ""


def contents(
    front: Iterable[Spot],
    headings: tuple[Heading, ...],
    back: Iterable[Spot],
    body: Spot,
    href_of: Callable[[str], str],
    introduction: Spot | None = None,
) -> tuple[Entry, ...]:
    """The table of contents: what stands before, the article's headings, what stands after.

    Questions before the first crosshead stand below ``introduction``, or below ``body``, the place where the article starts;
    without crossheads all do. ``href_of`` gives the address of an anchor.
    """
    places = count(1)
    return (
        *(Entry(spot.title, spot.href, next(places)) for spot in front),
        *_body(headings, (body, introduction), href_of, places),
        *(Entry(spot.title, spot.href, next(places)) for spot in back),
    )


def _body(
    headings: tuple[Heading, ...],
    starts: tuple[Spot, Spot | None],
    href_of: Callable[[str], str],
    places: Iterator[int],
) -> Iterator[Entry]:
    body, introduction = starts
    first = next((at for at, each in enumerate(headings) if each.kind == "crosshead"), len(headings))
    start = (introduction if first < len(headings) else None) or (body if first else None)
    if start:
        place = next(places)
        yield Entry(start.title, start.href, place, below(headings[:first], href_of, places))
    yield from below(headings[first:], href_of, places)


def below(headings: Iterable[Heading], href_of: Callable[[str], str], places: Iterator[int]) -> tuple[Entry, ...]:
    """A line for each heading, questions below their crossheads and crossheads below those of a higher level."""
    told = [each for each in headings if not each.runs_on]
    return tuple(_nested(told, href_of, places))


def _nested(headings: list[Heading], href_of: Callable[[str], str], places: Iterator[int]) -> Iterator[Entry]:
    at = 0
    while at < len(headings):
        top, end = headings[at], at + 1
        while top.level and end < len(headings) and _deeper(headings[end], top):
            end += 1
        place = next(places)
        yield Entry(
            shortened(top.text), href_of(top.anchor), place, tuple(_nested(headings[at + 1 : end], href_of, places))
        )
        at = end


def _deeper(heading: Heading, top: Heading) -> bool:
    """Whether a heading stands below a crosshead."""
    return not heading.level or min(heading.level, DEEPEST) > top.level


def shortened(text: str) -> str:
    """A heading as the contents have it: whole, or the question that it ends in, or cut at a pause and ``…``."""
    if _width(text) <= LONGEST:
        return text
    last = _SENTENCE.split(text)[-1].strip()
    if re.search(r"\w", last) and _width(last) <= LONGEST:
        return last
    most = LONGEST // 2 if _width(last) > 1.5 * len(last) else LONGEST
    head = last[:most]
    pauses = [found.start() for found in _PAUSE.finditer(head) if found.start() >= most * LEAST]
    end = pauses[-1] if pauses else head.rfind(" ") if " " in head else most - 1
    return f"{last[:end].rstrip()}…"


def _width(text: str) -> int:
    return len(text) + sum(east_asian_width(letter) in "WF" for letter in text)


def depth_of(entries: tuple[Entry, ...]) -> int:
    """How many levels the contents have."""
    return 1 + max((depth_of(entry.entries) for entry in entries if entry.entries), default=0)
