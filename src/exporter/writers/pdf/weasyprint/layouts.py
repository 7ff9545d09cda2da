"""Pango's layouts: one is set up for each kind of letters, and copied for each text that is set in them.

The renderer sets each up anew, in a context of its own, and makes the attributes for the features of its font anew as well,
which nobody gives back: a copy has attributes of its own, which go with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exporter.writers.pdf.weasyprint import native


def copied(line_break: Any, kept: Callable[[Any], dict[str, Any] | None]) -> None:
    """Puts this in force; ``kept`` is what is remembered of the fonts of letters in a style, None where nothing is."""
    from weasyprint.text.ffi import ffi, gobject, pango

    native.declare(ffi, native.COPY)
    begin = line_break.Layout.setup

    def setup(self: Any, style: Any) -> None:
        fonts = kept(style)
        if fonts is None:
            begin(self, style)
            return
        if "layout" not in fonts:
            first = line_break.Layout.__new__(line_break.Layout)
            begin(first, style)
            del first.style
            fonts["layout"] = first.__dict__
        self.__dict__.update(fonts["layout"])
        self.style, self.layout = style, ffi.gc(pango.pango_layout_copy(self.layout), gobject.g_object_unref)

    line_break.Layout.setup = setup
