"""The name of a block that it has in every reading: a digest of its own words, and of nothing around it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable

LENGTH = 10
"""Hexadecimal digits of a digest: of a thousand blocks, two share one by chance once in two million pages."""
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that only say where a line may break or letters join: programs that save pages drop or add them."""


def digest(words: str) -> str:
    """The digest of a block's words, however they are spaced and composed."""
    closed = "".join(words.split())
    if not closed.isascii():
        closed = unicodedata.normalize("NFC", closed)
        for unseen in _UNSEEN:
            closed = closed.replace(unseen, "")
    return hashlib.sha256(closed.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def distinct(digests: Iterable[str]) -> list[str]:
    """The digests in their order, each further one that is the same with its number: ``a``, ``a-2``, ``a-3``."""
    counted: Counter[str] = Counter()
    made = []
    for each in digests:
        counted[each] += 1
        made.append(each if counted[each] == 1 else f"{each}-{counted[each]}")
    return made
