"""Phrases of Japanese and Thai: what stays together where lines of display type break.

Written without spaces, they break well only between phrases, a word with what is joined to it, though Japanese may break
anywhere by rule. Small learned models (BudouX) find them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budoux import Parser

_KANA = re.compile("[\u3041-\u309f\u30a1-\u30ff]")
_THAI = re.compile("[\u0e01-\u0e7f]")


def phrases_of(text: str) -> tuple[str, ...]:
    """The phrases of a text in their order; the text as one where it has no letter that only these languages have."""
    if _KANA.search(text):
        return tuple(_japanese().parse(text))
    return tuple(_thai().parse(text)) if _THAI.search(text) else (text,)


@cache
def _japanese() -> Parser:
    import budoux

    return budoux.load_default_japanese_parser()


@cache
def _thai() -> Parser:
    import budoux

    return budoux.load_default_thai_parser()
