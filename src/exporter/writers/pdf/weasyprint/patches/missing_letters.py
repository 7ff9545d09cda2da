"""Room for letters that no font has: as much as an average letter takes, whatever was set before.

Pango draws a box for them, as wide as an average letter of the font. It measures that in words of the page's language. Where
these have letters that the font lacks, it comes to ask itself for the box's width, answers zero, and remembers that: letters
of Japanese without a Japanese font are printed one upon the other. If the font happened to be measured in English before, by
another page of the same process, they are not. So each font is measured in the program's own language before it is used.
"""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint.text import line_break
    from weasyprint.text.ffi import ffi, pango

    names = ("pango_font_map_load_font", "pango_font_get_metrics", "pango_font_description_hash")
    if not hasattr(line_break, "get_font_description") or not all(hasattr(pango, each) for each in names):
        return False
    describe = line_break.get_font_description

    def described(style: Any) -> Any:
        description = describe(style)
        measured = style.font_config.__dict__.setdefault("measured", set())
        font = pango.pango_font_description_hash(description), style["lang"]
        if font not in measured:
            measured.add(font)
            _measure(ffi, pango, style, description)
        return description

    line_break.get_font_description = described
    return True


def _measure(ffi: Any, pango: Any, style: Any, description: Any) -> None:
    """Asks for the measures of the font that this description leads to; Pango keeps them with it."""
    from weasyprint.text.ffi import gobject

    fonts = style.font_config.font_map
    context = ffi.gc(pango.pango_font_map_create_context(fonts), gobject.g_object_unref)
    if style["lang"]:
        pango.pango_context_set_language(context, pango.pango_language_from_string(style["lang"].encode()))
    font = pango.pango_font_map_load_font(fonts, context, description)
    if font != ffi.NULL:
        font = ffi.gc(font, gobject.g_object_unref)
        ffi.gc(pango.pango_font_get_metrics(font, ffi.NULL), pango.pango_font_metrics_unref)
