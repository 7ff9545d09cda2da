"""How large and where in the line a segment is set, as far as its own markup tells."""

from __future__ import annotations

import re

from exporter.readers.segments.segment import Segment

_SMALL = re.compile(
    r"font-size\s*:\s*(?:(?:xx?-)?small(?:er)?|(?:\d|1[0-3])(?:\.\d+)?px|(?:\d|10)(?:\.\d+)?pt|0?\.\d+r?em|[1-8]\d(?:\.\d+)?%)"
    r"|(?:^|\s)(?:small|smaller|text-small|text-sm|text-xs|has-small-font-size|[12]|-[1-4])(?:\s|$)",
    re.IGNORECASE,
)
"""Type that a style, a class, ``small`` or the sizes of ``font`` make smaller than what is read."""
_CENTRED = re.compile(
    r"text-align\s*:\s*center|(?:^|\s)(?:center|centered|centre|text-center|aligncenter|has-text-align-center|ql-align-center)(?:\s|$)",
    re.IGNORECASE,
)


def is_small(segment: Segment) -> bool:
    """Whether all of a segment's words are set in small type."""
    return any(map(_SMALL.search, _worn(segment)))


def is_centred(segment: Segment) -> bool:
    """Whether the segment is set in the middle of the line."""
    return any(map(_CENTRED.search, _worn(segment)))


def _worn(segment: Segment) -> tuple[str, ...]:
    """The elements' names, classes and styles of a segment."""
    return (*segment.dress.own, *(segment.dress.inner or ()))
