"""From decided pieces to the article of the model: introduction, turns, outro, boxes, lists, tables."""

from __future__ import annotations

from collections.abc import Iterable

from bs4 import Tag

from exporter.model import (
    Answer,
    Article,
    Block,
    BlockQuote,
    Cell,
    Contributor,
    Crosshead,
    Figure,
    Inline,
    Link,
    ListBlock,
    ListEntry,
    Metadata,
    Ornament,
    Paragraph,
    PullQuote,
    Question,
    ReadMore,
    Role,
    Row,
    Sidebar,
    Table,
    Text,
    Turn,
)
from exporter.readers.inlines import attribute
from exporter.readers.people import Person
from exporter.readers.pieces import LEFT_OUT, Piece, paragraph_of
from exporter.readers.quotes import attribution_words
from exporter.readers.read_more import links_of
from exporter.readers.voices import fold_name


def blocks(pieces: Iterable[Piece]) -> tuple[Block, ...]:
    """The model blocks of pieces, in order; what is still undecided is taken for what it looks like."""
    made: list[Block] = []
    for piece in pieces:
        block = _block(piece)
        if block is not None:
            made.append(block)
    return tuple(made)


def _block(piece: Piece) -> Block | None:
    if piece.became == LEFT_OUT or piece.became in _HEAD:
        return None
    if piece.became == "pull-quote":
        return _pull_quote(piece)
    if piece.became == "read-more":
        label, links = links_of(piece)
        return ReadMore(links, label)
    return _plain_block(piece)


_HEAD = frozenset(
    {
        "headline",
        "deck",
        "kicker",
        "byline",
        "dateline",
        "caption",
        "credit",
        "attribution",
        "lead",
        "related",
        "read-more-part",
        "label",
    }
)


def _plain_block(piece: Piece) -> Block | None:
    match piece.kind:
        case "heading":
            piece.settle("crosshead", "heading")
            return Crosshead(piece.inlines)
        case "figure":
            piece.settle("figure", "picture")
            return piece.block if isinstance(piece.block, Figure) else None
        case "quote":
            piece.settle("block-quote", "quote-element")
            return _block_quote(piece)
        case "list":
            piece.settle("list", "list-element")
            return _list(piece)
        case "table":
            piece.settle("table", "table-element")
            return _table(piece)
        case "box":
            piece.settle("sidebar", "box")
            return _sidebar(piece)
        case "rule":
            piece.settle("ornament", "rule")
            return Ornament()
        case "anchor" | "furniture":
            return None
        case _:
            piece.settle(piece.kind, "as it stands")
            return paragraph_of(piece)


def _pull_quote(piece: Piece) -> Block | None:
    if not piece.pieces:
        return PullQuote(piece.inlines)
    said: list[Inline] = []
    attribution: tuple[Inline, ...] = ()
    for inner in piece.pieces:
        if inner.became == "attribution":
            attribution = attribution_words(inner.inlines)
        elif inner.became != LEFT_OUT and inner.inlines:
            said.extend([*([Text(" ")] if said else []), *inner.inlines])
            inner.settle("pull-quote", piece.rule)
    return PullQuote(tuple(said), attribution) if said else None


def _block_quote(piece: Piece) -> Block | None:
    attribution = next((attribution_words(each.inlines) for each in piece.pieces if each.became == "attribution"), ())
    inner = blocks(each for each in piece.pieces if each.became != "attribution")
    return BlockQuote(inner, attribution) if inner else None


def _list(piece: Piece) -> Block | None:
    groups = _grouped(piece, ("li",))
    entries = tuple(ListEntry(made) for group in groups if (made := blocks(group)))
    if not entries or piece.element is None:
        return None
    start = attribute(piece.element, "start")
    return ListBlock(entries, piece.element.name == "ol", int(start) if start.isdigit() and len(start) < 6 else 1)


def _grouped(piece: Piece, names: tuple[str, ...]) -> list[list[Piece]]:
    """The inner pieces by the element (of one of ``names``) of the box in which each stands."""
    groups: dict[int, list[Piece]] = {}
    for inner in piece.pieces:
        holder = _holder(inner, piece.element, names)
        groups.setdefault(id(holder), []).append(inner)
    return list(groups.values())


def _holder(inner: Piece, box: Tag | None, names: tuple[str, ...]) -> Tag | None:
    found: Tag | None = None
    tag = inner.element
    while tag is not None and tag is not box:
        if tag.name in names:
            found = tag
        tag = tag.parent
    return found


def _table(piece: Piece) -> Block | None:
    if piece.element is None:
        return None
    cells = {
        id(tag): found
        for found in _grouped(piece, ("td", "th"))
        if (tag := _holder(found[0], piece.element, ("td", "th"))) is not None
    }
    rows = []
    for row in piece.element.find_all("tr"):
        made = tuple(_cell(tag, cells.get(id(tag), [])) for tag in row.find_all(("td", "th"), recursive=False))
        if any(cell.blocks for cell in made):
            rows.append(Row(made))
    return Table(tuple(rows)) if rows else None


def _cell(tag: Tag, inner: list[Piece]) -> Cell:
    return Cell(blocks(inner), tag.name == "th", _span(tag, "colspan"), _span(tag, "rowspan"))


def _span(tag: Tag, name: str) -> int:
    """A cell's span, at most 30: layout engines run out of memory over absurd ones."""
    value = attribute(tag, name)
    return max(1, min(int(value), 30)) if value.isdigit() and len(value) < 6 else 1


def _sidebar(piece: Piece) -> Block | None:
    inner = [each for each in piece.pieces if each.became != LEFT_OUT]
    heading: tuple[Inline, ...] = ()
    if inner and inner[0].kind == "heading":
        heading = inner[0].inlines
        inner[0].settle("sidebar", "sidebar-heading")
        inner = inner[1:]
    made = blocks(inner)
    return Sidebar(made, heading) if made else None


# ------------------------------------------------------------------------------------------------------------------ turns


def parts(pieces: list[Piece]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """``(introduction, body)`` of the article's pieces; without turns everything is body."""
    speaking = [index for index, piece in enumerate(pieces) if piece.became in ("question", "answer")]
    if not speaking:
        return (), _levelled(blocks(pieces))
    first, last = speaking[0], speaking[-1]
    return blocks(pieces[:first]), _levelled(_turns(pieces[first : last + 1]) + blocks(pieces[last + 1 :]))


class _Exchange:
    """Collects one turn after another."""

    def __init__(self) -> None:
        self.made: list[Block] = []
        self._question: list[Block] = []
        self._asker: str | None = None
        self._answers: list[tuple[str | None, list[Block]]] = []

    def ask(self, piece: Piece) -> None:
        if self._answers or (self._question and piece.speaker and piece.speaker != self._asker):
            self.close()
        self._asker = self._asker or piece.speaker
        self._question.append(paragraph_of(piece))

    def answer(self, piece: Piece) -> None:
        if not self._answers or (
            piece.speaker and piece.speaker != self._answers[-1][0] and _has_words(self._answers[-1][1])
        ):
            self._answers.append((piece.speaker, []))
        elif piece.speaker and not self._answers[-1][0]:
            self._answers[-1] = (piece.speaker, self._answers[-1][1])
        block = _answer_block(piece)
        if block is not None:
            self._answers[-1][1].append(block)

    def put(self, block: Block) -> None:
        """A figure, quote or read-more inside the answer."""
        if not self._answers and not self._question:
            self.made.append(block)
            return
        if not self._answers:
            self._answers.append((None, []))
        self._answers[-1][1].append(block)

    def close(self) -> None:
        question = Question(tuple(self._question), self._asker) if self._question else None
        answers = tuple(Answer(tuple(found), speaker) for speaker, found in self._answers if found)
        if question is not None or answers:
            self.made.append(Turn(question, answers))
        self._question, self._asker, self._answers = [], None, []


def _has_words(found: list[Block]) -> bool:
    return any(not isinstance(block, Figure | PullQuote | ReadMore) for block in found)


def _answer_block(piece: Piece) -> Block | None:
    match piece.kind:
        case "list":
            return _list(piece)
        case "box":
            return _sidebar(piece)
        case _:
            return paragraph_of(piece)


def _turns(pieces: list[Piece]) -> tuple[Block, ...]:
    exchange = _Exchange()
    for index, piece in enumerate(pieces):
        if piece.became == "question":
            exchange.ask(piece)
        elif piece.became == "answer":
            exchange.answer(piece)
        else:
            _between(exchange, pieces, index)
    exchange.close()
    return tuple(exchange.made)


def _between(exchange: _Exchange, pieces: list[Piece], index: int) -> None:
    """A crosshead or ornament in front of a question stands between the turns; anything else inside the answer."""
    block = _block(pieces[index])
    if block is None:
        return
    following = next((each.became for each in pieces[index + 1 :] if each.became in ("question", "answer")), "")
    if isinstance(block, Crosshead | Ornament) and following == "question":
        exchange.close()
        exchange.made.append(block)
    else:
        exchange.put(block)


def _levelled(made: tuple[Block, ...]) -> tuple[Block, ...]:
    return made


# --------------------------------------------------------------------------------------------------------------- metadata


_ASKING: tuple[Role, ...] = ("author", "interviewer")


def contributors(makers: Iterable[Person], article: Article) -> tuple[Contributor, ...]:
    """The people of the piece: its authors, then those who answer, each once."""
    named: dict[str, tuple[str, tuple[Role, ...]]] = {}
    interview = any(isinstance(block, Turn) for block in article.body)
    for name, role in makers:
        roles: tuple[Role, ...] = ("author", "interviewer") if interview and role in _ASKING else (role,)
        known = named.get(fold_name(name), (name, ()))
        named[fold_name(name)] = (known[0], tuple(dict.fromkeys((*known[1], *roles))))
    for block in article.body:
        if isinstance(block, Turn):
            for answer in block.answers:
                if answer.speaker and len(answer.speaker.split()) > 1:
                    named.setdefault(fold_name(answer.speaker), (answer.speaker, ("interviewee",)))
    return tuple(Contributor(f"person-{place}", name, roles) for place, (name, roles) in enumerate(named.values(), 1))


__all__ = ["Link", "Metadata", "Paragraph", "blocks", "contributors", "parts"]
