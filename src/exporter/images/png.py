"""Reads PNG files without decoding them: checks that a file is whole, and cuts out what it says beside its pixels."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

LARGE = 1024 * 1024
"""Bytes of a PNG that is not decoded only to be let in."""

_PERSONAL = {b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"}
_SHOWN = {b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"IDAT", b"IEND"}


def stripped(content: bytes) -> bytes:
    """The same picture without its text, time and EXIF chunks, and without what follows its end."""
    chunks = [(start, end) for kind, start, end in _chunks(content) if kind not in _PERSONAL]
    if 8 + sum(end - start for start, end in chunks) == len(content):
        return content
    return b"".join((content[:8], *(content[start:end] for start, end in chunks)))


def _chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The chunks of a PNG up to its end: what kind each is of, where it begins and ends (ISO 15948, 5.3)."""
    end, kind = 8, b""
    while end + 12 <= len(content) and kind != b"IEND":
        start, kind = end, content[end + 4 : end + 8]
        end = start + 12 + int.from_bytes(content[start : start + 4], "big")
        yield kind, start, end


def bare(content: bytes) -> bytes:
    """The same picture with only the chunks that its pixels need, and its orientation moved in front of them.

    Raises :class:`ValueError` when a chunk that is left out is cut off or damaged.
    """
    chunks = list(_chunks(content))
    if all(kind in _SHOWN for kind, _, _ in chunks):
        return content
    kept: list[bytes] = []
    for kind, start, end in chunks:
        if kind not in _SHOWN:
            _check(content, start, end)
        if kind == b"eXIf":
            kept.insert(1, content[start:end])
        elif kind in _SHOWN:
            kept.append(content[start:end])
    return b"".join((content[:8], *kept))


def _check(content: bytes, start: int, end: int) -> None:
    found = memoryview(content)
    if end > len(content) or zlib.crc32(found[start + 4 : end - 4]) != int.from_bytes(found[end - 4 : end], "big"):
        raise ValueError("a chunk is damaged")


def is_whole(content: bytes) -> bool:
    """Checks the CRC of every chunk of a large PNG: whether none is missing or damaged.

    Decoding finds no more than this, except in a file that was broken on purpose, and takes as long as all the other work.
    """
    if len(content) < LARGE:
        return False
    found, kinds = memoryview(content), []
    for kind, start, end in _chunks(content):
        kinds.append(kind)
        if end > len(content) or zlib.crc32(found[start + 4 : end - 4]) != int.from_bytes(found[end - 4 : end], "big"):
            return False
    return kinds[:1] == [b"IHDR"] and b"IDAT" in kinds and kinds[-1] == b"IEND"
