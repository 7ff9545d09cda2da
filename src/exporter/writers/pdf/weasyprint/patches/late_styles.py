"""Styles of pseudo-elements worked out when somebody asks for them, and most are never asked for.

The renderer's own sheet has rules for the marker, the note's call and the note's marker of *every* element, and it works out
all six of these styles for each, in each layout: fifteen for one of an element. Only a list item's marker and a note's parts
are ever looked at.
"""

from __future__ import annotations

from functools import cache
from typing import Any

_ANCHOR = "anchor"
"""What a style is asked for as soon as it is worked out, because a link may lead there; no pseudo-element inherits it."""


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint import css

    kind = getattr(css, "StyleFor", None)
    if not all(hasattr(kind, name) for name in ("set_computed_styles", "get_cascaded_styles", "__call__")):
        return False
    compute, ask = css.StyleFor.set_computed_styles, css.StyleFor.__call__

    def computed(self: Any, element: Any, *rest: Any, pseudo_type: Any = None, **named: Any) -> None:
        declared = self.get_cascaded_styles().get((element, pseudo_type), {})
        # Pages and their margins are named by text, and asked for at once.
        if not pseudo_type or pseudo_type.startswith("@") or _ANCHOR in declared:
            compute(self, element, *rest, pseudo_type=pseudo_type, **named)
        else:
            late = self.__dict__.setdefault("late", {})
            late[element, pseudo_type] = declared, rest, named

    def asked(self: Any, element: Any, pseudo_type: Any = None) -> Any:
        if pseudo_type and (found := self.__dict__.get("late", {}).pop((element, pseudo_type), None)):
            declared, rest, named = found
            cascaded = self.get_cascaded_styles()
            cascaded[element, pseudo_type] = declared
            compute(self, element, *rest, pseudo_type=pseudo_type, **named)
            del cascaded[element, pseudo_type]
        return ask(self, element, pseudo_type)

    css.StyleFor.set_computed_styles, css.StyleFor.__call__ = computed, asked
    return True
