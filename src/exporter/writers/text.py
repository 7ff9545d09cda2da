"""Plain text in reading order: every word, no wrapping, a blank line between blocks.

A question opens with the speaker's name or a dash; quotations stand indented, sidebars behind a bar, pictures in brackets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from exporter.language import Labels, date_in, locale_of
from exporter.model import (
    Answer,
    Article,
    Block,
    BlockQuote,
    Code,
    Crosshead,
    Document,
    Embed,
    Figure,
    Formula,
    Inline,
    LineBreak,
    ListBlock,
    ListEntry,
    Note,
    Ornament,
    Paragraph,
    Preformatted,
    PullQuote,
    Question,
    ReadMore,
    Row,
    Ruby,
    Sidebar,
    Superscript,
    Table,
    Text,
    Turn,
    Verse,
)
from exporter.model.walk import blocks_of, walk
from exporter.notices import Notice
from exporter.writers.list_numbers import numbers_of, written
from exporter.writers.options import Options
from exporter.writers.xhtml.numbering import Numbering, numbering_of

_RAISED = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")


def render(document: Document, options: Options) -> tuple[bytes, tuple[Notice, ...]]:
    """The article as UTF-8 text; ``options`` change nothing."""
    article = document.article
    page = _Page(locale_of(article.metadata.language).labels, numbering_of(article))
    parts = [*_opening(article, page), *page.blocks(blocks_of(article)), *page.notes(article), *_closing(article)]
    return ("\n\n".join(part for part in parts if part) + "\n").encode("utf-8", "replace"), ()


def _opening(article: Article, page: _Page) -> Iterator[str]:
    metadata = article.metadata
    yield page.line(article.kicker) or metadata.section
    for inlines in (article.headline, article.deck, article.byline):
        yield page.line(inlines)
    date = date_in(locale_of(metadata.language), metadata.published) if metadata.published else ""
    yield ", ".join(filter(None, [metadata.dateline, date]))
    if article.lead:
        yield page.figure(article.lead)


def _closing(article: Article) -> Iterator[str]:
    metadata = article.metadata
    yield "\n".join(filter(None, [metadata.publication, metadata.source_url, metadata.rights]))


class _Page:
    """One article on its way to text: the words of its language and the numbers of its notes."""

    def __init__(self, labels: Labels, numbering: Numbering) -> None:
        self._labels = labels
        self._numbering = numbering

    # --------------------------------------------------------------------------------------------------------- inline

    def words(self, inlines: Iterable[Inline]) -> str:
        """Inline nodes as text, breaks as newlines."""
        return "".join(self._inline(each) for each in inlines)

    def line(self, inlines: Iterable[Inline]) -> str:
        """Inline nodes on one line."""
        return " ".join(self.words(inlines).split())

    def _inline(self, node: Inline) -> str:
        match node:
            case Text(text) | Code(text):
                return text
            case LineBreak():
                return "\n"
            case Formula():
                return node.alt or node.tex
            case Ruby(children, reading):
                return f"{self.words(children)}{_bracketed(self.words(reading))}"
            case Note():
                return f"[{self._numbering.note(node)}]"
            case Superscript(children):
                words = self.words(children)
                return words.translate(_RAISED) if words.isdecimal() else words
            case _:
                return self.words(node.children)

    # ---------------------------------------------------------------------------------------------------------- block

    def blocks(self, nodes: Iterable[Block]) -> Iterator[str]:
        """Each block as the lines it takes."""
        return (self._block(each) for each in nodes)

    def _block(self, node: Block) -> str:  # noqa: C901 - one case a kind of block
        match node:
            case Paragraph(children) | Crosshead(children):
                return self.words(children)
            case Turn():
                return self._together([node.question, *node.answers] if node.question else node.answers)
            case PullQuote(children, attribution):
                return self._quoted(self.words(children), attribution)
            case BlockQuote(blocks, attribution):
                return self._quoted("\n\n".join(self.blocks(blocks)), attribution)
            case ListBlock():
                return self._list(node)
            case Figure():
                return self.figure(node)
            case Table():
                return self._table(node)
            case Sidebar():
                return _behind("| ", "\n\n".join(filter(None, [self.line(node.heading), *self.blocks(node.blocks)])))
            case ReadMore():
                return self._read_more(node)
            case Embed():
                name = node.provider or self._labels.embed
                words = (
                    f"{name}{self._labels.colon} {node.title} <{node.href}>" if node.href else f"{name} {node.title}"
                )
                return f"{words}\n{self.words(node.caption)}" if node.caption else words
            case Verse(lines):
                return "\n".join(self.line(line) for line in lines)
            case Preformatted(text):
                return text.strip("\n")
            case Ornament():
                return "* * *"
            case _:
                assert_never(node)

    def _together(self, voices: Iterable[Question | Answer]) -> str:
        return "\n\n".join(self._voice(each) for each in voices)

    def _voice(self, node: Question | Answer) -> str:
        words = "\n\n".join(self.blocks(node.blocks))
        if node.speaker:
            return f"{node.speaker}{self._labels.colon} {words}"
        return f"— {words}" if isinstance(node, Question) else words

    def _quoted(self, words: str, attribution: tuple[Inline, ...]) -> str:
        said = [words, f"— {self.line(attribution)}"] if attribution else [words]
        return _behind("    ", "\n".join(said))

    def _list(self, node: ListBlock) -> str:
        marks = [f"{written(number, node.style)}. " if node.ordered else "• " for number in numbers_of(node)]
        return "\n".join(self._entry(mark, entry) for mark, entry in zip(marks, node.entries, strict=True))

    def _entry(self, mark: str, entry: ListEntry) -> str:
        words = "\n".join(self.blocks(entry.blocks))
        if entry.term:
            return f"{self.line(entry.term)}\n{_behind('    ', words)}"
        return mark + _behind(" " * len(mark), words).lstrip(" ")

    def figure(self, node: Figure) -> str:
        """The figure in brackets: its caption, or what its pictures show, and the credit last."""
        shown = self.line(node.caption) or "; ".join(filter(None, (image.alt for image in node.images)))
        words = " — ".join(filter(None, [shown, self.line(node.credit)]))
        return f"[{self._labels.picture}{self._labels.colon} {words}]" if words else f"[{self._labels.picture}]"

    def _table(self, node: Table) -> str:
        return "\n".join(filter(None, [self.line(node.caption), *(self._row(row) for row in node.rows)]))

    def _row(self, row: Row) -> str:
        return " | ".join(" ".join(" ".join(self.blocks(cell.blocks)).split()) for cell in row.cells)

    def _read_more(self, node: ReadMore) -> str:
        label = node.label or self._labels.read_more
        links = (
            f"{self.line(link.children)} <{link.href}>" if link.href else self.line(link.children)
            for link in node.links
        )
        return f"{label.rstrip(':')}{self._labels.colon} {', '.join(links)}"

    def notes(self, article: Article) -> Iterator[str]:
        """The notes in the order of their numbers."""
        for node in walk(article):
            if isinstance(node, Note):
                yield f"[{self._numbering.note(node)}] " + "\n\n".join(self.blocks(node.blocks))


def _bracketed(reading: str) -> str:
    """The reading of words in brackets, as wide as the script that it is for."""
    return f"({reading})" if reading.isascii() else f"（{reading}）"


def _behind(mark: str, words: str) -> str:
    """The lines of ``words``, each behind the mark."""
    return "\n".join((mark + line).rstrip() for line in words.split("\n"))
