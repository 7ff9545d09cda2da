"""What a page has that only shows when it is printed: margin boxes, backgrounds, links. Made for the layout that is kept.

Of an article's layouts one is printed. The proof-reader looks at what flows on the pages of each; running heads, folios, tinted
grounds and places of links tell it nothing, and none of them moves what flows. So they wait until it is known which layout is
kept. By then what was to be moved on its pages has been moved (spreads.py), and grounds come to lie where their boxes are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, partial
from typing import Any

from exporter.writers.pdf.weasyprint.patches import memo

RADII = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))

Steps = list[Callable[[], None]]
"""What is left to do on the pages of one layout, in this order."""

_waiting: ContextVar[Steps | None] = ContextVar("_waiting", default=None)


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint import document, layout
    from weasyprint.draw import color
    from weasyprint.layout import background

    owners = (layout, "make_margin_boxes"), (layout, "layout_backgrounds"), (document, "gather_anchors")
    if not all(hasattr(*each) for each in (*owners, (background, "layout_box_backgrounds"), (color, "get_color"))):
        return False
    background.layout_box_backgrounds = _unless_bare(background.layout_box_backgrounds, color.get_color)
    layout.make_margin_boxes = _margins_waiting(layout.make_margin_boxes)
    layout.layout_backgrounds = _waits(layout.layout_backgrounds)
    document.gather_anchors = _unless_waiting(document.gather_anchors)
    return True


@contextmanager
def unfinished() -> Iterator[Steps]:
    """Within it, pages are laid out without what only shows in print; gives what has to be done to have it."""
    steps: Steps = []
    token = _waiting.set(steps)
    try:
        yield steps
    finally:
        _waiting.reset(token)


def finished(document: Any, steps: Steps) -> None:
    """Does what was left to do on the pages of a document."""
    for step in steps:
        step()
    document.pages[:] = [type(page)(page._page_box) for page in document.pages]  # noqa: SLF001 - its links, and where they are


def _margins_waiting(make: Any) -> Any:
    def made(context: Any, page: Any, state: Any) -> Any:
        steps = _waiting.get()
        if steps is None:
            return make(context, page, state)
        steps.append(partial(_with_margins, make, context, context.current_page, page, state))
        return ()

    return made


def _with_margins(make: Any, context: Any, number: int, page: Any, state: Any) -> None:
    context.current_page = number
    page.children = (*page.children, *make(context, page, state))


def _waits(work: Any) -> Any:
    def waiting(*arguments: Any) -> None:
        steps = _waiting.get()
        if steps is None:
            work(*arguments)
        else:
            steps.append(partial(work, *arguments))

    return waiting


def _unless_waiting(gather: Any) -> Any:
    def gathered(*arguments: Any) -> None:
        if _waiting.get() is None:
            gather(*arguments)

    return gathered


# --------------------------------------------------------------------------------------------------------------- the grounds


def _unless_bare(work: Any, color_of: Any) -> Any:
    """The renderer's function that lays out grounds, which hardly a box has: of a box without one it is told soon."""

    def laid(page: Any, box: Any, fetch: Any, layout_children: bool = True, style: Any = None) -> None:
        if style is not None or box is page or not layout_children or not _is_bare(box.style, color_of):
            work(page, box, fetch, layout_children, style)
            return
        for child in box.all_children():
            laid(page, child, fetch)
        for name in RADII:
            setattr(box, name, (0, 0))
        box.background = None

    return laid


def _is_bare(style: Any, color_of: Any) -> bool:
    """Whether a box with this style has neither a ground nor a picture for its border, nor round corners."""
    kind = memo.kind_with(style)
    if kind is None:
        return False
    if "bare" not in kind.__dict__:
        sharp = all((0, "px") in style[name] for name in RADII)
        pictured = any(style[name][0] != "none" for name in ("border_image_source", "mask_border_source"))
        shown = any(each[0] != "none" for each in style["background_image"])
        kind.bare = sharp and not (
            pictured or shown or style["box_shadow"] or color_of(style, "background_color").alpha
        )
    return bool(kind.bare)
