"""The mark at the end of a line of program text that goes on on the next one: else nobody knows where the author broke it.

A style sheet names it: ``--turn-over: "¬"``. It is drawn, and no part of the text when that is taken out.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from exporter.writers.pdf.weasyprint.patches.hyphenation import Respelling

_LEAST = 4
"""A line has so many letters at least before the mark."""


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint.layout import inline
    from weasyprint.text.line_break import create_layout, line_size

    if not hasattr(inline, "split_first_line"):
        return False
    split = inline.split_first_line

    def splitting(text: str, style: Any, context: Any, width: Any, *rest: Any, **named: Any) -> Any:
        found = split(text, style, context, width, *rest, **named)
        mark = _mark(style)
        if not mark or width is None or not _turns(text, found[2]):
            return found
        room = line_size(create_layout(mark, style, context, None, 0).get_first_line()[0], style)[0]
        _, _, resume, _, height, baseline = narrower = split(text, style, context, width - room, *rest, **named)
        if not _turns(text, resume):
            return narrower
        said = text.encode()[:resume].decode().rstrip(" ")
        layout = create_layout(said + mark, style, context, None, 0)
        layout.respelt = Respelling(len(said) - 1, said[-1] + mark, said[-1])
        line_width = line_size(layout.get_first_line()[0], style)[0]
        layout.deactivate()
        return layout, resume, resume, line_width, height, baseline

    inline.split_first_line = splitting
    return True


def _mark(style: Any) -> str:
    value = style["__turn_over"] or ()
    return next((each.value for each in value if getattr(each, "type", "") == "string"), "")


def _turns(text: str, resume: int | None) -> bool:
    """Whether a line ends where the author broke none, after enough letters."""
    if resume is None:
        return False
    said = text.encode()[:resume].decode()
    return "\n" not in said and len(said.strip()) >= _LEAST
