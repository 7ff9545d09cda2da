"""A text file of web addresses, one a line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from exporter.sources.encoding import decode
from exporter.sources.entry import Entry
from exporter.sources.policy import ReadOptions
from exporter.sources.source import Source
from exporter.sources.urls import host_of
from exporter.sources.web.page import at_address


def entries(source: Source, options: ReadOptions) -> Iterator[Entry]:
    """One entry for each line that is an address, in the order of the file; the rest are remarks."""
    for line in decode(source.content, source.encoding).text.splitlines():
        address = line.strip()
        if host_of(address):
            yield Entry("", address, partial(at_address, address, options, politely=True))
