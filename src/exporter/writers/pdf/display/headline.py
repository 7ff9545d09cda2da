"""The headline: as large as it may be in few lines, and broken so that no line stands alone.

A theme gives the sizes to choose from, as the number of ems that fill the column. For each, the best breaks are found
(:mod:`exporter.writers.pdf.linebreaking.balanced`). The largest size with good breaks wins.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from msgspec import Struct

from exporter.language import scripts_in
from exporter.themes import HeadlineDesign, Theme
from exporter.writers.pdf.display.metrics import FontMetrics, face_of
from exporter.writers.pdf.linebreaking.balanced import Balanced, Words, balanced
from exporter.writers.pdf.linebreaking.optimal import Chunk

POSTER_LINES = 2
"""Lines of a headline that is as large as a picture."""

_SENSE = 3.0
"""What the sense of the breaks weighs against a step in size."""

_SIZE_STEP = 0.3
"""What a step down in size costs against bad breaks."""

_HAIR = 0.2
"""Ems that a line is given beyond its length, so that rounding breaks none."""

_BREAKS = re.compile(r"[ \t\n]+")
"""Where a line may end: not at the spaces that hold words together."""


_HANGUL_WIDTH = 0.95
_HANGUL = FontMetrics({" ": 0.25}, 0.8, 0.4)
"""What Korean letters are reckoned to be, whose font is the system's."""


class Fit(Struct, frozen=True):
    """``measure`` is the column's width in ems of the headline's size; ``width`` the ems its lines may fill."""

    measure: float
    width: float


def fit_of(words: str, theme: Theme) -> Fit | None:
    """Size and width of a headline in the theme's column; None when the theme has no say or its face lacks a letter."""
    design = theme.manifest.headline
    if design is None:
        return None
    words = " ".join(_BREAKS.split(words.strip()))
    face = _face(words, theme, design.faces)
    if face is None:
        if "Hang" not in scripts_in(words):
            return _square(words, design) if "Hani" in scripts_in(words) else None
        face = _HANGUL
    text = _text(words, face, design)
    tried = [
        (fault + number * _SIZE_STEP, fit)
        for number, measure in enumerate(design.measures)
        for fault, fit in _fits(text, measure, design.lines)
    ]
    if not tried:  # a word is wider than the column in any size
        return Fit(design.measures[-1], design.measures[-1])
    best = min(tried, key=lambda each: each[0])[1]
    # Letters that join are narrower than they stand alone: such a measure is good for the size, not for the breaks.
    return Fit(best.measure, best.measure) if _joins(words) else best


def poster_of(words: str, theme: Theme) -> Fit | None:
    """Size and width of a headline that is a picture by itself, in column and margin; None for one that is too long.

    Letters that run from the right have none: what is known of their sizes and breaks is not enough for it.
    """
    design = theme.manifest.headline
    words = " ".join(_BREAKS.split(words.strip()))
    face = _face(words, theme, design.faces) if design and words else None
    if design is None or face is None or {"Arab", "Hebr"} & set(scripts_in(words)):
        return None
    text = _text(words, face, design)
    for measure in theme.manifest.opening.poster:
        found = balanced(text, measure)
        if found and len(found.widths) <= POSTER_LINES and min(found.widths) >= max(found.widths) / 2:
            return Fit(measure, min(measure, max(found.widths) + _HAIR))
    return None


def _text(words: str, face: FontMetrics, design: HeadlineDesign) -> Words:
    """The headline's words with their widths in ems."""
    parts = words.split(" ")
    space = (face.width(" ") or 0) + design.tracking
    widths = [(face.width(part) or len(part) * _HANGUL_WIDTH) + design.tracking * len(part) for part in parts]
    chunks = [Chunk(width, space, 0, len(part)) for width, part in zip(widths, parts, strict=True)]
    return Words(chunks, parts)


def _square(words: str, design: HeadlineDesign) -> Fit:
    """Size and width of a headline in square characters, between any of which a line may break: lines of equal length."""
    length = len(words)
    lines = {measure: math.ceil(length / int(measure)) for measure in design.measures}
    measure = next((each for each in design.measures if lines[each] <= design.lines), design.measures[-1])
    return Fit(measure, min(measure, math.ceil(length / lines[measure]) + _HAIR))


def _joins(words: str) -> bool:
    return "Arab" in scripts_in(words)


def _face(words: str, theme: Theme, names: tuple[str, ...]) -> FontMetrics | None:
    faces = (face_of(theme, name) for name in names)
    return next((face for face in faces if face.width(words) is not None), None)


def _fits(text: Words, measure: float, most: int) -> Iterator[tuple[float, Fit]]:
    """The ways to break the words at one size, in the fewest lines and in one more, and how bad each is."""
    for more in (0, 1):
        found = balanced(text, measure, more)
        if found:
            fault = _fault(found) + max(0, len(found.widths) - most)
            yield fault, Fit(measure, min(measure, max(found.widths) + _HAIR))


def _fault(found: Balanced) -> float:
    """How bad the breaks are: unequal lines, a weak word at an end, a word alone."""
    longest = max(found.widths)
    return found.cost * _SENSE + sum((1 - width / longest) ** 2 for width in found.widths)
