"""From decided segments to the article of the model: introduction, turns, outro, boxes, lists, tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple, cast

from bs4 import Tag

from exporter.language import direction_of, primary, well_formed
from exporter.model import (
    Answer,
    Block,
    BlockQuote,
    Cell,
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
    Row,
    Sidebar,
    Table,
    Text,
    Turn,
)
from exporter.readers.article.invitations.read_more import links_of
from exporter.readers.article.quotes import attribution_words
from exporter.readers.assembly.counting import counted, number_of
from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import stands_in
from exporter.readers.segments.rule import Rule, Search, settle_by
from exporter.readers.segments.segment import LEFT_OUT, Segment, every, inlines_of, paragraph_of


def settle_languages(segments: list[Segment], language: str) -> None:
    """Keeps language and direction only on segments that differ from the article.

    The language that most segments state comes from the page's template; the article's language was decided from it already.
    """
    pieces = list(every(segments))
    given: Counter[str] = Counter()
    for each in pieces:
        given[each.language] += len(each.text)
    usual = max(given, key=lambda each: given[each], default="")
    for each in pieces:
        foreign = (
            ""
            if primary(each.language or language) in (primary(language), primary(usual or language))
            else each.language
        )
        expected = direction_of(foreign or language)
        each.language = well_formed(foreign)
        each.direction = each.direction if each.direction != expected or foreign else None


def blocks(segments: Iterable[Segment]) -> tuple[Block, ...]:
    """The model blocks of segments, in order; a segment that no rule decided becomes what it looks like."""
    made: list[Block] = []
    for segment in segments:
        block = _block(segment)
        if block is not None:
            made.append(block)
    return tuple(made)


def _block(segment: Segment) -> Block | None:
    if segment.became == LEFT_OUT or segment.became in _HEAD:
        return None
    if segment.became == "pull-quote":
        return _pull_quote(segment)
    if segment.became == "read-more":
        label, links = links_of(segment)
        return ReadMore(links, label)
    return _plain_block(segment)


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
        "source",
    }
)


class _Standing(NamedTuple):
    """What a segment of some kind becomes when no rule has said otherwise, and how its block is made."""

    became: str
    rule: str
    block: Callable[[Segment], Block | None]


def _plain_block(segment: Segment) -> Block | None:
    if segment.kind in _WITHOUT_BLOCK:
        return None
    standing = _STANDING.get(segment.kind) or _Standing(segment.kind, "as it stands", paragraph_of)
    segment.settle(standing.became, standing.rule)
    return standing.block(segment)


def _pull_quote(segment: Segment) -> Block | None:
    if not segment.segments:
        return PullQuote(segment.inlines)
    said: list[Inline] = []
    attribution: tuple[Inline, ...] = ()
    for inner in segment.segments:
        if inner.became == "attribution":
            attribution = attribution_words(inner.inlines)
        elif inner.became != LEFT_OUT and inner.inlines:
            said.extend([*([Text(" ")] if said else []), *inner.inlines])
            inner.settle("pull-quote", segment.rule)
    return PullQuote(tuple(said), attribution) if said else None


def _block_quote(segment: Segment) -> Block | None:
    attribution = next(
        (attribution_words(each.inlines) for each in segment.segments if each.became == "attribution"), ()
    )
    inner = blocks(each for each in segment.segments if each.became != "attribution")
    return BlockQuote(inner, attribution) if inner else None


def _list(segment: Segment) -> Block | None:
    tag = segment.element
    if tag is None:
        return None
    if tag.name == "dl":
        return _terms(segment)
    ordered = tag.name == "ol"
    entries = tuple(
        ListEntry(made, number=number_of(_holder(group[0], tag, ("li",)), "value") if ordered else None)
        for group in _grouped(segment, ("li",))
        if (made := blocks(group))
    )
    return counted(tag, entries) if ordered and entries else ListBlock(entries) if entries else None


def _terms(segment: Segment) -> Block | None:
    """A list of terms, each in front of what it means; several terms of one meaning are one entry."""
    entries: list[ListEntry] = []
    term: tuple[Inline, ...] = ()
    for group in _grouped(segment, ("dt", "dd")):
        made = blocks(group)
        holder = _holder(group[0], segment.element, ("dt", "dd"))
        if holder is not None and holder.name == "dt":
            said = tuple(inline for each in group if each.became != LEFT_OUT for inline in each.inlines)
            term = (*term, Text(", "), *said) if term else said
        elif term or not entries:
            entries.append(ListEntry(made, term=term))
            term = ()
        else:
            entries[-1] = ListEntry((*entries[-1].blocks, *made), term=entries[-1].term)
    return ListBlock(tuple(entries)) if entries else None


def _grouped(segment: Segment, names: tuple[str, ...]) -> list[list[Segment]]:
    """The inner segments by the element (of one of ``names``) of the box in which each stands."""
    groups: dict[int, list[Segment]] = {}
    for inner in segment.segments:
        holder = _holder(inner, segment.element, names)
        groups.setdefault(id(holder), []).append(inner)
    return list(groups.values())


def _holder(inner: Segment, box: Tag | None, names: tuple[str, ...]) -> Tag | None:
    found: Tag | None = None
    tag = inner.element
    while tag is not None and tag is not box:
        if tag.name in names:
            found = tag
        tag = tag.parent
    return found


def _table(segment: Segment) -> Block | None:
    if segment.element is None:
        return None
    cells = {
        id(tag): found
        for found in _grouped(segment, ("td", "th"))
        if (tag := _holder(found[0], segment.element, ("td", "th"))) is not None
    }
    rows: dict[str, list[Row]] = {"head": [], "body": [], "foot": []}
    for row in segment.element.find_all("tr"):
        made = tuple(_cell(tag, cells.get(id(tag), [])) for tag in row.find_all(("td", "th"), recursive=False))
        if any(cell.blocks for cell in made):
            part = _PARTS.get(row.parent.name if row.parent is not None else "", "body")
            rows[part].append(Row(made, cast(Literal["head", "body", "foot"], part)))
    inside = tuple(row for part in rows.values() for row in part)
    return Table(inside, _table_caption(segment)) if inside else None


def _is_of_table_caption(inner: Segment, table: Tag | None) -> bool:
    """Whether words stand in the table's ``caption``, or outside of it: a page's own way to set one beside a table."""
    outside = table is not None and inner.element is not None and not stands_in(inner.element, table)
    return outside or _holder(inner, table, ("caption",)) is not None


_PARTS = {"thead": "head", "tfoot": "foot"}


def _table_caption(segment: Segment) -> tuple[Inline, ...]:
    words: list[Inline] = []
    for inner in TABLE_CAPTION.decide(segment):
        words += [*([Text(" ")] if words else []), *inner.inlines]
    return tuple(words)


def _over_table(segment: Segment) -> Iterator[Segment]:
    """The words over a table, wherever in it they stand."""
    for inner in segment.segments:
        if inner.inlines and inner.open and _is_of_table_caption(inner, segment.element):
            yield inner


TABLE_CAPTION = Search("table-caption", _over_table, "caption")
"""By which words in a table are its caption."""


def _cell(tag: Tag, inner: list[Segment]) -> Cell:
    return Cell(blocks(inner), tag.name == "th", _span(tag, "colspan"), _span(tag, "rowspan"))


def _span(tag: Tag, name: str) -> int:
    """A cell's span, at most 30: layout engines run out of memory over absurd ones."""
    value = attribute(tag, name)
    return max(1, min(int(value), 30)) if value.isdigit() and len(value) < 6 else 1


def _sidebar(segment: Segment) -> Block | None:
    inner = [each for each in segment.segments if each.became != LEFT_OUT]
    heading: tuple[Inline, ...] = ()
    if len(inner) == 1 and settle_by(TEASERS, inner[0], inner[0]):
        return None
    if inner and settle_by(SIDEBAR_RULES, inner[0], inner[0]):
        heading = inner[0].inlines
        inner = inner[1:]
    made = blocks(inner)
    return Sidebar(made, heading) if made else None


SIDEBAR_RULES: tuple[Rule[Segment], ...] = (Rule("sidebar-heading", lambda first: first.kind == "heading", "sidebar"),)
"""What the first segment of a sidebar is to it, other than text."""
TEASERS: tuple[Rule[Segment], ...] = (Rule("heading-alone", lambda only: only.kind == "heading"),)
"""Why all that is left of a box is no part of the article: a headline with nothing below it leads elsewhere."""

_WITHOUT_BLOCK = frozenset({"anchor", "furniture"})

_STANDING = {
    "heading": _Standing("crosshead", "heading", lambda segment: Crosshead(inlines_of(segment))),
    "figure": _Standing("figure", "picture", lambda each: each.block if isinstance(each.block, Figure) else None),
    "quote": _Standing("block-quote", "quote-element", _block_quote),
    "list": _Standing("list", "list-element", _list),
    "table": _Standing("table", "table-element", _table),
    "box": _Standing("sidebar", "box", _sidebar),
    "rule": _Standing("ornament", "rule", lambda _: Ornament()),
}
"""Kind of a segment → what it becomes; a kind that is not here is a paragraph."""


# ------------------------------------------------------------------------------------------------------------------ turns


def parts(segments: list[Segment]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """``(introduction, body)`` of the article's segments; without turns everything is body."""
    speaking = [index for index, segment in enumerate(segments) if segment.became in ("question", "answer")]
    if not speaking:
        return (), blocks(segments)
    first, last = speaking[0], speaking[-1]
    return blocks(segments[:first]), _turns(segments[first : last + 1]) + blocks(segments[last + 1 :])


class _Exchange:
    """Collects one turn after another."""

    def __init__(self) -> None:
        self.made: list[Block] = []
        self._question: list[Block] = []
        self._asker: str | None = None
        self._answers: list[tuple[str | None, list[Block]]] = []

    def ask(self, segment: Segment) -> None:
        if self._answers or (self._question and segment.speaker and segment.speaker != self._asker):
            self.close()
        self._asker = self._asker or segment.speaker
        self._question.append(paragraph_of(segment))

    def answer(self, segment: Segment) -> None:
        if not self._answers or (
            segment.speaker and segment.speaker != self._answers[-1][0] and _has_words(self._answers[-1][1])
        ):
            self._answers.append((segment.speaker, []))
        elif segment.speaker and not self._answers[-1][0]:
            self._answers[-1] = (segment.speaker, self._answers[-1][1])
        block = _answer_block(segment)
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


def _answer_block(segment: Segment) -> Block | None:
    match segment.kind:
        case "list":
            return _list(segment)
        case "quote":
            return _block_quote(segment)
        case "table":
            return _table(segment)
        case "box":
            return _sidebar(segment)
        case _:
            return paragraph_of(segment)


def _turns(segments: list[Segment]) -> tuple[Block, ...]:
    exchange = _Exchange()
    for index, segment in enumerate(segments):
        if segment.became == "question":
            exchange.ask(segment)
        elif segment.became == "answer":
            exchange.answer(segment)
        else:
            _between(exchange, segments, index)
    exchange.close()
    return tuple(exchange.made)


def _between(exchange: _Exchange, segments: list[Segment], index: int) -> None:
    """A crosshead or ornament in front of a question stands between the turns; anything else inside the answer."""
    block = _block(segments[index])
    if block is None:
        return
    following = next((each.became for each in segments[index + 1 :] if each.became in ("question", "answer")), "")
    if isinstance(block, Crosshead | Ornament) and following == "question":
        exchange.close()
        exchange.made.append(block)
    else:
        exchange.put(block)


__all__ = ["Link", "Metadata", "Paragraph", "blocks", "parts"]
