"""Lines of plain glyphs drawn a run at a time: the renderer asks Pango for the number, the width and the place of each glyph.

What a glyph of one width adds to the operator that shows a line is the same each time in a font and size: it is written once,
and a line is put together of what is known. A line with anything else (a glyph that is moved, that is met for the first time,
that no font has, a font of pictures) is the renderer's to draw, which finds out what such a glyph means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

NUMBERS = 5
"""Numbers of 32 bits that Pango keeps of a glyph: itself, its width, how far it is moved along and up, and a mark."""

Part = tuple[Any, Any, float, str]
"""Pango's font, the file's, the size, and what is shown in it."""


def together(draw: Callable[..., Any]) -> Callable[..., Any]:
    """The renderer's function that draws a line, of plain glyphs together; itself on a Pango that is built otherwise."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    # Of an older Pango the renderer does not believe what size a font has.
    if ffi.sizeof("PangoGlyphInfo") != 4 * NUMBERS or pango.pango_version() < 14802:
        return draw

    def drawn(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> Any:
        whole = text_overflow != "ellipsis" and block_ellipsis == "none"
        if not whole or not textbox.text.strip() or textbox.style["font_size"] < 1e-6:
            return draw(stream, textbox, text_overflow, block_ellipsis, matrix)
        try:
            parts = _parts(stream, textbox.pango_layout, ffi, FROM_UNITS)
        except LookupError:  # something that is not known, or not plain
            return draw(stream, textbox, text_overflow, block_ellipsis, matrix)
        stream.set_text_matrix(*matrix.values)
        for _, font, size, shown in parts:
            stream.set_font_size(font.hash, size)
            stream.show_text(shown)
        return []

    return drawn


class Shown(dict[tuple[int, int], str]):
    """Glyph and width → what shows it: its number in hexadecimal digits, and by how much the next one stands nearer."""

    def __init__(self, font: Any, size: float, unit: float) -> None:
        super().__init__()
        self.font, self.size, self.unit = font, size, unit

    def __missing__(self, key: tuple[int, int]) -> str:
        glyph, width = key
        kerning = self.font.widths[glyph] - width * 1000 * self.unit / self.size
        if glyph not in self.font.to_unicode:
            raise LookupError(glyph)
        shown = self[key] = f"{glyph:04x}>{int(kerning)}<" if kerning else f"{glyph:04x}"
        return shown


def _parts(stream: Any, layout: Any, ffi: Any, unit: float) -> list[Part]:
    """A line's glyphs, those of one font together. Raises :class:`LookupError` where the renderer has to draw them."""
    parts: list[Part] = []
    run = layout.get_first_line()[0].runs[0]
    while run != ffi.NULL:
        face = run.data.item.analysis.font
        font, size = stream.add_font(face)
        if font.bitmap or font.svg or font.png or font.colr:
            raise LookupError(font.name)
        known = font.__dict__.setdefault("shown", {})
        if size not in known:
            known[size] = Shown(font, size, unit)
        shown = "<" + "".join(map(known[size].__getitem__, _glyphs(run.data.glyphs, ffi)))
        shown = shown[:-1] if shown.endswith("<") else f"{shown}>"
        before = parts.pop()[3] if parts and parts[-1][0] == face else ""
        parts.append((face, font, size, before + shown))
        run = run.next
    return parts


def _glyphs(glyphs: Any, ffi: Any) -> Iterator[tuple[int, int]]:
    """The glyphs of a run, each with its width. Raises :class:`LookupError` where one is moved from its place."""
    numbers = memoryview(ffi.buffer(glyphs.glyphs, 4 * NUMBERS * glyphs.num_glyphs)).cast("i").tolist()
    if not numbers or any(numbers[2::NUMBERS]) or any(numbers[3::NUMBERS]):
        raise LookupError
    return zip(numbers[::NUMBERS], numbers[1::NUMBERS], strict=True)
