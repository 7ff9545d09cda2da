"""Quotation marks where a page leaves them to the browser: the language's, of which the inner pair inside another quotation.

A browser takes the language of what stands around the quotation (CSS Generated Content 3, ``quotes: auto``).
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from exporter.language import locale_of, well_formed
from exporter.model import Document, Node, Span, Text
from exporter.model.walk import AnyNode, walk
from exporter.notices import Notice


def with_quotation_marks(document: Document) -> tuple[Document, tuple[Notice, ...]]:
    """The document with a mark at either end of each quoted span."""
    if not any(isinstance(node, Span) and node.quoted for node in walk(document.article)):
        return document, ()
    language = well_formed(document.article.metadata.language) or "und"
    return replace(document, article=_marked(document.article, language, 0)), ()


def _marked(node: AnyNode, language: str, depth: int) -> AnyNode:
    """The node with marks inside: ``language`` is that around it, ``depth`` the number of quotations."""
    inner = well_formed(node.language or "") or language if isinstance(node, Span) else language
    quoted = isinstance(node, Span) and node.quoted
    fields = {name: _marked_in(getattr(node, name), inner, depth + quoted) for name in node.__struct_fields__}
    if isinstance(node, Span) and node.quoted:
        opening, closing = _pair(language, depth)
        fields |= {"children": (Text(opening), *fields["children"], Text(closing)), "quoted": False}
    return replace(node, **fields)


def _marked_in(value: Any, language: str, depth: int) -> Any:
    if isinstance(value, Node):
        return _marked(value, language, depth)
    if isinstance(value, tuple):
        return tuple(_marked_in(each, language, depth) for each in value)
    return value


def _pair(language: str, depth: int) -> tuple[str, str]:
    quotes, space = locale_of(language).quotes, locale_of(language).typography.quote_space
    if depth % 2:
        return quotes[2], quotes[3]
    return quotes[0] + space, space + quotes[1]
