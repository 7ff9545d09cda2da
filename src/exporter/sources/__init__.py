"""Where pages come from: the one door to files and, in ``fetch`` alone, to the network.

An argument is acquired (``acquire``), then its content tells what kind of source it is (``kinds``) and which pages it holds.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain

from exporter.errors import SourceError
from exporter.sources.acquire import acquired, finished
from exporter.sources.choice import chosen
from exporter.sources.corrections import with_corrections
from exporter.sources.entry import Entry
from exporter.sources.kinds import kind_of
from exporter.sources.policy import DEFAULTS, Choice, ReadOptions
from exporter.sources.source import Source

Argument = str | os.PathLike[str] | bytes
"""A path, a folder with one page in it, ``"-"`` for standard input, a web address, or bytes."""


class SeveralPages(SourceError):
    """One page is wanted of a source that holds several, or is meant to. ``entries`` are those that were chosen."""

    def __init__(self, message: str, advice: str, entries: Iterator[Entry]) -> None:
        super().__init__(message, advice)
        self.entries = entries


def entries_of(argument: Argument, options: ReadOptions = DEFAULTS) -> Iterator[Entry]:
    """The pages that an argument holds and the options choose, not opened yet; a page holds itself.

    Raises :class:`SourceError` when there is none, when it is unreadable, or larger than the limits allow;
    :class:`UsageError` when the options' ``base_url`` is no web address.
    """
    return _entries(acquired(argument, options), options)


def open_entry(entry: Entry, options: ReadOptions = DEFAULTS) -> Source:
    """The page of an entry, ready to be read. Raises :class:`SourceError` when it is empty or no text."""
    source = entry.open()
    kind = kind_of(source.content)
    if kind is not None and kind.single:
        source = next(kind.entries(source, options)).open()
    return finished(source, options)


def openings(argument: Argument, options: ReadOptions = DEFAULTS) -> Iterator[tuple[str, Callable[[], Source]]]:
    """What opens each page of an argument, with the name of the page there; an only page needs none.

    Raises as :func:`entries_of` does; whoever opens a page that cannot be opened may go on with the next.
    """
    source = acquired(argument, options)
    first, several, known = _begun(source, options)
    if first is not None and not several:
        yield "", partial(_only, first, source, options)
        return
    yield from ((entry.name, partial(open_entry, entry, options)) for entry in known)


def open_source(argument: Argument, options: ReadOptions = DEFAULTS) -> Source:
    """The one page of an argument. Raises as :func:`entries_of` does, and :class:`SeveralPages`."""
    source = acquired(argument, options)
    first, several, known = _begun(source, options)
    if first is None and not options.choice.since:
        which = "no page" if options.choice == Choice() else "no such page"
        raise SourceError(f"There is {which} in {source.origin}.", "See what it holds with: exporter ls")
    if several or first is None:
        which = "more than one page" if first else "no page of that time"
        raise SeveralPages(
            f"There is {which} in {source.origin}.",
            "Choose one with --url; see them all with: exporter ls",
            known,
        )
    return _only(first, source, options)


def _begun(source: Source, options: ReadOptions) -> tuple[Entry | None, bool, Iterator[Entry]]:
    """The first page, whether there are more or are meant to be, and all of them."""
    kind = kind_of(source.content)
    known = _entries(source, options)
    first, second = next(known, None), next(known, None)
    exact = options.choice.url and "*" not in options.choice.url
    several = second is not None or (kind is not None and kind.collection and not exact)
    return first, several, chain(filter(None, (first, second)), known)


def _only(entry: Entry, source: Source, options: ReadOptions) -> Source:
    """The only page of a source, with the corrections that stand beside the source's file."""
    return with_corrections(open_entry(entry, options), options, source.path)


def _entries(source: Source, options: ReadOptions) -> Iterator[Entry]:
    kind = kind_of(source.content)
    if kind is None:
        if options.choice != Choice():
            raise SourceError(f"This is one page: {source.origin}.", "--url, --since and --limit choose among several.")
        return iter((Entry("", source.base_url, lambda: source),))
    return chosen(kind.entries(source, options), options.choice, options.limits.entries)
