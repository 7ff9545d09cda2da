"""Quotation marks, dashes, ellipses and spaces as the language prints them (:mod:`exporter.typography`).

For results that are read, not for those that are worked on: an editor finds in the JSON, the Markdown and the plain text what
the page has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from msgspec.structs import replace

from exporter.language import well_formed
from exporter.model import (
    Answer,
    Article,
    Code,
    Document,
    Embed,
    Emphasis,
    Formula,
    Inline,
    LineBreak,
    Link,
    Node,
    Note,
    PullQuote,
    Question,
    ReadMore,
    Ruby,
    SmallCaps,
    Span,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from exporter.model.walk import rewrite
from exporter.notices import Notice
from exporter.typography import Run, typeset, typeset_runs

_DISPLAYED = {(Article, "deck"), (PullQuote, "children")}
"""What is set in large type."""

_INLINES = (Text, Emphasis, Strong, Superscript, Subscript, SmallCaps, Code, LineBreak, Link, Span, Ruby, Formula, Note)


def with_typography(document: Document) -> tuple[Document, tuple[Notice, ...]]:
    """The document with its words set as its language prints them; a span of another language follows that language.

    Letters and figures stay as they are, and so do program text, addresses and everything that is no printed text.
    """
    language = well_formed(document.article.metadata.language) or "und"
    article = rewrite(document.article, lambda node: _set(node, language))
    return (document if article is document.article else replace(document, article=article)), ()


def _set(node: Node, language: str) -> Node:
    """The node with its lines of inline nodes set, each as a whole. Inline nodes wait for the line that they stand in."""
    if isinstance(node, _INLINES):
        return node
    fresh: dict[str, object] = {}
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if isinstance(value, tuple) and value:
            fresh[name] = _set_field(value, language, "display" if (type(node), name) in _DISPLAYED else "paragraph")
    fresh |= _labels(node, language)
    return replace(node, **fresh) if fresh else node


def _set_field(value: tuple[object, ...], language: str, ending: str) -> tuple[object, ...]:
    if _is_line(value):
        return _set_line(value, language, ending)
    if isinstance(value[0], tuple):  # verses: lines of lines
        return tuple(_set_field(each, language, "") if isinstance(each, tuple) and each else each for each in value)
    return value


def _labels(node: Node, language: str) -> dict[str, object]:
    """Printed words that are no line of their own: names of speakers, labels, titles, links side by side."""
    match node:
        case Question(speaker=str(name)) | Answer(speaker=str(name)):
            return {"speaker": typeset(name, language)}
        case ReadMore(links, label):
            return {"label": typeset(label, language), "links": _set_each(links, language)}
        case Article(related=related):
            return {"related": _set_each(related, language)}
        case Embed(title=title):
            return {"title": typeset(title, language)}
        case _:
            return {}


def _set_each(links: tuple[Link, ...], language: str) -> tuple[Inline, ...]:
    return tuple(each for link in links for each in _set_line((link,), language))


def _is_line(value: tuple[object, ...]) -> TypeGuard[tuple[Inline, ...]]:
    return isinstance(value[0], _INLINES)


def _set_line(nodes: tuple[Inline, ...], language: str, ending: str = "") -> tuple[Inline, ...]:
    texts = iter(typeset_runs(tuple(_runs(nodes, language)), ending=ending))
    return tuple(_with_texts(node, texts) for node in nodes)


def _runs(nodes: tuple[Inline, ...], language: str) -> Iterator[Run]:
    for node in nodes:
        match node:
            case Text(text):
                yield Run(text, language)
            case Code(text):
                yield Run(text, language, literal=True)
            case LineBreak():
                yield Run("\n", language, literal=True)
            case Note():
                pass
            case Formula():
                yield Run("\ufffc", language, literal=True)
            case Span(children, own):
                yield from _runs(children, well_formed(own or "") or language)
            case _:
                yield from _runs(node.children, language)


def _with_texts(node: Inline, texts: Iterator[str]) -> Inline:
    """The node with the texts of :func:`_runs`, taken in the same order."""
    match node:
        case Text():
            return Text(next(texts))
        case Code() | LineBreak() | Formula():
            next(texts)
            return node
        case Note():
            return node
        case _:
            return replace(node, children=tuple(_with_texts(each, texts) for each in node.children))
