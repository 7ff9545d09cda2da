"""Lets each tag of a tagged PDF remember the box that it is made of: the renderer forgets it, and the tags are fixed by it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint.formatting_structure.boxes import MarginBox
    from weasyprint.pdf import tags

    build = getattr(tags, "_build_box_tree", None)
    if build is None:
        return False

    def built(box: Any, parent: Any, pdf: Any, *rest: Any) -> Iterator[Any]:
        margins = pdf.__dict__.setdefault("margins", {})
        if isinstance(box, MarginBox):
            margins.update({id(child): box.at_keyword for child in box.children})
        for element in build(box, parent, pdf, *rest):
            pdf.__dict__.setdefault("boxes", {})[element.reference] = getattr(box, "_box", box)
            yield element

    tags._build_box_tree = built  # noqa: SLF001 - there is no other way in
    return True
