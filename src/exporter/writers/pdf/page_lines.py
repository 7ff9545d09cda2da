"""What stands on each page of a PDF, for those who must know where its pages begin."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

Lines = tuple[str, ...]
"""The lines of a page's running text, from its head on."""

_listener: ContextVar[list[Lines] | None] = ContextVar("listener", default=None)


@contextmanager
def listening() -> Iterator[list[Lines]]:
    """Within it, the list fills with the lines of each page that is laid out."""
    pages: list[Lines] = []
    token = _listener.set(pages)
    try:
        yield pages
    finally:
        _listener.reset(token)


def noted(document: Any) -> None:
    """Of a document that is laid out, keeps the lines of its pages where somebody listens."""
    pages = _listener.get()
    if pages is not None:
        pages.extend(tuple(_lines(page._page_box)) for page in document.pages)  # noqa: SLF001 - boxes are not public


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
