"""Lines whose end is known are laid out once: the renderer has Pango set each several times to find where it ends.

Of a paragraph whose lines are weighed together (paragraphs.py) it is known which word a line ends with. So its words alone are
set, and looked at: if they are no longer than the line may be, they are what the renderer would have found. Lines that end in
the middle of a word, or without a space, it looks for as ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from math import inf
from typing import Any

from msgspec import Struct

from exporter.writers.pdf.weasyprint.boxes import Box
from exporter.writers.pdf.weasyprint.measuring import letters_in, letters_up_to

_WORD = re.compile(r"\S+")

_BETWEEN = re.compile(r" [^\s-]+ ")
"""What stands behind a line's end: a word that is all in the same box, and no compound, which the renderer may part."""

_SETTLED = re.compile("[\u00ad\t\n]")
"""What is a place to break by itself, or sets the words otherwise than their letters tell."""

WRAPPED = frozenset({"normal", "pre-line"})
"""Values of ``white-space`` with which lines are broken and spaces at their ends dropped."""


NEAR = 2.0
"""Pixels by which words measured one by one may come out longer or shorter than side by side."""


class End(Struct, frozen=True):
    """Where a line ends: after so many ``letters`` of its paragraph; ``firsts`` are those before each box of text, by identity.

    It is sure while less than ``spare`` of the line stays empty; ``zoned``: and too little to divide a word for.
    """

    letters: int
    firsts: dict[int, int]
    spare: float
    zoned: bool


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    owners = (inline, "split_text_box"), (inline, "split_first_line"), (line_break, "first_line_metrics")
    if not all(hasattr(*each) for each in owners):
        return False
    inline.split_text_box = _heading(inline.split_text_box)
    inline.split_first_line = _direct(inline.split_first_line, line_break)
    return True


def end_of(line: Box, letters: int, spare: float, zoned: bool) -> End:
    """A line's end after so many letters of its paragraph, of which ``line`` holds all (:class:`End`)."""
    known = line.__dict__.get("firsts")
    if known is None:
        known = line.__dict__["firsts"] = dict(_firsts(line, 0))
    return End(letters, known, spare, zoned)


def _firsts(box: Box, before: int) -> Iterator[tuple[int, int]]:
    for child in box.children:
        if type(child).__name__ == "TextBox":
            yield id(child), before
        elif type(child).__name__ == "InlineBox":
            yield from _firsts(child, before)
        before += letters_in(child)


def _heading(split: Any) -> Any:
    """The renderer's function that takes a line's part of a text; it tells the next one with which words that ends."""

    def heading(context: Any, box: Box, width: Any, skip: Any, *rest: Any, **named: Any) -> Any:
        end = context.__dict__.get("line_end")
        if end is None or width is None:
            return split(context, box, width, skip, *rest, **named)
        context.head = _head(box, skip or 0, end)
        try:
            return split(context, box, width, skip, *rest, **named)
        finally:
            context.head = None

    return heading


def _head(box: Box, skip: int, end: End) -> str | None:
    """The rest of a box's text up to the end of the line; None where the line ends in another box, or not before a space."""
    first = end.firsts.get(id(box))
    if first is None:
        return None
    text, missing = box.text.encode()[skip:].decode(), end.letters - first - letters_up_to(box, skip)
    for word in _WORD.finditer(text) if missing > 0 else ():
        length = word.end() - word.start()
        if missing <= length:
            place = word.start() + missing
            ends = missing == length and _BETWEEN.match(text, place)
            return text[:place] if ends and not _SETTLED.search(text) else None
        missing -= length
    return None


def _direct(split: Any, line_break: Any) -> Any:
    def direct(text: str, style: Any, context: Any, width: Any, spacing: Any, *rest: Any, **named: Any) -> Any:
        head = getattr(context, "head", None)
        if head is not None and width != inf and _plain(style):
            layout = line_break.create_layout(head, style, context, None, spacing)
            line, _ = layout.get_first_line()
            spare = width - line_break.line_size(line, style)[0]
            if 0 <= spare <= _most_spare(context.line_end, style, width):
                layout.max_width = width
                found = line_break.first_line_metrics(line, text, layout, None, True, style)
                return *found[:2], len(head.encode()) + 1, *found[3:]
        return split(text, style, context, width, spacing, *rest, **named)

    return direct


def _most_spare(end: End, style: Any, width: float) -> float:
    """How much of a line may stay empty without a doubt that it ends there."""
    if not end.zoned:
        return end.spare - NEAR
    zone = style["hyphenate_limit_zone"]
    return min(end.spare, float(width * zone.value / 100 if zone.unit == "%" else zone.value)) - NEAR


def _plain(style: Any) -> bool:
    spaced = style["letter_spacing"] != "normal" or style["word_spacing"]
    return style["white_space"] in WRAPPED and bool(style["font_size"]) and not spaced
