"""A document as the articles' scorer wants it: its reading text, and its semantic HTML with the pictures' own addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exporter.model import (
    Answer,
    Block,
    BlockQuote,
    Crosshead,
    Document,
    Embed,
    Figure,
    Image,
    ListBlock,
    Note,
    Ornament,
    Paragraph,
    Preformatted,
    PullQuote,
    Question,
    ReadMore,
    Sidebar,
    Table,
    Turn,
    Verse,
)
from exporter.model.walk import plain, walk
from exporter.writers.xhtml.blocks import blocks, context_of, endnotes, introduction, opening

SKIPPED = (Figure, PullQuote, ReadMore, Ornament)
"""What the scorer does not count as reading text."""


LEAST_POSTED = 4
"""Words of a post that count as reading text; less is the name of a player."""


def reading_text(document: Document, *, head: bool) -> str:
    """The body in paragraphs, each on a line, then its notes; with headline and deck above it when ``head`` is asked for."""
    article = document.article
    above = [plain(article.headline), plain(article.deck)] if head else []
    below = [line for note in walk(article) if isinstance(note, Note) for line in _lines(note.blocks)]
    return "\n".join(filter(None, [*above, *_lines(article.introduction), *_lines(article.body), *below])) + "\n"


def _lines(nodes: Iterable[Block]) -> Iterator[str]:
    for node in nodes:
        if not isinstance(node, SKIPPED):
            yield from _block_lines(node)


def _block_lines(node: Block) -> Iterator[str]:
    match node:
        case Paragraph(children) | Crosshead(children):
            yield plain(children)
        case Preformatted(text):
            yield text
        case Verse(lines):
            yield from (plain(line) for line in lines)
        case Turn(question, answers):
            for part in (question, *answers):
                yield from _spoken(part) if part else ()
        case Embed(_, title) if len(title.split()) >= LEAST_POSTED:
            yield title  # the words of a post, which every writer prints
        case BlockQuote(inner, attribution):
            yield from _lines(inner)
            yield plain(attribution)
        case _:
            yield from _compound_lines(node)


def _compound_lines(node: Block) -> Iterator[str]:
    match node:
        case ListBlock():
            for entry in node.entries:
                yield plain(entry.term)
                yield from _lines(entry.blocks)
        case Table():
            for row in node.rows:
                yield " ".join(line for cell in row.cells for line in _lines(cell.blocks))
        case Sidebar():
            yield plain(node.heading)
            yield from _lines(node.blocks)
        case _:
            pass


def _spoken(part: Question | Answer) -> Iterator[str]:
    lines = list(_lines(part.blocks))
    if part.speaker and lines:
        lines[0] = f"{part.speaker}: {lines[0]}"
    yield from lines


def semantic_html(document: Document) -> str:
    """The article as the HTML writer writes it, its notes included, each picture under the address that the page gave."""
    article = document.article
    context = context_of(article, _source)
    parts = (opening(article, context), introduction(article, context), blocks(article.body, context))
    notes = (
        str(endnotes([article], context)).replace("<aside", "<li").replace("</aside>", "</li>")
    )  # a list on the page
    return "\n".join([*parts, f"<ol>{notes}</ol>" if notes else ""])


def _source(image: Image) -> str:
    return image.source or image.asset or "unknown"
