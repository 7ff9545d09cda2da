"""Characters that no result can hold: control characters, halves of surrogate pairs, and code points that are none.

XML forbids them (XML 1.0, production 2, Char), and one of them would cost the whole e-book. The model holds any string, so
they may come from a page as well as from a document written by hand.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from exporter.model import Document, Node, Text
from exporter.model.walk import rewrite, walk
from exporter.notices import Notice, notice

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def without_forbidden_characters(document: Document) -> tuple[Document, tuple[Notice, ...]]:
    """The document without them, and a notice of how many there were."""
    count = sum(len(_FORBIDDEN.findall(text)) for node in walk(document.article) for text in _strings(node))
    if not count:
        return document, ()
    mended = replace(document, article=rewrite(document.article, _mended))
    return mended, (notice("characters-left-out", count=count),)


def _strings(node: Node) -> list[str]:
    """The node's own strings that could hold such a character: a string that Python calls printable holds none."""
    values = [getattr(node, name) for name in node.__struct_fields__]
    texts = (text for value in values for text in (value if isinstance(value, tuple) else (value,)))
    return [text for text in texts if isinstance(text, str) and not text.isprintable()]


def _mended(node: Node) -> Node:
    fresh: dict[str, Any] = {}
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if isinstance(value, str):
            fresh[name] = _FORBIDDEN.sub("", value)
        elif isinstance(value, tuple) and value and isinstance(value[0], str):
            fresh[name] = tuple(_FORBIDDEN.sub("", text) for text in value)
    if isinstance(node, Text) and not fresh["text"]:
        return Text(" ")  # a run of text is never empty
    return replace(node, **fresh) if fresh else node
