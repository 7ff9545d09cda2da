"""Phrases of Japanese: what stays together where lines of display type break.

Written without spaces, Japanese breaks anywhere by rule and well only between phrases, a word with what is joined to it. A
small learned model (BudouX) finds them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budoux import Parser

_KANA = re.compile("[\u3041-\u309f\u30a1-\u30ff]")


def phrases_of(text: str) -> tuple[str, ...]:
    """The phrases of a text in their order; the text as one where it has no letter that only Japanese has."""
    return tuple(_parser().parse(text)) if _KANA.search(text) else (text,)


@cache
def _parser() -> Parser:
    import budoux

    return budoux.load_default_japanese_parser()
