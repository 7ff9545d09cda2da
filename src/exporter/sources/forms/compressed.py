"""Files packed with gzip that hold one source: a sitemap, a page, a feed."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from msgspec.structs import replace

from exporter.errors import SourceError
from exporter.sources.entry import Entry
from exporter.sources.kinds import kind_of
from exporter.sources.policy import MIB, ReadOptions
from exporter.sources.source import Source


def entries(source: Source, options: ReadOptions) -> Iterator[Entry]:
    """The pages of the source inside. It may not be packed a second time."""
    limit = options.limits.container
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        content = unpacking.decompress(source.content, limit + 1)
    except zlib.error as fault:
        raise SourceError(f"The file is damaged: {source.origin}.", "Fetch or pack it again.") from fault
    if len(content) > limit:
        raise SourceError(f"What is packed in {source.origin} is larger than {limit // MIB} MB.", "Unpack it first.")
    if not unpacking.eof:
        raise SourceError(f"The file is damaged: {source.origin}.", "Fetch or pack it again.")
    name = re.sub(r"\.(?:x?html?|xml|txt)$", "", source.name)  # of talk.html.gz
    inner = replace(source, content=content, name=name)
    kind = kind_of(content)
    if kind is None:
        yield Entry("", source.base_url, lambda: inner)
    elif kind.module != __name__:
        yield from kind.entries(inner, options)
    else:
        raise SourceError(f"What is packed is packed twice: {source.origin}.", "Unpack it first.")
