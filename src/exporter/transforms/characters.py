"""Characters that no result can hold: control characters, halves of surrogate pairs, and code points that are none.

XML forbids them (XML 1.0, production 2, Char), and one of them would cost the whole e-book. The model holds any string, so
they may come from a page as well as from a document written by hand.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import fields, replace

from exporter.model import Document, Node, Text
from exporter.notices import Notice, notice
from exporter.walk import rewrite, walk

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def without_forbidden_characters(document: Document) -> tuple[Document, tuple[Notice, ...]]:
    """The document without them, and a notice of how many there were."""
    count = sum(len(_FORBIDDEN.findall(text)) for node in walk(document.article) for text in _strings(node))
    if not count:
        return document, ()
    mended = replace(document, article=rewrite(document.article, _mended))
    return mended, (notice("characters-left-out", count=count),)


def _strings(node: Node) -> list[str]:
    values = [getattr(node, field.encode_name) for field in fields(node)]
    return [
        text for value in values for text in (value if isinstance(value, tuple) else (value,)) if isinstance(text, str)
    ]


def _mended(node: Node) -> Node:
    fresh: dict[str, Any] = {}
    for field in fields(node):
        value = getattr(node, field.encode_name)
        if isinstance(value, str):
            fresh[field.encode_name] = _FORBIDDEN.sub("", value)
        elif isinstance(value, tuple) and value and isinstance(value[0], str):
            fresh[field.encode_name] = tuple(_FORBIDDEN.sub("", text) for text in value)
    if isinstance(node, Text) and not fresh["text"]:
        return Text(" ")  # a run of text is never empty
    return replace(node, **fresh) if fresh else node
