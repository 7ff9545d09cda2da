"""Texts made alike, so that they can be compared."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
"""Thai, Japanese, Chinese."""


def fold(text: str) -> str:
    """``text`` with every run of white space (no-break spaces too) as one space and none at the ends."""
    return " ".join(text.split())


@lru_cache(maxsize=1024)
def fold_case(text: str) -> str:
    """``text`` without case, the Turkish capital İ as the letter that it is the capital of."""
    return text.casefold().replace("i\u0307", "i")


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """A name for comparison: no case, no punctuation."""
    return " ".join(_WORD.findall(name.casefold()))


def weigh(text: str) -> int:
    """Characters of ``text``, each of a script without spaces counted three times."""
    return len(text) + 2 * unspaced(text)


@lru_cache(maxsize=4096)
def unspaced(text: str) -> int:
    """How many characters are of a script that writes no spaces between words: Thai, Chinese, Japanese."""
    return 0 if text.isascii() else len(_UNSPACED.findall(text))
