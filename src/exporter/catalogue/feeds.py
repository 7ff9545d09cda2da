"""The feeds of a catalogue, whatever they are written in: the start, the lists, the groups, each in pages."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct

from exporter.catalogue.publication import UNDATED, Publication
from exporter.language import Labels, locale_of, locale_tags, primary

PER_PAGE = 50
"""Entries of a page: what readers on small devices show without waiting."""

START = "index"

T = TypeVar("T")


class Way(Struct, frozen=True):
    """An entry that leads to another feed. ``rel`` is the relation of OPDS 1.2, ``count`` how much stands there."""

    title: str
    feed: str
    updated: str
    count: int
    is_navigation: bool = False
    rel: str = "subsection"


class Feed(Struct, frozen=True):
    """One page of a feed: ways to others, or publications. ``name`` is its file's, without suffix.

    ``pages`` are the names of the first, previous, next and last page by relation; none where there is only one.
    """

    name: str
    title: str
    language: str
    updated: str
    ways: tuple[Way, ...] = ()
    publications: tuple[Publication, ...] = ()
    total: int = 0
    number: int = 1
    pages: tuple[tuple[str, str], ...] = ()
    catalogue: str = ""

    @property
    def identifier(self) -> str:
        """The same as long as the catalogue has its title."""
        return self.identifier_of(self.name)

    def identifier_of(self, name: str) -> str:
        """The identifier of another feed of the same catalogue."""
        return uuid.uuid5(uuid.NAMESPACE_URL, f"opds {self.catalogue} {name}").urn


class Grouping(Struct, frozen=True):
    """Publications put together by what they have in common.

    ``keys`` gives the groups of a publication, each as the words that sort it and those that are shown.
    """

    name: str
    label: Callable[[Labels], str]
    keys: Callable[[Publication], Iterable[tuple[str, str]]]
    order: Callable[[Publication], tuple[object, ...]]


def _by_title(publication: Publication) -> tuple[object, ...]:
    return (publication.title.casefold(), publication.editions[0].place)


def _by_position(publication: Publication) -> tuple[object, ...]:
    try:
        return (float(publication.position), *_by_title(publication))
    except ValueError:
        return (float("inf"), *_by_title(publication))


def _authors(publication: Publication) -> Iterator[tuple[str, str]]:
    yield from ((each.sort_name, each.name) for each in publication.authors)


def _series(publication: Publication) -> Iterator[tuple[str, str]]:
    if publication.series:
        yield publication.series, publication.series


def _languages(publication: Publication) -> Iterator[tuple[str, str]]:
    if publication.language:
        tag = primary(publication.language)
        name = locale_of(tag).name if tag in locale_tags() else publication.language
        yield name, name


GROUPINGS: tuple[Grouping, ...] = (
    Grouping("authors", lambda labels: labels.people, _authors, _by_title),
    Grouping("series", lambda labels: labels.series, _series, _by_position),
    Grouping("languages", lambda labels: labels.language, _languages, _by_title),
)
"""What stands on the first page besides all and the newest. One that would have a single group is left away."""


def feeds(publications: Sequence[Publication], title: str, language: str) -> Iterator[Feed]:
    """Every page of every feed, the start last: it is not there before all that it leads to."""
    locale = locale_of(language)
    labels, language = locale.labels, locale.tag
    frame = _Frame(title, language)
    by_title = sorted(publications, key=_by_title)
    newest = sorted(by_title, key=lambda each: each.updated, reverse=True)
    ways = []
    for name, heading, listed in (("all", labels.contents, by_title), ("newest", labels.newest, newest)):
        rel = "http://opds-spec.org/sort/new" if name == "newest" else "subsection"
        yield from frame.lists(name, heading, listed)
        ways.append(Way(heading, f"{name}-1", _latest(listed), len(listed), rel=rel))
    for grouping in GROUPINGS:
        groups = _grouped(grouping, by_title)
        if len(groups) > 1 or (groups and grouping.name == "series"):
            inner = []
            for (_, shown), listed in sorted(groups.items()):
                key = f"{grouping.name}-{hashlib.sha256(shown.encode()).hexdigest()[:12]}"
                yield from frame.lists(key, shown, sorted(listed, key=grouping.order))
                inner.append(Way(shown, f"{key}-1", _latest(listed), len(listed)))
            yield from frame.ways(grouping.name, grouping.label(labels), inner)
            heading = grouping.label(labels)
            ways.append(Way(heading, f"{grouping.name}-1", _latest(by_title), len(groups), is_navigation=True))
    yield Feed(START, title, language, _latest(by_title), tuple(ways), total=len(ways), catalogue=title)


def _grouped(grouping: Grouping, publications: Iterable[Publication]) -> dict[tuple[str, str], list[Publication]]:
    """The groups by what sorts and names them; one name is one group, however it is sorted here and there."""
    sorts: dict[str, tuple[str, str]] = {}
    groups: dict[tuple[str, str], list[Publication]] = {}
    for each in publications:
        for sort_words, shown in dict.fromkeys(grouping.keys(each)):
            key = sorts.setdefault(shown, (sort_words.casefold(), shown))
            groups.setdefault(key, []).append(each)
    return groups


def _latest(publications: Iterable[Publication]) -> str:
    return max((each.updated for each in publications), default=UNDATED)


class _Frame(Struct, frozen=True):
    """What all feeds of a catalogue have in common."""

    catalogue: str
    language: str

    def lists(self, name: str, title: str, publications: Sequence[Publication]) -> Iterator[Feed]:
        """The pages of a feed of publications."""
        for number, part, pages in _pages(name, publications):
            yield Feed(
                f"{name}-{number}",
                title,
                self.language,
                _latest(publications),
                publications=tuple(part),
                total=len(publications),
                number=number,
                pages=pages,
                catalogue=self.catalogue,
            )

    def ways(self, name: str, title: str, ways: Sequence[Way]) -> Iterator[Feed]:
        """The pages of a feed that leads to others."""
        updated = max((each.updated for each in ways), default=UNDATED)
        for number, part, pages in _pages(name, ways):
            yield Feed(
                f"{name}-{number}",
                title,
                self.language,
                updated,
                ways=tuple(part),
                total=len(ways),
                number=number,
                pages=pages,
                catalogue=self.catalogue,
            )


def _pages(name: str, entries: Sequence[T]) -> Iterator[tuple[int, Sequence[T], tuple[tuple[str, str], ...]]]:
    """The entries in pages, each with its number and the names of its neighbours."""
    last = max(1, -(-len(entries) // PER_PAGE))
    for number in range(1, last + 1):
        near = (("first", 1), ("previous", number - 1), ("next", number + 1), ("last", last))
        pages = tuple((rel, f"{name}-{each}") for rel, each in near if last > 1 and 1 <= each <= last)
        yield number, entries[(number - 1) * PER_PAGE : number * PER_PAGE], pages
