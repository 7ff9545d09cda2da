"""Where pages come from: the one door to files.

An argument is opened (a path, a folder, standard input, bytes), then its content tells what kind of source it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from exporter import images as assets
from exporter.errors import SourceError, UsageError
from exporter.sources.encoding import looks_binary
from exporter.sources.local import SAVE_IT, STANDARD_INPUT, alone, at_path, piped
from exporter.sources.policy import DEFAULTS, ReadOptions
from exporter.sources.source import Source
from exporter.sources.urls import host_of, is_address

_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (or an EPUB or office file)"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"bplist", "a Safari web archive"),
    (b"{\\rtf", "an RTF file"),
    (b"From: <Saved by", "an MHTML archive"),
    (b"MIME-Version:", "an MHTML archive"),
)


def open_sources(argument: str | os.PathLike[str] | bytes, options: ReadOptions = DEFAULTS) -> Iterator[Source]:
    """The pages at a path, in a saved folder, on standard input (``"-"``), or in bytes.

    Raises :class:`SourceError` when there is none, when it is empty, unreadable, larger than the limits allow, or no text;
    :class:`UsageError` when the options' ``base_url`` is no web address.
    """
    if options.base_url and not host_of(options.base_url):
        raise UsageError(
            f"No page was saved from {options.base_url!r}.", "Give its web address: https://example.org/talk."
        )
    yield _text(_acquired(argument, options))


def open_source(argument: str | os.PathLike[str] | bytes, options: ReadOptions = DEFAULTS) -> Source:
    """The one page of an argument. Raises as :func:`open_sources` does."""
    return next(open_sources(argument, options))


def _acquired(argument: str | os.PathLike[str] | bytes, options: ReadOptions) -> Source:
    if isinstance(argument, bytes):
        return alone(argument, "the page", options)
    if argument == STANDARD_INPUT:
        return piped(options)
    text = os.fspath(argument)
    if is_address(text):
        from exporter.sources.web.page import at_address

        return at_address(text, options)
    return _with_web_pictures(at_path(Path(text), options), options)


def _with_web_pictures(source: Source, options: ReadOptions) -> Source:
    """The source, whose pictures are looked for on the web where they are not beside it, if that is wanted."""
    if not options.network.pictures:
        return source
    from exporter.sources.web.pictures import WebPictures

    beside = WebPictures(source.base_url, options.network, options.limits, source.resources)
    return replace(source, resources=beside)


def _text(source: Source) -> Source:
    """The source, if it is text of some kind."""
    if not source.content.strip():
        raise SourceError(f"The source is empty: {source.origin}.", SAVE_IT)
    kind = _other_kind(source.content)
    if kind:
        raise SourceError(f"This is no page but {kind}: {source.origin}.", SAVE_IT)
    return source


def _other_kind(content: bytes) -> str:
    """What the content is instead of text; ``""`` when it is text."""
    for beginning, kind in _OTHER_KINDS:
        if content.startswith(beginning):
            return kind
    media_type = assets.sniff(content)
    if media_type and media_type != "image/svg+xml":  # a page may well begin with a drawing
        return f"a picture ({media_type})"
    return "a binary file" if looks_binary(content) else ""
