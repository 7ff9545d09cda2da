"""Pictures that fit the rest of their page.

The renderer moves a picture that does not fit to the next page and leaves a hole, half a page of it for a large one; it
has no way to say "or a little smaller". This module teaches it, at the two places where the height of a picture is found and
where a row of figures begins: what would run over the foot of its page is made as high as there is room, down to a limit.
Nothing is laid out twice, and pictures without the class :data:`CLASS` are left alone.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from exporter.writers.pdf.weasyprint.boxes import Box

CLASS = "fitting"
"""Class of the figures whose pictures may give way."""

ROW = "row"
"""Class of figures side by side, which give way together."""

LEAST_ROW = 0.17
"""The smallest a row becomes, likewise: it was low from the beginning."""

LEAST = 0.25
"""The smallest a picture becomes for the sake of its page: its area in parts of the column's width squared.

That is .6 of the column's width for a photo of 3 by 2, half of it for a square, .43 for an upright one of 3 by 4."""

LEAD = "lead"
"""Class of the figure that opens the article: the opening is one page, so it gives way farther."""

LEAST_LEAD = 0.1
"""The smallest it becomes, likewise: .39 of the column's width for a photo of 3 by 2."""

_LETTER = 0.5
"""The width of an average letter, in parts of the type size: for guessing how many lines a caption takes."""


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint.layout import block

    replaced, flex = getattr(block, "block_replaced_box_layout", None), getattr(block, "flex_layout", None)
    if replaced is None or flex is None:
        return False

    def fitted(context: Any, box: Box, containing_block: Any) -> Any:
        result = replaced(context, box, containing_block)
        if CLASS in _classes(containing_block):
            _fit(context, result[0], containing_block)
        return result

    def fitted_row(context: Any, box: Box, foot: float, skip: Any, column: Box, first: bool, *others: Any) -> Any:
        if ROW in _classes(box):
            box.margin_top = 0 if first else box.margin_top  # at the head of a page it has no space above it, as others
            _fit_row(context, box, column)
        return flex(context, box, foot, skip, column, first, *others)

    block.block_replaced_box_layout = fitted
    block.flex_layout = fitted_row
    return True


def _classes(box: Box) -> list[str]:
    element = getattr(box, "element", None)
    return [] if element is None else (element.get("class") or "").split()


def _fit(context: Any, box: Box, column: Box) -> None:
    """Makes the picture lower where it would run over the foot.

    Once it is narrower than the column it stands at the column's start, or in its middle where the figure is centred.
    """
    room = context.page_bottom - box.content_box_y() - _caption(column, column.width)
    if room <= 0 or box.height <= room:
        return
    width = min(box.width * room / box.height, column.width)  # one that took the margin too ends at no edge between
    height = box.height * width / box.width
    if width * height < (LEAST_LEAD if LEAD in _classes(column) else LEAST) * column.width**2:
        return
    box.width, box.height = width, height
    free = column.width - width
    rtl = column.style["direction"] == "rtl"
    start, end = (0.0, free) if free > 0 else (free, 0.0)
    if column.style["text_align_all"] == "center" and free > 0:
        start = end = free / 2
    box.margin_left, box.margin_right = (end, start) if rtl else (start, end)


def _fit_row(context: Any, row: Box, column: Box) -> None:
    """Makes a row of figures, which has not been laid out yet, narrower where it would run over the foot."""
    width = column.width if row.width == "auto" else row.width
    widths = [_share(place) * width for place in row.children]
    figures = [figure for place in row.children for figure in place.children]
    if len(figures) != len(widths) or not all(widths):
        return
    sizes = [
        (image.element.get("width"), image.element.get("height")) for each in figures for image in each.children[:1]
    ]
    height = max(
        (share * float(high) / float(wide) for share, (wide, high) in zip(widths, sizes, strict=True)), default=0
    )
    below = max(_caption(each, share) for each, share in zip(figures, widths, strict=True))
    room = context.page_bottom - row.position_y - max(0.0, row.margin_top) - below
    if 0 < room < height and width * height * (room / height) ** 2 >= LEAST_ROW * column.width**2:
        row.width = width * room / height


def _share(place: Any) -> float:
    """The part of its row that a place takes."""
    width = place.style["width"]
    return float(width.value) / 100 if getattr(width, "unit", "") == "%" else 0.0


def _caption(figure: Box, width: float) -> float:
    """The height of the caption below the picture, guessed from its letters; 0 where it stands beside it or is none."""
    for child in figure.children:
        if child.element_tag == "figcaption" and child.style["position"] != "absolute":
            size = child.style["font_size"]
            letters = len("".join(child.element.itertext()))
            lines = -(-letters * size * _LETTER // width)
            below = sum(part.style["display"][0] == "block" for part in child.children)
            return float((lines + max(1, below)) * _line(child) + max(0, child.style["margin_top"].value))
    return 0.0


def _line(box: Box) -> float:
    """The height of a line of a box's text."""
    from weasyprint.text.line_break import strut

    return float(strut(box.style)[0])
