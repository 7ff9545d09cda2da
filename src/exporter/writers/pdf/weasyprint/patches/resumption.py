"""Layouts of what changed alone: the pages before and after it are taken over from the layout that they were made in.

The renderer makes one page after the other, and knows of each where it begins and in which state. A page hangs on nothing but
that and its own content; so if nothing changed up to somewhere behind it, it would be made the same again. And once a page
behind all that changed begins where one with its number began, in the same state, so would be all that follow. Pages are
taken over as copies, in the state in which the renderer left them: what is done to them afterwards (margin boxes, spreads
that are set right) is done again.

On the pages that are made, a paragraph mostly goes up or down, and its lines stay as they are. A line hangs on the words,
styles and looks of its paragraph, on where in them it begins, on the column's place and width, and on how the paragraph was
weighed. What else it might hang on (a float beside it, a note, a picture, an initial) makes it one that is not remembered.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextvars import ContextVar
from functools import cache
from math import inf
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from exporter.writers.pdf.weasyprint.boxes import Box
from exporter.writers.pdf.weasyprint.patches import memo
from exporter.writers.pdf.weasyprint.patches.paragraphs import ATTRIBUTE, setting_key

WORDS = frozenset({"LineBox", "InlineBox", "TextBox"})
"""What a line consists of that is remembered."""

Place = tuple[float, float, Any]
"""Where a box stood, and how high it was."""

Pages = list[tuple[Any, tuple[Any, ...]]]
"""Pages, each with what stood on it."""

Begin = tuple[Any, ...]
"""The elements that a page begins in, each by identity and tag, and the text."""


class Touched(Struct, frozen=True):
    """What changed since a layout: nothing on its first ``count`` pages, nothing on page ``end`` (from 0) and behind.

    ``elements`` are the identities of what was changed or stands beside that.
    """

    count: int = 0
    end: float = inf
    elements: frozenset[int] = frozenset()


class Laid(Struct):
    """What is kept of a layout: its pages with what stood on each, and the state before each.

    ``begins`` are the elements in which each next page begins, from without inwards; ``whole`` says of each page that nothing
    but text goes over from it to the next; ``settings`` is what the lines of each paragraph hung on, ``places`` where the boxes
    stood that were moved since.
    """

    pages: Pages = []
    states: list[Any] = []
    begins: list[Begin] = []
    whole: list[bool] = []
    settings: dict[Any, Any] = {}
    sizes: dict[str, Any] = {}
    places: dict[int, Place] = {}

    def note(self, context: Any, root: Box, page: Any) -> None:
        """Keeps a page as the renderer has made it."""
        self.pages.append((page, tuple(page.children)))
        self.begins.append(tuple(_begin_of(root, context.page_maker[len(self.pages)][0])))
        self.whole.append(not context.reported_footnotes and not context.broken_out_of_flow)

    def good(self, count: int) -> int:
        """How many of the first ``count`` pages another layout may take over: those up to a table: columns are no boxes."""
        count = min(count, len(self.pages))
        count = next((number for number, each in enumerate(self.pages[:count]) if _tabled(each[1])), count)
        while count and not self.whole[count - 1]:
            count -= 1
        return count


_begin: ContextVar[tuple[Laid, Touched] | None] = ContextVar("_begin", default=None)
_made: ContextVar[Laid | None] = ContextVar("_made", default=None)


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint import layout
    from weasyprint.layout import inline
    from weasyprint.layout import page as page_layout

    owners = (layout, "make_all_pages"), (page_layout, "set_page_type_computed_styles"), (inline, "get_next_linebox")
    if not all(hasattr(*each) for each in owners):
        return False
    _resume_lines(inline)
    make = layout.make_all_pages

    def making(context: Any, root: Box, html: Any, pages: list[Any]) -> Iterator[Any]:
        known, touched = _begin.get() or (None, Touched()) if not pages else (None, Touched())
        pages = _taken(context, html, known, touched.count) if known and touched.count else list(pages)
        laid, end = Laid(settings=context.__dict__.setdefault("settings", {})), 0
        for page in make(context, root, html, pages):
            laid.note(context, root, page)
            if known and not end and _joins(context, laid, known, touched):
                end = len(laid.pages)
                pages[:] = [*(each for each, _ in laid.pages), *rest_of(context, html, known, end)]
            yield page
        if known:
            for number in (*range(touched.count), *(range(end, len(laid.whole)) if end else ())):
                laid.whole[number] = known.whole[number]
        laid.states = [(*state[:3], copy.deepcopy(state[3])) for state in context.page_maker]
        laid.sizes = dict(context.style_for.initial_page_sizes)
        _made.set(laid)

    layout.make_all_pages = making
    return True


def begun(laid: Laid | None, touched: Touched) -> Any:
    """Says what changed since another layout, whose other pages the next one takes over as far as they may be.

    Returns how to take it back.
    """
    return _begin.set((laid, replace(touched, count=laid.good(touched.count))) if laid else None)


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


def _begin_of(box: Box, place: Any) -> Iterator[Any]:
    """The elements that a page begins in, from without inwards, and the text, where ``place`` is the renderer's."""
    while place:
        index, place = next(iter(place.items()))
        children = getattr(box, "children", ())
        if index >= len(children):
            break  # letters of a text
        box = children[index]
        yield id(box.element), box.element_tag
    yield getattr(box, "text", "")


def _joins(context: Any, laid: Laid, known: Laid, touched: Touched) -> bool:
    """Whether all that follows the pages made so far is as it was in another layout."""
    number = len(laid.pages)
    if not touched.end <= number < len(known.pages):
        return False
    begin, state, other = laid.begins[-1], context.page_maker[number], known.states[number]
    same = state[0] is not None and state[:4] == other[:4] and begin == known.begins[number - 1]
    if not same or not (laid.whole[-1] and known.whole[number - 1]):
        return False
    within = {each[0] for each in begin[:-1]}
    plans = ((key, value) for key, value in known.settings.items() if key[0] in within)
    as_before = all(laid.settings.get(key, value) == value for key, value in plans)
    return as_before and not within & touched.elements and not any(_tabled(each) for _, each in known.pages[number:])


def rest_of(context: Any, html: Any, known: Laid, number: int) -> Iterator[Any]:
    """The last pages of another layout from this one on, and the renderer put into the state in which it was behind them."""
    context.page_maker[number:] = [(*each[:3], copy.deepcopy(each[3]), _unchanged()) for each in known.states[number:]]
    context.settings.update({key: value for key, value in known.settings.items() if key not in context.settings})
    return _copies(context, html, known.pages[number:], known.places)


def _copies(context: Any, html: Any, pages: Pages, places: dict[int, Place]) -> Iterator[Any]:
    from weasyprint.layout.page import set_page_type_computed_styles

    for page, children in pages:
        taken = page.copy()
        taken.children = tuple(copied(child, places) for child in children)
        set_page_type_computed_styles(page.page_type, html, context.style_for)
        yield taken


def _taken(context: Any, html: Any, known: Laid, count: int) -> list[Any]:
    """The first pages of another layout, and the renderer put into the state in which it was behind them."""
    states = [(*state[:3], copy.deepcopy(state[3]), _unchanged()) for state in known.states[: count + 1]]
    states[-1][-1]["content_changed"] = True
    context.page_maker = states
    context.style_for.initial_page_sizes.update(known.sizes)
    context.settings = dict(known.settings)
    return list(_copies(context, html, known.pages[:count], known.places))


def _unchanged() -> dict[str, Any]:
    return {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}


def copied(box: Any, places: dict[int, Place]) -> Any:
    """A box with all that is in it, where it stood first, if it was moved since."""
    if type(box).__name__ == "AbsolutePlaceholder":
        held = type(box)(copied(box._box, places))  # noqa: SLF001 - the box itself
        held.set_laid_out_box(held._box)  # noqa: SLF001
        return held
    made = box.copy()
    if id(box) in places:
        made.position_x, made.position_y, height = places[id(box)]
        if height is not None:
            made.height = height
    if hasattr(box, "children"):
        made.children = type(box.children)(copied(child, places) for child in box.children)
    return made


def _boxes(box: Any) -> Iterator[Any]:
    """A box and all that is in it."""
    inner = box._box if type(box).__name__ == "AbsolutePlaceholder" else box  # noqa: SLF001
    yield inner
    for child in getattr(inner, "children", ()):
        yield from _boxes(child)


# ------------------------------------------------------------------------------------------------------------------ lines


def _resume_lines(inline: Any) -> None:
    """Lets lines that were set before be taken over."""
    following = inline.get_next_linebox

    def next_line(context: Any, line: Box, top: float, bottom: float, place: Any, column: Box, *rest: Any) -> Any:
        known = getattr(memo.remembered(), "set_lines", None)
        key = None if known is None else _line_key(context, line, place, column, *rest)
        if known is None or key is None:
            return following(context, line, top, bottom, place, column, *rest)
        settings = context.__dict__.setdefault("settings", {})
        own = setting_key(line, column.width)
        key = (*key, None if place is None else settings.get(own))
        if key in known:
            return set_again(context, known[key], line, top, own, begins=place is None)
        outside = [len(each) for each in rest[:2]]
        found, resume = following(context, line, top, bottom, place, column, *rest)
        if found is not None and outside == [len(each) for each in rest[:2]] and not context.excluded_shapes:
            known[key] = copied(found, {}), resume, settings.get(own)
        return found, resume

    inline.get_next_linebox = next_line


def _line_key(context: Any, line: Box, place: Any, column: Box, *rest: Any) -> Any:
    """What a line hangs on; None for one that is not remembered."""
    if context.excluded_shapes or any(rest[2:]):
        return None
    if "words" not in line.__dict__:
        line.words = _signature(line)
    indent = line.text_indent
    return line.words and (line.words, _frozen(place), indent, column.content_box_x(), column.width)


def _signature(box: Box) -> Any:
    """The words of a line's paragraph, each with what tells its style; None where there is anything but words."""
    kind, style = type(box).__name__, box.__dict__.get("plain", box.style)
    looks = memo.kind_of(style)
    if kind not in WORDS or looks is None or getattr(box, "footnote", None) is not None:
        return None
    own = kind, id(box.element), box.element_tag, looks
    if kind == "TextBox":
        return *own, box.text
    parts = tuple(map(_signature, box.children))
    asked = box.element.get(ATTRIBUTE) if kind == "LineBox" and box.element is not None else None
    return None if None in parts else (*own, asked, parts)


def _frozen(place: Any) -> Any:
    """A place in a paragraph, as the renderer counts, that can be looked up."""
    return place and tuple((index, _frozen(inner)) for index, inner in place.items())


def set_again(context: Any, known: Any, line: Box, top: float, own: Any, begins: bool) -> Any:
    """A line that was set before, at this height."""
    kept, resume, setting = known
    if setting is not None and begins:
        context.settings[own] = setting  # as the paragraph's first line leaves it
    context.newest = None  # as of every line without a note (footnotes.py)
    found = copied(kept, {})
    found.translate(0, top - found.position_y)
    found.position_y = line.position_y = top
    line.width, line.height = found.width, found.height
    return found, resume
