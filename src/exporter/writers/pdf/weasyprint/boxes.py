"""What we use of WeasyPrint's boxes, as types: WeasyPrint itself (70.0) has none.

A box of the renderer has many more attributes, and some kinds lack a few of these: a text has no children, only a picture has
a replacement. Whoever reads one of those asks first what kind of box it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, Self


class Style(Protocol):
    """Computed values by the names of properties, with underscores. Numbers are pixels; words are as CSS has them."""

    font_config: Any

    def __getitem__(self, name: str, /) -> Any:
        """The value of a property."""

    def copy(self) -> Any:
        """Another style with the same values, which may be set."""


class Box(Protocol):
    """A box of a layout. Places and sizes are pixels from the left and the top of its page.

    ``element`` is the element of the page that it was made of, or None; ``width`` and ``height`` may be ``"auto"`` until it
    is laid out.
    """

    element: Any
    element_tag: str
    style: Style
    children: Sequence[Any]
    text: str
    replacement: Any
    pango_layout: Any
    background: Any
    text_indent: Any
    # Ours, kept on the box that they belong to: the renderer copies boxes with all their attributes.
    reordered: bool
    plain: Style
    counted: tuple[str, int, int]
    letters: tuple[str, int]
    words: Any
    justification_spacing: float
    position_x: float
    position_y: float
    width: Any
    height: Any
    margin_left: float
    margin_right: float
    margin_top: float
    margin_bottom: float

    def margin_width(self) -> float:
        """The width with padding, border and margin."""

    def margin_height(self) -> float:
        """The height with padding, border and margin."""

    def border_width(self) -> float:
        """The width with padding and border."""

    def border_height(self) -> float:
        """The height with padding and border."""

    def content_box_x(self) -> float:
        """Where the content begins from the left."""

    def content_box_y(self) -> float:
        """Where the content begins from the top."""

    def border_box_x(self) -> float:
        """Where the border begins from the left."""

    def border_box_y(self) -> float:
        """Where the border begins from the top."""

    def translate(self, dx: float = 0, dy: float = 0) -> None:
        """Moves the box and all that it holds."""

    def copy_with_text(self, text: str) -> Self:
        """The same box of text with other words."""


def opens_facing(page: Any) -> bool:
    """Whether a document that begins with this page has another facing it: in a book an article may begin on either side.

    In a book whose lines run from the left, the pages on the left are followed by those that face them.
    """
    box = page._page_box  # noqa: SLF001 - there is no other way to ask on which side a page is
    first = "right" if box.style["direction"] == "rtl" else "left"
    return bool(box.page_type.side == first)
