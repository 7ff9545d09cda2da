"""The lines on each page of a PDF, for e-books that mark where printed pages begin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Lines = tuple[str, ...]
"""The lines of a page's running text, from its head on."""


def lines_of(document: Any) -> tuple[Lines, ...]:
    """The lines of each page of a document that is laid out."""
    return tuple(tuple(_lines(page._page_box)) for page in document.pages)  # noqa: SLF001 - boxes are not public


def _lines(box: Any) -> Iterator[str]:
    for child in getattr(box, "children", ()):
        kind = type(child).__name__
        if kind == "LineBox":
            yield "".join(_texts(child))
        elif kind not in {"MarginBox", "FootnoteAreaBox"}:
            yield from _lines(child)


def _texts(box: Any) -> Iterator[str]:
    for child in getattr(box, "children", ()):
        if child.element_tag.endswith("::footnote-call"):
            continue  # its number is no text of the page's
        if type(child).__name__ == "TextBox":
            yield child.text
        else:
            yield from _texts(child)
