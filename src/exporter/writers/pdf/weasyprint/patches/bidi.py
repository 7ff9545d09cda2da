"""Lines of mixed direction: letters, spaces and marks in the order in which a browser shows them.

The renderer lays each inline box out by itself, and the boxes one after the other in the paragraph's direction: beside a
bold word, "John Smith junior" in a Hebrew sentence becomes "junior Smith John". Here the levels of the Unicode Bidirectional
Algorithm (UAX 9) are asked for the whole line; boxes are cut where the level changes, and put in their order (rule L2). They
stay where they are in the tree, from which the tags are made, and are drawn from left to right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from msgspec import Struct

from exporter.writers.pdf.weasyprint import native
from exporter.writers.pdf.weasyprint.boxes import Box, Style

_BACKWARDS = re.compile(
    "[\u0590-\u08ff\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_FORWARDS = re.compile("[^\\W\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters and digits that run the other way in a line from right to left."""

_OBJECT = "\ufffc"
_BEGIN = {"ltr": "\u2066", "rtl": "\u2067"}
_END = "\u2069"
"""What stands for a box without text, and around an inline box with a direction of its own."""


class Leaf(Struct, frozen=True):
    """An innermost box of a line, its enclosing boxes from the outermost inwards, and where its text begins."""

    box: Box
    parents: tuple[Box, ...]
    start: int

    @property
    def text(self) -> str:
        """Its text; one character for a picture."""
        return self.box.text if _is_text(self.box) else _OBJECT


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint import draw
    from weasyprint.layout import inline
    from weasyprint.text import ffi

    if not hasattr(inline, "get_next_linebox") or not hasattr(draw, "draw_inline_level"):
        return False
    native.declare(ffi.ffi, native.EMBEDDING_LEVELS, native.FREE)
    following, drawing = inline.get_next_linebox, draw.draw_inline_level

    def next_line(context: Any, *arguments: Any, **named: Any) -> Any:
        line, resume = following(context, *arguments, **named)
        if line is not None and _is_mixed(line):
            _reorder(context, line)
        return line, resume

    def drawn(stream: Any, page: Box, box: Box, *arguments: Any, **named: Any) -> None:
        if not getattr(box, "reordered", False):
            drawing(stream, page, box, *arguments, **named)
            return
        children = box.children
        for each in _inline_boxes(box):
            draw.draw_background(stream, each.background)
            draw.draw_border(stream, each)
        box.children = sorted((leaf.box for leaf in _leaves(box)), key=_place)
        drawing(stream, page, box, *arguments, **named)
        box.children = children

    inline.get_next_linebox, draw.draw_inline_level = next_line, drawn
    return True


def _is_text(box: Box) -> bool:
    return type(box).__name__ == "TextBox"


def _is_inline(box: Box) -> bool:
    return type(box).__name__ == "InlineBox"


def _place(box: Box) -> float:
    return float(getattr(box, "box", box).position_x)


def _inline_boxes(box: Box) -> Iterator[Box]:
    for child in box.children:
        if _is_inline(child):
            yield child
            yield from _inline_boxes(child)


def _leaves(box: Box, parents: tuple[Box, ...] = ()) -> Iterator[Leaf]:
    """The leaves of a line in the order of their text, as far as they are in its flow."""
    for child in box.children:
        if _is_inline(child):
            yield from _leaves(child, (*parents, child))
        elif not hasattr(child, "is_in_normal_flow") or child.is_in_normal_flow():
            yield Leaf(child, parents, 0)


def _is_mixed(line: Box) -> bool:
    """Whether a line has several boxes, and letters of both directions."""
    if len(line.children) < 2 and not any(_is_inline(child) for child in line.children):
        return False
    leaves = list(_leaves(line))
    texts = [leaf.text for leaf in leaves]
    other = _FORWARDS if line.style["direction"] == "rtl" else _BACKWARDS
    plain = all(not any(_sides(parent.style)) for leaf in leaves for parent in leaf.parents)
    return len(leaves) > 1 and plain and any(other.search(text) for text in texts)


def _sides(style: Style) -> Iterator[bool]:
    """Whether an inline box takes room on either side of its words."""
    for side in ("left", "right"):
        for name in (f"margin_{side}", f"padding_{side}"):
            yield style[name] == "auto" or bool(style[name].value)
        yield bool(style[f"border_{side}_width"])


def _reorder(context: Any, line: Box) -> None:
    """Cuts the boxes of a line where the embedding level changes, and orders them from left to right."""
    leaves, text = _spoken(line)
    levels = _levels(text, line.style["direction"])
    if len(set(levels)) == 1:
        return
    left = min(_place(leaf.box) for leaf in leaves)
    pieces: list[tuple[int, Box]] = []
    for leaf in leaves:
        cut = list(_cut(context, leaf, levels[leaf.start : leaf.start + len(leaf.text)]))
        _replace((leaf.parents or (line,))[-1], leaf.box, [box for _, box in cut])
        pieces += cut
    for _, box in _visual(pieces):
        box.translate(left - box.position_x, 0)
        left += box.margin_width()
    for parent in {id(parent): parent for leaf in leaves for parent in leaf.parents[::-1]}.values():
        inside = [leaf.box for leaf in _leaves(parent)]
        parent.position_x = min(map(_place, inside))
        parent.width = max(box.position_x + box.margin_width() for box in inside) - parent.position_x
    line.reordered = True


def _spoken(line: Box) -> tuple[list[Leaf], str]:
    """The leaves of a line and its text, in which those boxes that have a direction of their own are isolated."""
    text = ""
    leaves: list[Leaf] = []
    within: list[Box] = []
    for leaf in _leaves(line):
        own = [parent for parent in leaf.parents if _turns(parent)]
        kept = len([1 for a, b in zip(within, own, strict=False) if a is b])
        text += _END * (len(within) - kept) + "".join(_BEGIN[parent.style["direction"]] for parent in own[kept:])
        within = own
        leaves.append(Leaf(leaf.box, leaf.parents, len(text)))
        text += leaf.text
    return leaves, text


def _turns(box: Box) -> bool:
    return box.element is not None and box.element.get("dir") in _BEGIN


def _levels(text: str, direction: str) -> list[int]:
    """The embedding level of each character (UAX 9, rules X1 to I2): even from left to right, odd from right to left."""
    from weasyprint.text.ffi import ffi, gobject, pango

    base = ffi.new("int *", 1 if direction == "rtl" else 0)
    content = text.encode()
    found = pango.pango_log2vis_get_embedding_levels(content, len(content), base)
    levels = [int(found[place]) for place in range(len(text))]
    gobject.g_free(found)
    return levels


def _cut(context: Any, leaf: Leaf, levels: Sequence[int]) -> Iterator[tuple[int, Box]]:
    """The parts of a box, each of one level."""
    place = 0
    for level, group in groupby(levels):
        count = len(list(group))
        text, place = leaf.text[place : place + count], place + count
        yield level, _part(context, leaf.box, text, level) if _is_text(leaf.box) else leaf.box


def _part(context: Any, box: Box, text: str, level: int) -> Any:
    """A part of a text box, laid out in one direction, the spaces and marks at its ends included."""
    from weasyprint.text.line_break import create_layout, line_size

    style = box.style.copy()
    style["direction"] = "rtl" if level % 2 else "ltr"
    layout = create_layout(text, style, context, None, box.justification_spacing)
    part = box.copy_with_text(text)
    part.width = line_size(layout.get_first_line()[0], style)[0]
    part.width += box.justification_spacing * len(re.findall("[ \u00a0]", text))
    layout.deactivate()
    part.style, part.pango_layout = style, layout
    return part


def _replace(parent: Box, box: Box, parts: list[Box]) -> None:
    place = next(place for place, child in enumerate(parent.children) if child is box)
    parent.children = [*parent.children[:place], *parts, *parent.children[place + 1 :]]


def _visual(pieces: list[tuple[int, Box]]) -> list[tuple[int, Box]]:
    """The pieces from left to right (UAX 9, rule L2): from the highest level on, what stands at it or above is turned round."""
    for level in range(max(each for each, _ in pieces), 0, -1):
        pieces = [each for run in _runs(pieces, level) for each in run]
    return pieces


def _runs(pieces: list[tuple[int, Box]], level: int) -> Iterator[list[tuple[int, Box]]]:
    for high, group in groupby(pieces, key=lambda each: each[0] >= level):
        run = list(group)
        yield run[::-1] if high else run
