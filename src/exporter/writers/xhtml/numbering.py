"""What must be known before the first tag is written: numbers, ranks of headings, and which names are worth printing.

The tree's nodes carry no numbers. A :class:`Numbering` goes through the article once, in reading order, and gives each
question, crosshead and note its number and anchor; the nodes are found again by identity, so the numbering serves the very
article it was made of, in however many pieces it is written.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from exporter.model import (
    Answer,
    Article,
    Block,
    BlockQuote,
    Crosshead,
    Document,
    Embed,
    Figure,
    Link,
    ListBlock,
    Node,
    Note,
    Paragraph,
    Question,
    Sidebar,
    Table,
    Turn,
)
from exporter.model.walk import blocks_of, children, plain, walk
from exporter.themes import RegisterDesign
from exporter.writers.xhtml.links import Addressed, spelled_out
from exporter.writers.xhtml.registers import Register, asked, registers_of
from exporter.writers.xhtml.speakers import Naming, naming_of

_TOLD = (Question, Answer, Crosshead, Figure, Note, Link, Embed, Sidebar)


class Heading(Struct, frozen=True):
    """A place worth jumping to. ``rank`` is 1 directly below the headline; ``kind`` tells questions from crossheads.

    ``level`` is that of a crosshead, 0 of a question; ``runs_on`` says that it goes on a run of quick-fire.
    """

    anchor: str
    text: str
    rank: int
    kind: str
    level: int = 0
    runs_on: bool = False


class Numbering(Struct, frozen=True):
    """The numbering of one article, by the identity of its nodes. Empty, it numbers nothing and prints every name."""

    anchors: dict[int, str] = {}
    ranks: dict[int, int] = {}
    notes: dict[int, int] = {}
    naming: Naming | None = None
    registers: dict[int, Register] = {}
    language: str = "und"
    prefix: str = ""

    def anchor(self, node: Node) -> str | None:
        """The id that the node's element carries, if any."""
        return self.anchors.get(id(node))

    def rank(self, node: Node) -> int:
        """How deep the node's heading stands below the headline: 1 is directly below it."""
        return self.ranks.get(id(node), 1)

    def note(self, node: Note | Addressed) -> int:
        """The number of a note, or of a link that has one, from 1 through the whole article; 0 for a stranger."""
        return self.notes.get(id(node), 0)

    def name(self, node: Question | Answer) -> str:
        """The speaker's name as it is printed here; ``""`` where nobody needs it."""
        names = self.naming.names if self.naming else {}
        return names.get(id(node), node.speaker or "")

    def register(self, question: Question | None) -> Register | None:
        """How the exchange that this question begins is set, if not as most are."""
        return self.registers.get(id(question))

    @property
    def cast(self) -> tuple[str, ...]:
        """Who takes part in a round table, by their full names, in the order in which they are heard; else nobody."""
        return self.naming.cast if self.naming else ()


def question_id(number: int) -> str:
    """The anchor of the question with this number, counted from 1 through the article."""
    return f"q-{number}"


def distinct(document: Document) -> Document:
    """The document with every node as an object of its own, because nodes in two places have one identity and one number."""
    told = [id(each) for each in walk(document.article) if isinstance(each, _TOLD)]
    if len(set(told)) == len(told):
        return document
    # The way through JSON makes every node anew, at the speed of C.
    copy = msgspec.json.decode(msgspec.json.encode(document.article), type=Article)
    return replace(document, article=copy)


def numbering_of(
    article: Article, *, addresses: bool = False, registers: RegisterDesign | None = None, prefix: str = ""
) -> Numbering:
    """The numbering of an article. It is good for this object only, not for an equal copy.

    With ``addresses``, links have notes too, for paper: they share the numbers of the author's own. ``prefix`` begins
    the anchors where several articles share a file.
    """
    ranks = {id(node): rank for node, rank in _ranked(blocks_of(article), 0)}
    spelled = {id(each) for each in spelled_out(article)} if addresses else set()
    notes = [each for each in walk(article) if isinstance(each, Note) or id(each) in spelled]
    numbers = {id(note): number for number, note in enumerate(notes, 1)}
    return Numbering(
        anchors={node: f"{prefix}{anchor}" for node, anchor in _anchors(article).items()},
        ranks=ranks,
        notes=numbers,
        naming=_naming(article),
        registers=registers_of(article, registers) if registers else {},
        language=article.metadata.language,
        prefix=prefix,
    )


def _anchors(article: Article) -> dict[int, str]:
    anchors: dict[int, str] = {}
    questions = crossheads = figures = 0
    for node in _flow(article):
        if isinstance(node, Question):
            questions += 1
            anchors[id(node)] = question_id(questions)
        elif isinstance(node, Crosshead):
            crossheads += 1
            anchors[id(node)] = f"c-{crossheads}"
        elif isinstance(node, Figure):
            figures += 1
            anchors[id(node)] = f"f-{figures}"
    return anchors


def _flow(node: Node) -> Iterator[Node]:
    """``node`` and everything below it, notes left out: nothing in a note is a heading."""
    stack = [node]
    while stack:
        current = stack.pop()
        if not isinstance(current, Note):
            yield current
            stack.extend(reversed(tuple(children(current))))


def _ranked(blocks: tuple[Block, ...], above: int) -> Iterator[tuple[Node, int]]:
    """Each node with a heading and its rank. No rank is skipped on the way down: who jumps by headings relies on it."""
    current = above
    for block in blocks:
        match block:
            case Crosshead(level=level):
                current = min(above + level, current + 1)
                yield block, current
            case Turn():
                yield from _ranked_turn(block, current + 1)
            case Sidebar():
                yield block, current + 1
                yield from _ranked(block.blocks, current + bool(block.heading))
            case _:
                for inner in _inside(block):
                    yield from _ranked(inner, current)


def _ranked_turn(turn: Turn, rank: int) -> Iterator[tuple[Node, int]]:
    headed = turn.question is not None and any(isinstance(each, Paragraph) for each in turn.question.blocks[:1])
    below = rank if headed else rank - 1
    if turn.question:
        yield turn.question, rank
        yield from _ranked(turn.question.blocks, below)
    for answer in turn.answers:
        yield from _ranked(answer.blocks, below)


def _inside(block: Block) -> Iterator[tuple[Block, ...]]:
    match block:
        case BlockQuote(blocks=blocks):
            yield blocks
        case ListBlock(entries=entries):
            yield from (entry.blocks for entry in entries)
        case Table(rows=rows):
            yield from (cell.blocks for row in rows for cell in row.cells)
        case _:
            return


def _naming(article: Article) -> Naming:
    voiced = (each for each in _flow(article) if isinstance(each, Question | Answer))
    return naming_of(voiced, article.metadata.language)


def outline(article: Article, numbering: Numbering | None = None) -> tuple[Heading, ...]:
    """Every question and crosshead with words in reading order: for bookmarks, the table of contents, and the tests."""
    numbering = numbering or numbering_of(article)
    return tuple(each for each in _headings(article, numbering) if each.text)


def _headings(article: Article, numbering: Numbering) -> Iterator[Heading]:
    quick = False
    for top in blocks_of(article):
        for node in walk(top):
            anchor = numbering.anchor(node)
            if anchor and isinstance(node, Question):
                before, quick = quick, numbering.register(node) == "quick"
                rank, words = numbering.rank(node), question_text(node, numbering)
                yield Heading(anchor, words, rank, "question", runs_on=before and quick)
            elif anchor and isinstance(node, Crosshead):
                quick = False
                words = _folded(plain(node.children))
                yield Heading(anchor, words, numbering.rank(node), "crosshead", level=node.level)


def question_text(question: Question, numbering: Numbering) -> str:
    """The words of the question's heading on one line: its first paragraph, or an essay's last sentence; ``…`` without any."""
    parts = asked(question, numbering.language) if numbering.register(question) == "essay" else None
    if parts:
        return _folded(plain(parts[1]))
    paragraphs = (each for each in question.blocks if isinstance(each, Paragraph))
    return next((_folded(plain(each.children)) for each in paragraphs), "…")


def _folded(text: str) -> str:
    return " ".join(text.split())
