"""What is told of a PNG without decoding it: whether it is as it was written, what it says beside its pixels."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

LARGE = 1024 * 1024
"""Bytes of a PNG that is not decoded only to be let in."""

_PERSONAL = {b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"}


def stripped(content: bytes) -> bytes:
    """The same picture without its text, time and EXIF chunks, and without what follows its end."""
    kept = (content[start:end] for kind, start, end in _chunks(content) if kind not in _PERSONAL)
    return b"".join((content[:8], *kept))


def _chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The chunks of a PNG up to its end: what kind each is of, where it begins and ends (ISO 15948, 5.3)."""
    end, kind = 8, b""
    while end + 12 <= len(content) and kind != b"IEND":
        start, kind = end, content[end + 4 : end + 8]
        end = start + 12 + int.from_bytes(content[start : start + 4], "big")
        yield kind, start, end


def says_all_before_its_pixels(content: bytes, said: dict[Any, Any]) -> bool:
    """Whether no chunk follows the pixels of a PNG that may tell how it is to be held."""
    kinds = [kind for kind, _, _ in _chunks(content)]
    return kinds[-2:] == [b"IDAT", b"IEND"] and "Raw profile type exif" not in said


def is_whole(content: bytes) -> bool:
    """Whether no chunk of a large PNG is missing or has another sum than was reckoned when it was written.

    To decode it tells no more, but of a file that was made so on purpose, and takes as long as all else that is done with it.
    """
    if len(content) < LARGE:
        return False
    found, kinds = memoryview(content), []
    for kind, start, end in _chunks(content):
        kinds.append(kind)
        if end > len(content) or zlib.crc32(found[start + 4 : end - 4]) != int.from_bytes(found[end - 4 : end], "big"):
            return False
    return kinds[:1] == [b"IHDR"] and b"IDAT" in kinds and kinds[-1] == b"IEND"
