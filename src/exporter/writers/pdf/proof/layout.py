"""The laid-out pages as a proof-reader sees them: lines of text, pictures, notes, and how far each page is filled.

Lengths are CSS pixels from the page's top and left, as WeasyPrint measures them. Pages count from 0 here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from msgspec import Struct

from exporter.writers.pdf.weasyprint.boxes import Box, opens_facing

PIXELS_AN_INCH = 96

EDGE = 45.0
"""Pixels of a wide margin that stay free whatever reaches into it; one is wide that is so much wider than the other."""

REACHES = 10.0
"""Pixels by which something must reach out of its column to be meant to."""

_SPACE = 0.25
"""The width of a space before it is stretched, in parts of the type size."""


class Line(Struct, frozen=True):
    """One line. ``measure`` is the width it may fill; ``stretch`` the width of its word spaces in parts of the natural one."""

    page: int
    top: float
    bottom: float
    width: float
    measure: float
    text: str
    hyphenated: bool
    stretch: float
    forced: bool


class Block(Struct, frozen=True):
    """A block of text: the element that it is, and its lines, which may stand on several pages."""

    element: Element
    lines: list[Line]
    justified: bool

    @property
    def text(self) -> str:
        """Its words, with words divided at a line's end whole again."""
        return "".join(
            line.text.removesuffix("-") if line.hyphenated else f"{line.text} " for line in self.lines
        ).strip()


class Picture(Struct, frozen=True):
    """A picture as printed, and ``dots``, the width in pixels that its file has."""

    element: Element
    page: int
    top: float
    bottom: float
    width: float
    dots: float


class PageArea(Struct, frozen=True):
    """One page: where its text area begins and ends, and how far down it is filled."""

    top: float
    bottom: float
    filled: float

    @property
    def tall(self) -> float:
        """How tall the text area is; a pixel where a sheet or a low paper leaves it nothing."""
        return max(1.0, self.bottom - self.top)

    @property
    def empty(self) -> float:
        """The empty part of the text area at its foot, 0 to 1."""
        return max(0.0, self.bottom - self.filled) / self.tall


class Extent(Struct, frozen=True):
    """Where an element begins and ends."""

    first: int
    last: int
    top: float
    bottom: float


class Excess(Struct, frozen=True):
    """A table that is wider than its page's text area, by so many pixels."""

    element: Element
    page: int
    over: float


class Outer(Struct, frozen=True):
    """Something that reaches out of the column on a page: its figure or pull quote, its top and its bottom."""

    element: Element
    page: int
    top: float
    bottom: float


class Layout(Struct, frozen=True):
    """All pages. ``extents`` and the marks of notes are found by the identity of their elements.

    ``facing``: the first page has the second beside it, and does not stand alone.
    """

    areas: list[PageArea]
    blocks: list[Block]
    pictures: list[Picture]
    extents: dict[int, Extent]
    calls: dict[int, int]
    notes: dict[int, int]
    excesses: list[Excess]
    outer: list[Outer]
    facing: bool = False

    def block(self, element: Element) -> Block | None:
        """The block of text that an element is."""
        return next((each for each in self.blocks if each.element is element), None)


def layout_of(document: Any) -> Layout:
    """What stands on the pages of a document that WeasyPrint has laid out."""
    layout = Layout([], [], [], {}, {}, {}, [], [], opens_facing(document.pages[0]))
    by_element: dict[int, Block] = {}
    for number, page in enumerate(document.pages):
        box = page._page_box  # noqa: SLF001 - boxes are not public, and there is no other way to see a page
        _Walk(layout, by_element, number).page(box)
    return layout


class _Walk:
    """One page's boxes, from the outermost inwards."""

    def __init__(self, layout: Layout, by_element: dict[int, Block], page: int) -> None:
        self.layout, self.by_element, self.number = layout, by_element, page
        self.filled = self.left = self.right = 0.0
        self.reach = (0.0, 0.0)

    def page(self, box: Box) -> None:
        """Notes what stands on the page."""
        foot = top = box.content_box_y()
        foot += box.height
        self.left, self.right = box.content_box_x(), box.content_box_x() + box.width
        self.reach = self._reach_of(box)
        for child in box.children:
            kind = type(child).__name__
            if kind == "FootnoteAreaBox":
                foot = min(foot, child.position_y) if child.children else foot
                self._notes(child)
            elif kind != "MarginBox":
                self._below(child, child, flowing=True)
        self.layout.areas.append(PageArea(top, foot, max(self.filled, top)))

    def _reach_of(self, page: Box) -> tuple[float, float]:
        """The left and right limits for something that takes the wider margin too."""
        left, right = page.margin_left, page.margin_right
        wider = max(0.0, max(left, right) - EDGE) if abs(left - right) > EDGE else 0.0
        return (self.left - wider, self.right) if left > right else (self.left, self.right + wider)

    def _notes(self, area: Box) -> None:
        filled = self.filled
        for child in area.children:
            if child.element is not None:
                self.layout.notes.setdefault(id(child.element), self.number)
            self._below(child, child, flowing=False)
        self.filled = filled

    def _below(self, box: Any, block: Any, flowing: bool) -> None:
        kind = type(box).__name__
        if kind == "AbsolutePlaceholder":
            box, flowing = box._box, False  # noqa: SLF001 - the box itself, in its place on the page
            kind = type(box).__name__
        if kind == "LineBox":
            if "::" not in block.element_tag:  # a mark that is drawn, and no words
                self._line(box, block, flowing)
                for child in box.children:
                    if _shows_picture(child):  # of several that stand side by side
                        self._picture(child, flowing)
            return
        self._extend(box, flowing)
        self._reach(box)
        if _shows_picture(box):
            self._picture(box, flowing)
        if kind == "TableBox":
            self._table(box)
        inner = box if kind in {"BlockBox", "TableCellBox", "InlineBlockBox"} or flowing is False else block
        for child in getattr(box, "children", ()):
            self._below(child, inner, flowing)

    def _line(self, box: Box, block: Any, flowing: bool) -> None:
        texts = list(_texts(box))
        text = "".join(each.text for each in texts)
        for mark in _calls(box):
            self.layout.calls.setdefault(id(mark), self.number)
        if flowing:
            self.filled = max(self.filled, box.position_y + box.height)
        if not text.strip():
            return
        size = max(each.style["font_size"] for each in texts) or 1
        spread = max(each.justification_spacing for each in texts) / size
        character = texts[-1].style["hyphenate_character"]
        line = Line(
            page=self.number,
            top=box.position_y,
            bottom=box.position_y + box.height,
            width=box.width,
            measure=max(block.width, 1.0) - max(0.0, box.position_x - block.content_box_x()),
            text=text,
            hyphenated=bool(character) and text.endswith(character) and text[-2:-1].isalpha(),
            stretch=1 + spread / _SPACE,
            forced=_ends_forced(box),
        )
        element = box.element
        known = self.by_element.get(id(element))
        if known is None:
            known = self.by_element[id(element)] = Block(element, [], box.style["text_align_all"] == "justify")
            self.layout.blocks.append(known)
        known.lines.append(line)
        self._extended(element, line.top, line.bottom)

    def _picture(self, box: Box, flowing: bool) -> None:
        top = box.content_box_y()
        dots = getattr(getattr(box.replacement, "pillow_image", None), "width", 0) or getattr(
            box.replacement, "width", 0
        )
        picture = Picture(box.element, self.number, top, top + box.height, box.width, dots)
        self.layout.pictures.append(picture)
        if flowing:
            self.filled = max(self.filled, picture.bottom)

    def _reach(self, box: Box) -> None:
        """Notes what reaches into a margin by more than a hanging mark does."""
        if box.element is None or not isinstance(box.height, int | float) or "::" in (box.element_tag or ""):
            return
        left = box.border_box_x()
        out = max(self.left - left, left + box.border_width() - self.right)
        if out > REACHES and isinstance(box.width, int | float):
            top = box.border_box_y()
            self.layout.outer.append(Outer(box.element, self.number, top, top + box.border_height()))

    def _table(self, box: Box) -> None:
        end = box.position_x + box.margin_width()
        first, last = self.reach
        over = max(end - last, first - box.position_x)
        if over > 0:
            self.layout.excesses.append(Excess(box.element, self.number, over))

    def _extend(self, box: Box, flowing: bool) -> None:
        if not flowing or box.element is None or "::" in (box.element_tag or ""):
            return
        if isinstance(box.height, int | float):
            self._extended(box.element, box.position_y, box.position_y + box.margin_height())

    def _extended(self, element: Element, top: float, bottom: float) -> None:
        known = self.layout.extents.get(id(element))
        if known is None:
            self.layout.extents[id(element)] = Extent(self.number, self.number, top, bottom)
        elif known.last == self.number:
            self.layout.extents[id(element)] = Extent(known.first, known.last, known.top, max(known.bottom, bottom))
        else:
            self.layout.extents[id(element)] = Extent(known.first, self.number, known.top, bottom)


def _shows_picture(box: Box) -> bool:
    return "Replaced" in type(box).__name__ and bool(box.element_tag == "img")


def _texts(box: Box) -> Iterator[Box]:
    for child in getattr(box, "children", ()):
        if type(child).__name__ == "TextBox":
            yield child
        else:
            yield from _texts(child)


def _calls(box: Box) -> Iterator[Box]:
    """The elements of the footnotes whose marks stand in a line."""
    for child in getattr(box, "children", ()):
        if (child.element_tag or "").endswith("::footnote-call"):
            yield child.element
        else:
            yield from _calls(child)


def _ends_forced(box: Box) -> bool:
    """Whether the line ends where its author broke it."""
    last = box
    while getattr(last, "children", None):
        last = last.children[-1]
    return bool(last.element_tag.startswith("br"))
