"""Our own finished XHTML, cut into tags and text, so that marks can be set into it without touching the rest.

A document that was made by our templates has no comment, no CDATA section and no ``>`` in an attribute: cutting at angle
brackets is exact. The outcome is checked as XML before the book leaves (:mod:`exporter.writers.epub.verify`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

_TOKEN = re.compile(r"<(?P<close>/?)(?P<name>[\w:-]+)[^>]*?(?P<empty>/?)>|[^<]+|<[^>]*>")

Kind = Literal["open", "close", "empty", "text", "other"]


class Token(Struct, frozen=True):
    """A tag or a run of text as it stands; ``name`` is the tag's, ``start`` its place in the document."""

    kind: Kind
    start: int
    content: str
    name: str = ""


def tokens(document: str) -> Iterator[Token]:
    """Every token of the document in order; joined they are the document."""
    for found in _TOKEN.finditer(document):
        name = found["name"]
        kind: Kind = "text" if not found[0].startswith("<") else "other"
        if name:
            kind = "close" if found["close"] else "empty" if found["empty"] else "open"
        yield Token(kind, found.start(), found[0], name or "")


def body_of(document: str) -> int:
    """Where the body's own content begins."""
    return next((each.start + len(each.content) for each in tokens(document) if each.name == "body"), len(document))
