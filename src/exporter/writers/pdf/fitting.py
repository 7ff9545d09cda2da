"""Pictures that fit the rest of their page.

The renderer moves a picture that does not fit to the next page and leaves a hole, half a page of it for a large one; it
has no way to say "or a little smaller". This module teaches it, at the one place where the height of a picture is found:
a picture that would run over the foot of its page is made as high as there is room, down to a limit. Nothing is laid out
twice, and pictures without the class :data:`CLASS` are left alone.
"""

from __future__ import annotations

from functools import cache
from typing import Any

CLASS = "fitting"
"""Class of the figures whose pictures may give way."""

LEAST = 0.62
"""The narrowest a picture becomes for the sake of its page, in parts of the column's width."""

CAPTION_LINES = 3.2
"""Room kept under a picture for its caption, in lines of it, where the caption stands below."""


@cache
def install() -> None:
    """Puts the rule in force in this process, once. Without effect on a renderer that is built otherwise."""
    from weasyprint.layout import block

    original = getattr(block, "block_replaced_box_layout", None)
    if original is None:
        return

    def fitted(context: Any, box: Any, containing_block: Any) -> Any:
        result = original(context, box, containing_block)
        if CLASS in _classes(containing_block):
            _fit(context, result[0], containing_block)
        return result

    block.block_replaced_box_layout = fitted


def _classes(box: Any) -> list[str]:
    element = getattr(box, "element", None)
    return [] if element is None else (element.get("class") or "").split()


def _fit(context: Any, box: Any, column: Any) -> None:
    """Makes the picture lower where it would run over the foot, and sets it to the column's start once it is narrower."""
    reserve = CAPTION_LINES * box.style["font_size"] if "wide" in _classes(column) else 0
    room = context.page_bottom - box.content_box_y() - reserve
    width = box.width * room / box.height if box.height else 0
    if not LEAST * column.width <= width < box.width:
        return
    box.width, box.height = width, room
    free = column.width - width
    rtl = column.style["direction"] == "rtl"
    start, end = (0.0, free) if free > 0 else (free, 0.0)
    box.margin_left, box.margin_right = (end, start) if rtl else (start, end)
