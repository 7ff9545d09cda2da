"""Measures letters before the page is laid out, for style sheets, which cannot ask a font for its measures.

To take a font apart takes longer than to read it: what was measured of those that come with the program is kept beside them,
as Python keeps its compiled modules.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from msgspec import Struct, structs

from exporter.runtime.compiled import keep, recall
from exporter.themes import Theme


class FontMetrics(Struct, frozen=True):
    """Advances and heights of a font's characters, all in parts of the type size.

    ``cap`` is the height of capitals; ``rise`` is how far the baseline stands below the middle of a line.
    """

    advances: dict[str, float]
    cap: float
    rise: float

    def width(self, text: str) -> float | None:
        """How wide ``text`` is on one line, without kerning; None when the font lacks one of its characters."""
        widths = [self.advances.get(character) for character in text]
        return None if None in widths else sum(width for width in widths if width is not None)


class Letter(Struct, frozen=True):
    """The outline of a letter, perhaps after a mark, as an SVG path, y downwards, and its box, in parts of the cap height.

    ``recess`` is how far its right edge stands back beside the first line, as that of A and L does.
    """

    path: str
    left: float
    top: float
    width: float
    height: float
    recess: float


@cache
def face_of(theme: Theme, name: str) -> FontMetrics:
    """The measures of a font of the theme."""
    return FontMetrics(*_known(theme, name, "", lambda: structs.astuple(_face(theme, name))))


@cache
def letter_of(theme: Theme, name: str, characters: str) -> Letter | None:
    """The outline of a letter, with the mark before it where there is one; None when the font lacks either."""

    def measured() -> tuple[Any, ...] | None:
        letter = _letter(theme, name, characters)
        return structs.astuple(letter) if letter else None

    found = _known(theme, name, characters, measured)
    return found and Letter(*found)


def _known(theme: Theme, name: str, what: str, measured: Callable[[], Any]) -> Any:
    """What was measured of a font in an earlier run, else what is ``measured`` now. It is kept for fonts of ours."""
    place = theme.shipped_font(name)
    if not place:
        return measured()
    content = theme.font(name)
    known = recall(place, content) or {}
    if what not in known:
        known[what] = measured()
        keep(place, content, known)
    return known[what]


def _face(theme: Theme, name: str) -> FontMetrics:
    font = _opened(theme, name)
    units, advances = font["head"].unitsPerEm, font["hmtx"].metrics
    widths = {chr(code): advances[glyph][0] / units for code, glyph in font.getBestCmap().items()}
    line = font["hhea"]
    return FontMetrics(widths, font["OS/2"].sCapHeight / units, (line.ascent + line.descent) / 2 / units)


def _letter(theme: Theme, name: str, characters: str) -> Letter | None:
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen

    font = _opened(theme, name)
    names = [font.getBestCmap().get(ord(character)) for character in characters]
    if None in names:
        return None
    glyphs, scale, start = font.getGlyphSet(), 1 / font["OS/2"].sCapHeight, 0
    bounds, outline, edge = (
        BoundsPen(glyphs),
        SVGPathPen(glyphs, ntos=lambda number: f"{number:.4g}"),
        _edge_pen(glyphs),
    )
    for each in names:
        for pen in (bounds, edge):
            glyphs[each].draw(TransformPen(pen, (1, 0, 0, 1, start, 0)))
        glyphs[each].draw(TransformPen(outline, (scale, 0, 0, -scale, start * scale, 0)))
        start += font["hmtx"].metrics[each][0]
    if not bounds.bounds:
        return None
    left, bottom, right, top = (edge * scale for edge in bounds.bounds)
    recess = right - edge.right_above(BESIDE / scale) * scale
    return Letter(outline.getCommands(), left, -top, right - left, top - bottom, recess)


Point = tuple[float, float]
"""A place in a glyph, in the font's units from the left and from the baseline up."""

BESIDE = 0.72
"""Above so much of the height of capitals, a letter of three lines stands beside the letters of the first."""


def _edge_pen(glyphs: Any) -> Any:
    """A pen that remembers the points of an outline, curves as eight straight pieces."""
    from fontTools.pens.basePen import BasePen

    class EdgePen(BasePen):  # type: ignore[misc]
        """Remembers the straight pieces of what it draws."""

        def __init__(self) -> None:
            super().__init__(glyphs)
            self.pieces: list[tuple[Point, Point]] = []
            self.here = self.begin = (0.0, 0.0)

        def _moveTo(self, pt: Point) -> None:  # noqa: N802
            self.here = self.begin = pt

        def _lineTo(self, pt: Point) -> None:  # noqa: N802
            self.pieces.append((self.here, pt))
            self.here = pt

        def _curveToOne(self, pt1: Point, pt2: Point, pt3: Point) -> None:  # noqa: N802
            for point in _on_curve((self.here, pt1, pt2, pt3)):
                self._lineTo(point)

        def _closePath(self) -> None:  # noqa: N802
            self._lineTo(self.begin)

        def right_above(self, height: float) -> float:
            """How far to the right anything stands at that height or above it."""
            return _right_above(self.pieces, height)

    return EdgePen()


def _on_curve(corners: tuple[Point, Point, Point, Point]) -> Iterator[Point]:
    """Eight points of a cubic curve, its end the last, by Bernstein's polynomials."""
    for step in range(1, 9):
        t = step / 8
        parts = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        x, y = (sum(part * corner[axis] for part, corner in zip(parts, corners, strict=True)) for axis in (0, 1))
        yield x, y


def _right_above(pieces: list[tuple[Point, Point]], height: float) -> float:
    found = [x for piece in pieces for x, y in piece if y >= height]
    for (ax, ay), (bx, by) in pieces:
        if min(ay, by) < height < max(ay, by):
            found.append(ax + (bx - ax) * (height - ay) / (by - ay))
    return max(found, default=0.0)


@cache
def _opened(theme: Theme, name: str):  # type: ignore[no-untyped-def]
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(theme.font(name)), lazy=True)
