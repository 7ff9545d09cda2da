"""The documents of the book in reading order: cover, title page, the article in one or more parts, colophon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from exporter.language import direction_of
from exporter.model import Answer, Article, Block, Node, Turn
from exporter.model.walk import plain, walk
from exporter.typography.hyphenation import with_soft_hyphens
from exporter.writers.xhtml import blocks as html
from exporter.writers.xhtml.context import RenderContext, own_words
from exporter.writers.xhtml.figures import figure
from exporter.writers.xhtml.markup import escaped
from exporter.writers.xhtml.templates import fill

LONGEST = 200_000
"""Bytes of markup after which a document ends at the next turn: old devices choke on documents of more than 250 kB."""

LONGEST_SPANNED = 80_000
"""The same where every sentence will stand in a span of its own, which may double and treble it."""


LONGEST_DISPLAYED, LONGEST_READ = 18, 24
"""Letters of a word that fits a line of a small screen, in the headline's size and in any other.

Engines divide no headings, and MuPDF divides nothing: the end of a longer word would stand outside the screen.
"""


class Page(Struct, frozen=True):
    """One XHTML document. ``anchors`` are the ids of its headings."""

    name: str
    content: bytes
    anchors: frozenset[str] = frozenset()


class Sheet(Struct, frozen=True):
    """What all documents of one article share. ``prefix`` begins their names in a book of many."""

    article: Article
    context: RenderContext
    prefix: str = ""

    @property
    def headline(self) -> str:
        """The headline as plain text on one line."""
        return " ".join(plain(self.article.headline).split())

    def page(
        self, name: str, template: str, title: str, anchors: frozenset[str] = frozenset(), **fields: object
    ) -> Page:
        """The template filled in; ``title`` is the document's own."""
        language = self.context.language
        shared = {
            "language": language,
            "direction": direction_of(language),
            "labels": self.context.labels,
            "contents": own_words(self.context.labels.contents, self.context),
            "title": title,
        }
        return Page(f"{self.prefix}{name}", fill(template, **shared, **fields).encode("utf-8"), anchors)


def words(text: str, language: str, longest: int = LONGEST_READ) -> Markup:
    """Text as markup, with soft hyphens in words of more than ``longest`` letters.

    Few fonts of reading devices have the narrow space that no line breaks at; all have the wide one.
    """
    return escaped(with_soft_hyphens(text.replace("\u202f", "\u00a0"), language, longest))


def cover(sheet: Sheet, picture: str, alt: str) -> Page:
    """The page of the cover picture."""
    return sheet.page("cover.xhtml", "cover.xhtml.j2", sheet.context.labels.cover, picture=picture, alt=alt)


def title_page(sheet: Sheet, template: str = "titlepage.xhtml.j2") -> Page:
    """Kicker, headline, deck, byline, dateline, publication: the headline's only place in the book's text."""
    article = replace(sheet.article, lead=None)
    nodes = (*article.kicker, *article.headline, *article.deck, *article.byline)
    shown = partial(words, language=sheet.context.language, longest=LONGEST_DISPLAYED)
    return sheet.page(
        "titlepage.xhtml",
        template,
        sheet.headline if sheet.prefix else sheet.context.labels.title_page,
        opening=html.opening(article, replace(sheet.context, words=shown)),
        publication=article.metadata.publication,
        notes=html.endnotes(nodes, sheet.context),
    )


def matter(
    sheet: Sheet, name: str, title: str, kind: str, role: str, content: Markup, notes: Markup | None = None
) -> Page:
    """A document of the book's own: imprint, foreword, the heading of a part, an index. ``kind`` is its epub:type."""
    return sheet.page(f"{name}.xhtml", "matter.xhtml.j2", title, kind=kind, role=role, content=content, notes=notes)


def colophon(sheet: Sheet) -> Page:
    """Where the article comes from and how the book was made."""
    lines = html.colophon_lines(sheet.article, sheet.context)
    return sheet.page("colophon.xhtml", "colophon.xhtml.j2", sheet.context.labels.colophon, lines=lines)


def chapters(sheet: Sheet, longest: int = LONGEST) -> tuple[Page, ...]:
    """The article: lead photo, introduction and conversation, parted between blocks where one document would be too long."""
    pages = []
    for number, pieces in enumerate(_parted(_pieces(sheet, longest), longest), 1):
        nodes = tuple(node for piece in pieces for node in piece.nodes)
        anchors = (sheet.context.numbering.anchor(each) for node in nodes for each in walk(node))
        page = sheet.page(
            f"text-{number}.xhtml",
            "chapter.xhtml.j2",
            sheet.headline if number == 1 else f"{sheet.headline} ({number})",
            frozenset(filter(None, anchors)),
            number=number + bool(sheet.prefix),  # in a book of many, its opening begins the chapter
            parts=tuple(piece.markup for piece in pieces),
            notes=html.endnotes(nodes, sheet.context),
        )
        pages.append(page)
    return tuple(pages)


class _Piece(Struct, frozen=True):
    """Markup that must stay in one document, the nodes that it was made of, and its size in bytes, notes included."""

    markup: Markup
    nodes: tuple[Node, ...]
    size: int


def _piece(markup: Markup, nodes: tuple[Node, ...], context: RenderContext) -> _Piece:
    notes = html.endnotes(nodes, context) if context.numbering.notes else ""
    return _Piece(markup, nodes, len(markup.encode("utf-8")) + len(notes.encode("utf-8")))


def _pieces(sheet: Sheet, longest: int) -> Iterator[_Piece]:
    article, context = sheet.article, sheet.context
    if article.lead:
        yield _piece(figure(article.lead, context, "lead"), (article.lead,), context)
    yield from _introduced(article, context, longest)
    if context.numbering.cast:
        yield _piece(html.cast(context), (), context)
    for block in article.body:
        yield from _block_pieces(block, context, longest)


def _introduced(article: Article, context: RenderContext, longest: int) -> Iterator[_Piece]:
    if not article.introduction:
        return
    piece = _piece(html.introduction(article, context), article.introduction, context)
    half = len(article.introduction) // 2
    if piece.size <= longest or not half:
        yield piece
        return
    for part in (article.introduction[:half], article.introduction[half:]):
        yield from _introduced(replace(article, introduction=part), context, longest)


def _block_pieces(block: Block, context: RenderContext, longest: int) -> Iterator[_Piece]:
    piece = _piece(html.blocks((block,), context), (block,), context)
    cuts = _cut(block, context) if piece.size > longest else ()
    if not cuts:
        yield piece
    for cut in cuts:
        yield from _block_pieces(cut, context, longest)


def _cut(block: Block, context: RenderContext) -> tuple[Block, ...]:
    """Cuts a turn that is too long in two: the first half with the question, the rest as a statement."""
    match block:
        case Turn(question, (Answer(blocks) as answer,)) if len(blocks) > 1:
            half = len(blocks) // 2
            name = context.numbering.name(answer) or None  # the numbering does not know the halves
            return (
                Turn(question, (Answer(blocks[:half], name),)),
                Turn(None, (Answer(blocks[half:]),)),
            )
        case Turn(question, (first, *others)) if others:
            return (Turn(question, (first,)), *(Turn(None, (each,)) for each in others))
        case _:
            return ()


def _parted(pieces: Iterable[_Piece], longest: int) -> Iterator[list[_Piece]]:
    part: list[_Piece] = []
    size = 0
    for piece in pieces:
        if part and size + piece.size > longest:
            yield part
            part, size = [], 0
        part.append(piece)
        size += piece.size
    yield part
