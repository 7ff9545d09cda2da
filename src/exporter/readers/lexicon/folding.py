"""Texts made alike, so that they can be compared."""

from __future__ import annotations

import re


def fold(text: str) -> str:
    """``text`` with every run of white space (no-break spaces too) as one space and none at the ends."""
    return " ".join(text.split())


def fold_name(name: str) -> str:
    """A name for comparison: no case, no punctuation."""
    return " ".join(re.findall(r"\w+", name.casefold()))
