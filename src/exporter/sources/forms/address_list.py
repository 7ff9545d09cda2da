"""A text file of web addresses, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from exporter.errors import SourceError
from exporter.sources.encoding import decode
from exporter.sources.entry import Entry
from exporter.sources.policy import ReadOptions
from exporter.sources.source import Source
from exporter.sources.urls import host_of, in_full
from exporter.sources.web.page import at_address


def entries(source: Source, options: ReadOptions) -> Iterator[Entry]:
    """One entry for each line but remarks, in the order of the file; one that is no address fails when it is opened."""
    for number, line in enumerate(decode(source.content, source.encoding).text.splitlines(), 1):
        stated = re.sub(r"(?:^|\s)#.*", "", line).strip()
        address = in_full(stated)
        if host_of(address) and " " not in address:
            yield Entry("", address, partial(at_address, address, options, politely=True))
        elif stated:
            yield Entry(stated[:80], "", partial(_refuse, number, stated[:80], source.origin))


def _refuse(number: int, stated: str, origin: str) -> Source:
    raise SourceError(f"Line {number} of {origin} is no web address: {stated}.", "Put # before what is a remark.")
