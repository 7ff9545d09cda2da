"""The headline: as large as it may be in few lines, and broken so that no line stands alone.

The renderer fills each line as far as it goes. So the width it may fill is what is chosen here: of all widths, the one
whose breaks fall best. A style sheet gives the sizes to choose from, as the number of ems that fill the column.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

from exporter.themes import HeadlineDesign, Theme
from exporter.writers.pdf.faces import Face, face_of

_SURE, _UNSURE = 4, 0.4
"""Breaks that hold over so many hundredths of the measure are sure to come; others carry a fault of this weight."""

_SIZE_STEP = 0.3
"""What a step down in size costs against bad breaks."""

_WEAK = 3
"""A word of no more letters in lower case (of, the, und, que) does not end a line well."""


class Fit(Struct, frozen=True):
    """``measure`` is the column's width in ems of the headline's size; ``width`` the ems its lines may fill."""

    measure: float
    width: float


def fit_of(words: str, theme: Theme) -> Fit | None:
    """Size and width of a headline in the theme's column; None when the theme has no say or its face lacks a letter."""
    design = theme.manifest.headline
    if design is None:
        return None
    face = face_of(theme, design.face)
    if face.width(words.replace(" ", "")) is None:
        return None
    tried = [
        (fault + number * _SIZE_STEP, fit)
        for number, measure in enumerate(design.measures)
        for fault, fit in _fits(words.split(), measure, face, design)
    ]
    return min(tried, key=lambda each: each[0])[1]


def _fits(words: list[str], measure: float, face: Face, design: HeadlineDesign) -> Iterator[tuple[float, Fit]]:
    """The ways to break the words at one size, and how bad each is.

    Many widths give the same breaks; the middle one of them is taken, and few count as a fault: there a hair decides.
    """
    widths = [measure * step / 100 for step in range(40, 101)]
    for lines, same in groupby(widths, key=lambda width: _lines(words, width, face, design.tracking)):
        those = list(same)
        surplus = max(0, len(lines) - design.lines)
        unsure = _UNSURE if len(those) < _SURE and those[-1] < measure else 0
        width = measure if those[-1] == measure else those[len(those) // 2]
        overfull = any(_width(line, face, design.tracking) > measure for line in lines)
        yield _fault(lines, face, design.tracking) + surplus + unsure + 10 * overfull, Fit(measure, width)


def _lines(words: list[str], width: float, face: Face, tracking: float) -> list[list[str]]:
    """The words as the renderer breaks them: each line filled as far as it goes."""
    lines: list[list[str]] = [[]]
    for word in words:
        longer = [*lines[-1], word]
        if lines[-1] and _width(longer, face, tracking) > width:
            lines.append([word])
        else:
            lines[-1] = longer
    return lines


def _width(words: list[str], face: Face, tracking: float) -> float:
    text = " ".join(words)
    return (face.width(text) or 0) + tracking * len(text)


def _fault(lines: list[list[str]], face: Face, tracking: float) -> float:
    """How bad the breaks are: unequal lines, a weak word at an end, a word alone."""
    widths = [_width(line, face, tracking) for line in lines]
    gaps = [(1 - width / max(widths)) ** 2 for width in widths]
    return (
        sum(gaps[:-1]) + gaps[-1] / 2 + sum(_slips(lines))
    )  # a short last line is a fall, a short first one a stumble


def _slips(lines: list[list[str]]) -> Iterator[float]:
    for line in lines[:-1]:
        last = line[-1]
        if len(last) <= _WEAK and last.islower():
            yield 0.6
    if len(lines) > 1 and len(lines[-1]) == 1:
        yield 0.5
