"""Measuring letters before the page is laid out: what a style sheet needs to know of a font and cannot ask."""

from __future__ import annotations

import io
from functools import cache

from msgspec import Struct

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
    """The outline of one character as an SVG path, y downwards, and its box, in parts of the height of capitals."""

    path: str
    left: float
    top: float
    width: float
    height: float


@cache
def face_of(theme: Theme, name: str) -> FontMetrics:
    """The measures of a font of the theme."""
    font = _opened(theme, name)
    units, advances = font["head"].unitsPerEm, font["hmtx"].metrics
    widths = {chr(code): advances[glyph][0] / units for code, glyph in font.getBestCmap().items()}
    line = font["hhea"]
    return FontMetrics(widths, font["OS/2"].sCapHeight / units, (line.ascent + line.descent) / 2 / units)


@cache
def letter_of(theme: Theme, name: str, character: str) -> Letter | None:
    """The outline of a character; None when the font has none."""
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen

    font = _opened(theme, name)
    glyph = font.getBestCmap().get(ord(character))
    if glyph is None:
        return None
    glyphs, scale = font.getGlyphSet(), 1 / font["OS/2"].sCapHeight
    bounds, outline = BoundsPen(glyphs), SVGPathPen(glyphs, ntos=lambda number: f"{number:.4g}")
    glyphs[glyph].draw(bounds)
    glyphs[glyph].draw(TransformPen(outline, (scale, 0, 0, -scale, 0, 0)))
    if not bounds.bounds:
        return None
    left, bottom, right, top = (edge * scale for edge in bounds.bounds)
    return Letter(outline.getCommands(), left, -top, right - left, top - bottom)


@cache
def _opened(theme: Theme, name: str):  # type: ignore[no-untyped-def]
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(theme.font(name)), lazy=True)
