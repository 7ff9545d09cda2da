"""MHTML: a page with all its parts in one message, as Chromium, Edge, Opera and Internet Explorer save it (RFC 2557)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from exporter.errors import SourceError
from exporter.sources.entry import Entry
from exporter.sources.forms.mime import body_of, by_address, charset_of, damage_of, header, message_of
from exporter.sources.forms.parts import Parts
from exporter.sources.policy import ReadOptions
from exporter.sources.source import Source


def entries(source: Source, options: ReadOptions) -> Iterator[Entry]:
    """The one page of the file: its first part of HTML."""
    message = message_of(source.content, source.origin)
    pages = [part for part in message.walk() if part.get_content_type() in {"text/html", "application/xhtml+xml"}]
    if not pages:
        raise SourceError(f"The MHTML file holds no page: {source.origin}.", "Save the page again.")
    page = pages[0]
    address = header(page, "Content-Location") or header(message, "Snapshot-Content-Location")
    base_url = options.base_url or (address if address.startswith(("http://", "https://")) else "")
    opened = replace(
        source,
        content=body_of(page),
        suffix=".html",
        encoding=charset_of(page),
        base_url=base_url,
        resources=Parts(by_address(message), base_url, options.limits),
        notices=damage_of(message, source.origin),
    )
    yield Entry(header(message, "Subject"), base_url, lambda: opened)
