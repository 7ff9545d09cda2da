"""The headline: as large as it may be in few lines, and broken so that no line stands alone.

The renderer fills each line as far as it goes. So the width it may fill is what is chosen here: of all widths, the one
whose breaks fall best. A style sheet gives the sizes to choose from, as the number of ems that fill the column.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

from exporter.language import scripts_in
from exporter.themes import HeadlineDesign, Theme
from exporter.writers.pdf.faces import Face, face_of

_SURE, _UNSURE = 4, 0.4
"""Breaks that hold over so many hundredths of the measure are sure to come; others carry a fault of this weight."""

_OVERFULL = 10.0
"""A word wider than the column: never, if another size will do."""

_SIZE_STEP = 0.3
"""What a step down in size costs against bad breaks."""

_HAIR = 0.2
"""Ems that a line of square characters is given beyond its length, so that rounding breaks none."""

_WEAK = 3
"""A word of no more letters in lower case (of, the, und, que) does not end a line well."""

_BREAKS = re.compile(r"[ \t\n]+")
"""Where a line may end: not at the spaces that hold words together."""


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
        return _square(words, design) if "Hani" in scripts_in(words) else None
    wide = [_Word(part, (face.width(part) or 0) + design.tracking * len(part)) for part in words.split(" ")]
    space = (face.width(" ") or 0) + design.tracking
    tried = [
        (fault + number * _SIZE_STEP, fit)
        for number, measure in enumerate(design.measures)
        for fault, fit in _fits(wide, space, measure, design.lines)
    ]
    best = min(tried, key=lambda each: each[0])[1]
    # Letters that join are narrower than they stand alone: such a measure is good for the size, not for the breaks.
    return Fit(best.measure, best.measure) if _joins(words) else best


def _square(words: str, design: HeadlineDesign) -> Fit:
    """Size and width of a headline in characters that are as wide as high and break anywhere: lines of one length."""
    length = len(words)
    lines = {measure: math.ceil(length / int(measure)) for measure in design.measures}
    measure = next((each for each in design.measures if lines[each] <= design.lines), design.measures[-1])
    return Fit(measure, min(measure, math.ceil(length / lines[measure]) + _HAIR))


def _joins(words: str) -> bool:
    return "Arab" in scripts_in(words)


def _face(words: str, theme: Theme, names: tuple[str, ...]) -> Face | None:
    faces = (face_of(theme, name) for name in names)
    return next((face for face in faces if face.width(words) is not None), None)


class _Word(Struct, frozen=True):
    text: str
    width: float


_Lines = tuple[tuple[_Word, ...], ...]


def _fits(words: list[_Word], space: float, measure: float, most: int) -> Iterator[tuple[float, Fit]]:
    """The ways to break the words at one size, and how bad each is.

    Many widths give the same breaks; the middle one of them is taken, and few count as a fault: there a hair decides.
    """
    widths = [measure * step / 100 for step in range(40, 101)]
    for lines, same in groupby(widths, key=lambda width: _broken(words, space, width)):
        those = list(same)
        fault = _fault(lines, space) + max(0, len(lines) - most)
        if len(those) < _SURE and those[-1] < measure:
            fault += _UNSURE
        longest = max(_width(line, space) for line in lines)
        if longest > measure:
            fault += _OVERFULL * longest / measure
        yield fault, Fit(measure, measure if those[-1] == measure else those[len(those) // 2])


def _broken(words: list[_Word], space: float, width: float) -> _Lines:
    """The words as the renderer breaks them: each line filled as far as it goes."""
    lines: list[list[_Word]] = [[]]
    free = width
    for word in words:
        if lines[-1] and space + word.width > free:
            lines.append([])
            free = width
        free -= word.width + (space if lines[-1] else 0)
        lines[-1].append(word)
    return tuple(map(tuple, lines))


def _width(line: tuple[_Word, ...], space: float) -> float:
    return sum(word.width for word in line) + space * (len(line) - 1)


def _fault(lines: _Lines, space: float) -> float:
    """How bad the breaks are: unequal lines, a weak word at an end, a word alone."""
    widths = [_width(line, space) for line in lines]
    gaps = [(1 - width / max(widths)) ** 2 for width in widths]
    return (
        sum(gaps[:-1]) + gaps[-1] / 2 + sum(_slips(lines))
    )  # a short last line is a fall, a short first one a stumble


def _slips(lines: _Lines) -> Iterator[float]:
    for line in lines[:-1]:
        last = line[-1].text
        if len(last) <= _WEAK and last.islower():
            yield 0.6
    if len(lines) > 1 and len(lines[-1]) == 1:
        yield 0.5
