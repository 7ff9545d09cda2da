"""What programs note in a page that they saved."""

from __future__ import annotations

import re

_SAVED_FROM = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+)", re.IGNORECASE)
_HEAD = 8192
"""Characters at a page's beginning within which browsers and SingleFile note where they saved it from."""


def saved_from(text: str) -> str:
    """The address that a program noted when it saved the page, ``""`` when it noted none."""
    found = _SAVED_FROM.search(text[:_HEAD])
    return found[1] if found else ""
