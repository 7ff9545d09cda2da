"""OPML: a list of feeds, as feed readers export it (opml.org/spec2)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.sources.entry import Entry
from exporter.sources.forms.indexes import MAX_NESTED, nested_entries, tree_of
from exporter.sources.policy import ReadOptions
from exporter.sources.source import Source
from exporter.sources.urls import joined


def entries(source: Source, options: ReadOptions) -> Iterator[Entry]:
    """The entries of every feed that is listed. A feed that cannot be fetched is one entry that fails when it is opened."""
    feeds = [address for each in tree_of(source).iter("outline") if (address := each.get("xmlUrl", "").strip())]
    for address in feeds[:MAX_NESTED]:
        yield from nested_entries(joined(source.base_url, address), "feed", source, options)
