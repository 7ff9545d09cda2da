"""What one pass over an article works out and the next one would work out again: styles, and text broken into lines.

Between two passes a few elements change. All others have the same declarations, below parents that have the same; so their
computed values are the same, and so are the lines that Pango makes of the same letters in the same style and width. They are
remembered as long as an article is set, by nothing but what they hang on.

Used values are computed ones in which percentages have become pixels. Boxes of one kind have the same computed values, most of
them pixels as they stand: these are worked out once a kind, and only percentages of them for each box.

And most styles are never asked for. The renderer's own sheet has rules for the marker, the note's call and the note's marker of
*every* element, and it works out all six of these for each, in each layout. Here those of pseudo-elements wait for somebody.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from importlib import import_module
from typing import Any

from msgspec import Struct

from exporter.writers.pdf.weasyprint import layouts

NAMES = ("INHERITED", "INITIAL_VALUES", "INITIAL_NOT_COMPUTED", "PHYSICAL_FUNCTIONS", "check_math")
"""What is wanted of the renderer's module of styles besides its classes."""

OF_PAGE = (3, 4)
"""What declarations weigh that stand in the page itself, as those of an author (CSS Cascade 5)."""

TOGETHER = frozenset({"position", "float", "display"})
"""Properties that the renderer computes one from the other, and notes beside their values how each was specified."""

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


class Known(dict[str, Any]):
    """Property → computed value, of all elements of one kind: those that have the same declarations and the same parent.

    ``declared`` is held so that what tells the kinds apart lives as long as they do; ``fonts`` is what was worked out of the
    letters of such elements, by the looks that they were given (None: none).
    """

    declared: tuple[Any, ...] = ()
    fonts: dict[Any, dict[str, Any]]


class Used(Struct):
    """Used values of one kind of box: those that are the same whatever contains it, and the percentages of each group."""

    same: dict[str, Any]
    across: list[tuple[str, float]]
    sideways: list[tuple[str, float]]
    down: list[tuple[str, float]]
    whole: bool
    """Width and height are those of the border or the padding, and these have to be taken off."""


class Memory(Struct):
    """What is remembered of one article: by what makes a kind; by kind, text and width; by the text of a line.

    ``chunks`` are words as they were measured, by their letters, the kind of their type and its scale; ``set_lines`` are whole
    lines, by what they hang on (resumption.py), of an article that is laid out more than once.
    """

    kinds: dict[Any, Known] = {}
    lines: dict[Any, Any] = {}
    respelt: dict[str, Any] = {}
    chunks: dict[Any, Any] = {}
    set_lines: dict[Any, Any] | None = None


_memory: ContextVar[Memory | None] = ContextVar("_memory", default=None)


@contextmanager
def remembering(again: bool = False) -> Iterator[Memory]:
    """Within it, one article is set, as often as it takes; ``again``: more than once, so that it pays to keep whole lines."""
    memory = Memory(set_lines={} if again else None)
    token = _memory.set(memory)
    try:
        yield memory
    finally:
        _memory.reset(token)


def remembered() -> Memory | None:
    """What is remembered of the article that is being set; None outside of :func:`remembering`."""
    return _memory.get()


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint import css
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import inline, percent
    from weasyprint.text import line_break

    users = [import_module(f"weasyprint.layout.{name}") for name in USERS]
    owners = (
        *((css, name) for name in ("ComputedStyle", "StyleFor", *NAMES)),
        (inline, "split_first_line"),
        (percent, "adjust_box_sizing"),
    )
    tells = tuple((line_break, name) for name in ("get_font_description", "_font_style_cache_key", "Layout"))
    ways = ("set_computed_styles", "get_cascaded_styles", "__call__")
    known = all(hasattr(*each) for each in (*owners, *tells, *((user, "resolve_percentages") for user in users)))
    if not known or not all(hasattr(css.StyleFor, each) for each in ways):
        return False
    _remember_values(css)
    _wait_to_be_asked(css.StyleFor)
    _remember_lines(inline)
    _remember_fonts(line_break)
    layouts.copied(line_break, _fonts)
    resolved = _resolving(percent, boxes)
    for user in users:
        user.resolve_percentages = resolved  # type: ignore[attr-defined]
    boxes.Box.is_in_normal_flow = _flows
    return True


# ----------------------------------------------------------------------------------------------------------------- styles


def _remember_values(css: Any) -> None:
    compute, missing, plain = css.StyleFor.set_computed_styles, css.ComputedStyle.__missing__, _plain(css)

    def computed(self: Any, element: Any, parent: Any, *rest: Any, pseudo_type: Any = None, **named: Any) -> None:
        compute(self, element, parent, *rest, pseudo_type=pseudo_type, **named)
        with suppress(AttributeError, LookupError, TypeError, ValueError):  # a renderer that keeps its styles otherwise
            # The renderer tells nobody which style it made, but keeps it under this key.
            style = self.get_computed_styles()[element, pseudo_type]
            style.known = _known(style)

    def found(self: Any, name: str) -> Any:
        known = self.__dict__.get("known")
        if known is None or name in TOGETHER:
            return missing(self, name)
        if name not in known:
            declared = name not in plain or not self.cascaded.keys().isdisjoint(plain[name])
            value = None if declared else undeclared(name, self.parent_style)
            known[name] = missing(self, name) if value is None else value
        value = self[name] = known[name]
        return value

    def undeclared(name: str, parent: Any) -> Any:
        if name not in css.INHERITED:
            return css.INITIAL_VALUES[name]
        value = None if parent is None else parent[name]
        return None if css.check_math(value) else value

    css.StyleFor.set_computed_styles, css.ComputedStyle.__missing__ = computed, found


def _plain(css: Any) -> dict[str, tuple[str, ...]]:
    """Property → what must not be declared for its value to be the initial one or the parent's, as they stand: itself, too."""
    worked_out = {*TOGETHER, *css.INITIAL_NOT_COMPUTED, "page"}
    names = (each for each in css.INITIAL_VALUES if each not in worked_out and not each.startswith("text_decoration_"))
    logical, ways = css.PHYSICAL_FUNCTIONS, ("ltr", "rtl")
    return {
        name: (name, *(logical[name](block="ttb", inline=way) for way in ways if name in logical)) for name in names
    }


def _wait_to_be_asked(styles: Any) -> None:
    compute, ask = styles.set_computed_styles, styles.__call__

    def computed(self: Any, element: Any, *rest: Any, pseudo_type: Any = None, **named: Any) -> None:
        declared = self.get_cascaded_styles().get((element, pseudo_type), {})
        # Margins of pages ("@top-left") are asked for at once, and so is each anchor, as a link may lead there.
        if not pseudo_type or pseudo_type.startswith("@") or "anchor" in declared:
            compute(self, element, *rest, pseudo_type=pseudo_type, **named)
        else:
            self.__dict__.setdefault("waiting", {})[element, pseudo_type] = declared, rest, named

    def asked(self: Any, element: Any, pseudo_type: Any = None) -> Any:
        if pseudo_type and (found := self.__dict__.get("waiting", {}).pop((element, pseudo_type), None)):
            declared, rest, named = found
            cascaded = self.get_cascaded_styles()
            cascaded[element, pseudo_type] = declared
            compute(self, element, *rest, pseudo_type=pseudo_type, **named)
            del cascaded[element, pseudo_type]
        return ask(self, element, pseudo_type)

    styles.set_computed_styles, styles.__call__ = computed, asked


def _known(style: Any) -> Known | None:
    """What is known of the kind that an element with this style is of; None where nothing is remembered."""
    memory, parent = _memory.get(), style.parent_style
    above = None if parent is None else parent.__dict__.get("known")
    if memory is None or (parent is not None and above is None):
        return None
    declared = ((name, _identity(value, weight), weight) for name, (value, weight) in style.cascaded.items())
    key = id(above), id(style.font_config), style.pseudo_type, style.base_url, tuple(map(_hashed, declared))
    known = memory.kinds.get(key)
    if known is None:
        known = memory.kinds[key] = Known()
        known.fonts = {}
        known.declared = above, style.font_config, style.cascaded
    return known


def _hashed(declaration: tuple[str, Any, Any]) -> Any:
    name, value, (origin, layer, specificity) = declaration
    return name, value, origin, layer, tuple(specificity)


def _identity(value: Any, weight: Any) -> Any:
    """What tells a declared value from others. A sheet's last as long as the sheet; the page's own are parsed in each pass."""
    # An identity is cheaper than the text of a value, and as good while the sheet that holds the value lives.
    return _spelled(value) if weight[0] in OF_PAGE else id(value)


def _spelled(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return type(value), tuple(map(_spelled, value))
    if isinstance(value, str | int | float | None):
        return repr(value)
    return value.serialize() if hasattr(value, "serialize") else id(value)


# ------------------------------------------------------------------------------------------------------------ used values


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
    kind = kind_with(style)
    if kind is None:
        return None
    if "used" not in kind.__dict__:
        kind.used = _of_kind(style)
    found: Used | None = kind.used
    return found


def kind_with(style: Any) -> Any:
    """What holds what is worked out once for all boxes with such a style: their kind; of boxes without an element the style.

    None for what may be a copy, of which the renderer changes values.
    """
    kind = style.__dict__.get("known")
    if kind is None:
        parent = getattr(style, "parent_style", None)
        return style if parent is not None and style is parent.__dict__.get("anonymous_style") else None
    return kind


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


# ------------------------------------------------------------------------------------------------------------------ lines


def _remember_lines(inline: Any) -> None:
    split = inline.split_first_line

    def splitting(text: str, style: Any, context: Any, width: Any, *rest: Any, **named: Any) -> Any:
        memory, kind = _memory.get(), _kind(style)
        if memory is None or kind is None:
            return split(text, style, context, width, *rest, **named)
        key = kind, text, width, rest, tuple(named.items())
        if key not in memory.lines:
            memory.lines[key] = split(text, style, context, width, *rest, **named)
        return memory.lines[key]

    inline.split_first_line = splitting


def kind_of(style: Any) -> Any:
    """What tells a style from others, of an element or of letters; None for one that the renderer changed."""
    known = style.__dict__.get("known")
    return _kind(style) if known is None else id(known)


def _kind(style: Any) -> Any:
    """What tells the style of some letters from others: their parent's kind, and the looks that its words were given.

    None for letters whose style the renderer changed.
    """
    parent = getattr(style, "parent_style", None)
    known, looks = getattr(parent, "known", None), style.__dict__.get("looks")
    if known is None or type(style).__name__ != "AnonymousStyle":
        return None
    return (id(known), looks) if looks or style is parent.__dict__.get("anonymous_style") else None


# ------------------------------------------------------------------------------------------------------------------ fonts


def _remember_fonts(line_break: Any) -> None:
    describe, tell = line_break.get_font_description, line_break._font_style_cache_key  # noqa: SLF001 - there is no other way in

    def described(style: Any) -> Any:
        fonts = _fonts(style)
        if fonts is None:
            return describe(style)
        if "description" not in fonts:
            fonts["description"] = describe(style)
        return fonts["description"]

    def told(style: Any, include_size: bool = False) -> Any:
        fonts = _fonts(style)
        if fonts is None:
            return tell(style, include_size)
        name = "with size" if include_size else "without"
        if name not in fonts:
            fonts[name] = tell(style, include_size)
        return fonts[name]

    line_break.get_font_description, line_break._font_style_cache_key = described, told  # noqa: SLF001


def _fonts(style: Any) -> dict[str, Any] | None:
    """What is remembered of the fonts of letters in this style; None where nothing is."""
    known, looks = style.__dict__.get("known"), None
    if known is None:
        if _kind(style) is None:
            return None
        known, looks = style.parent_style.known, style.__dict__.get("looks")
    fonts: dict[Any, dict[str, Any]] = known.fonts
    return fonts.setdefault(looks, {})
