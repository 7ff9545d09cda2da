"""The headline: as large as it may be in few lines, and broken so that no line stands alone.

The renderer fills each line as far as it goes. So the width it may fill is what is chosen here: of all widths, the one
whose breaks fall best. A style sheet gives the sizes to choose from, as the number of ems that fill the column.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from exporter.themes import Theme
from exporter.writers.pdf.faces import Face, face_of

_SLACK = 0.02
"""Kerning makes a line narrower than the sum of its letters, and rounding wider: parts of the width left free."""

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
    parts = words.split()
    for measure in design.measures:
        if len(_lines(parts, measure * (1 - _SLACK), face, design.tracking)) <= design.lines:
            break
    return Fit(measure, _best_width(parts, measure, face, design.tracking))


def _best_width(words: list[str], measure: float, face: Face, tracking: float) -> float:
    """The width with the best breaks among those that take no line more than the measure itself."""
    fewest = len(_lines(words, measure * (1 - _SLACK), face, tracking))
    widths = [measure * step / 100 for step in range(100, 39, -1)]
    tried = [(width, _lines(words, width * (1 - _SLACK), face, tracking)) for width in widths]
    fitting = [(width, lines) for width, lines in tried if len(lines) == fewest]
    return min(fitting, key=lambda each: (_fault(each[1], face, tracking), -each[0]))[0]


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
    longest = max(widths)
    return sum((1 - width / longest) ** 2 for width in widths) + sum(_slips(lines))


def _slips(lines: list[list[str]]) -> Iterator[float]:
    for line in lines[:-1]:
        last = line[-1]
        if len(last) <= _WEAK and last.islower():
            yield 0.3
    if len(lines) > 1 and len(lines[-1]) == 1:
        yield 0.5
