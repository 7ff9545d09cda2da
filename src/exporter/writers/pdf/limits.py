"""The limits of print: an article that cannot be laid out in bounded time and memory is refused before work begins.

The typesetter's time grows with the blocks and letters of an article, and with the square of its longest block. Measured
on a small machine: 20,000 nodes (2,400 short questions and answers) or 500,000 letters take it half a minute.
"""

from __future__ import annotations

from collections.abc import Iterator

from exporter.errors import WriteError
from exporter.model import Article, Inline
from exporter.model.walk import plain, walk
from exporter.writers.pdf.proof.loop import MOST_PASSES

MOST_LETTERS = 500_000
"""Letters of an article."""

MOST_NODES = 20_000
"""Nodes of an article: blocks, cells, links, runs of text."""

MOST_AT_ONCE = 30_000
"""Letters of one paragraph, heading or other run of words that is broken into lines at once."""

_LONG = 0.2
"""The part of those bounds, some 80 pages, beyond which an article is laid out fewer times."""


def check_size(article: Article) -> None:
    """Raises :class:`WriteError` for an article that is longer than print takes on."""
    for found, most, what in _measured(article):
        if found > most:
            problem = f"The article is too long for print: it has {found:,} {what}, and print takes {most:,}."
            raise WriteError(problem, "Write the EPUB, or cut the article in the JSON (exporter json).")


def passes_for(article: Article, most: int = MOST_PASSES) -> int:
    """How often an article is laid out at most: a long one less often, since each time takes so much longer."""
    part = max(found / bound for found, bound, _ in _measured(article)[:2])
    return most if part <= _LONG else max(1, int(most * _LONG / part / 2))


def _measured(article: Article) -> tuple[tuple[int, int, str], ...]:
    """(how many there are, how many there may be, of what)."""
    nodes = sum(1 for _ in walk(article))
    runs = [len(plain(words)) for words in _runs(article)]
    return (
        (nodes, MOST_NODES, "parts"),
        (sum(runs), MOST_LETTERS, "letters"),
        (max(runs, default=0), MOST_AT_ONCE, "letters in one paragraph"),
    )


def _runs(article: Article) -> Iterator[tuple[Inline, ...]]:
    """The runs of words that are broken into lines as one, each once: none is part of another."""
    for node in walk(article):
        if isinstance(node, Inline):
            continue
        for name in node.__struct_fields__:
            words = getattr(node, name)
            if isinstance(words, tuple) and words and isinstance(words[0], Inline):
                yield words
