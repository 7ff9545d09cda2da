"""Pictures in justified rows: side by side at one height, each row as wide as the others.

Which pictures share a row is found for all rows together, by the least sum of what each row costs (as the lines of a paragraph
are; Knuth and Plass 1981).
"""

from __future__ import annotations

from collections.abc import Callable
from math import log

from exporter.model import Image

GAP = 2.0
"""The space between two pictures of a row, in hundredths of the row's width."""

UNKNOWN = 1.5
"""Width by height that is assumed for a picture of unknown size."""

NARROWEST = 0.75
"""Width by height of a measure and the highest row in it: pictures that are narrower together take less of the measure."""

_SLACK = 0.1
"""Hundredths by which a row stays narrower than its measure, so that no rounding turns over its last picture."""


def aspect_of(image: Image) -> float:
    """Width by height of a picture."""
    return image.width / image.height if image.width and image.height else UNKNOWN


def parted(count: int, most: int, cost: Callable[[int, int], float]) -> tuple[int, ...]:
    """How many of ``count`` pictures stand in each row, ``most`` at most, with ``cost`` of a row from one to before another."""
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for end in range(1, count + 1):
        ways = []
        for start in range(max(0, end - most), end):
            before, rows = best[start]
            ways.append((before + cost(start, end), (*rows, end - start)))
        best.append(min(ways))
    return best[-1][1]


def deviation(aspects: tuple[float, ...], wished: float) -> Callable[[int, int], float]:
    """The cost of a row: how far its width by height is from the one wished for."""
    return lambda start, end: log(sum(aspects[start:end]) / wished) ** 2


def shares(aspects: tuple[float, ...], narrowest: float = NARROWEST) -> tuple[float, ...]:
    """The width of each picture of a row in hundredths of the row's, at one height."""
    total = max(sum(aspects), narrowest)
    free = 100 - _SLACK - GAP * (len(aspects) - 1)
    return tuple(free * each / total for each in aspects)


def wished_for(count: int) -> float:
    """The width by height of a row of so many pictures in all: the more there are, the lower is each row."""
    return 2.4 if count <= 6 else 3.4 if count <= 12 else 4.4
