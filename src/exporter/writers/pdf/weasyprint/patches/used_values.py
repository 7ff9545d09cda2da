"""What the renderer asks of every box again and again: its used values (margins, paddings, sizes), and whether it flows.

Used values are computed ones in which percentages have become pixels. Boxes of one kind have the same computed values
(:class:`memo.Known`), most of them pixels as they stand: these are worked out once a kind, and only percentages of them for
each box.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from msgspec import Struct

USERS = ("percent", "inline", "page", "float", "grid", "absolute", "block", "column", "table")
"""Modules of the renderer's layout that resolve percentages, each by a name of its own."""

ACROSS = ("margin_left", "margin_right", "padding_left", "padding_right", "width", "min_width", "max_width")
"""Properties whose percentages are parts of the containing block's width."""

SIDEWAYS = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
"""Those whose percentages are parts of its width as well, or on a page of its height."""

DOWN = ("height", "min_height", "max_height")
"""Those whose percentages are parts of its height."""

BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))

AFLOAT = frozenset({"left", "right", "inline-start", "inline-end", "footnote"})
"""Values of ``float`` that take a box out of the flow."""

AWAY = frozenset({"absolute", "fixed", "running()", "note()"})
"""Values of ``position`` that do, or the names of functions that are such values."""


class Used(Struct):
    """Used values of one kind of box: those that are the same whatever contains it, and the percentages of each group."""

    same: dict[str, Any]
    across: list[tuple[str, float]]
    sideways: list[tuple[str, float]]
    down: list[tuple[str, float]]
    whole: bool
    """Width and height are those of the border or the padding, and these have to be taken off."""


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import percent

    modules = [import_module(f"weasyprint.layout.{name}") for name in USERS]
    if not all(hasattr(each, "resolve_percentages") for each in modules) or not hasattr(percent, "adjust_box_sizing"):
        return False
    resolved = _resolving(percent, boxes)
    for each in modules:
        each.resolve_percentages = resolved  # type: ignore[attr-defined]
    boxes.Box.is_in_normal_flow = _flows
    return True


def _flows(box: Any) -> bool:
    """Whether a box is in normal flow."""
    style = box.style
    position = style["position"]
    return style["float"] not in AFLOAT and position not in AWAY and position[0] not in AWAY


def _resolving(percent: Any, boxes: Any) -> Any:
    resolve, adjust = percent.resolve_percentages, percent.adjust_box_sizing

    def resolved(box: Any, containing_block: Any) -> None:
        used = _used(box.style) if isinstance(box, boxes.Box) else None
        if used is None:
            resolve(box, containing_block)
            return
        values = box.__dict__
        values.update(used.same)
        if used.across or used.sideways or used.down:
            is_box = isinstance(containing_block, boxes.Box)
            width, height = (containing_block.width, containing_block.height) if is_box else containing_block
            for name, part in used.across:
                values[name] = width * part / 100
            for name, part in used.sideways:
                values[name] = (height if isinstance(box, boxes.PageBox) else width) * part / 100
            for name, part in used.down:
                values[name] = _part(name, part, height)
        if used.whole:
            adjust(box, "width")
            adjust(box, "height")

    return resolved


def _part(name: str, part: float, height: Any) -> Any:
    """A percentage of a height, which may hang on its content: then there is no least, no most, and no height yet."""
    if height != "auto":
        return height * part / 100
    return "auto" if name == "height" else (0 if name == "min_height" else float("inf")) * part / 100


def _used(style: Any) -> Used | None:
    """The used values of boxes with this style; None where they have to be worked out for each."""
    kind = style.__dict__.get("known")
    if kind is None:
        parent = getattr(style, "parent_style", None)
        if parent is None or style is not parent.__dict__.get("anonymous_style"):
            return None  # perhaps a copy, of which the renderer changes values
        kind = style
    if "used" not in kind.__dict__:
        kind.used = _of_kind(style)
    found: Used | None = kind.used
    return found


def _of_kind(style: Any) -> Used | None:
    """The used values of all boxes with the computed values of this style."""
    if style["border_collapse"] == "collapse":
        return None  # borders hang on those of other cells
    used = Used({name: style[name] for name in BORDERS}, [], [], [], style["box_sizing"] != "content-box")
    for names, parts in ((ACROSS, used.across), (SIDEWAYS, used.sideways), (DOWN, used.down)):
        for name in names:
            value = style[name]
            unit = getattr(value, "unit", None)
            if value is None or value == "auto":
                used.same[name] = 0 if value == "auto" and name in {"min_width", "min_height"} else value
            elif unit is None:
                return None  # a sum, of which only the box knows what comes of it
            elif unit == "%":
                parts.append((name, value.value))
            else:
                used.same[name] = value.value
    return used
