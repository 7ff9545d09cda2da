"""Justified lines end where their column does, in fonts that kern letters with the space beside them.

The renderer measures a line, shares what is missing out among its spaces, and draws it anew with spaces of that width. A wider
space is a piece of its own for Pango, and what the font does across it is lost (Amiri draws some words nearer to their
neighbours): the line comes out wider than was reckoned, and stands out of its column. Here it is measured again when it is
drawn, and the difference goes to the same spaces.

Before it draws a line the renderer tells Pango that it is one paragraph, and Pango throws away what it knows of the line. Here
it is told as soon as the line is set up, so that what is looked at before (its width, letters without a glyph) is drawn.
"""

from __future__ import annotations

from functools import cache
from typing import Any

NEAR = 0.05
"""Pixels that nobody sees."""


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint.draw import text
    from weasyprint.layout import inline
    from weasyprint.text import line_break
    from weasyprint.text.ffi import pango

    owners = (text, "draw_first_line"), (line_break, "line_size"), (getattr(line_break, "Layout", None), "reactivate")
    if not all(hasattr(*each) for each in owners):
        return False
    draw = text.draw_first_line

    def reactivate(self: Any, style: Any) -> None:
        self.setup(style)
        pango.pango_layout_set_single_paragraph_mode(self.layout, True)
        self.set_text(self.text, justify=True)

    def drawn(stream: Any, textbox: Any, *arguments: Any) -> Any:
        layout, spaces = textbox.pango_layout, inline.count_expandable_spaces(textbox)
        if spaces and layout.justification_spacing:
            width, _ = line_break.line_size(layout.get_first_line()[0], textbox.style)
            if abs(width - textbox.width) > NEAR:
                layout.justification_spacing -= (width - textbox.width) / spaces
                layout.reactivate(textbox.style)
        return draw(stream, textbox, *arguments)

    text.draw_first_line, line_break.Layout.reactivate = drawn, reactivate
    return True
