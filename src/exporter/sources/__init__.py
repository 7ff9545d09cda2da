"""Where pages come from: the one door to files and, in ``fetch`` alone, to the network.

An argument is acquired (``acquire``), then its content tells what kind of source it is (``kinds``) and which pages it holds.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from exporter.errors import SourceError
from exporter.sources.acquire import acquired, finished
from exporter.sources.entry import Entry
from exporter.sources.kinds import kind_of
from exporter.sources.policy import DEFAULTS, ReadOptions
from exporter.sources.source import Source

Argument = str | os.PathLike[str] | bytes
"""A path, a folder with one page in it, ``"-"`` for standard input, a web address, or bytes."""


def entries_of(argument: Argument, options: ReadOptions = DEFAULTS) -> Iterator[Entry]:
    """The pages that an argument holds, not opened yet; a page holds itself.

    Raises :class:`SourceError` when there is none, when it is unreadable, or larger than the limits allow;
    :class:`UsageError` when the options' ``base_url`` is no web address.
    """
    source = acquired(argument, options)
    kind = kind_of(source.content)
    if kind is None:
        yield Entry("", source.base_url, lambda: source)
        return
    yield from kind.entries(source, options)


def open_entry(entry: Entry, options: ReadOptions = DEFAULTS) -> Source:
    """The page of an entry, ready to be read. Raises :class:`SourceError` when it is empty or no text."""
    source = entry.open()
    kind = kind_of(source.content)
    if kind is not None and kind.single:
        source = next(kind.entries(source, options)).open()
    return finished(source, options)


def open_sources(argument: Argument, options: ReadOptions = DEFAULTS) -> Iterator[Source]:
    """The pages of an argument, ready to be read, each opened when its turn comes."""
    for entry in entries_of(argument, options):
        yield open_entry(entry, options)


def open_source(argument: Argument, options: ReadOptions = DEFAULTS) -> Source:
    """The one page of an argument. Raises as :func:`entries_of` does, and when it holds none or several."""
    known = entries_of(argument, options)
    first, second = next(known, None), next(known, None)
    if first is None:
        raise SourceError(f"There is no page in {_called(argument)}.", "Give a saved page, or its address.")
    if second is not None:
        raise SourceError(
            f"There is more than one page in {_called(argument)}: {first.name}, {second.name} …",
            "Choose one with --url, or name a folder for all with -o.",
        )
    return open_entry(first, options)


def _called(argument: Argument) -> str:
    return "the bytes" if isinstance(argument, bytes) else os.fspath(argument)
