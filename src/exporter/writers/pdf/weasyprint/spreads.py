"""Corrects pages and spreads after the renderer has made them, since it knows single pages and the foot for notes only.

What reaches into the margin at the start of lines reaches into the outer margin: on a page whose margins are turned over it
goes to the other side of the column, as it would stand in a mirror. And of two pages that face one another the one that ends
higher lets its turns and pictures stand a little farther apart, so that both end on one line. Notes that are wanted in the
margin go there, each beside its mark or below the note before it. Boxes are moved and nothing is
laid out again; how much stands on each page stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from exporter.writers.pdf.weasyprint.boxes import Box, opens_facing
from exporter.writers.pdf.weasyprint.patches.footnotes import stand_aside

APART = frozenset({"turn", "crosshead", "pull-quote", "sidebar"})
"""Classes of what may stand a little farther from what is above it; figures may, too."""

MOST_APART = 0.6
"""Lines by which it may."""

MOST_APART_VOICES = 0.3
"""Lines by which one answer may stand farther from another to the same question."""

MOST_APART_PICTURES = 1.2
"""Lines by which figures and pull quotes may: their space is larger."""

_REACHES = 10.0
"""Pixels by which something must reach out of its column to be meant to."""

_BETWEEN = 6.0
"""Pixels between two notes in the margin."""

_SAME = 0.5
"""Pixels within which two feet are on one line."""


def with_spreads(document: Any, before: Callable[[Any], None]) -> Any:
    """The laid-out document with corrected spreads; ``before`` is called with a page whose boxes are about to be moved."""
    changed: set[int] = set()
    facing = opens_facing(document.pages[0])
    for number, page in enumerate(document.pages[1:], 1):
        if _mirrored(page._page_box, before):  # noqa: SLF001 - boxes are not public, and there is no other way to move one
            changed.add(number)
    for left in range(0 if facing else 1, len(document.pages) - 2, 2):
        changed.update(_levelled(document, left, before))
    for number, page in enumerate(document.pages):
        if _noted_aside(page._page_box, before):  # noqa: SLF001
            changed.add(number)
    for number in changed:  # links and bookmarks are found by their places
        page = document.pages[number]
        document.pages[number] = type(page)(page._page_box)  # noqa: SLF001
    return document


# ------------------------------------------------------------------------------------------------------------ the margins


def _mirrored(page: Box, before: Callable[[Any], None]) -> bool:
    """Whether something on the page was moved to the outer margin."""
    rtl = page.style["direction"] == "rtl"
    start, end = (page.margin_right, page.margin_left) if rtl else (page.margin_left, page.margin_right)
    if start >= end - _REACHES:
        return False
    first, last = page.content_box_x(), page.content_box_x() + page.width
    found = list(_reaching(page, first, last, rtl))
    if found:
        before(page)
    for box in found:
        left = box.border_box_x()
        box.translate(first + last - (2 * left + box.border_width()), 0)
    return bool(found)


def _reaching(box: Box, first: float, last: float, rtl: bool) -> Iterator[Box]:
    """The outermost boxes that reach out of the column where its lines start."""
    for child in getattr(box, "children", ()):
        inner = getattr(child, "_box", child)
        kind = type(inner).__name__
        if kind in {"MarginBox", "FootnoteAreaBox", "LineBox"} and not _holds_boxes(inner):
            continue
        left = inner.border_box_x()
        out = left + inner.border_width() - last if rtl else first - left
        if kind not in {"LineBox", "InlineBox", "TextBox"} and out > _REACHES:
            yield child
        else:
            yield from _reaching(inner, first, last, rtl)


def _holds_boxes(box: Box) -> bool:
    """Whether a line has pictures, or something that stands out of it."""
    for child in box.children if type(box).__name__ in {"LineBox", "InlineBox"} else ():
        kind = type(child).__name__
        if "Replaced" in kind or kind == "AbsolutePlaceholder" or _holds_boxes(child):
            return True
    return False


def _noted_aside(page: Box, before: Callable[[Any], None]) -> bool:
    """Whether notes of the page went to its margin: the outer one, each as high as its mark, none below the page's foot."""
    areas = [each for each in page.children if type(each).__name__ == "FootnoteAreaBox" and each.children]
    if not areas or not stand_aside(areas[0]):
        return False
    before(page)
    area, foot = areas[0], page.content_box_y() + page.height
    marks = {id(mark.element): line.position_y for line, mark in _marks(page)}
    below, tops = 0.0, []
    for note in area.children:
        tops.append(max(marks.get(id(note.element), below), below))
        below = tops[-1] + note.margin_height() + _BETWEEN
    for note, top in reversed(list(zip(area.children, tops, strict=True))):
        height = min(top, foot - note.margin_height())
        foot = height - _BETWEEN
        gutter = note.margin_left + note.margin_right
        left = page.content_box_x() - gutter - note.border_width()
        right = page.content_box_x() + page.width + gutter
        outer = left if page.margin_left > page.margin_right else right
        note.translate(outer - note.border_box_x(), height - note.position_y)
    area.position_y, area.height = page.content_box_y() + page.height, 0
    return True


def _marks(box: Box, line: Box | None = None) -> Iterator[tuple[Box, Box]]:
    """The marks of notes on a page, each with its line."""
    for child in getattr(box, "children", ()):
        inner = getattr(child, "_box", child)
        above = inner if type(inner).__name__ == "LineBox" else line
        if above is not None and (inner.element_tag or "").endswith("::footnote-call"):
            yield above, inner
        else:
            yield from _marks(inner, above)


# --------------------------------------------------------------------------------------------------------------- the feet


def _levelled(document: Any, left: int, before: Callable[[Any], None]) -> Iterator[int]:
    """Makes one of two facing pages end where the other does, if it can; yields the number of that page."""
    boxes = [document.pages[left + each]._page_box for each in (0, 1)]  # noqa: SLF001
    feet = [_foot(each) for each in boxes]
    short = 0 if feet[0] < feet[1] else 1
    missing = min(max(feet), _limit(boxes[short])) - feet[short]
    if missing <= _SAME:
        return
    points = [each for each in _points(boxes[short], boxes[short].content_box_y()) if each.position_y > 0]
    room = sum(_room(each) for each in points)
    if 0 < missing <= room:
        before(boxes[short])
        _shift(boxes[short], {id(each): _room(each) * missing / room for each in points}, 0.0)
        yield left + short


def _foot(box: Box) -> float:
    """How far down a page is filled by what flows."""
    lowest = 0.0
    for child in getattr(box, "children", ()):
        kind = type(child).__name__
        if kind in {"MarginBox", "FootnoteAreaBox", "AbsolutePlaceholder"} or child.is_floated():
            continue
        if kind == "LineBox" or "Replaced" in kind:
            lowest = max(lowest, child.position_y + (child.height if kind == "LineBox" else child.margin_height()))
        else:
            lowest = max(lowest, _foot(child))
    return lowest


def _limit(page: Box) -> float:
    """Where a page's text must end: above its notes."""
    areas = (each for each in page.children if type(each).__name__ == "FootnoteAreaBox")
    notes = [each for each in areas if each.children and not stand_aside(each)]
    return float(min([page.content_box_y() + page.height, *(each.position_y for each in notes)]))


def _points(box: Box, top: float) -> Iterator[Box]:
    """The boxes that may stand farther apart, those at the page's head apart."""
    above = None
    for child in getattr(box, "children", ()):
        kind = type(child).__name__
        if kind in {"MarginBox", "FootnoteAreaBox", "AbsolutePlaceholder", "LineBox"} or child.is_floated():
            continue
        first = child.border_box_y() <= top + 1
        answers = _is_answer(child) and above is not None and _is_answer(above)
        if (_stands_apart(child) or answers) and not first:
            yield child
        above = child
        if child.element_tag != "figure":
            yield from _points(child, top)


def _is_answer(box: Box) -> bool:
    return box.element is not None and "answer" in (box.element.get("class") or "").split()


def _stands_apart(box: Box) -> bool:
    element = box.element
    if element is None or "::" in box.element_tag or box.element_tag != element.tag:
        return False
    return element.tag == "figure" or bool(APART & set((element.get("class") or "").split()))


def _room(box: Box) -> float:
    """Pixels by which something may stand farther from what is above it."""
    from weasyprint.text.line_break import strut

    classes = (box.element.get("class") or "").split()
    if "quick" in classes:
        return 0.0
    if "answer" in classes:
        return MOST_APART_VOICES * float(strut(box.style)[0])
    most = MOST_APART_PICTURES if box.element.tag == "figure" or "pull-quote" in classes else MOST_APART
    return most * float(strut(box.style)[0])


def _shift(box: Box, shares: dict[int, float], down: float) -> float:
    """Moves the content of a box down, by as much as the content above it was moved; returns by how much what follows moves."""
    for child in getattr(box, "children", ()):
        inner = getattr(child, "_box", child)
        if type(inner).__name__ in {"MarginBox", "FootnoteAreaBox"}:
            continue
        down += shares.get(id(child), 0.0)
        if any(id(each) in shares for each in _points(child, -1.0)):
            child.position_y += down
            before, down = down, _shift(child, shares, down)
            child.height += down - before
        else:
            child.translate(0, down)
    return down
