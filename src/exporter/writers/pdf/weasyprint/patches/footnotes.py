"""Footnotes that stay with their marks, and notes that take no room at the foot since they will stand in the margin.

Where a paragraph could break on a page if only there were more room, the renderer makes room: it sends the page's notes to
the next page, notes of other paragraphs among them, whose marks stay behind. Here such notes are held back while it tries,
and the paragraph goes over to the next page instead.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from exporter.writers.pdf.weasyprint.boxes import Box


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint.layout import LayoutContext, block, inline

    owners = ((LayoutContext, "layout_footnote"), (LayoutContext, "report_footnote"))
    if not all(map(hasattr, *zip(*owners, (block, "_linebox_layout"), (inline, "get_next_linebox"), strict=True))):
        return False
    lay_out, report = LayoutContext.layout_footnote, LayoutContext.report_footnote
    _spare_room(LayoutContext)
    lines, line = block._linebox_layout, inline.get_next_linebox  # noqa: SLF001 - there is no other way in

    def laid_out(self: Any, note: Any) -> Any:
        self.newest = note
        return lay_out(self, note)

    def reported(self: Any, note: Any) -> None:
        held = self.__dict__.get("held")
        if held is None or note is self.newest:
            report(self, note)  # its own mark goes over with it
        else:
            self.current_page_footnotes.remove(note)
            held.insert(0, note)

    def next_line(context: Any, *rest: Any) -> Any:
        context.newest = None
        return line(context, *rest)

    def paragraph(context: Any, *rest: Any, **named: Any) -> Any:
        outer, context.held = context.__dict__.get("held"), []
        result = lines(context, *rest, **named)
        context.current_page_footnotes.extend(each for each in context.held if each not in context.footnotes)
        context.held = outer
        return result

    LayoutContext.layout_footnote, LayoutContext.report_footnote = laid_out, reported
    block._linebox_layout, inline.get_next_linebox = paragraph, next_line  # noqa: SLF001
    return True


def stand_aside(area: Box) -> bool:
    """Whether a style sheet wants the notes of a page in its margin: ``--notes: aside``."""
    value = area.style["__notes"] or ()
    return any(getattr(each, "value", None) == "aside" for each in value)


def _spare_room(owner: Any) -> None:
    """Lets notes in the margin take no room of the page's text."""
    update = getattr(owner, "_update_footnote_area", None)
    if update is None:
        return

    def updated(self: Any) -> Any:
        overflows, area = update(self), self.current_footnote_area
        if self.in_column or not stand_aside(area):
            return overflows
        self.page_bottom += area.margin_height()
        area.height = 0
        self.page_bottom -= area.margin_height()
        return False

    owner._update_footnote_area = updated  # noqa: SLF001 - there is no other way in
