"""Sources that name other sources: what a list of feeds and an index of sitemaps have in common."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from xml.etree import ElementTree as ET

from exporter.errors import ExporterError, SourceError
from exporter.sources.entry import Entry
from exporter.sources.kinds import kind_of
from exporter.sources.policy import ReadOptions
from exporter.sources.source import Source
from exporter.sources.web.page import at_address

MAX_NESTED = 200
"""Sources that one index may name; the rest is left alone."""


def nested_entries(address: str, kind: str, around: Source, options: ReadOptions) -> Iterator[Entry]:
    """The entries of a source that ``around`` names; if it cannot be fetched, one entry that fails when it is opened."""
    try:
        inner = at_address(address, options, politely=True)
        found = kind_of(inner.content)
        if found is None or found.name not in {kind, "gzip"} or b"<sitemapindex" in inner.content[:2048]:
            raise SourceError(f"This is no {kind}: {address}.", f"It is named in {around.origin}.")
        known = list(found.entries(inner, options))
    except ExporterError as fault:
        yield Entry("", address, partial(_raise, fault))
        return
    yield from known


def _raise(fault: ExporterError) -> Source:
    raise fault


def tree_of(source: Source) -> ET.Element:
    """The source as XML; expat, from 2.4.1 on, bounds what entities grow to, and no other file is read."""
    try:
        return ET.fromstring(source.content.lstrip())  # noqa: S314 - see above
    except (ET.ParseError, ValueError, RecursionError) as fault:
        raise SourceError(f"The list is damaged: {source.origin}.", "Fetch it again.") from fault


def tag_of(element: ET.Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def child(element: ET.Element, name: str) -> str:
    """The text of the first element of that name inside, ``""`` where there is none."""
    found = next((each for each in element.iter() if tag_of(each) == name), None)
    return (found.text or "").strip() if found is not None else ""
