"""Pictures of a PDF's pages, and one sheet of all of them, drawn by PDFium: so that people look at what they made.

PNG is written here, in its plainest form (ISO 15948), because the pages come as rows of pixels already.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from exporter.errors import SourceError, UsageError

HEIGHT = 1400
"""Pixels of a page's picture from head to foot, unless told otherwise: 120 dots an inch of A4."""

LEAST, MOST = 50, 6000
MOST_PAGES = 500

_SMALL = 420  # pixels of a page on the sheet, from head to foot
_GAP = 20
_GROUND = 0x88
_COLUMNS = 6


class Picture(Struct, frozen=True):
    """Rows of pixels, from the head: ``width`` times red, green and blue each."""

    width: int
    rows: tuple[bytes, ...]

    def png(self) -> bytes:
        """The picture as a PNG file."""
        head = struct.pack(">IIBBBBB", self.width, len(self.rows), 8, 2, 0, 0, 0)
        pixels = zlib.compress(b"".join(b"\0" + row for row in self.rows), 6)
        chunks = ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def pages_of(content: bytes, height: int = HEIGHT) -> Iterator[Picture]:
    """Each page of a PDF, ``height`` pixels high.

    Raises :class:`UsageError` without pypdfium2 or for a height that no picture has, :class:`SourceError` when the PDF
    cannot be opened or has more than :data:`MOST_PAGES` pages.
    """
    if not LEAST <= height <= MOST:
        raise UsageError(f"No page is drawn {height} pixels high.", f"Give a number from {LEAST} to {MOST}.")
    document = _opened(content)
    try:
        if len(document) > MOST_PAGES:
            raise SourceError(f"The PDF has {len(document)} pages.", f"At most {MOST_PAGES} are drawn; cut it.")
        for page in document:
            yield _drawn(page, height)
    finally:
        document.close()


def first_page(content: bytes, height: int) -> Picture:
    """The first page of a PDF, however many it has. Raises as :func:`pages_of` does."""
    document = _opened(content)
    try:
        return _drawn(document[0], height)
    finally:
        document.close()


def sheet_of(content: bytes) -> Picture:
    """All pages small, side by side and row below row, on grey. Raises as :func:`pages_of` does."""
    pages = list(pages_of(content, _SMALL))
    rows = [pages[start : start + _COLUMNS] for start in range(0, len(pages), _COLUMNS)]
    width = max(sum(page.width + _GAP for page in row) for row in rows) + _GAP
    band = (bytes([_GROUND]) * 3 * width,) * _GAP
    lines: list[bytes] = list(band)
    for row in rows:
        lines.extend(_beside(row, width))
        lines.extend(band)
    return Picture(width, tuple(lines))


def _beside(pages: list[Picture], width: int) -> Iterator[bytes]:
    """The rows of pages that stand side by side, the ground between and after them."""
    ground, gap = bytes([_GROUND]) * 3, bytes([_GROUND]) * 3 * _GAP
    for at in range(max(len(page.rows) for page in pages)):
        parts = (page.rows[at] if at < len(page.rows) else ground * page.width for page in pages)
        yield (gap + gap.join(parts)).ljust(width * 3, bytes([_GROUND]))


def _opened(content: bytes) -> Any:
    try:
        import pypdfium2
    except ImportError as fault:
        raise UsageError(
            "Drawing pages needs pypdfium2.", "Install it beside exporter: pip install pypdfium2"
        ) from fault
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        raise SourceError(f"The PDF cannot be opened: {fault}.", "Make it again.") from fault
    if not len(document):
        raise SourceError("The PDF has no pages.", "Make it again.")
    return document


def _drawn(page: Any, height: int) -> Picture:
    scale = height / max(page.get_height(), 1)
    if page.get_width() * scale > 2 * MOST:
        raise SourceError("A page of the PDF is too wide to be drawn.", "Ask for a smaller --height.")
    bitmap = page.render(scale=scale, rev_byteorder=True)
    pixels, stride, width = bytes(bitmap.buffer), bitmap.stride, bitmap.width
    rows = (pixels[start : start + stride] for start in range(0, stride * bitmap.height, stride))
    depth = bitmap.n_channels
    return Picture(width, tuple(_coloured(row[: width * depth], depth) for row in rows))


def _coloured(row: bytes, depth: int) -> bytes:
    """The pixels of a row as red, green and blue, from grey, from three channels or from four."""
    if depth == 3:
        return row
    found = bytearray(len(row) // depth * 3)
    for channel in range(3):
        found[channel::3] = row[min(channel, depth - 1) :: depth] if depth > 1 else row
    return bytes(found)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
