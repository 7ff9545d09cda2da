"""What elements are by their names, and their attributes as text."""

from __future__ import annotations

from bs4 import Tag

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
"""Name of a heading's element → its level."""


def attribute(tag: Tag, name: str) -> str:
    """The attribute as one string, ``""`` when it is absent."""
    value = tag.attrs.get(name, "")
    return value if type(value) is str or isinstance(value, str) else " ".join(value or ())
