"""Sitemaps: the pages that a site names to programs, and indexes of such lists (sitemaps.org/protocol)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from exporter.sources.entry import Entry
from exporter.sources.forms.indexes import MAX_NESTED, child, nested_entries, tag_of, tree_of
from exporter.sources.policy import ReadOptions
from exporter.sources.source import Source
from exporter.sources.urls import host_of
from exporter.sources.web.page import at_address


def entries(source: Source, options: ReadOptions) -> Iterator[Entry]:
    """The pages in their order; of an index, those of every sitemap that it names."""
    tree = tree_of(source)
    if tag_of(tree) == "sitemapindex":
        for each in list(tree)[:MAX_NESTED]:
            yield from nested_entries(child(each, "loc"), "sitemap", source, options)
        return
    for each in tree:
        address = child(each, "loc")
        if host_of(address):
            published = child(each, "publication_date") or child(each, "lastmod")
            yield Entry(child(each, "title"), address, partial(at_address, address, options, politely=True), published)
