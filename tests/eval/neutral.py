"""Turns a document into the neutral form that the corpus scorers read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from exporter.model import (
    Answer,
    Block,
    BlockQuote,
    Document,
    Figure,
    PullQuote,
    Question,
    ReadMore,
    Sidebar,
    Table,
    Turn,
)
from exporter.model.walk import plain, walk, words_of

_ASIDE = (Figure, PullQuote, ReadMore, Sidebar, Table)


def neutral(document: Document) -> dict[str, Any]:
    """Title, deck, byline, turns, figures, pull quotes and all printed text of the document."""
    article = document.article
    return {
        "title": plain(article.headline),
        "deck": plain(article.deck),
        "byline": plain(article.byline),
        "turns": [each for block in article.body if isinstance(block, Turn) for each in _turns(block)],
        "figures": [each for node in walk(article) if isinstance(node, Figure) for each in _figures(node)],
        "pull_quotes": [
            {"text": plain(node.children), "attribution": plain(node.attribution)}
            for node in walk(article)
            if isinstance(node, PullQuote)
        ],
        "text": " ".join(words_of(article)),
    }


def _turns(turn: Turn) -> Iterable[dict[str, Any]]:
    if turn.question is not None:
        yield _spoken("question", turn.question)
    for answer in turn.answers:
        yield _spoken("answer", answer)


def _spoken(role: str, part: Question | Answer) -> dict[str, Any]:
    return {"role": role, "speaker": part.speaker, "text": "\n".join(_flow(part.blocks))}


def _flow(blocks: Iterable[Block]) -> Iterable[str]:
    """The words of the reading flow: what stands beside it (figures, quotes for display, boxes) is no part of an answer."""
    for block in blocks:
        if isinstance(block, BlockQuote):
            yield from _flow(block.blocks)
        elif not isinstance(block, _ASIDE):
            yield "".join(words_of(block))


def _figures(figure: Figure) -> Iterable[dict[str, Any]]:
    for image in figure.images:
        yield {"src": image.source, "caption": plain(figure.caption), "credit": plain(figure.credit)}
