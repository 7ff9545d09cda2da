"""Reads JPEG files without decoding them: whether a file is whole, how finely it was packed, what may be cut out.

ITU-T T.81 annex B names the segments: two bytes of a marker, two of a length, and after each start of a scan its coded
pixels, in which a marker's first byte never stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

_SCAN, _END, _FILL = 0xDA, 0xD9, 0xFF
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # the markers of what says how large a picture is

_AFTER_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""The marker that ends the pixels of a scan; restarts (D0 to D7), stuffing (00) and fill bytes (FF) are among them."""

_LIGHT = (
    *(16, 11, 10, 16, 24, 40, 51, 61),
    *(12, 12, 14, 19, 26, 58, 60, 55),
    *(14, 13, 16, 24, 40, 57, 69, 56),
    *(14, 17, 22, 29, 51, 87, 80, 62),
    *(18, 22, 37, 56, 68, 109, 103, 77),
    *(24, 35, 55, 64, 81, 104, 113, 92),
    *(49, 64, 78, 87, 103, 121, 120, 101),
    *(72, 92, 95, 98, 112, 100, 103, 99),
)
"""The standard's quantisation table for light (T.81, table K.1), libjpeg's quality 50: row by row, from broad to fine."""

_COLOUR = (
    *(17, 18, 24, 47, 99, 99, 99, 99),
    *(18, 21, 26, 66, 99, 99, 99, 99),
    *(24, 26, 56, 99, 99, 99, 99, 99),
    *(47, 66, 99, 99, 99, 99, 99, 99),
    *(99 for _ in range(32)),
)
"""That for colour (table K.2)."""

_BROAD, _FINE = 0.45, 0.9
"""Parts of the standard's steps that paper wants: quality 78 for what is broad, 55 for what is as fine as a dot."""


def tables_for_paper() -> list[list[int]]:
    """Quantisation tables, light and colour, for pictures of 300 dots per inch.

    The tables of the standard suit a screen, where a reader sees single dots. On paper at arm's length nobody does. So
    these keep broad shapes finer than usual, so that skies show no steps, and keep details of one dot coarser.
    """
    return [[round(step * _part(place)) for place, step in enumerate(table)] for table in (_LIGHT, _COLOUR)]


def _part(place: int) -> float:
    fineness = min(1.0, (place // 8 + place % 8) / 7)
    return _BROAD + (_FINE - _BROAD) * fineness


_SMALL = 64
"""Pixels of a skeleton's sides."""


def skeleton(content: bytes) -> bytes | None:
    """The same JPEG, made small, without its coded pixels; None when its segments do not lead to its end.

    Decoding this skeleton takes no time and finds every fault in tables and scans. A fault in the pixels themselves stops
    no decoder; it shows as a speck.
    """
    kept = [content[:2]]
    for marker, begin, end in _segments(content):
        segment = content[begin:end]
        kept.append(_small(segment) if marker in _FRAMES else segment)
        if marker == _END:
            return b"".join(kept)
    return None


def _small(frame: bytes) -> bytes:
    sides = (min(_SMALL, int.from_bytes(frame[place : place + 2], "big")) for place in (5, 7))
    return frame[:5] + b"".join(side.to_bytes(2, "big") for side in sides) + frame[9:]


def stripped(content: bytes) -> bytes:
    """The same picture without EXIF, XMP, IPTC and comments.

    JFIF (APP0), the colour profile (APP2) and Adobe's colour transform (APP14) stay, for the colours depend on them.
    """
    kept = [content[:2]]
    place = 2
    for marker, begin, end in _segments(content):
        if marker == _SCAN:
            break
        personal = 0xE1 <= marker <= 0xEF or marker == 0xFE
        coloured = marker == 0xEE or (marker == 0xE2 and content.startswith(b"ICC_PROFILE", begin + 4))
        if not personal or coloured:
            kept.append(content[begin:end])
        place = end
    return b"".join([*kept, content[place:]])


def quality_of(tables: Mapping[int, Sequence[int]]) -> int:
    """How finely a picture was packed, on libjpeg's scale of 1 to 100, by its quantisation tables."""
    first = next(iter(tables.values()), ())
    if not first:
        return 100
    scale = sum(first) / sum(_LIGHT)
    return max(1, min(100, round(100 - 50 * scale if scale <= 1 else 50 / scale)))


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Each segment as (marker, start, end), up to the first place where none follows. Coded pixels stand between them."""
    place = 2
    while content[place : place + 1] == b"\xff" and place + 1 < len(content):
        marker = content[place + 1]
        if marker == _FILL:
            place += 1
            continue
        end = place + 2 if marker == _END else place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        if end > len(content):
            return
        yield marker, place, end
        if marker == _END:
            return
        following = _AFTER_SCAN.search(content, end) if marker == _SCAN else None
        if marker == _SCAN and following is None:
            return
        place = following.start() if following else end
