"""Safari's web archives: a property list with the page, and its parts by their addresses."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from typing import Any
from xml.parsers.expat import ExpatError

from msgspec.structs import replace

from exporter.errors import SourceError
from exporter.sources.entry import Entry
from exporter.sources.forms.parts import Parts
from exporter.sources.policy import ReadOptions
from exporter.sources.source import Source

_DAMAGED = (
    *(plistlib.InvalidFileException, ExpatError, ValueError, KeyError, TypeError, AttributeError, OverflowError),
    *(RecursionError, IndexError),
)


def entries(source: Source, options: ReadOptions) -> Iterator[Entry]:
    """The one page of the archive."""
    main, parts = _taken(source)
    address = main.get("WebResourceURL", "")
    base_url = options.base_url or (address if str(address).startswith(("http://", "https://")) else "")
    opened = replace(
        source,
        content=main["WebResourceData"],
        suffix=".html",
        encoding=str(main.get("WebResourceTextEncodingName", "")),
        base_url=base_url,
        resources=Parts(parts, base_url, options.limits),
    )
    yield Entry("", base_url, lambda: opened)


def _taken(source: Source) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The main resource, and the bytes of the others by their addresses."""
    try:
        archive = plistlib.loads(source.content)
        main = archive["WebMainResource"]
        if not isinstance(main["WebResourceData"], bytes):
            raise TypeError
        parts = {
            str(each["WebResourceURL"]): each["WebResourceData"]
            for each in archive.get("WebSubresources", ())
            if isinstance(each.get("WebResourceData"), bytes)
        }
    except _DAMAGED as fault:
        raise SourceError(
            f"This is no web archive of Safari, or it is damaged: {source.origin}.", "Save the page again."
        ) from fault
    return main, parts
