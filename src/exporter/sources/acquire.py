"""An argument → its bytes: a path, a folder, standard input, a web address, or the bytes themselves."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec.structs import replace

from exporter.errors import SourceError, UsageError
from exporter.images.kinds import sniff
from exporter.sources.encoding import decode, looks_binary
from exporter.sources.local import SAVE_IT, STANDARD_INPUT, alone, at_path, piped
from exporter.sources.policy import ReadOptions, is_date
from exporter.sources.saved import saved_from
from exporter.sources.source import Source
from exporter.sources.urls import host_of, is_address, path_of

_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (or an EPUB or office file)"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"{\\rtf", "an RTF file"),
)


def acquired(argument: str | os.PathLike[str] | bytes, options: ReadOptions) -> Source:
    """The content of the argument. Raises :class:`SourceError`; :class:`UsageError` for an address or a day that is none."""
    if options.base_url and not host_of(options.base_url):
        raise UsageError(
            f"No page was saved from {options.base_url!r}.", "Give its web address: https://example.org/talk."
        )
    if options.choice.since and not is_date(options.choice.since):
        raise UsageError(f"This is no date: {options.choice.since!r}.", "Write it as 2025-05-20, 2025-05 or 2025.")
    if isinstance(argument, bytes):
        return alone(argument, "the page", options)
    if argument == STANDARD_INPUT:
        return piped(options)
    text = os.fspath(argument)
    if is_address(text):
        from exporter.sources.web.page import at_address

        return at_address(text, options)
    if text[:7].lower() == "file://":
        return _at_file(text, options)
    return _in_store(text, options) if "://" in text else at_path(Path(text), options)


def _in_store(place: str, options: ReadOptions) -> Source:
    """The page at a place of a store; a path where its name only looks like one."""
    from exporter.sources.store import at_store, is_store

    return at_store(place, options) if is_store(place) else at_path(Path(place), options)


def _at_file(address: str, options: ReadOptions) -> Source:
    """The page in the file of that address, as browsers show it."""
    path = path_of(address)
    if not path:
        raise SourceError(f"{address} is a file of another machine.", "Copy it to this one.")
    return at_path(Path(path), options)


def finished(source: Source, options: ReadOptions) -> Source:
    """The page, if it is text of some kind, with its pictures from the web where they are wanted from there."""
    if not source.content.strip():
        raise SourceError(f"The source is empty: {source.origin}.", SAVE_IT)
    kind = _other_kind(source.content)
    if kind:
        raise SourceError(f"This is no page but {kind}: {source.origin}.", SAVE_IT)
    if not options.network.pictures:
        return source
    from exporter.sources.web.pictures import WebPictures

    base_url = source.base_url or saved_from(decode(source.content, source.encoding).text)
    beside = WebPictures(base_url, options.network, options.limits, source.resources)
    return replace(source, resources=beside)


def _other_kind(content: bytes) -> str:
    """The kind of content that is no text, in words; ``""`` for text."""
    for beginning, kind in _OTHER_KINDS:
        if content.startswith(beginning):
            return kind
    media_type = sniff(content)
    if media_type and media_type != "image/svg+xml":  # a page may well begin with a drawing
        return f"a picture ({media_type})"
    return "a binary file" if looks_binary(content) else ""
