"""The ways through the book: table of contents, landmarks, and the NCX of older readers.

Two levels, because many reading systems show no more: the parts of the article, and below them every question and crosshead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count

from msgspec import Struct

from exporter.writers.xhtml.numbering import Heading


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

    Headings without a parent of their own kind stand below ``body``, the place where the article starts. Where others stand
    below headings, ``introduction`` leads to what is before the first of them. ``href_of`` gives the address of an anchor.
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
    tops = tuple(_grouped(headings))
    if not any(under for _, under in tops):
        place = next(places)
        yield Entry(body.title, body.href, place, below((top for top, _ in tops), href_of, places))
        return
    if introduction:
        yield Entry(introduction.title, introduction.href, next(places))
    for top, under in tops:
        place = next(places)
        yield Entry(top.text, href_of(top.anchor), place, below(under, href_of, places))


def _grouped(headings: tuple[Heading, ...]) -> Iterator[tuple[Heading, list[Heading]]]:
    """Each heading of the first rank with all that stand below it, whatever their rank."""
    top: Heading | None = None
    below: list[Heading] = []
    for heading in headings:
        if top and heading.rank > 1:
            below.append(heading)
            continue
        if top:
            yield top, below
        top, below = heading, []
    if top:
        yield top, below


def below(headings: Iterable[Heading], href_of: Callable[[str], str], places: Iterator[int]) -> tuple[Entry, ...]:
    """A line for each heading, all on one level."""
    return tuple(Entry(each.text, href_of(each.anchor), next(places)) for each in headings)


def depth_of(entries: tuple[Entry, ...]) -> int:
    """How many levels the contents have."""
    return 1 + max((depth_of(entry.entries) for entry in entries if entry.entries), default=0)
