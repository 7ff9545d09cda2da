"""Optical margins: small marks at the ends of lines hang out of the column, so that its edges look straight.

A quotation mark before the first letter hangs on the left, in display type and in text; a hyphen, a full stop, a comma, a
quotation mark at the end of a justified line hangs on the right, by a part of its width. A style sheet asks for it:
``--optical-margins: hang``. Lines from right to left and lines that are centred have none.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from exporter.writers.pdf.weasyprint.boxes import Box
from exporter.writers.pdf.weasyprint.measuring import ruler_of

BEFORE = {**dict.fromkeys('“”„‟«»"', 0.8), **dict.fromkeys("‘’‚‹›'", 0.8)}
"""Mark at a line's beginning → the part of its width that hangs."""

AFTER = {
    **dict.fromkeys("-\u2010", 0.6),
    **dict.fromkeys(".,", 0.6),
    **dict.fromkeys("“”’‘»›", 0.6),
    **dict.fromkeys(":;!?", 0.25),
    **dict.fromkeys("–—", 0.25),
}
"""Mark at a justified line's end → the part of its width that hangs."""

JUSTIFIED, LEFT = "justify", frozenset({"start", "left", "justify"})


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint.layout import inline

    if not hasattr(inline, "text_align"):
        return False
    align = inline.text_align

    def aligned(context: Any, line: Box, width: float, last: bool) -> Any:
        if not _wanted(line):
            return align(context, line, width, last)
        texts = list(_texts(line))
        before = _hanging(texts[0], 0, BEFORE) if texts and not line.text_indent else 0.0
        justified = line.style["text_align_all"] == JUSTIFIED and not last
        after = _hanging(texts[-1], -1, AFTER) if texts and justified else 0.0
        if not justified:
            offset = align(context, line, width, last)
        else:
            plain = line.width
            offset = align(context, line, width + before + after, last)
            line.width = max(plain, line.width - before - after)  # what hangs is not reckoned to the line
        for child in line.children if before else ():
            child.translate(-before, 0)
        return offset

    inline.text_align = aligned
    return True


def _wanted(line: Box) -> bool:
    value = line.style["__optical_margins"] or ()
    asked = any(getattr(each, "value", None) == "hang" for each in value)
    return asked and line.style["direction"] == "ltr" and line.style["text_align_all"] in LEFT


def _texts(box: Box) -> Any:
    """The boxes of a line that hold its letters, as far as they are in its flow; a picture ends them."""
    for child in box.children:
        if child.is_in_normal_flow():
            if type(child).__name__ in {"InlineBox", "TextBox"}:
                yield from _texts(child) if type(child).__name__ == "InlineBox" else (child,)
            else:
                yield None


def _hanging(box: Box | None, place: int, parts: dict[str, float]) -> float:
    """How far the mark at the beginning (0) or the end (-1) of a box hangs out of the column."""
    text = box.pango_layout.text.strip() if box is not None else ""
    if box is None or len(text) < 2 or text[place] not in parts:
        return 0.0
    return ruler_of(box).width(text[place]) * parts[text[place]]
