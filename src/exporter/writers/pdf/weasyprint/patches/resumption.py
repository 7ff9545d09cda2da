"""Layouts that begin where something changed: the pages before it are taken over from the layout that they were made in.

The renderer makes one page after the other, and knows of each where it begins and in which state. A page hangs on nothing but
that and its own content; so if nothing changed up to somewhere behind it, it would be made the same again. Pages are taken
over as copies, in the state in which the renderer left them: what is done to them afterwards (margin boxes, spreads that are
set right) is done again.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextvars import ContextVar
from functools import cache
from typing import Any

from msgspec import Struct

from exporter.writers.pdf.weasyprint.boxes import Box

Place = tuple[float, float, Any]
"""Where a box stood, and how high it was."""


class Laid(Struct):
    """What is kept of a layout: its pages with what stood on each, and the state before each.

    ``whole`` says of each page that nothing but text goes over from it to the next; ``settings`` is what the lines of each
    paragraph hung on, ``places`` where the boxes stood that were moved since.
    """

    pages: list[tuple[Any, tuple[Any, ...]]] = []
    states: list[Any] = []
    whole: list[bool] = []
    settings: dict[Any, Any] = {}
    sizes: dict[str, Any] = {}
    places: dict[int, Place] = {}

    def note(self, context: Any, page: Any) -> None:
        """Keeps a page as the renderer has made it."""
        self.pages.append((page, tuple(page.children)))
        self.whole.append(not context.reported_footnotes and not context.broken_out_of_flow)

    def good(self, count: int) -> int:
        """How many of the first ``count`` pages another layout may take over: those up to a table: columns are no boxes."""
        count = min(count, len(self.pages))
        count = next((number for number, each in enumerate(self.pages[:count]) if _tabled(each[1])), count)
        while count and not self.whole[count - 1]:
            count -= 1
        return count


_begin: ContextVar[tuple[Laid, int] | None] = ContextVar("_begin", default=None)
_made: ContextVar[Laid | None] = ContextVar("_made", default=None)


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint import layout
    from weasyprint.layout import page as page_layout

    if not hasattr(layout, "make_all_pages") or not hasattr(page_layout, "set_page_type_computed_styles"):
        return False
    make = layout.make_all_pages

    def making(context: Any, root: Box, html: Any, pages: list[Any]) -> Iterator[Any]:
        known, count = _begin.get() or (None, 0)
        if known is not None and not pages:
            pages = _taken(context, html, known, count)
        laid = Laid(settings=context.__dict__.setdefault("settings", {}))
        for page in make(context, root, html, pages):
            laid.note(context, page)
            yield page
        laid.whole[:count] = known.whole[:count] if known else []
        laid.states = [(*state[:3], copy.deepcopy(state[3])) for state in context.page_maker]
        laid.sizes = dict(context.style_for.initial_page_sizes)
        _made.set(laid)

    layout.make_all_pages = making
    return True


def begun(laid: Laid | None, count: int) -> Any:
    """Says that the next layout takes over ``count`` pages of another, as far as they may be; returns how to take it back."""
    count = laid.good(count) if laid else 0
    return _begin.set((laid, count) if laid and count else None)


def finished(token: Any) -> Laid | None:
    """What is kept of the layout that was made since :func:`begun`."""
    _begin.reset(token)
    laid = _made.get()
    _made.set(None)
    return laid


def will_move(laid: Laid, page: Any) -> None:
    """Notes where the boxes of a page stand that are about to be moved."""
    for child in page.children:
        for box in _boxes(child):
            laid.places.setdefault(id(box), (box.position_x, box.position_y, getattr(box, "height", None)))


def _tabled(children: tuple[Any, ...]) -> bool:
    return any(type(box).__name__ == "TableBox" for child in children for box in _boxes(child))


def _taken(context: Any, html: Any, known: Laid, count: int) -> list[Any]:
    """The first pages of another layout, and the renderer put into the state in which it was behind them."""
    from weasyprint.layout.page import set_page_type_computed_styles

    states = [(*state[:3], copy.deepcopy(state[3]), _unchanged()) for state in known.states[: count + 1]]
    states[-1][-1]["content_changed"] = True
    context.page_maker = states
    context.style_for.initial_page_sizes.update(known.sizes)
    context.settings = dict(known.settings)
    pages = []
    for page, children in known.pages[:count]:
        taken = page.copy()
        taken.children = tuple(_copied(child, known.places) for child in children)
        set_page_type_computed_styles(page.page_type, html, context.style_for)
        pages.append(taken)
    return pages


def _unchanged() -> dict[str, Any]:
    return {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}


def _copied(box: Any, places: dict[int, Place]) -> Any:
    """A box with all that is in it, where it stood first."""
    if type(box).__name__ == "AbsolutePlaceholder":
        held = type(box)(_copied(box._box, places))  # noqa: SLF001 - the box itself
        held.set_laid_out_box(held._box)  # noqa: SLF001
        return held
    made = box.copy()
    if id(box) in places:
        made.position_x, made.position_y, height = places[id(box)]
        if height is not None:
            made.height = height
    if hasattr(box, "children"):
        made.children = type(box.children)(_copied(child, places) for child in box.children)
    return made


def _boxes(box: Any) -> Iterator[Any]:
    """A box and all that is in it."""
    inner = box._box if type(box).__name__ == "AbsolutePlaceholder" else box  # noqa: SLF001
    yield inner
    for child in getattr(inner, "children", ()):
        yield from _boxes(child)
